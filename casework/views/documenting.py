"""A colleague who documents: for themselves, and for whoever asked them."""

from dataclasses import dataclass
from datetime import datetime

from casework.state.documenting import Documents
from casework.views.common import EvidenceLine
from casework.vocabulary import CaseId, PersonId


@dataclass(frozen=True)
class DocumenterView:
    """All that a colleague who was asked may see: by whom, what was written to them, and what they gave."""

    case: CaseId
    version: int
    asked_by: PersonId
    state: Documents
    words: str
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True)
class DocumenterLine:
    """For whoever asked."""

    person: PersonId
    state: Documents
    since: datetime
    pieces: int
