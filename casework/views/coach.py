"""What the evidence coach shows one person: what is secured of each episode, and the one thing it asks next."""

from dataclasses import dataclass
from datetime import datetime

from casework.parts import Doubt, Part, PartState
from casework.state.coaching import NOTHING_TOLD, Capture
from casework.views.common import EvidenceLine
from casework.vocabulary import CaseId, Certainty, EpisodeId, ItemId, Medium


@dataclass(frozen=True)
class PartLine:
    """One part of the evidence of an episode, and how it stands."""

    part: Part
    state: PartState


@dataclass(frozen=True)
class EpisodeParts:
    """All parts of one episode's evidence. `began_at` None: no moment is told yet."""

    episode: EpisodeId | None
    began_at: datetime | None
    certainty: Certainty
    parts: tuple[PartLine, ...]
    have: int
    of: int
    pieces: int = 0


@dataclass(frozen=True)
class CoachQuestion:
    """The one thing that is asked. `items`, `numbers`: the pieces it is about; empty: the episode's evidence.

    `names`: what their giver calls them, as far as they came with a name.
    """

    about: Part
    items: tuple[ItemId, ...] = ()
    numbers: tuple[int, ...] = ()
    episode: EpisodeId | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class CoachView:
    """`line`: the piece that was just given, or is spoken of. `many`: more of an episode than needs going through."""

    case: CaseId
    version: int
    draft: bool
    episodes: tuple[EpisodeParts, ...]
    question: CoachQuestion | None = None
    line: EvidenceLine | None = None
    many: bool = False
    media: tuple[Medium, ...] = ()
    later: bool = False  # something was left for later
    told: Capture = NOTHING_TOLD  # of that piece, by its giver
    doubts: tuple[Doubt, ...] = ()  # where its file says otherwise

    @property
    def have(self) -> int:
        return sum(episode.have for episode in self.episodes)

    @property
    def of(self) -> int:
        return sum(episode.of for episode in self.episodes)
