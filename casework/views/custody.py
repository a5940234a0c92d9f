"""What has become of what was given: for whoever gave it or it is about, for the leader, and for the legal staff."""

from dataclasses import dataclass
from datetime import date, datetime

from casework.views.common import EvidenceLine
from casework.vocabulary import CaseId, PersonId, StepId


@dataclass(frozen=True)
class HoldLine:
    """Legal staff hold the case, and why."""

    by: PersonId
    at: datetime
    reason: str


@dataclass(frozen=True)
class WithdrawnLine:
    """A piece that is closed to all but legal staff: by number, and nothing of what it was."""

    number: int
    by: PersonId
    at: datetime


@dataclass(frozen=True)
class CustodyLines:
    """What a case card says of it."""

    hold: HoldLine | None = None
    withdrawn: tuple[WithdrawnLine, ...] = ()
    erase_on: date | None = None


@dataclass(frozen=True)
class Happened:
    """Who opened, took out, passed on or held what, and when. `what` names the sentence."""

    what: str
    by: PersonId
    at: datetime
    number: int = 0
    other: PersonId | None = None
    step: StepId | None = None
    day: date | None = None
    words: str = ""


@dataclass(frozen=True)
class CustodyView:
    """A page of who has seen what, the newest first."""

    case: CaseId
    version: int
    reader: PersonId
    lines: tuple[Happened, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class LegalView:
    """A case as the legal staff look into it."""

    case: CaseId
    version: int
    leader: PersonId
    affected: tuple[PersonId, ...]
    sent_at: datetime
    closed_at: datetime | None
    has_account: bool
    evidence: tuple[EvidenceLine, ...]
    custody: CustodyLines


@dataclass(frozen=True)
class ErasureView:
    """The case is erased on that day. `paper`: the reader may have the documentation."""

    case: CaseId
    version: int
    erase_on: date
    paper: bool
