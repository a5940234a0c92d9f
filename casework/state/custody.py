"""What is held, withdrawn or destroyed of a case, who of the legal staff has looked into it, and when it is to go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from casework import events as e
from casework.state import Item, changed
from casework.vocabulary import ItemId, PersonId


@dataclass(frozen=True)
class Hold:
    """As long as it stands nothing is destroyed."""

    by: PersonId
    at: datetime
    reason: ItemId


@dataclass(frozen=True)
class Withdrawal:
    """A piece that is closed to all but legal staff."""

    item: Item
    by: PersonId
    at: datetime


@dataclass(frozen=True)
class Announced:
    """What those it is about were told: on which day it is erased."""

    at: datetime
    erase_on: date


@dataclass(frozen=True)
class Custody:
    """Maps are never changed in place."""

    hold: Hold | None = None
    withdrawn: Mapping[ItemId, Withdrawal] = field(default_factory=dict)
    destroyed: frozenset[ItemId] = frozenset()
    consulted: tuple[PersonId, ...] = ()
    announced: Announced | None = None


def custody_after(custody: Custody, event: e.Event, item: Item | None = None) -> Custody:
    """`item`: the piece that an event about one names, as it was until then."""
    match event:
        case e.CaseConsulted():
            return changed(custody, consulted=tuple(dict.fromkeys((*custody.consulted, event.by))))
        case e.HoldSet():
            return changed(custody, hold=Hold(event.by, event.at, event.reason), announced=None)
        case e.HoldLifted():
            return changed(custody, hold=None)
        case e.ItemDestroyed():
            return changed(custody, destroyed=custody.destroyed | {event.item})
        case e.ItemWithdrawn() if item is not None:
            gone = Withdrawal(item, event.by, event.at)
            return changed(custody, withdrawn={**custody.withdrawn, event.item: gone})
        case e.ErasureAnnounced():
            return changed(custody, announced=Announced(event.at, event.erase_on))
        case e.CaseReopened():
            return changed(custody, announced=None)  # it goes on: its time begins anew when it is closed again
    return custody
