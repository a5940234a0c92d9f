"""Telling it: the forms of a report, evidence, and a call."""

from dataclasses import dataclass
from datetime import date, datetime

from casework import vocabulary as v
from casework.commands.command import Command, Written
from casework.vocabulary import EpisodeId, ItemId, PersonId, WorkplaceId


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
