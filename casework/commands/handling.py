"""Handling it: who has seen it, steps, accepts, the police."""

from dataclasses import dataclass
from datetime import datetime

from casework import vocabulary as v
from casework.commands.command import Command, Written
from casework.vocabulary import EpisodeId, ItemId, PersonId, StepId


@dataclass(frozen=True, kw_only=True)
class OpenCase(Command):
    """The neutral notice is opened."""


@dataclass(frozen=True, kw_only=True)
class MarkSeen(Command):
    """The leader says that it is seen: the employee is told."""


@dataclass(frozen=True, kw_only=True)
class OpenItem(Command):
    """Show a piece of evidence or the person's own words. `all_of_it`: to one of the legal staff, who are shown all."""

    item: ItemId
    all_of_it: bool = False


@dataclass(frozen=True, kw_only=True)
class NameAffected(Command):
    """The leader says who is affected; empty: nobody is."""

    people: tuple[PersonId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DenyOffence(Command):
    """The affected person does not feel offended."""


@dataclass(frozen=True, kw_only=True)
class WantNoMore(Command):
    """The affected person wants no more done."""


@dataclass(frozen=True, kw_only=True)
class StepCommand(Command):
    """Something asked for about one step of the plan."""

    step: StepId


@dataclass(frozen=True, kw_only=True)
class CompleteStep(StepCommand):
    """It is done."""


@dataclass(frozen=True, kw_only=True)
class SetStepAside(StepCommand):
    """It is not relevant here, and why."""

    reason: Written


@dataclass(frozen=True, kw_only=True)
class OfferStep(StepCommand):
    """Somebody else is asked to take it; it is theirs when they say yes."""

    to: PersonId


@dataclass(frozen=True, kw_only=True)
class AcceptStep(StepCommand):
    """Yes, I take it."""


@dataclass(frozen=True, kw_only=True)
class DeclineStep(StepCommand):
    """No; or, from whoever has it: it goes back to the leader."""


@dataclass(frozen=True, kw_only=True)
class TakeStep(StepCommand):
    """A member of the health and safety group takes a step it shares with the leader."""


@dataclass(frozen=True, kw_only=True)
class NoteStep(StepCommand):
    """A few words kept with the step."""

    note: Written


@dataclass(frozen=True, kw_only=True)
class PostponeStep(StepCommand):
    """Remind me of it then."""

    until: datetime


@dataclass(frozen=True, kw_only=True)
class UndoStep(StepCommand):
    """It was not done, not set aside or not handed over after all."""


@dataclass(frozen=True, kw_only=True)
class AskConsent(Command):
    """Ask every affected person who has not answered; for the police, for every episode.

    `wording`: the version in force, the administration's own or the original; empty: the original.
    """

    kind: v.ConsentKind
    wording: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerConsent(Command):
    """`wording` is the version on the card that was answered; another than the one in force is refused.

    `in_force`: the administration's own version, where it has one; empty: the original.
    """

    kind: v.ConsentKind
    answer: v.Answer
    wording: str
    in_force: str = ""
    episode: EpisodeId | None = None


@dataclass(frozen=True, kw_only=True)
class RecordOralConsent(Command):
    """The leader writes down what an affected person has said, when, and how."""

    kind: v.ConsentKind
    person: PersonId
    answer: v.Answer
    said_at: datetime
    how: Written
    episode: EpisodeId | None = None
    wording: str = ""  # as for AskConsent


@dataclass(frozen=True, kw_only=True)
class ContradictConsent(Command):
    """An answer that the leader wrote down is not what was said."""

    kind: v.ConsentKind
    episode: EpisodeId | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawConsent(Command):
    """A yes is taken back."""

    kind: v.ConsentKind
    episode: EpisodeId | None = None


@dataclass(frozen=True, kw_only=True)
class AssessPolice(Command):
    """The leader's assessment after the talk with the legal staff."""

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
