"""What each person may see of a case, and nothing else: `casework.projections` fills these, cards draw them.

Words that people wrote are in a view only where it says so. Moments are aware and in UTC; people are ids.
"""

from dataclasses import dataclass
from datetime import datetime

from casework import vocabulary as v
from casework.vocabulary import CaseId, EpisodeId, ItemId, PersonId, StepId, WorkplaceId


@dataclass(frozen=True)
class Deadline:
    """One episode and when its 72 hours are gone (L4). `open`: the police question is not answered yet."""

    episode: EpisodeId
    began_at: datetime
    certainty: v.Certainty
    until: datetime
    passed: bool
    open: bool = True


@dataclass(frozen=True)
class EvidenceLine:
    """Evidence by number and time; never its content."""

    item: ItemId
    number: int
    kind: v.ItemKind
    media_type: str
    size: int
    received_at: datetime
    shows: tuple[v.Shows, ...] = ()
    mine: bool = False
    name: str = ""  # the file name, only for whoever gave it


# -- intake ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DraftView:
    """A report that is being written, for its author: every form reads this."""

    case: CaseId
    version: int
    started_at: datetime
    by: PersonId
    whom: v.Whom | None
    affected: tuple[PersonId, ...]
    danger: v.Danger
    account: str  # the form's field
    account_item: ItemId | None
    pieces: int  # pieces of account given as ordinary messages besides the field
    media: tuple[v.Medium, ...]
    forms: tuple[v.Form, ...]
    going_on: v.GoingOn
    shared: v.Shared
    recorded: v.Recorded
    working_hours: v.WorkingHours
    circumstances_told: bool
    episodes: tuple[Deadline, ...]
    originator: v.OriginatorKind | None
    identifier: str
    links: str
    originator_person: PersonId | None
    evidence: tuple[EvidenceLine, ...]
    recipient: PersonId | None
    excluded: tuple[PersonId, ...]
    missing: tuple[str, ...]  # of the three required: "account", "episode", "recipient"; also "affected"


@dataclass(frozen=True)
class RecipientChoice:
    """Somebody proposed on form 5. `role`: leader, stand_in, leaders_leader or other."""

    person: PersonId
    role: str


# -- the employee ----------------------------------------------------------------------------------------------------


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


@dataclass(frozen=True)
class Opening:
    """Who opened what, and when. `number` None: the person's own words."""

    by: PersonId
    at: datetime
    number: int | None


@dataclass(frozen=True)
class SetAsideLine:
    step: StepId
    reason: str
    by: PersonId
    at: datetime


@dataclass(frozen=True)
class EmployeeView:
    """The affected employee's case card. `headline`: sent, seen, asked, reported, not_reported, talked, passed,
    closed. `reported_by_other` when somebody else told it."""

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


@dataclass(frozen=True)
class QuestionView:
    """One accept card. `wording` is the version that an answer must match."""

    case: CaseId
    version: int
    leader: PersonId
    wording: str
    asked: Asked


# -- the leader ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Missing:
    """What a locked step waits for. `what`: step, asked_removal, answer_colleagues, refused_colleagues,
    answer_police, refused_police, affected_unnamed."""

    what: str
    step: StepId | None = None
    people: tuple[PersonId, ...] = ()


@dataclass(frozen=True)
class StepLine:
    """A step as a line on a card. `state`: open, done, set_aside, locked, offered, postponed."""

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
    last_word_at: datetime | None
    closed: bool


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
    safetynet_until: datetime | None = None


@dataclass(frozen=True)
class Need:
    """What somebody who takes over a step is shown. SafetyNet: name, times, forms, own account; analysis: no name."""

    affected: tuple[PersonId, ...]
    deadlines: tuple[Deadline, ...]
    media: tuple[v.Medium, ...]
    forms: tuple[v.Form, ...]
    account: str


# -- others ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GroupView:
    """The health and safety group's card: that there is a case. No names, no content."""

    case: CaseId
    version: int
    workplace: WorkplaceId
    sent_at: datetime
    safetynet_until: datetime
    safetynet_done: bool
    safetynet_done_at: datetime | None
    safetynet_owner: PersonId | None
    analysis_at: datetime
    analysis_by: PersonId | None
    analysis_done_at: datetime | None


@dataclass(frozen=True)
class AnalysisView:
    """The analysis form and, when answered, what was decided (B21, H9)."""

    case: CaseId
    version: int
    media: tuple[v.Medium, ...]
    forms: tuple[v.Form, ...]
    deadlines: tuple[Deadline, ...]
    taken_by: PersonId | None
    done: bool
    measures: tuple[tuple[ItemId, str, v.FollowUpAnswer | None, datetime | None], ...]


@dataclass(frozen=True)
class FollowUpView:
    """30 or 90 days on: one decided measure."""

    case: CaseId
    version: int
    measure: ItemId
    text: str
    decided_at: datetime
    answer: v.FollowUpAnswer | None


@dataclass(frozen=True)
class CallView:
    """Somebody would like to be rung up."""

    case: CaseId
    version: int
    wanted_by: PersonId
    recipient: PersonId
    at: datetime
    made_at: datetime | None


@dataclass(frozen=True)
class ReminderView:
    """A message about what is due. `kind`: 48, 24, 12, 6, 2, passed (police); safetynet_3, safetynet_7,
    safetynet_12, postponed, offered, call. The rest says what is missing, and from whom."""

    case: CaseId
    version: int
    kind: str
    to: str  # leader, affected_employee, health_safety_group, companion
    deadline: Deadline | None
    missing: tuple[Missing, ...]
    step: StepLine | None
    leader: PersonId | None


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


@dataclass(frozen=True)
class CaseLine:
    """A line in "mine sager". `role`: the reader's. `state`: draft, call, open, closed."""

    case: CaseId
    version: int
    role: v.Role
    state: str
    at: datetime
    deadline: datetime | None
