"""A case on paper: what was told, what was secured, who has opened it, and what was done. Drawn as a PDF."""

from dataclasses import dataclass
from datetime import datetime

from casework import vocabulary as v
from casework.original import Original
from casework.state.coaching import NOTHING_TOLD, Capture
from casework.views.common import Deadline
from casework.vocabulary import CaseId, ItemId, PersonId, StepId, WorkplaceId


@dataclass(frozen=True)
class OwnWords:
    """A piece of the account, in the person's own words."""

    by: PersonId
    at: datetime
    words: str


@dataclass(frozen=True)
class PieceLine:
    """A piece of evidence as it was received. `words`: the text itself, when that is what it is."""

    item: ItemId
    number: int
    kind: v.ItemKind
    media_type: str
    size: int
    sha256: str
    given_by: PersonId
    received_at: datetime
    shows: tuple[v.Shows, ...]
    name: str
    words: str = ""
    original: Original | None = None
    device: str = ""
    heading: str = ""
    beside: bool = False
    """The original lies beside the pages, in the same package."""
    unread: bool = False
    """The store could not give back the original when the pages were made."""
    is_message: bool = False
    """Found in Teams: `words` are how it is read, and the bytes whose fingerprint it has lie in the store."""
    withdrawn_at: datetime | None = None
    """By whoever gave it; None: it was not."""
    told: Capture = NOTHING_TOLD
    """When it was captured, on what and by whom, as its giver says."""


@dataclass(frozen=True)
class CustodyLine:
    """Something that has happened to the evidence. `did`: received, described, opened, told, made,
    withdrawn, destroyed, handed_on, consulted, package_….

    `number` None: the account, or all of it.
    """

    at: datetime
    by: PersonId
    did: str
    number: int | None = None


@dataclass(frozen=True)
class PaperOutcome:
    """What came of the police question for one episode and person."""

    began_at: datetime
    certainty: v.Certainty
    person: PersonId | None
    outcome: v.OutcomeKind | None
    at: datetime | None
    details: str


@dataclass(frozen=True)
class PaperStep:
    """A step and how it stands: open, done, set_aside, gone, nothing_to_remove."""

    step: StepId
    number: int
    state: str
    by: PersonId | None
    at: datetime | None
    reason: str


@dataclass(frozen=True)
class Documentation:
    """Everything on it, in its order. `own`: the affected employee's own copy, without what others have noted."""

    case: CaseId
    own: bool
    made_by: PersonId
    made_at: datetime
    sent_at: datetime
    reporter: PersonId
    affected: tuple[PersonId, ...]
    leader: PersonId
    media: tuple[v.Medium, ...]
    forms: tuple[v.Form, ...]
    going_on: v.GoingOn
    shared: v.Shared
    recorded: v.Recorded
    working_hours: v.WorkingHours
    originator: v.OriginatorKind | None
    identifier: str
    links: str
    episodes: tuple[Deadline, ...]
    outcomes: tuple[PaperOutcome, ...]
    account: tuple[OwnWords, ...]
    evidence: tuple[PieceLine, ...]
    custody: tuple[CustodyLine, ...]
    steps: tuple[PaperStep, ...]
    package: v.Package | None = None
    """Whom it goes to, where it is part of a package."""
    left_out: tuple[int, ...] = ()
    """Numbers of the pieces that are not in it."""
    without: frozenset[str] = frozenset()
    """Sections that are none of the reader's business: police, custody, plan."""
    workplace: WorkplaceId | None = None
    withdrawn: tuple[int, ...] = ()
    destroyed: tuple[int, ...] = ()
    """Numbers without a piece: closed to all but legal staff, or gone before the case was sent."""
