"""The end of a case: what is missing, the question whether anything is, and how it was closed and opened again."""

from dataclasses import dataclass
from datetime import datetime

from casework import vocabulary as v
from casework.vocabulary import CaseId, PersonId


@dataclass(frozen=True)
class ClosingLine:
    """One thing the end of the case rests on. `what`: safetynet, police, unnamed, analysis; `reasoned`: not done, and
    why not. `owner`: of the analysis, None is the health and safety group; of SafetyNet who else has taken it."""

    what: str
    done: bool
    reasoned: bool = False
    owner: PersonId | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class ClosingPerson:
    """How one affected person stands. `stands`: nothing, enough, silent, not_told, untold, unasked, waiting,
    something."""

    person: PersonId
    stands: str
    at: datetime | None = None
    until: datetime | None = None
    words: str = ""


@dataclass(frozen=True)
class ClosingView:
    """For whoever has the case: what is missing before it can be closed."""

    case: CaseId
    version: int
    lines: tuple[ClosingLine, ...]
    people: tuple[ClosingPerson, ...]
    ready: bool
    can_ask: bool
    journal: str = ""
    unfit: tuple[PersonId, ...] = ()  # who has said that the agreement does not quite fit: to look at, and no lock


@dataclass(frozen=True)
class MissingView:
    """The question "Is anything missing?" to an affected person. `state`: open, closed, over (the case went on)."""

    case: CaseId
    version: int
    leader: PersonId
    asked_at: datetime
    until: datetime
    answer: v.ClosingAnswer | None
    answered_at: datetime | None
    words: str
    state: str


@dataclass(frozen=True)
class Ended:
    """When a case was closed, and by whom, or opened again. Who reads it may know `by`; None: somebody else."""

    closed_at: datetime | None = None
    closed_by: PersonId | None = None
    reopened_at: datetime | None = None
    reopened_by: PersonId | None = None
    because: v.Reopened | None = None
    why: str = ""
    journal: str = ""
