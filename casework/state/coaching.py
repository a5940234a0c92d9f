"""What the evidence coach has been told: which piece is of which episode, who took it and when, what is not there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casework import events as e
from casework.parts import CapturedBy, CaptureDevice, Part, PartAnswer
from casework.state import changed
from casework.vocabulary import Certainty, EpisodeId, ItemId, PersonId

AnswerKey = tuple[PersonId, Part, EpisodeId | None, ItemId | None]


@dataclass(frozen=True)
class Capture:
    """As the giver says. What was not said is None."""

    at: datetime | None = None
    device: CaptureDevice | None = None
    by: CapturedBy | None = None
    certainty: Certainty | None = None


NOTHING_TOLD = Capture()


@dataclass(frozen=True)
class Coaching:
    """`answers` are each person's own: with several affected, nobody answers for another."""

    placed: Mapping[ItemId, EpisodeId] = field(default_factory=dict)
    answers: Mapping[AnswerKey, PartAnswer] = field(default_factory=dict)
    captures: Mapping[ItemId, Capture] = field(default_factory=dict)


def coaching_after(coaching: Coaching, event: e.CoachEvent) -> Coaching:
    """The same after one more answer."""
    match event:
        case e.EvidencePlaced():
            return changed(coaching, placed={**coaching.placed, event.item: event.episode})
        case e.PartAnswered():
            key = (event.by, event.part, event.episode, event.item)
            return changed(coaching, answers={**coaching.answers, key: event.answer})
        case e.CaptureTold():
            told = {item: _told(coaching.captures.get(item, NOTHING_TOLD), event) for item in event.items}
            return changed(coaching, captures={**coaching.captures, **told})
    return coaching


def _told(before: Capture, event: e.CaptureTold) -> Capture:
    """What is said now holds; what is not said stays as it was."""
    by = event.captured_by or before.by
    certainty = event.certainty if event.captured_at else before.certainty
    return Capture(event.captured_at or before.at, event.device or before.device, by, certainty)
