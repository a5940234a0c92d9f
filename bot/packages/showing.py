"""The buttons of packages: which there are, what goes into one, and making it. The file is offered in the same chat."""

import re
from collections.abc import Mapping, Set
from dataclasses import replace
from functools import reduce

from bot.answers import Answer, Answering, Showing
from bot.caseworker import Opened
from bot.delivering.about import Kind, of_evidence
from bot.packages.making import Packed, Wanted, files, packed
from bot.packages.offering import lies_ready, offer_parts, take_back
from bot.readings.pressed import Pressed
from cards.packages import LONGEST_SENDER
from cards.verbs import Press
from cards.words import Texts
from casework.access import roles_of
from casework.commands import MakePackage
from casework.decide import decide
from casework.evolving import evolve
from casework.packages import RECIPES, fitting, last_made, unfitting
from casework.projections.packages import package_view, packages_view, pasted_view
from casework.vocabulary import CaseId, Package, Refused, Role

MOST_NAMED = 10
"""Numbers that a refusal names."""


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
    """First the files, then the fact: what failed was not made. One of a kind at a time for each person and case."""
    package = Pressed(press, at.desk).one_of(Package, "package")
    async with at.desk.office.packages.making(at.desk.person, press.case, package):
        return await _made(at, press)


async def _made(at: Answering, press: Press) -> Answer:
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
    return await _as_files(at, opened, wanted, making)


async def _as_files(at: Answering, opened: Opened, wanted: Wanted, making: MakePackage) -> Answer:
    """A fact alone gives nobody a file: where it does not lie ready, it is made anew, and that is a fact as well."""
    events, last = decide(opened.case, making, at.desk.now()), last_made(opened.case, making.by, making.package)
    if not events and last is not None:
        if await lies_ready(at.desk, last.manifest or ""):
            return Answer(word=(await at.desk.scene()).say.plain("packages.offered_before"))
        await take_back(at.desk, last.manifest or "")
        making = replace(making, anew=True)
        events = decide(opened.case, making, at.desk.now())
    return await _packed(at, opened, wanted, making, Opened(reduce(evolve, events, opened.case), opened.texts))


async def _packed(at: Answering, opened: Opened, wanted: Wanted, making: MakePackage, as_made: Opened) -> Answer:
    whole = await packed(at.desk, as_made, wanted)
    say = (await at.desk.scene_of(opened.case)).say
    done = await at.desk.done(replace(making, manifest=whole.fingerprint))
    if not done.events:  # another machine was faster: its file is on its way
        return Answer(word=say.plain("packages.being_made"))
    about = await of_evidence(at.desk, as_made.case, Kind.PACKAGE, wanted.package, wanted.left_out)
    await offer_parts(at.desk, whole.fingerprint, len(whole.parts), about, files(at.desk, whole, say))
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
    fits = fitting(opened.case, at.desk.person, roles, package)
    unfit = tuple(item.number for item in unfitting(opened.case, at.desk.person, roles, package))
    out = numbers_in(pressed.said("leave_out"))
    _are_there(out, {*unfit, *(item.number for item in fits)})
    return Wanted(
        package,
        items=tuple(item.id for item in fits if item.number not in out),
        left_out=tuple(item.id for item in fits if item.number in out),
        unfit=unfit,
        sender=_sender(pressed),
    )


def _sender(pressed: Pressed) -> str:
    """Name and address: no more than the card's field takes, and Refused for what was put there past it."""
    said = pressed.said("sender")
    if len(said) > LONGEST_SENDER:
        raise Refused("sender_too_long", max=LONGEST_SENDER)
    return said


def _are_there(out: Set[int], there: Set[int]) -> None:
    """A number that is none of them was meant for another: nothing is made until it is right."""
    if unknown := sorted(out - there):
        raise Refused("numbers_unknown", numbers=", ".join(map(str, unknown[:MOST_NAMED])))


def numbers_in(said: str) -> frozenset[int]:
    """3, 5-9 → those numbers, in whichever order the ends stand. Refused("numbers_unreadable") for anything else: what
    should stay out must not go in.
    """
    found: set[int] = set()
    closed_up = re.sub(r" ?[-–] ?", "-", " ".join(said.split()))  # each space once: many take time by their square
    for part in filter(None, re.split(r"[,; ]+", closed_up)):
        range_ = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3}))?", part)
        if range_ is None:
            raise Refused("numbers_unreadable")
        first, last = sorted((int(range_[1]), int(range_[2] or range_[1])))
        found.update(range(first, last + 1))
    return frozenset(found)


SHOWING: Mapping[str, Showing] = {
    "show_packages": show_packages,
    "show_package": show_package,
    "make_package": make_package,
}
"""Verb → what it shows."""
