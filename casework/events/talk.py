"""What the leader and an affected person say to each other: the talk's points, words both ways, receipts.

`person` is always the affected one: each has a thread of their own, and nobody sees another's.
"""

from dataclasses import dataclass
from datetime import datetime

from casework.events.event import Event
from casework.vocabulary import Answer, ItemId, PersonId, Tried


@dataclass(frozen=True, kw_only=True)
class TalkEvent(Event):
    """Something said between the leader and those it happened to."""


@dataclass(frozen=True, kw_only=True)
class PointsWritten(TalkEvent):
    """What the two agreed in their talk, as the leader wrote it down. Written again, it is the next version."""

    person: PersonId
    help: ItemId | None = None  # offered, and wished for
    tells: ItemId | None = None  # who tells whom
    contact: ItemId | None = None  # how they keep in touch
    other: ItemId | None = None
    next_talk: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PointsAnswered(TalkEvent):
    """Yes: it is agreed so. No: it does not quite fit; the words to it are also a message."""

    number: int  # the version
    answer: Answer
    words: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class TalkInvited(TalkEvent):
    """Whether the next talk came into both calendars."""

    person: PersonId
    next_talk: datetime
    tried: Tried


@dataclass(frozen=True, kw_only=True)
class UpdateGiven(TalkEvent):
    """Two lines from the leader, to one or all of those it happened to."""

    people: tuple[PersonId, ...]
    words: ItemId


@dataclass(frozen=True, kw_only=True)
class MessageWritten(TalkEvent):
    """Words in the case: from the affected person to whoever has it, or back."""

    person: PersonId
    words: ItemId


@dataclass(frozen=True, kw_only=True)
class MessagesRead(TalkEvent):
    """The other one has opened them."""

    person: PersonId
    items: tuple[ItemId, ...]
