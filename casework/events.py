"""What has happened in a case. Past tense, frozen, and without a single personal word: those are items.

Every event carries who did it (`by`, a directory id or VAERN) and when (`at`, aware, UTC).
Once written an event is never changed; its wire name and version stand in `casework.wire`.
"""

from dataclasses import dataclass
from datetime import datetime

from casework.vocabulary import (
    Answer,
    Assessment,
    Certainty,
    ConsentKind,
    Danger,
    EpisodeId,
    FollowUpAnswer,
    Form,
    GoingOn,
    ItemId,
    ItemKind,
    Medium,
    OriginatorKind,
    OutcomeKind,
    PersonId,
    Recorded,
    Shared,
    Shows,
    StepId,
    Whom,
    WorkingHours,
    WorkplaceId,
)


@dataclass(frozen=True, kw_only=True)
class Event:
    by: PersonId
    at: datetime


# -- intake ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class DraftStarted(Event):
    """Somebody has begun to tell. Nobody else sees it."""


@dataclass(frozen=True, kw_only=True)
class WhomTold(Event):
    whom: Whom
    affected: tuple[PersonId, ...]
    danger: Danger = Danger.NO


@dataclass(frozen=True, kw_only=True)
class AccountGiven(Event):
    """The person's own words. `replaces` when the form's text was edited; else it is one more piece."""

    item: ItemId
    replaces: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class CircumstancesTold(Event):
    media: tuple[Medium, ...] = ()
    forms: tuple[Form, ...] = ()
    going_on: GoingOn = GoingOn.UNKNOWN
    shared: Shared = Shared.UNKNOWN
    recorded: Recorded = Recorded.UNKNOWN
    working_hours: WorkingHours = WorkingHours.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class EpisodeTold(Event):
    """An episode and the earliest moment it can have happened: the 72 hours run from there (L4)."""

    episode: EpisodeId
    began_at: datetime
    certainty: Certainty


@dataclass(frozen=True, kw_only=True)
class EpisodeCorrected(Event):
    """The moment was another. The old one stays in the log."""

    episode: EpisodeId
    began_at: datetime
    certainty: Certainty


@dataclass(frozen=True, kw_only=True)
class EpisodeWithdrawn(Event):
    """An episode taken out of a draft again."""

    episode: EpisodeId


@dataclass(frozen=True, kw_only=True)
class OriginatorTold(Event):
    """Who is behind it, as far as the person knows. `person` only when it is somebody at the workplace."""

    kind: OriginatorKind
    identifier: ItemId | None = None
    links: ItemId | None = None
    person: PersonId | None = None


@dataclass(frozen=True, kw_only=True)
class EvidenceReceived(Event):
    """A file, picture or text is in the vault, untouched. `number` is how people speak of it."""

    item: ItemId
    kind: ItemKind
    number: int
    media_type: str
    size: int
    sha256: str
    name: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class EvidenceDescribed(Event):
    item: ItemId
    shows: tuple[Shows, ...]


