"""The talk's agreed points: written once by the leader, seen by both, confirmed by the employee. B3, B4, B6, H1, H2."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from casework import commands as c
from casework import events as e
from casework.calendar import at_clock, local, utc
from casework.case import TALK, Case
from casework.evolving import evolve
from casework.plan import is_closed, owner_of, step_of
from casework.reminder import Reminder
from casework.state.talk import Points
from casework.vocabulary import ItemId, PersonId, Refused, Stage, Tried
from casework.writing import not_too_long

NEXT_TALK = "next_talk"
LASTS = timedelta(minutes=30)
LONGEST_POINT = 500  # characters: five of them stand on one card
ON_THE_DAY = time(8)  # before whatever else comes in the morning
IN_GOOD_TIME = timedelta(hours=1)  # before an early talk


def agree_points(case: Case, command: c.AgreePoints, now: datetime) -> tuple[e.Event, ...]:
    """What one person and the leader agreed. It tells that person of the case; with the last one the talk is done."""
    if command.person not in case.affected or command.person in case.excluded:
        raise Refused("not_yours")
    written = e.PointsWritten(by=command.by, at=now, person=command.person, **_said(command))
    if _same(case.talk.agreed(command.person), written):
        return ()
    _sound(command, now)
    told = e.AffectedTold(by=command.by, at=now, person=command.person)
    events = (written, *(() if command.person in case.told else (told,)))
    return (*events, *_talk_done(case, events, command.by, now))


def _said(command: c.AgreePoints) -> dict[str, object]:
    points = {name: getattr(command, name) for name in ("help", "tells", "contact", "other")}
    items = {name: said.item for name, said in points.items() if said is not None and said.text.strip()}
    return {**items, "next_talk": command.next_talk}


def _same(known: Points | None, written: e.PointsWritten) -> bool:
    said: tuple[ItemId | datetime | None, ...] = (
        written.help, written.tells, written.contact, written.other, written.next_talk,
    )  # fmt: skip
    return known is not None and said == (known.help, known.tells, known.contact, known.other, known.next_talk)


def _sound(command: c.AgreePoints, now: datetime) -> None:
    if not any(_said(command).values()):
        raise Refused("points_missing")
    if command.next_talk is not None and command.next_talk <= now:
        raise Refused("talk_in_past")
    for said in (command.help, command.tells, command.contact, command.other):
        not_too_long(said, LONGEST_POINT)


def _talk_done(case: Case, events: tuple[e.Event, ...], by: PersonId, now: datetime) -> tuple[e.Event, ...]:
    """Everybody has had theirs: the step is done, if it is the leader's own."""
    for event in events:
        case = evolve(case, event)
    step = step_of(case, TALK)
    had = all(person in case.talk.points for person in case.affected if person not in case.excluded)
    if step is None or not had or is_closed(case, step) or owner_of(case, step) != by:
        return ()
    return (e.StepCompleted(by=by, at=now, step=TALK),)


def answer_points(case: Case, command: c.AnswerPoints, now: datetime) -> tuple[e.Event, ...]:
    """Agreed so, or not quite; the words to it go to the leader as a message. Only of the version that stands."""
    newest = case.talk.agreed(command.by)
    if newest is None:
        raise Refused("nothing_open")
    if newest.number != command.number:
        raise Refused("points_changed")
    words = command.words if command.words and command.words.text.strip() else None
    words = None if words and any(said.item == words.item for said in case.talk.thread(command.by)) else words
    if newest.answer is command.answer and words is None:
        return ()
    not_too_long(words)
    item = words.item if words else None
    answered = e.PointsAnswered(by=command.by, at=now, number=newest.number, answer=command.answer, words=item)
    said = (e.MessageWritten(by=command.by, at=now, person=command.by, words=item),) if item else ()
    return (answered, *said)


def note_invited(case: Case, command: c.NoteInvited, now: datetime) -> tuple[e.Event, ...]:
    """What came of it, once."""
    newest = case.talk.agreed(command.person)
    if newest is None or newest.next_talk != command.next_talk or newest.invited in (command.tried, Tried.DONE):
        return ()
    return (
        e.TalkInvited(by=command.by, at=now, person=command.person, next_talk=command.next_talk, tried=command.tried),
    )


# -- the next one ----------------------------------------------------------------------------------------------------


def next_talks(case: Case) -> Iterator[tuple[PersonId, datetime]]:
    """What was agreed last with each. It holds until it is changed, also when something else does not fit."""
    for person, versions in case.talk.points.items():
        newest = versions[-1]
        if newest.next_talk is not None and person in case.affected:
            yield person, utc(newest.next_talk)


def reminders(case: Case) -> Iterator[Reminder]:
    """On the morning of the day, to both; in good time when it is early, and not when it was agreed the same day."""
    if case.stage is not Stage.OPEN or case.recipient is None:
        return
    for person, at in next_talks(case):
        morning = min(at_clock(local(at).date(), ON_THE_DAY), at - IN_GOOD_TIME)
        written = case.talk.points[person][-1].at
        if utc(written) < morning:
            for to in (case.recipient, person):
                name = f"{NEXT_TALK}:{at.isoformat()}:{person}:{to}"
                yield Reminder(name, NEXT_TALK, to, morning, until=at, about=person)
