"""How the case is handled: who has seen it, steps, accepts, the police."""

from dataclasses import dataclass
from datetime import datetime

from casework.events.event import Event
from casework.vocabulary import Answer, Assessment, ConsentKind, EpisodeId, ItemId, OutcomeKind, PersonId, StepId


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Event):
    """The neutral notice was opened."""


@dataclass(frozen=True, kw_only=True)
class CaseSeen(Event):
    """The leader pressed "I have seen it": the employee is told."""


@dataclass(frozen=True, kw_only=True)
class ItemOpened(Event):
    """Somebody other than its giver has looked at a piece of evidence, or at the account."""

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


@dataclass(frozen=True, kw_only=True)
class StepCompleted(Event):
    """It is done."""

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
    """Whoever was asked has taken it over."""

    step: StepId


@dataclass(frozen=True, kw_only=True)
class StepDeclined(Event):
    """No to an offer; or, by whoever has it, given back to the leader."""

    step: StepId


@dataclass(frozen=True, kw_only=True)
class StepTaken(Event):
    """A member of the health and safety group takes a step that is shared with the leader."""

    step: StepId


@dataclass(frozen=True, kw_only=True)
class StepNoted(Event):
    """A few words were kept with it."""

    step: StepId
    note: ItemId


@dataclass(frozen=True, kw_only=True)
class StepPostponed(Event):
    """The owner asked to be reminded later."""

    step: StepId
    until: datetime


@dataclass(frozen=True, kw_only=True)
class StepUndone(Event):
    """It is open again, or no longer offered."""

    step: StepId


@dataclass(frozen=True, kw_only=True)
class ConsentAsked(Event):
    """`episode` is set for police accepts, which are per (episode, person); None for the others.

    `wording`: the version in force then. None where Værn asked by itself, or before it was kept.
    """

    kind: ConsentKind
    person: PersonId
    episode: EpisodeId | None = None
    wording: str | None = None


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
    """The leader writes down what was said and when; the affected person sees it and can contradict.

    `wording`: the version in force then. None before it was kept.
    """

    kind: ConsentKind
    person: PersonId
    answer: Answer
    said_at: datetime
    how: ItemId
    episode: EpisodeId | None = None
    wording: str | None = None


@dataclass(frozen=True, kw_only=True)
class ConsentContradicted(Event):
    """The person says "That is not what I said": the oral answer no longer counts, the question is open again."""

    kind: ConsentKind
    person: PersonId
    episode: EpisodeId | None = None


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    """A yes was taken back."""

    kind: ConsentKind
    person: PersonId
    episode: EpisodeId | None = None


@dataclass(frozen=True, kw_only=True)
class PoliceAssessed(Event):
    """The leader's assessment and its reason. The latest holds."""

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


@dataclass(frozen=True, kw_only=True)
class OutcomeReopened(Event):
    """What an outcome rested on is no longer so: the person says yes now, or the 72 hours have not passed after all."""

    episode: EpisodeId
    person: PersonId | None