@dataclass(frozen=True, kw_only=True)
class RecipientChosen(Event):
    """Who is to know, and who is thereby shut out of the case."""

    recipient: PersonId
    excluded: tuple[PersonId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DraftReminded(Event):
    """The author was told once that a draft lies unsent while the 72 hours run."""


@dataclass(frozen=True, kw_only=True)
class ReportSent(Event):
    """The draft became a case. `group` is the workplace whose health and safety group is told; None: not told."""

    recipient: PersonId
    excluded: tuple[PersonId, ...]
    workplace: WorkplaceId | None
    group: WorkplaceId | None


# -- call me -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class CallAsked(Event):
    """Somebody would like to be rung up. Nothing else is said."""

    recipient: PersonId


@dataclass(frozen=True, kw_only=True)
class CallMade(Event):
    recipient: PersonId


# -- who has seen what -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Event):
    """The neutral notice was opened."""


@dataclass(frozen=True, kw_only=True)
class CaseSeen(Event):
    """The leader pressed "I have seen it": the employee is told."""


@dataclass(frozen=True, kw_only=True)
class ItemOpened(Event):
    item: ItemId


@dataclass(frozen=True, kw_only=True)
class AffectedTold(Event):
    """An affected person for whom somebody else reported now has a card of their own."""

    person: PersonId


@dataclass(frozen=True, kw_only=True)
class AffectedNamed(Event):
    """The leader has said who is affected; empty: nobody is."""

    people: tuple[PersonId, ...]


@dataclass(frozen=True, kw_only=True)
class OffenceDenied(Event):
    """The affected person does not feel offended (D3 cuts both ways)."""


@dataclass(frozen=True, kw_only=True)
class NoMoreWanted(Event):
    """The affected person wants no more done."""


# -- steps -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class StepCompleted(Event):
    step: StepId


@dataclass(frozen=True, kw_only=True)
class StepSetAside(Event):
    """Not relevant here, with a reason."""

    step: StepId
    reason: ItemId


@dataclass(frozen=True, kw_only=True)
class StepOffered(Event):
    """Handed over; the owner changes when the other accepts."""

    step: StepId
    to: PersonId


@dataclass(frozen=True, kw_only=True)
class StepAccepted(Event):
    step: StepId


@dataclass(frozen=True, kw_only=True)
class StepDeclined(Event):
    step: StepId


@dataclass(frozen=True, kw_only=True)
class StepTaken(Event):
    """A member of the health and safety group takes a step that is shared with the leader."""

    step: StepId


@dataclass(frozen=True, kw_only=True)
class StepNoted(Event):
    step: StepId
    note: ItemId


@dataclass(frozen=True, kw_only=True)
class StepPostponed(Event):
    """The owner asked to be reminded later."""

    step: StepId
    until: datetime


@dataclass(frozen=True, kw_only=True)
class StepUndone(Event):
    step: StepId


# -- accepts and police ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ConsentAsked(Event):
    """`episode` is set for police accepts, which are per (episode, person); None for the others."""

    kind: ConsentKind
    person: PersonId
    episode: EpisodeId | None = None


@dataclass(frozen=True, kw_only=True)
class ConsentAnswered(Event):
    """The person answered the card: which wording they saw, in which language."""

    kind: ConsentKind
    person: PersonId
    answer: Answer
    wording: str
    episode: EpisodeId | None = None


@dataclass(frozen=True, kw_only=True)
class ConsentAnsweredOrally(Event):
    """The leader writes down what was said and when; the affected person sees it and can contradict."""

    kind: ConsentKind
    person: PersonId
    answer: Answer
    said_at: datetime
    how: ItemId
    episode: EpisodeId | None = None


@dataclass(frozen=True, kw_only=True)
class ConsentContradicted(Event):
    """The person says "That is not what I said": the oral answer no longer counts, the question is open again."""

    kind: ConsentKind
    person: PersonId
    episode: EpisodeId | None = None


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    kind: ConsentKind
    person: PersonId
    episode: EpisodeId | None = None


@dataclass(frozen=True, kw_only=True)
class PoliceAssessed(Event):
    assessment: Assessment
    reason: ItemId


@dataclass(frozen=True, kw_only=True)
class OutcomeRecorded(Event):
    """What came of the police question for one (episode, person). `person` None: nobody is affected.

    `details` is what was written: where and receipt number, the reason, or the legal staff's name.
    """

    episode: EpisodeId
    person: PersonId | None
    outcome: OutcomeKind
    details: ItemId | None = None
    reported_at: datetime | None = None


# -- time and group --------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Reminded(Event):
    """One message went to one person (or the group) about what is due; `covers` are the reminders it answers."""

    to: PersonId | None  # None: the health and safety group
    reminder: str
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AnalysisTaken(Event):
    """A member of the group does the analysis, in personal chat (B21)."""


@dataclass(frozen=True, kw_only=True)
class AnalysisFinished(Event):
    """The form is answered. `answers` is one item; `measures` are the decided measures, each its own item."""

    answers: ItemId
    measures: tuple[ItemId, ...]
    change_plan: bool
    follow_up_by: PersonId | None = None


@dataclass(frozen=True, kw_only=True)
class FollowedUp(Event):
    measure: ItemId
    answer: FollowUpAnswer
