"""The chain of custody on paper: what has happened to what the reader may see, from the day it was received."""

from collections.abc import Collection, Iterator

from casework import events as e
from casework import views as w
from casework.access import openable
from casework.case import Case
from casework.vocabulary import ItemId, PersonId, Role


def on_paper(case: Case, reader: PersonId, roles: frozenset[Role]) -> Iterator[w.CustodyLine]:
    """Received, described, opened, withdrawn, handed on with the case, put together and given out.

    That another of several affected has had papers made would tell who that is.
    """
    others = () if roles & {Role.LEADER, Role.LEGAL_STAFF} else case.affected
    numbers = _numbers(case)
    theirs = _all_that_is_gone(case, reader, roles)
    for event in case.log:
        if event.by != reader and event.by in others and isinstance(event, e.DocumentationMade | e.PackageMade):
            continue
        item = getattr(event, "item", None)
        if (did := _did(event)) and (item in theirs or _theirs(case, reader, roles, event, numbers)):
            number = numbers.get(item)
            person = event.to if isinstance(event, e.CaseHandedOn) else event.by
            yield w.CustodyLine(event.at, person, did, number)


def gone(case: Case, reader: PersonId, roles: frozenset[Role], pieces: Collection[ItemId]) -> tuple[int, ...]:
    """Numbers of those that are no more to be seen: an evidence list with a gap nobody explains is not believed."""
    numbers = _numbers(case)
    return tuple(sorted(numbers[item] for item in _all_that_is_gone(case, reader, roles) if item in pieces))


def _numbers(case: Case) -> dict[ItemId, int]:
    return {event.item: event.number for event in case.log if isinstance(event, e.EvidenceReceived)}


def _all_that_is_gone(case: Case, reader: PersonId, roles: frozenset[Role]) -> frozenset[ItemId]:
    """Withdrawn or destroyed: that it was there is for whoever reads all of the evidence, or gave that piece."""
    all_of_it = bool(roles & {Role.LEADER, Role.LEGAL_STAFF}) or case.affected == (reader,)
    givers = {event.item: event.by for event in case.log if isinstance(event, e.EvidenceReceived)}
    lost = {*case.custody.withdrawn, *case.custody.destroyed} & givers.keys()
    return frozenset(item for item in lost if all_of_it or givers[item] == reader)


def _did(event: e.Event) -> str:
    """What it is called on paper; "": it is no matter of custody."""
    match event:
        case e.EvidenceReceived():
            return "received"
        case e.EvidenceDescribed():
            return "described"
        case e.AccountGiven():
            return "told"
        case e.ItemOpened():
            return "opened"
        case e.ItemWithdrawn():
            return "withdrawn"
        case e.ItemDestroyed():
            return "destroyed"
        case e.CaseHandedOn():
            return "handed_on"
        case e.CaseConsulted():
            return "consulted"
        case e.DocumentationMade():
            return "made"
        case e.PackageMade():
            return f"package_{event.package}"
    return ""


def _theirs(case: Case, reader: PersonId, roles: frozenset[Role], event: e.Event, numbers: dict[ItemId, int]) -> bool:
    """What happened to one piece is for whoever may open it, or gave it; the rest for all who have such a paper."""
    item = getattr(event, "item", None)
    gave = event.by == reader and item in numbers
    return item is None or gave or bool(openable(case, reader, roles, item))
