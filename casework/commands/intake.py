"""Telling it: the forms of a report, evidence, and a call."""

from dataclasses import dataclass
from datetime import date, datetime

from casework import vocabulary as v
from casework.commands.command import Command, Written
from casework.original import Original
from casework.pace import PACE, Pace
from casework.state.waiting import Patience
from casework.vocabulary import EpisodeId, ItemId, PersonId, StepId, WorkplaceId


@dataclass(frozen=True, kw_only=True)
class StartDraft(Command):
    """Begin to tell. Private until Send."""


@dataclass(frozen=True, kw_only=True)
class TellForWhom(Command):
    """Who it happened to, and whether anybody is in danger."""

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
    """Where, what it is like, whether it goes on, and what was shared or recorded."""

    media: tuple[v.Medium, ...] = ()
    forms: tuple[v.Form, ...] = ()
    going_on: v.GoingOn = v.GoingOn.UNKNOWN
    shared: v.Shared = v.Shared.UNKNOWN
    recorded: v.Recorded = v.Recorded.UNKNOWN
    working_hours: v.WorkingHours = v.WorkingHours.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class TellWhen(Command):
    """An episode, new or (same id) told again. `moment` is for EXACT; else the day's start counts.

    `day` and `moment` are Copenhagen's calendar and UTC; exactly one is given.
    """

    episode: EpisodeId
    certainty: v.Certainty
    moment: datetime | None = None
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawAccount(Command):
    """Take a piece of the account out of a draft."""

    item: ItemId


@dataclass(frozen=True, kw_only=True)
class WithdrawEpisode(Command):
    """Take an episode out of a draft."""

    episode: EpisodeId


@dataclass(frozen=True, kw_only=True)
class TellOriginator(Command):
    """Who is behind it and where, as far as it is known. `person` only for somebody at the workplace."""

    kind: v.OriginatorKind
    identifier: Written | None = None
    links: Written | None = None
    person: PersonId | None = None


@dataclass(frozen=True, kw_only=True)
class ReceiveEvidence(Command):
    """What is in the vault already; a text is its own `Written`.

    `original`, `device`, `heading`: what the file says of itself; its words are named by the decision.
    """

    item: ItemId
    kind: v.ItemKind
    media_type: str
    size: int
    sha256: str
    name: Written | None = None
    text: Written | None = None
    source: v.Source | None = None
    original: Original | None = None
    device: Written | None = None
    heading: Written | None = None


@dataclass(frozen=True, kw_only=True)
class DescribeEvidence(Command):
    """What a piece shows, as its giver says."""

    item: ItemId
    shows: tuple[v.Shows, ...]


@dataclass(frozen=True, kw_only=True)
class ChooseRecipient(Command):
    """Choosing another than `ordinary` shuts that one out, and the `others` too (`casework.choosing` says whom)."""

    recipient: PersonId
    ordinary: PersonId | None = None
    others: tuple[PersonId, ...] = ()
    stands_in: bool = False


@dataclass(frozen=True, kw_only=True)
class SendReport(Command):
    """`group_members` are those of the workplace's connected group; empty: no group is connected.

    `left_out`: steps that the workplace's administration does without, of those that may be.

    `pace`: the settings' days and hours.
    `patience`: how long whoever is to know may be silent, as the settings say now.
    """

    workplace: WorkplaceId | None = None
    group_members: tuple[PersonId, ...] = ()
    left_out: tuple[StepId, ...] = ()
    pace: Pace = PACE
    patience: Patience = Patience()


@dataclass(frozen=True, kw_only=True)
class AskForCall(Command):
    """Somebody is asked to ring; nothing else is said.

    `excluded`: whom whoever asks has kept out of a case of theirs. `patience`: as for a report that is sent.
    """

    recipient: PersonId
    excluded: frozenset[PersonId] = frozenset()
    patience: Patience = Patience()


@dataclass(frozen=True, kw_only=True)
class MarkCallMade(Command):
    """The call was made. `shut_out`: whom whoever asked has kept out of a case of theirs, which may be since then."""

    shut_out: frozenset[PersonId] = frozenset()
