"""The chain of custody on paper: what has happened to what the reader may see, from the day it was received."""

from collections.abc import Iterator

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
    numbers = {event.item: event.number for event in case.log if isinstance(event, e.EvidenceReceived)}
    for event in case.log:
        if event.by != reader and event.by in others and isinstance(event, e.DocumentationMade | e.PackageMade):
            continue
        if (did := _did(event)) and _theirs(case, reader, roles, event, numbers):
            number = numbers.get(getattr(event, "item", None))
            person = event.to if isinstance(event, e.CaseHandedOn) else event.by
            yield w.CustodyLine(event.at, person, did, number)


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
