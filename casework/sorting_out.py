"""Of several reminders that wait for one person: what is said now, what stands for what, and what is said later.

What is on time is said. When something was missed, after downtime say, one message stands for all that waits; but
nothing that would not be heard of again is lost by it: that is said on a morning of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from casework.calendar import days_after
from casework.reminder import Reminder

ON_TIME = timedelta(minutes=10)
"""How late something may be said without having been missed."""
Subject = tuple[str | None, ...]
OF_THE_WHOLE_CASE = "safetynet"
"""Reminders that differ by the episode they count from, and are about one thing."""


@dataclass(frozen=True)
class SortedOut:
    """`said` is never empty, and its first stands for all in `covers`. `later`: each with the morning it is said on."""

    said: tuple[Reminder, ...]
    covers: tuple[str, ...]
    later: tuple[tuple[str, datetime], ...]


def sorted_out(first: Reminder, waiting: Sequence[Reminder], ahead: Sequence[Reminder], now: datetime) -> SortedOut:
    """`first` is said whatever else waits. `ahead`: all that is still to come to the person, what waits included."""
    missed = any(now - one.at > ON_TIME for one in waiting)
    said = (first, *(one for one in _newest_of_each(waiting) if _beside(first, one, missed, now)))
    spoken_of = {subject(one) for one in said}
    lost = [one for one in _newest_of_each(waiting) if subject(one) not in spoken_of and not _heard_again(one, ahead)]
    later = tuple(_each_its_morning([one for one in lost if not one.legal], waiting, ahead, now))
    settled = {one.id for one in said} | {name for name, _ in later}
    return SortedOut(said, tuple(one.id for one in waiting if one.id not in settled), later)


def subject(reminder: Reminder) -> Subject:
    """What it is about: reminders of one subject come one after the other, and the newest stands for those before."""
    return _stem(reminder.kind), reminder.step, reminder.item, reminder.episode, reminder.about


def subject_named(name: str) -> Subject:
    """The same, as far as the id alone tells. The report in SafetyNet is one, of whatever episode."""
    kind, *of = name.split(":")
    return (_stem(kind),) if kind.startswith(OF_THE_WHOLE_CASE) else (_stem(kind), *of[:1])


def _stem(kind: str) -> str:
    return kind.rstrip("_0123456789")


def still_true(reminder: Reminder, now: datetime) -> bool:
    """Whether there is a point in saying it."""
    return reminder.until is None or now < reminder.until


def _newest_of_each(waiting: Iterable[Reminder]) -> tuple[Reminder, ...]:
    newest = {subject(one): one for one in sorted(waiting, key=lambda one: (one.at, one.id))}
    return tuple(newest.values())


def _beside(first: Reminder, other: Reminder, missed: bool, now: datetime) -> bool:
    """Whether it is a message of its own: when nothing was missed, and else what is for today only."""
    if other.legal or other.comes_again or subject(other) == subject(first) or not still_true(other, now):
        return False
    return not missed or (other.day_ends is not None and now < other.day_ends <= days_after(now, 1))


def _heard_again(reminder: Reminder, ahead: Iterable[Reminder]) -> bool:
    own = (one for one in ahead if subject(one) == subject(reminder))
    return reminder.comes_again or any((one.at, one.id) > (reminder.at, reminder.id) for one in own)


def _each_its_morning(
    lost: Iterable[Reminder], waiting: Iterable[Reminder], ahead: Iterable[Reminder], now: datetime
) -> Iterator[tuple[str, datetime]]:
    """One a day, from tomorrow on; on a day that is free of what was put off before."""
    here = {one.id for one in waiting}
    taken = {one.at for one in ahead if one.put_off and one.id not in here}
    mornings = (at for at in (days_after(now, day) for day in count(1)) if at not in taken)
    for reminder, at in zip(lost, mornings, strict=False):
        if still_true(reminder, at):
            yield reminder.id, at
