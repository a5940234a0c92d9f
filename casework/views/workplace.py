"""What is agreed at the workplace, for the leader's step cards and, of contact, for the one it is agreed with."""

from dataclasses import dataclass
from datetime import datetime

from casework import vocabulary as v
from casework.views.leader import Missing
from casework.vocabulary import PersonId


@dataclass(frozen=True)
class RiskLine:
    """The assessment as it stands, in the leader's words."""

    by: PersonId
    at: datetime
    again: str
    meeting: str
    agreed: str
    follow_up_by: str
    follow_up_at: datetime


@dataclass(frozen=True)
class ProtectionLine:
    """How one employee is kept out of contact. `ended`: the time it was agreed for is over."""

    person: PersonId
    by: PersonId
    at: datetime
    ways: tuple[v.ContactWay, ...]
    words: str
    until: datetime | None
    ended: bool = False


@dataclass(frozen=True)
class TellingLine:
    """Some of an audience were told. `who` is empty where it may not be read."""

    audience: v.Audience
    by: PersonId
    at: datetime
    who: str = ""


@dataclass(frozen=True)
class AudienceLine:
    """An audience: what it waits for, and who of it was told."""

    audience: v.Audience
    missing: tuple[Missing, ...] = ()
    told: tuple[TellingLine, ...] = ()


@dataclass(frozen=True)
class DebriefingLine:
    """The planned one, and what came of it. `begun`: its time has come."""

    begins_at: datetime
    who: str
    held: v.Held | None
    begun: bool


@dataclass(frozen=True)
class WorkplaceView:
    """What the leader's steps 12, 13, 18 and 19 are about."""

    risk: RiskLine | None = None
    protected: tuple[ProtectionLine, ...] = ()
    audiences: tuple[AudienceLine, ...] = ()
    debriefing: DebriefingLine | None = None
