"""What stands between the leader and each affected person: their points, version by version, and their words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casework import events as e
from casework.state import changed
from casework.vocabulary import Answer, ItemId, PersonId, Tried

SILENT, UNREAD = "silent:", "unread:"
"""How the ids of nudges begin: to a silent leader, and of words that lie unread."""


@dataclass(frozen=True)
class Message:
    """Somebody's words. `read_by`: the other one."""

    item: ItemId
    by: PersonId
    at: datetime
    update: bool = False
    read_by: PersonId | None = None
    read_at: datetime | None = None


@dataclass(frozen=True)
class Points:
    """One version of what was agreed, and what the person said to it."""

    number: int
    by: PersonId
    at: datetime
    help: ItemId | None
    tells: ItemId | None
    contact: ItemId | None
    other: ItemId | None
    next_talk: datetime | None
    answer: Answer | None = None
    answered_at: datetime | None = None
    words: ItemId | None = None  # what does not fit
    invited: Tried | None = None


@dataclass(frozen=True)
class Talk:
    """Everybody's own: by the affected person it is with."""

    threads: Mapping[PersonId, tuple[Message, ...]] = field(default_factory=dict)
    points: Mapping[PersonId, tuple[Points, ...]] = field(default_factory=dict)
    nudged: tuple[datetime, ...] = ()
    """When the leader was asked to write."""
    put_off: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    """When a nudge was not said, because something more pressing was: it comes another day. By `nudge_of` its id, so
    that no nudge stands in another's way."""

    def thread(self, person: PersonId) -> tuple[Message, ...]:
        return self.threads.get(person, ())

    def agreed(self, person: PersonId) -> Points | None:
        """The newest version."""
        return self.points[person][-1] if person in self.points else None


def talk_after(talk: Talk, event: e.Event) -> Talk:
    """The talk after one of its own events, or after a nudge."""
    match event:
        case e.PointsWritten():
            return _with_points(talk, event.person, _written(talk, event))
        case e.PointsAnswered():
            answered = {"answer": event.answer, "answered_at": event.at, "words": event.words}
            return _points_changed(talk, event.by, event.number, **answered)
        case e.TalkInvited():
            newest = talk.agreed(event.person)
            return _points_changed(talk, event.person, newest.number if newest else 0, invited=event.tried)
        case e.UpdateGiven():
            for person in event.people:
                talk = _with_message(talk, person, Message(event.words, event.by, event.at, update=True))
            return talk
        case e.MessageWritten():
            return _with_message(talk, event.person, Message(event.words, event.by, event.at))
        case e.MessagesRead():
            return _read(talk, event)
        case e.Reminded():
            return _nudged(talk, event)
    return talk


def nudge_of(reminder: str) -> str:
    """Which nudge an id is of: the one to write at all, or of one person's unread words; empty: none of these."""
    if reminder.startswith(UNREAD):
        return ":".join(reminder.split(":")[:2])
    return SILENT if reminder.startswith(SILENT) else ""


def _nudged(talk: Talk, event: e.Reminded) -> Talk:
    said = nudge_of(event.reminder)
    if said == SILENT:
        talk = changed(talk, nudged=(*talk.nudged, event.at))
    put_off = {nudge_of(name) for name in event.covers} - {"", said}
    moments = {nudge: (*talk.put_off.get(nudge, ()), event.at) for nudge in put_off}
    return changed(talk, put_off={**talk.put_off, **moments}) if moments else talk


def _written(talk: Talk, event: e.PointsWritten) -> Points:
    """A talk at the same time as before is invited to already."""
    before, said = talk.agreed(event.person), (event.help, event.tells, event.contact, event.other)
    invited = before.invited if before and before.next_talk == event.next_talk else None
    number = before.number + 1 if before else 1
    return Points(number, event.by, event.at, *said, event.next_talk, invited=invited)


def _with_points(talk: Talk, person: PersonId, newest: Points) -> Talk:
    return changed(talk, points={**talk.points, person: (*talk.points.get(person, ()), newest)})


def _points_changed(talk: Talk, person: PersonId, number: int, **fields: object) -> Talk:
    versions = tuple(changed(p, **fields) if p.number == number else p for p in talk.points.get(person, ()))
    return changed(talk, points={**talk.points, person: versions}) if versions else talk


def _with_message(talk: Talk, person: PersonId, message: Message) -> Talk:
    return changed(talk, threads={**talk.threads, person: (*talk.thread(person), message)})


def _read(talk: Talk, event: e.MessagesRead) -> Talk:
    read = {"read_by": event.by, "read_at": event.at}
    thread = tuple(changed(m, **read) if m.item in event.items else m for m in talk.thread(event.person))
    return changed(talk, threads={**talk.threads, event.person: thread})
