"""What is agreed at the workplace: risk, contact, who has been told, a debriefing."""

from dataclasses import dataclass
from datetime import datetime

from casework.events.event import Event
from casework.vocabulary import Audience, ContactWay, Held, ItemId, PersonId


@dataclass(frozen=True, kw_only=True)
class RiskAssessed(Event):
    """The citizen's risk was looked at with what has happened (B13). The latest holds."""

    again: ItemId
    agreed: ItemId
    follow_up_by: ItemId
    follow_up_at: datetime
    meeting: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class ProtectionAgreed(Event):
    """How one affected employee is kept out of contact (C15). The latest holds; `until` None: until further notice."""

    person: PersonId
    ways: tuple[ContactWay, ...]
    words: ItemId | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AudienceTold(Event):
    """Some of an audience were told (B17). `told_at` is the start of that day in Copenhagen."""

    audience: Audience
    told_at: datetime
    who: ItemId


@dataclass(frozen=True, kw_only=True)
class DebriefingPlanned(Event):
    """When, and with whom (B18, H8). The latest holds."""

    begins_at: datetime
    who: ItemId


@dataclass(frozen=True, kw_only=True)
class DebriefingAnswered(Event):
    """Whether the planned one was held."""

    held: Held
