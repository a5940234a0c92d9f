"""For the affected employee and whoever told it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from casework import vocabulary as v
from casework.views.closing import Ended
from casework.views.common import Deadline, EvidenceLine, FormerLine, Handed
from casework.views.documenting import DocumenterLine
from casework.views.letters import LetterLine
from casework.views.removal import RemovalView
from casework.views.talk import TalkLine
from casework.vocabulary import CaseId, EpisodeId, PersonId, StepId

if TYPE_CHECKING:
    from casework.views.workplace import ProtectionLine, TellingLine


@dataclass(frozen=True)
class Acted:
    """What has been done on an accept, and cannot be undone. `what`: reported, team, centres, partners, removal."""

    what: str
    at: datetime


@dataclass(frozen=True)
class Asked:
    """A question to the affected employee: unanswered, or answered and how it stands."""

    kind: v.ConsentKind
    episode: EpisodeId | None
    began_at: datetime | None
    until: datetime | None  # the episode's deadline, for the police
    answer: v.Answer | None
    answered_at: datetime | None
    oral: bool
    said_at: datetime | None
    recorded_by: PersonId | None
    how: str  # what the leader wrote of an oral answer
    can_change: bool  # it still has an effect
    withdrawn_at: datetime | None = None
    certainty: v.Certainty = v.Certainty.EXACT  # of the episode's moment
    wording: str = ""  # the version that was answered; empty: none was kept, or not yet
    acted: tuple[Acted, ...] = ()
    worded_leader: PersonId | None = None  # to whom, and about which moment, the wording spoke when it was answered
    worded_began_at: datetime | None = None
    worded_certainty: v.Certainty = v.Certainty.EXACT


@dataclass(frozen=True)
class OutcomeLine:
    """What came of the police question for one episode of the reader's."""

    episode: EpisodeId
    began_at: datetime
    outcome: v.OutcomeKind
    by: PersonId
    at: datetime
    reported_at: datetime | None
    details: str
    certainty: v.Certainty = v.Certainty.EXACT


@dataclass(frozen=True)
class Opening:
    """Who opened what, and when. `number` None: the person's own words. What is withdrawn keeps its number."""

    by: PersonId
    at: datetime
    number: int | None


@dataclass(frozen=True)
class Helper:
    """Somebody who has said yes to a step, and so sees what it needs."""

    person: PersonId
    step: StepId


@dataclass(frozen=True)
class SetAsideLine:
    """A step that was found not relevant, and why."""

    step: StepId
    reason: str
    by: PersonId
    at: datetime


@dataclass(frozen=True)
class EmployeeView:
    """The affected employee's case card. `headline`: sent, seen, asked, reported, not_reported, talked, passed,
    still_running, handed_on,
    unreached, reached, unanswered, written, tried, gone, closed, reopened. `reported_by_other` when somebody
    else told it."""

    case: CaseId
    version: int
    headline: str
    headline_at: datetime
    leader: PersonId
    leader_role: str  # leader, stand_in, leaders_leader, other
    sent_at: datetime
    opened_at: datetime | None
    seen_at: datetime | None
    openings: tuple[Opening, ...]
    group_told: bool
    deadlines: tuple[Deadline, ...]
    questions: tuple[Asked, ...]
    outcomes: tuple[OutcomeLine, ...]
    set_aside: tuple[SetAsideLine, ...]
    evidence: tuple[EvidenceLine, ...]
    talked_at: datetime | None
    next_step: StepId | None  # what the leader does next
    reported_by: PersonId | None
    denied: bool
    no_more: bool
    safetynet_done_at: datetime | None
    closed: bool
    helpers: tuple[Helper, ...] = ()
    given_at: datetime | None = None  # to whoever has it now
    handed: Handed | None = None
    formers: tuple[FormerLine, ...] = ()
    letters: tuple[LetterLine, ...] = ()
    ended: Ended | None = None
    asked_to_close: bool = False  # and has not answered yet
    protected: "ProtectionLine | None" = None
    told: "tuple[TellingLine, ...]" = ()
    unreachable_at: datetime | None = None  # when the leader wrote that the reader could not be reached
    removal: RemovalView = RemovalView()
    goes_on_at: datetime | None = None  # when another is asked, if nothing has come from the leader by then
    not_the_only_one: bool = False
    """Several earlier cases, about others, were of whoever is behind this one."""
    talk: TalkLine | None = None
    secured: tuple[int, int] = (0, 0)  # parts of the evidence, of how many
    documenters: tuple[DocumenterLine, ...] = ()


@dataclass(frozen=True)
class ReporterView:
    """Whoever told it for another: received, seen, what they gave, add more. Nothing else."""

    case: CaseId
    version: int
    sent_at: datetime
    leader: PersonId
    seen_at: datetime | None
    affected: tuple[PersonId, ...]
    evidence: tuple[EvidenceLine, ...]
    deadlines: tuple[Deadline, ...]
    closed: bool
    handed: Handed | None = None
    ended: Ended | None = None
    secured: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class QuestionView:
    """One accept card."""

    case: CaseId
    version: int
    leader: PersonId
    asked: Asked
