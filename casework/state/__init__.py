"""What a case holds: its episodes, items, steps, accepts and outcomes, each as it stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from casework.original import Original
from casework.vocabulary import (
    Answer,
    Assessment,
    Certainty,
    EpisodeId,
    ItemId,
    ItemKind,
    OriginatorKind,
    OutcomeKind,
    PersonId,
    Shows,
    Source,
)

Record = TypeVar("Record")


@dataclass(frozen=True)
class Episode:
    """One time it happened. `began_at` is the earliest it can have been, UTC."""

    id: EpisodeId
    began_at: datetime
    certainty: Certainty
    told_by: PersonId
    told_at: datetime


@dataclass(frozen=True)
class Item:
    """A piece of evidence as it was received."""

    id: ItemId
    kind: ItemKind
    number: int
    media_type: str
    size: int
    sha256: str
    given_by: PersonId
    received_at: datetime
    name: ItemId | None = None
    shows: tuple[Shows, ...] = ()
    original: Original | None = None
    source: Source | None = None
    given_for: PersonId | None = None  # who had asked its giver, a colleague who documents

    @property
    def words(self) -> tuple[ItemId, ...]:
        """Texts that belong to it and go with it: its name, and what stood in it."""
        said = self.original or Original()
        return tuple(item for item in (self.name, said.device, said.heading) if item)


@dataclass(frozen=True)
class StepState:
    """What has happened to one step. The latest of done and set aside holds; `owner` None: whoever the plan says."""

    done_by: PersonId | None = None
    done_at: datetime | None = None
    reason: ItemId | None = None  # set: not relevant, and why
    offered_to: PersonId | None = None
    offered_by: PersonId | None = None
    offered_at: datetime | None = None
    owner: PersonId | None = None
    notes: tuple[ItemId, ...] = ()
    until: datetime | None = None
    postponed_by: PersonId | None = None
    touched_by: PersonId | None = None  # who acted on it last

    @property
    def closed(self) -> bool:
        return self.done_at is not None


UNTOUCHED = StepState()
"""A step nobody has done anything about."""


@dataclass(frozen=True)
class Consent:
    """An accept: asked, and perhaps answered. `answer` None: unanswered, or taken back."""

    asked_at: datetime
    asked_by: PersonId
    answer: Answer | None = None
    answered_at: datetime | None = None
    wording: str = ""
    how: ItemId | None = None  # set: given orally, and how
    recorded_by: PersonId | None = None
    said_at: datetime | None = None
    withdrawn_at: datetime | None = None
    contradicted_at: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of the police question for one (episode, person)."""

    kind: OutcomeKind
    by: PersonId
    at: datetime
    details: ItemId | None = None
    reported_at: datetime | None = None


@dataclass(frozen=True)
class Assessed:
    """The leader's assessment and its reason."""

    assessment: Assessment
    reason: ItemId
    by: PersonId
    at: datetime


@dataclass(frozen=True)
class Originator:
    """Who is behind it, as far as it was told."""

    kind: OriginatorKind
    identifier: ItemId | None = None
    links: ItemId | None = None
    person: PersonId | None = None


@dataclass(frozen=True)
class Analysis:
    """What the group, or the leader, learned and decided."""

    by: PersonId
    at: datetime
    answers: ItemId
    measures: tuple[ItemId, ...]
    change_plan: bool
    follow_up_by: PersonId | None
    plan: ItemId | None = None
    """Which of the measures proposes a change of the emergency plan."""


def changed(record: Record, **fields: object) -> Record:
    """The record with these fields anew. `dataclasses.replace` in a tenth of the time, which forty fields make felt.

    TypeError for a field it does not have. For records that check nothing when they are made.
    """
    if not record.__dict__.keys() >= fields.keys():
        raise TypeError(f"{type(record).__name__} has no {', '.join(fields.keys() - record.__dict__.keys())}.")
    after = object.__new__(type(record))
    after.__dict__.update(record.__dict__, **fields)
    return after
