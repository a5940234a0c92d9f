"""What several views hold: an episode's deadline, evidence by number."""

from dataclasses import dataclass
from datetime import datetime

from casework import vocabulary as v
from casework.original import Original
from casework.vocabulary import EpisodeId, ItemId, PersonId


@dataclass(frozen=True)
class Deadline:
    """One episode and when its 72 hours are gone (L4). `open`: the police question is not answered yet."""

    episode: EpisodeId
    began_at: datetime
    certainty: v.Certainty
    until: datetime
    passed: bool
    open: bool = True
    reported: bool = False  # for the reader; whatever else came of it, it can still be reported

    @property
    def running(self) -> bool:
        """Whether there is still time to report it, whatever has been noted meanwhile."""
        return not self.passed and not self.reported


@dataclass(frozen=True)
class Over:
    """Episodes whose 14 days for SafetyNet are over. `latest` None: when it was is not for the reader yet."""

    count: int
    latest: Deadline | None


@dataclass(frozen=True)
class EvidenceLine:
    """Evidence by number and time; never its content."""

    item: ItemId
    number: int
    kind: v.ItemKind
    media_type: str
    size: int
    received_at: datetime
    shows: tuple[v.Shows, ...] = ()
    mine: bool = False
    name: str = ""  # the file name, only for whoever gave it
    original: Original | None = None  # what the file says of itself: moments and codes
    device: str = ""  # in words, only for whoever gave it
    heading: str = ""  # a mail's headers as lines, only for whoever gave it
    withdrawn: bool = False
    given_by: PersonId | None = None  # the colleague whom the reader asked


@dataclass(frozen=True)
class Handed:
    """The newest of who has the case: `how` unreachable, absent, moved, silent; or nobody, when none could be reached
    yet, or unanswered, when no other may have it: then `former` is whoever had it first, if it was somebody else.
    Alone: whoever has it is away until `again_at`, and nobody stands in."""

    how: str
    former: PersonId | None
    to: PersonId
    at: datetime
    mailed: bool
    again_at: datetime | None = None


@dataclass(frozen=True)
class FormerLine:
    """Somebody who had the case before, why no longer, and what they have opened."""

    person: PersonId
    how: v.HandedOn
    opened_at: datetime | None
