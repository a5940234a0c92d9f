"""Whose hands a case and what was given to it are in: looked into, withdrawn, destroyed, held, announced as erased."""

from dataclasses import dataclass
from datetime import date

from casework.events.event import Event
from casework.vocabulary import ItemId


@dataclass(frozen=True, kw_only=True)
class CaseConsulted(Event):
    """Somebody of the legal staff has looked into the case, by its number."""


@dataclass(frozen=True, kw_only=True)
class HoldSet(Event):
    """Legal staff: nothing of it may be destroyed until this is lifted."""

    reason: ItemId


@dataclass(frozen=True, kw_only=True)
class HoldLifted(Event):
    """Legal staff: it may be erased when its time has come."""

    reason: ItemId


@dataclass(frozen=True, kw_only=True)
class ItemDestroyed(Event):
    """Before Send: whoever gave it has had it destroyed. Its bytes went with this fact."""

    item: ItemId


@dataclass(frozen=True, kw_only=True)
class ItemWithdrawn(Event):
    """After Send: whoever gave it has closed it to all but legal staff. It is not destroyed by that."""

    item: ItemId


@dataclass(frozen=True, kw_only=True)
class ErasureAnnounced(Event):
    """Its time is over on that day: those it is about have been told, and may still have a copy, or a hold set."""

    erase_on: date
