"""For the health and safety group, and what is shown on its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from casework import vocabulary as v
from casework.views.common import Deadline, Handed
from casework.views.leader import Missing, StepLine
from casework.views.removal import UnansweredView
from casework.vocabulary import CaseId, ItemId, PersonId, WorkplaceId


@dataclass(frozen=True)
class GroupView:
    """The health and safety group's card: that there is a case. No names, no content."""

    case: CaseId
    version: int
    workplace: WorkplaceId
    sent_at: datetime
    safetynet_until: datetime | None  # the nearest day ahead; None: there is none
    safetynet_done: bool
    safetynet_done_at: datetime | None
    safetynet_owner: PersonId | None
    analysis_at: datetime
    analysis_by: PersonId | None
    analysis_done_at: datetime | None
    measures: int = 0
    measures_done: int = 0
    measures_dropped: int = 0
    plan_proposed: bool = False
    plan_settled: bool = False
    """A change of the emergency plan is among the measures; and it is done or dropped."""
    safetynet_over: int = 0  # episodes whose 14 days are over
    safetynet_set_aside: bool = False  # it is not reported, with a reason that is not the group's to read
    closed: bool = False


@dataclass(frozen=True)
class AnalysisView:
    """The analysis form and, when answered, what was decided (B21, H9). Never in the group's channel."""

    case: CaseId
    version: int
    media: tuple[v.Medium, ...]
    forms: tuple[v.Form, ...]
    deadlines: tuple[Deadline, ...]
    done: bool
    measures: tuple[tuple[ItemId, str, v.FollowUpAnswer | None, datetime | None], ...]
    assigned: Mapping[ItemId, tuple[PersonId, date]] = field(default_factory=dict)
    """Whose a measure is, and by when; the others are asked about after 30 and 90 days."""


@dataclass(frozen=True)
class FollowUpView:
    """One decided measure: 30 or 90 days on, or to whoever has it. `passed_on`: the reader had it, and sees no more."""

    case: CaseId
    version: int
    measure: ItemId
    text: str
    decided_at: datetime
    answer: v.FollowUpAnswer | None
    reason: str = ""  # why it was dropped
    late: bool = False  # asked about more than twice, and still under way
    owner: PersonId | None = None  # whose it is, where it was given to one
    due: date | None = None
    mine: bool = False
    passed_on: bool = False
    asked_on: datetime | None = None  # when its owner is asked first: a working day


@dataclass(frozen=True)
class CallView:
    """Somebody would like to be rung up."""

    case: CaseId
    version: int
    wanted_by: PersonId
    recipient: PersonId
    at: datetime
    made_at: datetime | None
    handed: Handed | None = None
    nudged: bool = False  # whoever is to ring has been reminded
    goes_on_at: datetime | None = None  # when somebody else is asked, if nobody has rung by then
    given_at: datetime | None = None  # to whoever is to ring now
    made_by: PersonId | None = None  # where somebody who was asked before has rung


@dataclass(frozen=True)
class ReminderView:
    """A message about what is due. `kind`: 48, 24, 12, 6, 2, passed (police); safetynet_3, safetynet_7,
    safetynet_12, safetynet_14, safetynet_new, postponed, offered, call, unanswered, closing, may_close;
    risk_follow_up, contact_ends, debriefing_ahead, debriefing_held.
    The rest says what is missing, and from whom."""

    case: CaseId
    version: int
    kind: str
    to: str  # leader, affected_employee, companion
    deadline: Deadline | None
    missing: tuple[Missing, ...]
    step: StepLine | None
    leader: PersonId | None
    moment: datetime | None = None  # that it speaks of, such as when a debriefing begins
    unanswered: UnansweredView | None = None


@dataclass(frozen=True)
class ContentView:
    """What "Vis" shows: the words or picture itself."""

    case: CaseId
    title_number: int | None  # None: the person's own words
    text: str
    media_type: str
    received_at: datetime
    sha256: str
    given_by: PersonId
    picture: str = ""  # data URI, small pictures only
    had: str = ""  # how a file is had that cannot be shown: paper, packages, or not at all


@dataclass(frozen=True)
class CaseLine:
    """A line in "mine sager". `role`: the reader's. `state`: draft, call, open, closed."""

    case: CaseId
    version: int
    role: v.Role
    state: str
    at: datetime
    deadline: datetime | None
    closed_at: datetime | None = None


@dataclass(frozen=True)
class FormerView:
    """For whoever had the case before: that somebody else has it. `reads`: they may open what the card still tells."""

    case: CaseId
    version: int
    now_with: PersonId
    how: v.HandedOn
    at: datetime
    reads: bool
    call: bool = False  # it was no case: somebody wants to be rung
    notes: bool = False  # and they may note that they have rung
    made_at: datetime | None = None
    mine: bool = False  # by the reader


@dataclass(frozen=True)
class FormerReading:
    """What whoever had the case before may still open: whom it is about, where and when, and how far it has come."""

    case: CaseId
    version: int
    now_with: PersonId
    how: v.HandedOn
    at: datetime
    affected: tuple[PersonId, ...]
    media: tuple[v.Medium, ...]
    forms: tuple[v.Form, ...]
    deadlines: tuple[Deadline, ...]
    done: int
    steps: int
    away: bool = False
    """Some of them fell away before anybody did them."""
