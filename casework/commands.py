"""What someone asks for. Imperative; `by` is the verified sender, never what a card says.

A `Written` is what a person wrote: decisions see that it is there and its length, events get only its id,
and the words go beside the log (`written_in`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime

from casework import vocabulary as v
from casework.vocabulary import CaseId, EpisodeId, ItemId, PersonId, StepId, WorkplaceId


@dataclass(frozen=True)
class Written:
    """Words with the id they are kept under."""

    item: ItemId
    text: str


@dataclass(frozen=True, kw_only=True)
class Command:
    case: CaseId
    by: PersonId


def written_in(command: Command) -> Iterator[Written]:
    """Every piece of writing a command brings."""
    for spec in fields(command):
        value = getattr(command, spec.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Written):
                yield part


# -- intake ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class StartDraft(Command): ...


@dataclass(frozen=True, kw_only=True)
class TellForWhom(Command):
    whom: v.Whom
    affected: tuple[PersonId, ...] = ()  # besides the reporter, who is added for ME and SEVERAL
    danger: v.Danger = v.Danger.NO


@dataclass(frozen=True, kw_only=True)
class GiveAccount(Command):
    """More of the person's own words; `replaces` is the piece the form's field held before."""

    account: Written
    replaces: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class TellCircumstances(Command):
    media: tuple[v.Medium, ...] = ()
    forms: tuple[v.Form, ...] = ()
    going_on: v.GoingOn = v.GoingOn.UNKNOWN
    shared: v.Shared = v.Shared.UNKNOWN
    recorded: v.Recorded = v.Recorded.UNKNOWN
    working_hours: v.WorkingHours = v.WorkingHours.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class TellWhen(Command):
    """An episode, new or (same id) told again. `moment` needs a time for EXACT and ABOUT; else the day's start counts.

    `day` and `moment` are Copenhagen's calendar and UTC; exactly one is given.
    """

    episode: EpisodeId
    certainty: v.Certainty
    moment: datetime | None = None
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawEpisode(Command):
    episode: EpisodeId


@dataclass(frozen=True, kw_only=True)
class TellOriginator(Command):
    kind: v.OriginatorKind
    identifier: Written | None = None
    links: Written | None = None
    person: PersonId | None = None


@dataclass(frozen=True, kw_only=True)
class ReceiveEvidence(Command):
    """What is in the vault already; a text is its own `Written`."""

    item: ItemId
    kind: v.ItemKind
    media_type: str
    size: int
    sha256: str
    name: Written | None = None
    text: Written | None = None


@dataclass(frozen=True, kw_only=True)
class DescribeEvidence(Command):
    item: ItemId
    shows: tuple[v.Shows, ...]


@dataclass(frozen=True, kw_only=True)
class ChooseRecipient(Command):
    """`ordinary` is the leader the directory proposes; choosing another shuts that one out."""

    recipient: PersonId
    ordinary: PersonId | None = None


@dataclass(frozen=True, kw_only=True)
class SendReport(Command):
    """`group_members` are those of the workplace's connected group; empty: no group is connected."""

    workplace: WorkplaceId | None = None
    group_members: tuple[PersonId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AskForCall(Command):
    recipient: PersonId


@dataclass(frozen=True, kw_only=True)
class MarkCallMade(Command): ...


# -- who has seen what -------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class OpenCase(Command): ...


@dataclass(frozen=True, kw_only=True)
class MarkSeen(Command): ...


@dataclass(frozen=True, kw_only=True)
class OpenItem(Command):
    """Show a piece of evidence or the person's own words."""

    item: ItemId


@dataclass(frozen=True, kw_only=True)
class NameAffected(Command):
    """The leader says who is affected; empty: nobody is."""

    people: tuple[PersonId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DenyOffence(Command): ...


@dataclass(frozen=True, kw_only=True)
class WantNoMore(Command): ...


# -- steps -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class StepCommand(Command):
    step: StepId


@dataclass(frozen=True, kw_only=True)
class CompleteStep(StepCommand): ...


@dataclass(frozen=True, kw_only=True)
class SetStepAside(StepCommand):
    reason: Written


@dataclass(frozen=True, kw_only=True)
class OfferStep(StepCommand):
    to: PersonId


@dataclass(frozen=True, kw_only=True)
class AcceptStep(StepCommand): ...


@dataclass(frozen=True, kw_only=True)
class DeclineStep(StepCommand): ...


@dataclass(frozen=True, kw_only=True)
class TakeStep(StepCommand): ...


@dataclass(frozen=True, kw_only=True)
class NoteStep(StepCommand):
    note: Written


@dataclass(frozen=True, kw_only=True)
class PostponeStep(StepCommand):
    until: datetime


@dataclass(frozen=True, kw_only=True)
class UndoStep(StepCommand): ...


# -- accepts and police ------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class AskConsent(Command):
    """Ask every affected person who has not answered; for the police, for every episode."""

    kind: v.ConsentKind


@dataclass(frozen=True, kw_only=True)
class AnswerConsent(Command):
    """`wording` is the version on the card that was answered; another than the current one is refused."""

    kind: v.ConsentKind
    answer: v.Answer
    wording: str
    episode: EpisodeId | None = None


@dataclass(frozen=True, kw_only=True)
class RecordOralConsent(Command):
    kind: v.ConsentKind
    person: PersonId
    answer: v.Answer
    said_at: datetime
    how: Written
    episode: EpisodeId | None = None


@dataclass(frozen=True, kw_only=True)
class ContradictConsent(Command):
    kind: v.ConsentKind
    episode: EpisodeId | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawConsent(Command):
    kind: v.ConsentKind
    episode: EpisodeId | None = None


@dataclass(frozen=True, kw_only=True)
class AssessPolice(Command):
    assessment: v.Assessment
    reason: Written


@dataclass(frozen=True, kw_only=True)
class RecordOutcome(Command):
    """`person` None only when nobody is affected. `details` is required, but for NOT_ACCEPTED and PASSED."""

    episode: EpisodeId
    outcome: v.OutcomeKind
    person: PersonId | None = None
    details: Written | None = None
    reported_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ReportMyself(Command):
    """The affected person has reported it themselves, which needs nobody else's accept."""

    episode: EpisodeId
    reported_at: datetime
    details: Written


# -- time and group ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Remind(Command):
    """Time has passed: say what is due now. Only Værn itself asks this."""


@dataclass(frozen=True, kw_only=True)
class TakeAnalysis(Command): ...


@dataclass(frozen=True, kw_only=True)
class FinishAnalysis(Command):
    answers: Written
    measures: tuple[Written, ...] = ()
    change_plan: bool = False
    follow_up_by: PersonId | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerFollowUp(Command):
    measure: ItemId
    answer: v.FollowUpAnswer
