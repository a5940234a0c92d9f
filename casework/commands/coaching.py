"""Answering the evidence coach."""

from dataclasses import dataclass
from datetime import datetime

from casework.commands.command import Command, Written
from casework.parts import CapturedBy, CaptureDevice, Part, PartAnswer
from casework.vocabulary import Certainty, EpisodeId, ItemId, PersonId


@dataclass(frozen=True, kw_only=True)
class PlaceEvidence(Command):
    """This piece is of that episode."""

    item: ItemId
    episode: EpisodeId


@dataclass(frozen=True, kw_only=True)
class AnswerPart(Command):
    """I have it, it is not there, or not now: of an episode (None: none is told yet), or of one piece."""

    part: Part
    answer: PartAnswer
    episode: EpisodeId | None = None
    item: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class TellCapture(Command):
    """When the piece was captured and on what, or by whom. Of what came together with it, the same holds."""

    item: ItemId
    captured_at: datetime | None = None
    certainty: Certainty | None = None
    device: CaptureDevice | None = None
    captured_by: CapturedBy | None = None


@dataclass(frozen=True, kw_only=True)
class AskDocumenter(Command):
    """Please secure it for me. `words`: what and where, as the person writes it to them."""

    person: PersonId
    words: Written | None = None


@dataclass(frozen=True, kw_only=True)
class DeclineDocumenting(Command):
    """I will not, or not any more."""


@dataclass(frozen=True, kw_only=True)
class EndDocumenting(Command):
    """Thank you, that was all."""

    person: PersonId
