"""What was answered about a piece of evidence: which episode it is of, who took it and when, and what is not there."""

from dataclasses import dataclass
from datetime import datetime

from casework.events.event import Event
from casework.parts import CapturedBy, CaptureDevice, Part, PartAnswer
from casework.vocabulary import Certainty, EpisodeId, ItemId, PersonId


@dataclass(frozen=True, kw_only=True)
class CoachEvent(Event):
    """An answer to the evidence coach."""


@dataclass(frozen=True, kw_only=True)
class EvidencePlaced(CoachEvent):
    """Which of several episodes a piece is of. The latest holds."""

    item: ItemId
    episode: EpisodeId


@dataclass(frozen=True, kw_only=True)
class PartAnswered(CoachEvent):
    """A part is had, is not there, or is left for later. Of an episode, or of one piece."""

    part: Part
    answer: PartAnswer
    episode: EpisodeId | None = None
    item: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class CaptureTold(CoachEvent):
    """When pieces were captured and on what, or by whom, as their giver says. What is None was not said here."""

    items: tuple[ItemId, ...]
    captured_at: datetime | None = None
    certainty: Certainty | None = None  # of that moment
    device: CaptureDevice | None = None
    captured_by: CapturedBy | None = None


@dataclass(frozen=True, kw_only=True)
class DocumenterEvent(Event):
    """About a colleague who secures evidence for somebody it happened to."""


@dataclass(frozen=True, kw_only=True)
class DocumenterAsked(DocumenterEvent):
    """A colleague was asked, with what the person wrote to them."""

    person: PersonId
    words: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentingDeclined(DocumenterEvent):
    """The colleague will not, or not any more."""


@dataclass(frozen=True, kw_only=True)
class DocumentingEnded(DocumenterEvent):
    """Whoever asked needs no more of it."""

    person: PersonId
