"""Whom somebody can ask to ring them, by their own cases: first whoever has one, and never whom they have shut out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.caseworker import Caseworker
from bot.stores import UnreadableFile
from casework.case import Case
from casework.reporting import shut_out
from casework.views import FormerView
from casework.vocabulary import CaseId, PersonId, Refused, Stage


def kept_out_of(cases: Iterable[Case], person: PersonId) -> frozenset[PersonId]:
    """Of these cases, those that the person told or was told of."""
    theirs = (case for case in cases if person in (case.reporter, *case.told))
    return frozenset(one for case in theirs for one in (*case.excluded, *shut_out(case)))


async def as_they_may(caseworker: Caseworker, view: object, case: Case, reader: PersonId | None) -> object:
    """The card of whoever was asked to ring before, without [Har ringet] where they have been shut out since."""
    if isinstance(view, FormerView) and view.notes and reader in await kept_out(caseworker, case.reporter):
        return replace(view, notes=False)
    return view


def who_have(cases: Sequence[Case], person: PersonId) -> tuple[PersonId, ...]:
    """Whoever has those of them that go on, and that the person told or was told of: of the newest first."""
    theirs = (case for case in reversed(cases) if case.stage is Stage.OPEN and person in (case.reporter, *case.told))
    return tuple(case.recipient for case in theirs if case.recipient is not None)


async def kept_out(caseworker: Caseworker, person: PersonId) -> frozenset[PersonId]:
    """As things stand. A case that cannot be read says nothing of anybody."""
    found = []
    for case in await caseworker.store.cases_of(person):
        try:
            found.append((await caseworker.open(CaseId(case))).case)
        except (UnreadableFile, Refused):  # it stands in the administrator's list already
            continue
    return kept_out_of(found, person)
