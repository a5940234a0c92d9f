"""The buttons of packages: which there are, what goes into one, and making it. The file is offered in the same chat."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import reduce

from bot.answers import Answer, Answering, Showing
from bot.caseworker import Opened
from bot.packages.making import Packed, Wanted, files, packed
from bot.readings.pressed import Pressed
from cards.verbs import Press
from cards.words import Texts
from casework.access import roles_of
from casework.commands import MakePackage
from casework.decide import decide
from casework.evolving import evolve
from casework.packages import RECIPES, fitting, unfitting
from casework.projections.packages import package_view, packages_view, pasted_view
from casework.vocabulary import CaseId, Package, Refused, Role


async def show_packages(at: Answering, press: Press) -> Answer:
    opened, roles = await _theirs(at, press)
    view = packages_view(opened.case, at.desk.person, roles)
    if view is None:
        raise Refused("not_yours")
    return await at.shown(opened, view)


async def show_package(at: Answering, press: Press) -> Answer:
    """What would go in. Nothing is made by it."""
    opened, roles = await _theirs(at, press)
    package = Pressed(press, at.desk).one_of(Package, "package")
    view = package_view(opened.case, at.desk.person, roles, package, opened.texts)
    if view is None:
        raise Refused("not_yours")
    return await at.shown(opened, view)


async def _theirs(at: Answering, press: Press) -> tuple[Opened, frozenset[Role]]:
    if not press.case:
        raise Refused("unreadable_card")
    opened = await at.desk.open(CaseId(press.case))
    groups, legal = await at.desk.office.groups_of(at.desk.person), at.desk.office.legal_staff()
    roles = roles_of(opened.case, at.desk.person, groups, legal=legal)
    if packages_view(opened.case, at.desk.person, roles) is not None:
        at.desk.shows(opened.case.id)
    return opened, roles


async def make_package(at: Answering, press: Press) -> Answer:
    """First the files, then the fact: what failed was not made."""
    opened, roles = await _theirs(at, press)
    wanted = _wanted(at, press, opened, roles)
    making = MakePackage(
        case=opened.case.id, by=at.desk.person, package=wanted.package, items=wanted.items, left_out=wanted.left_out
    )
    await at.desk.allowed(making)
    if RECIPES[wanted.package].pasted:
        done = await at.desk.done(making)
        pasted = Opened(done.case, done.texts)
        told = Pressed(press, at.desk).said("with_words") == "true"
        view = pasted_view(done.case, at.desk.person, roles, wanted.package, done.texts, at.desk.now(), told)
        return await at.shown(pasted, view)
    events = decide(opened.case, making, at.desk.now())
    if not events:
        return Answer(word=(await at.desk.scene()).say.plain("packages.offered_before"))
    return await _packed(at, opened, wanted, making, Opened(reduce(evolve, events, opened.case), opened.texts))


async def _packed(at: Answering, opened: Opened, wanted: Wanted, making: MakePackage, as_made: Opened) -> Answer:
    whole = await packed(at.desk, as_made, wanted)
    say = (await at.desk.scene_of(opened.case)).say
    written = files(at.desk, whole, say)
    first = await anext(written)
    await at.desk.done(replace(making, manifest=whole.fingerprint))
    await at.desk.office.delivery.offer_once(at.desk, first, f"{whole.fingerprint}|1")
    number = 2
    async for part in written:
        await at.desk.office.delivery.offer_once(at.desk, part, f"{whole.fingerprint}|{number}")
        number += 1
    return Answer(word=" ".join(_said(whole, say)))


def _said(whole: Packed, say: Texts) -> list[str]:
    """That it is ready; what is not in it and was not chosen to be; that it has no timestamp where it should have."""
    parts = len(whole.parts)
    said = [say.plain("packages.offered") if parts == 1 else say.plain("packages.offered_parts", parts=parts)]
    if whole.too_large:
        said.append(say.plain("packages.too_large", numbers=", ".join(map(str, whole.too_large))))
    if whole.stamp.why not in ("", "off"):
        said.append(say.plain(f"packages.no_stamp.{whole.stamp.why}"))
    return said


def _wanted(at: Answering, press: Press, opened: Opened, roles: frozenset[Role]) -> Wanted:
    pressed = Pressed(press, at.desk)
    package = pressed.one_of(Package, "package")
    out = numbers_in(pressed.said("leave_out"))
    fits = fitting(opened.case, at.desk.person, roles, package)
    return Wanted(
        package,
        items=tuple(item.id for item in fits if item.number not in out),
        left_out=tuple(item.id for item in fits if item.number in out),
        unfit=tuple(item.number for item in unfitting(opened.case, at.desk.person, roles, package)),
        sender=pressed.said("sender"),
    )


def numbers_in(said: str) -> frozenset[int]:
    """3, 5-9 → those numbers. Refused("numbers_unreadable") for anything else: what should stay out must not go in."""
    found: set[int] = set()
    for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", said))):
        range_ = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3}))?", part)
        if range_ is None:
            raise Refused("numbers_unreadable")
        first, last = int(range_[1]), int(range_[2] or range_[1])
        found.update(range(first, last + 1))
    return frozenset(found)


SHOWING: Mapping[str, Showing] = {
    "show_packages": show_packages,
    "show_package": show_package,
    "make_package": make_package,
}
"""Verb → what it shows."""
