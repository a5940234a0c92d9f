"""Accepts as a ledger: what was asked and answered, in the order it happened, each with its wording's version."""

from dataclasses import dataclass
from datetime import datetime

from casework import vocabulary as v
from casework.views.employee import Asked
from casework.vocabulary import CaseId, EpisodeId, PersonId


@dataclass(frozen=True)
class LedgerLine:
    """One thing that happened. `what`: asked, asked_again, yes, no, oral_yes, oral_no, contradicted, taken_back.

    `wording` is the version that was asked or answered; empty where none was kept.
    """

    what: str
    at: datetime
    by: PersonId
    kind: v.ConsentKind
    person: PersonId
    episode: EpisodeId | None = None
    wording: str = ""


@dataclass(frozen=True)
class UnreachableLine:
    """An affected person who could not be asked, and what the leader wrote of it."""

    person: PersonId
    by: PersonId
    at: datetime
    tried: str = ""
    legal_staff: str = ""


@dataclass(frozen=True)
class Ledger:
    """One accept of one person: how it stands, and all that led there."""

    asked: Asked
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True)
class AnswersView:
    """What the reader has said yes and no to, a page of it. Nobody else's answers are in it."""

    case: CaseId
    version: int
    leader: PersonId
    ledgers: tuple[Ledger, ...]
    unreachable: UnreachableLine | None = None
    page: int = 1
    more: bool = False


@dataclass(frozen=True)
class WordingView:
    """The exact wording somebody was asked or has answered, as it was filled in then."""

    case: CaseId
    version: int
    asked: Asked
    wording: str
    leader: PersonId
    began_at: datetime | None
    certainty: v.Certainty
