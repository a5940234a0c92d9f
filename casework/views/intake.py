"""A report that is being written."""

from dataclasses import dataclass
from datetime import date, datetime

from casework import vocabulary as v
from casework.views.coach import CoachView
from casework.views.common import Deadline, EvidenceLine
from casework.vocabulary import CaseId, ItemId, PersonId


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
    chat: tuple[tuple[ItemId, str], ...] = ()  # those pieces themselves, oldest first: nothing is sent unseen
    coach: CoachView | None = None  # how far the evidence is


@dataclass(frozen=True)
class TeamsMessage:
    """A message somebody found in Teams and may keep as evidence. What is not known is empty."""

    original: str  # the body as Teams handed it over, untouched
    media_type: str  # of the original
    text: str  # the same to be read
    sender: str
    sent_at: datetime | None
    link: str
    attachments: tuple[str, ...]  # their names


@dataclass(frozen=True)
class KeptMessage:
    """A message from Teams that was kept in its keeper's draft."""

    case: CaseId
    number: int
    received_at: datetime


@dataclass(frozen=True)
class RecipientChoice:
    """Somebody proposed on form 5. `role`: leader, stand_in, leaders_leader or other."""

    person: PersonId
    role: str
    away_until: date | None = None  # the last day they are absent
