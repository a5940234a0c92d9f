"""What is agreed at the workplace: the citizen's risk, contact, who has been told, a debriefing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casework import events as e
from casework.state import changed
from casework.vocabulary import Audience, ContactWay, Held, ItemId, PersonId


@dataclass(frozen=True)
class Risk:
    """The assessment as it stands. Words about the citizen: for the leader alone."""

    by: PersonId
    at: datetime
    again: ItemId
    agreed: ItemId
    follow_up_by: ItemId
    follow_up_at: datetime
    meeting: ItemId | None = None


@dataclass(frozen=True)
class Protection:
    """How one employee is kept out of contact."""

    by: PersonId
    at: datetime
    ways: tuple[ContactWay, ...]
    words: ItemId | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Told:
    """Some of an audience were told."""

    audience: Audience
    by: PersonId
    told_at: datetime
    who: ItemId


@dataclass(frozen=True)
class Debriefing:
    """One that is planned; `held` None: nobody has said yet."""

    by: PersonId
    at: datetime
    begins_at: datetime
    who: ItemId
    held: Held | None = None


@dataclass(frozen=True)
class Arranged:
    """All of it, as it stands."""

    risk: Risk | None = None
    protected: Mapping[PersonId, Protection] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    debriefing: Debriefing | None = None


def arranged_after(arranged: Arranged, event: e.Event) -> Arranged:
    """After one of its own events."""
    match event:
        case e.RiskAssessed():
            risk = Risk(
                event.by,
                event.at,
                event.again,
                event.agreed,
                event.follow_up_by,
                event.follow_up_at,
                event.meeting,
            )
            return changed(arranged, risk=risk)
        case e.ProtectionAgreed():
            agreed = Protection(event.by, event.at, event.ways, event.words, event.until)
            return changed(arranged, protected={**arranged.protected, event.person: agreed})
        case e.AudienceTold():
            told = Told(event.audience, event.by, event.told_at, event.who)
            return changed(arranged, told=(*arranged.told, told))
        case e.DebriefingPlanned():
            planned = Debriefing(event.by, event.at, event.begins_at, event.who)
            return changed(arranged, debriefing=planned)
        case _:  # answered
            planned = arranged.debriefing
            return changed(arranged, debriefing=planned and changed(planned, held=event.held))
