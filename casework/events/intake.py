"""What was told, and to whom: from the first word to Send, and a call that is asked for."""

from dataclasses import dataclass
from datetime import datetime

from casework.events.event import Event
from casework.original import Original
from casework.vocabulary import (
    Certainty,
    Danger,
    EpisodeId,
    Form,
    GoingOn,
    ItemId,
    ItemKind,
    Medium,
    OriginatorKind,
    PersonId,
    Recorded,
    Shared,
    Shows,
    Source,
    StepId,
    Whom,
    WorkingHours,
    WorkplaceId,
)


@dataclass(frozen=True, kw_only=True)
class DraftStarted(Event):
    """Somebody has begun to tell. Nobody else sees it."""


@dataclass(frozen=True, kw_only=True)
class WhomTold(Event):
    """Who it happened to. `affected` is empty for the workplace as a whole."""

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
    """Where and what it is like. The latest holds."""

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
class AccountWithdrawn(Event):
    """A piece of the account taken out of a draft again: it is not sent."""

    item: ItemId


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
    source: Source | None = None
    original: Original | None = None


@dataclass(frozen=True, kw_only=True)
class EvidenceDescribed(Event):
    """What a piece shows, as its giver says."""

    item: ItemId
    shows: tuple[Shows, ...]


@dataclass(frozen=True, kw_only=True)
class RecipientChosen(Event):
    """Who is to know, and who was chosen away. Whoever is behind it is shut out besides, when it is sent.

    `stands_in`: for a leader who is away, and was not chosen away by that.
    """

    recipient: PersonId
    excluded: tuple[PersonId, ...] = ()
    stands_in: bool | None = None


@dataclass(frozen=True, kw_only=True)
class DraftReminded(Event):
    """The author was told once that a draft lies unsent while the 72 hours run."""


@dataclass(frozen=True, kw_only=True)
class ReportSent(Event):
    """The draft became a case. `group` is the workplace whose health and safety group is told; None: not told.

    `left_out`: steps the administration does without; None: none. A case keeps the plan it was sent with.
    `nudge_minutes`, `hand_on_minutes`: how long whoever is to know may be silent; None: the usual.
    """

    recipient: PersonId
    excluded: tuple[PersonId, ...]
    workplace: WorkplaceId | None
    group: WorkplaceId | None
    left_out: tuple[StepId, ...] | None = None
    nudge_minutes: int | None = None
    hand_on_minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class CallAsked(Event):
    """Somebody would like to be rung up. Nothing else is said.

    `excluded`: whom they have kept out of their cases, and who hears nothing of this either.
    """

    recipient: PersonId
    excluded: tuple[PersonId, ...] = ()
    nudge_minutes: int | None = None
    hand_on_minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class CallMade(Event):
    """Whoever was asked has rung."""

    recipient: PersonId
