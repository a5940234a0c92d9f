"""For the leader, and for whoever takes over a step."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from casework import vocabulary as v
from casework.views.closing import Ended
from casework.views.coach import EpisodeParts
from casework.views.common import Deadline, EvidenceLine, Handed, Over
from casework.views.custody import CustodyLines
from casework.views.letters import LetterLine
from casework.views.removal import RemovalView, RungView
from casework.views.talk import PointsView, TalkLine
from casework.vocabulary import CaseId, EpisodeId, ItemId, PersonId, StepId

if TYPE_CHECKING:
    from casework.views.accepts import LedgerLine, UnreachableLine
    from casework.views.workplace import WorkplaceView


@dataclass(frozen=True)
class Missing:
    """What a locked step waits for. `what`: step, asked_removal, answer_colleagues, refused_colleagues,
    asked_police, answer_police, refused_police, affected_unnamed."""

    what: str
    step: StepId | None = None
    people: tuple[PersonId, ...] = ()


FALLEN_AWAY = frozenset({"gone", "nothing_to_remove"})
CLOSED = frozenset({"done", "set_aside", *FALLEN_AWAY})


@dataclass(frozen=True)
class StepLine:
    """A step as a line on a card. `state`: open, done, set_aside, locked, offered, postponed, tried; gone or
    nothing_to_remove when it fell away before anybody did it."""

    step: StepId
    number: int
    section: str
    state: str
    owner: PersonId | None  # None: the health and safety group
    by: PersonId | None = None
    at: datetime | None = None
    reason: str = ""
    missing: tuple[Missing, ...] = ()
    offered_to: PersonId | None = None
    until: datetime | None = None
    mine: bool = True
    can_undo: bool = False
    taken: bool = False  # `owner` has taken a step that several may do: whoever does it first


@dataclass(frozen=True)
class PoliceLine:
    """The police question for one (episode, affected person), as the leader sees it. `person` None: nobody named."""

    episode: EpisodeId
    began_at: datetime
    until: datetime
    passed: bool
    person: PersonId | None
    asked_at: datetime | None
    answer: v.Answer | None
    answered_at: datetime | None
    oral: bool
    outcome: v.OutcomeKind | None
    outcome_at: datetime | None
    reported_at: datetime | None
    details: str = ""
    certainty: v.Certainty = v.Certainty.EXACT


@dataclass(frozen=True)
class ConsentLine:
    """How one affected person's accept stands, for the leader."""

    kind: v.ConsentKind
    person: PersonId
    asked_at: datetime | None
    answer: v.Answer | None
    answered_at: datetime | None
    oral: bool
    contradicted: bool
    withdrawn: bool


@dataclass(frozen=True)
class LeaderView:
    """The leader's case card and, with `steps`, the whole plan. Not opened yet: only the neutral notice is drawn."""

    case: CaseId
    version: int
    opened: bool
    seen_at: datetime | None
    reporter: PersonId
    affected: tuple[PersonId, ...]
    affected_unnamed: bool  # must be stated: who is affected, or that nobody is
    nobody_affected: bool
    untold: tuple[PersonId, ...]  # affected who have not heard it from a human yet
    denied: tuple[PersonId, ...]
    no_more: tuple[PersonId, ...]
    danger: v.Danger
    media: tuple[v.Medium, ...]
    forms: tuple[v.Form, ...]
    going_on: v.GoingOn
    recorded: v.Recorded
    shared: v.Shared
    outside_working_hours: bool
    from_the_workplace: bool
    deadlines: tuple[Deadline, ...]
    police: tuple[PoliceLine, ...]
    consents: tuple[ConsentLine, ...]
    evidence: tuple[EvidenceLine, ...]
    has_account: bool
    steps: tuple[StepLine, ...]
    next_steps: tuple[StepLine, ...]  # the three next open ones
    done: int
    sent_at: datetime
    closed: bool
    originator: v.OriginatorKind | None = None
    originator_items: tuple[ItemId, ...] = ()  # who or which profile, and links: words, shown only on "Vis"
    handed: Handed | None = None  # how whoever has it came to have it
    given_back: tuple[StepId, ...] = ()  # by somebody who is not there any more
    unanswerable: int = 0  # affected people who are not there any more, with a question unanswered
    nudged: bool = False  # somebody waits for an answer, and has waited for long
    goes_on_at: datetime | None = None  # when another is asked, if there is no answer by then
    ended: Ended | None = None
    known_conduct: bool = False  # from several earlier cases; which ones, nobody is told
    not_reached: tuple[tuple[PersonId, datetime], ...] = ()  # affected people whom no message came through to, and when
    taken_back: "tuple[LedgerLine, ...]" = ()  # answers that were taken back, and nothing given since
    talks: tuple[TalkLine, ...] = ()  # how it stands with each whom the leader can write to
    secured: tuple[int, int] = (0, 0)  # parts of the evidence, of how many
    removal: RemovalView = RemovalView()
    custody: CustodyLines = CustodyLines()


@dataclass(frozen=True)
class StepView:
    """One step's own card. For a companion `need` holds what that step needs, and no more."""

    case: CaseId
    version: int
    line: StepLine
    notes: tuple[tuple[PersonId, datetime, str], ...]
    deadlines: tuple[Deadline, ...]
    police: tuple[PoliceLine, ...]  # steps 15-17
    consents: tuple[ConsentLine, ...]  # steps 5, 8, 16
    assessment: v.Assessment | None
    assessment_reason: str
    outside_working_hours: bool
    affected: tuple[PersonId, ...]
    affected_unnamed: bool
    evidence: tuple[EvidenceLine, ...]  # step 2
    need: "Need | None" = None
    safetynet_until: datetime | None = None  # the nearest day ahead
    safetynet_over: Over | None = None
    letters: tuple[LetterLine, ...] = ()
    letter: str = ""  # "new" or "draft" where the reader may write one now
    forms: tuple[v.Form, ...] = ()  # step 14
    recorded: v.Recorded = v.Recorded.UNKNOWN
    ledger: "tuple[LedgerLine, ...]" = ()  # of the accepts that are asked or acted on in this step
    unreachable: "tuple[UnreachableLine, ...]" = ()
    workplace: "WorkplaceView | None" = None  # steps 12, 13, 18, 19
    points: tuple[PointsView, ...] = ()  # step 1
    talks: tuple[TalkLine, ...] = ()  # step 6
    untold: tuple[PersonId, ...] = ()  # of `affected`, who have not heard of it
    reason_read: str = "now"  # when it is read: now, later; kept: never; helper: nothing of that
    rung: RungView | None = None  # steps 8-11
    secured: tuple[EpisodeParts, ...] = ()  # step 2


@dataclass(frozen=True)
class Need:
    """What somebody who takes over a step is shown. SafetyNet: name, times, forms, own account; analysis: no name."""

    affected: tuple[PersonId, ...]
    deadlines: tuple[Deadline, ...]
    media: tuple[v.Medium, ...]
    forms: tuple[v.Form, ...]
    account: str
