"""Who must be told what, and when. Asked of the case, never scheduled: a corrected moment needs no rescheduling.

A case asked at or after `next_due` always answers with something, and then wants to be asked later than now; or whoever
has it is silent, and it is handed on (`casework.silence`).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import reduce

from casework import closing
from casework.access import untold
from casework.agenda import bound_to_a_day, daily_work
from casework.calendar import local, utc
from casework.case import Case
from casework.closing import slept_through
from casework.commands import NoteUnsaid, Remind
from casework.countdown import DRAFT, MOST_PRESSING, PASSED, countdown
from casework.events import DraftReminded, Event, Reminded, ReminderUnsaid
from casework.evolving import evolve
from casework.latest_hour import accepts_asked, done_by_itself, next_by_itself
from casework.reminder import Reminder
from casework.silence import hand_on_at
from casework.sorting_out import sorted_out, still_true
from casework.vocabulary import VAERN, PersonId

__all__ = [
    "Reminder",
    "agenda",
    "asked_with_the_report",
    "due",
    "for_today",
    "holds",
    "next_due",
    "note_unsaid",
    "remind",
    "time_has_moved",
    "too_late",
]


def agenda(case: Case) -> tuple[Reminder, ...]:
    """All that is still to be said as the case stands, earliest first. Nobody excluded is ever on it."""
    over = case.reminded | case.unsaid
    return tuple(reminder for reminder in _whole_agenda(case) if reminder.id not in over)


def _whole_agenda(case: Case) -> tuple[Reminder, ...]:
    """What was said already included."""
    found = _allowed(case, (*countdown(case), *daily_work(case), *closing.reminders(case)))
    return tuple(sorted(found, key=lambda reminder: (reminder.at, reminder.id)))


def _allowed(case: Case, found: Iterable[Reminder]) -> Iterator[Reminder]:
    """Each on its day. Nothing to whoever is shut out, or has not heard of the case from a human."""
    hidden = case.excluded | untold(case)
    moved = (_on_its_morning(case, reminder) for reminder in found)
    awake = (reminder for reminder in moved if not slept_through(case, reminder))
    yield from (reminder for reminder in awake if reminder.to is None or reminder.to not in hidden)


def _on_its_morning(case: Case, reminder: Reminder) -> Reminder:
    """What had to wait while something else was said comes on the day it was put off to."""
    morning = case.put_off.get(reminder.id)
    return reminder._replace(at=max(reminder.at, utc(morning)), put_off=True) if morning else reminder


def due(case: Case, now: datetime) -> tuple[Reminder, ...]:
    """What has come and was not said. Missed while we were down is still due: late beats never."""
    return tuple(reminder for reminder in agenda(case) if reminder.at <= utc(now))


def next_due(case: Case) -> datetime | None:
    """When the case next wants to be asked, UTC; in the past when it has been waiting. None: not by itself."""
    moments = [reminder.at for reminder in agenda(case)]
    others = (next_by_itself(case), hand_on_at(case))
    return min((*moments, *(moment for moment in others if moment)), default=None)


def holds(case: Case, reminder: str, now: datetime) -> Reminder | None:
    """The reminder of that id if it is still true, said or not: asked right before it is sent. None: say nothing."""
    found = next((known for known in _whole_agenda(case) if known.id == reminder), None)
    if found is None or (found.until is not None and utc(now) >= found.until):
        return None
    return found


def for_today(case: Case, to: PersonId | None, now: datetime) -> tuple[Reminder, ...]:
    """What must reach that person this day, and would not be true another: said or not.

    Asked for many a message, and so of nothing but what can be bound to a day.
    """
    today = local(now).date()
    bound = (one for one in _allowed(case, bound_to_a_day(case)) if one.to == to and one.day_ends is not None)
    return tuple(one for one in bound if utc(now) < one.day_ends and local(one.at).date() == today)


def remind(case: Case, command: Remind, now: datetime) -> tuple[Event, ...]:
    """What time has brought: what Værn does by itself, and what each person must be told now."""
    now = utc(now)
    by_itself = done_by_itself(case, now)
    case = reduce(evolve, by_itself, case)
    waiting = due(case, now)
    people = dict.fromkeys(reminder.to for reminder in waiting)
    said = (_messages(case, to, [r for r in waiting if r.to == to], now) for to in people)
    return (*by_itself, *(event for events in said for event in events))


def too_late(case: Case, reminder: str, held: datetime, now: datetime) -> bool:
    """Whether it would not be true any more when it may be said: then nobody hears of it that day."""
    found = holds(case, reminder, now)
    return found is not None and found.until is not None and held >= found.until


def note_unsaid(case: Case, command: NoteUnsaid, now: datetime) -> tuple[Event, ...]:
    """It stands as not said. A check-in comes the next day it can; what is of that day alone does not come."""
    if command.reminder not in case.reminded:
        return ()
    return (ReminderUnsaid(by=command.by, at=now, to=command.to, reminder=command.reminder),)


def asked_with_the_report(case: Case, now: datetime) -> tuple[Event, ...]:
    """Police accepts to be asked at once, because less than a day is left. `case` is as it is after sending."""
    return accepts_asked(case, utc(now))


def time_has_moved(case: Case, now: datetime) -> tuple[Event, ...]:
    """The same when an episode was added to an open case, or its moment corrected."""
    return accepts_asked(case, utc(now))


def _messages(case: Case, to: PersonId | None, waiting: list[Reminder], now: datetime) -> Iterator[Event]:
    """What is on time, each by itself. For what was missed one message stands, and the others are not sent later."""
    first = _most_pressing(case, waiting, now)
    if first.kind == DRAFT:
        yield DraftReminded(by=VAERN, at=now)
        return
    found = sorted_out(first, waiting, [reminder for reminder in agenda(case) if reminder.to == to], now)
    later, mornings = tuple(name for name, _ in found.later), tuple(at for _, at in found.later)
    yield Reminded(by=VAERN, at=now, to=to, reminder=first.id, covers=found.covers, later=later, mornings=mornings)
    for reminder in found.said[1:]:
        yield Reminded(by=VAERN, at=now, to=to, reminder=reminder.id)


def _most_pressing(case: Case, waiting: list[Reminder], now: datetime) -> Reminder:
    """The 72 hours before anything else; of the rest the most recent that still holds."""
    legal = [reminder for reminder in waiting if reminder.legal]
    standing = [reminder for reminder in legal or waiting if still_true(reminder, now)]
    if not legal:
        return max(standing or waiting, key=lambda reminder: (reminder.at, reminder.id))
    return min(standing or _passed_meanwhile(case, legal), key=_pressing)


def _pressing(reminder: Reminder) -> tuple[int, datetime, str]:
    return MOST_PRESSING.index(reminder.kind), reminder.until or reminder.at, reminder.id


def _passed_meanwhile(case: Case, missed: Iterable[Reminder]) -> list[Reminder]:
    """We were down until after the deadline: what holds is that it has passed, and late as it is it is said at once."""
    places = {(reminder.to, reminder.episode) for reminder in missed}
    passed = [reminder for reminder in agenda(case) if reminder.kind == PASSED]
    return [reminder for reminder in passed if (reminder.to, reminder.episode) in places] or list(missed)
