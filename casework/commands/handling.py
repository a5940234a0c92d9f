"""Handling it: who has seen it, steps, accepts, the police."""

from dataclasses import dataclass
from datetime import datetime

from casework import vocabulary as v
from casework.commands.command import Command, Written
from casework.vocabulary import EpisodeId, ItemId, PersonId, StepId


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
