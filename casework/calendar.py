"""Danish days and hours. Moments go in aware and come out in UTC; what people call a day or an hour is Copenhagen's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache, wraps
from itertools import islice
from zoneinfo import ZoneInfo

import holidays
from dateutil.rrule import DAILY, rrule

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MORNING = time(9)
"""When something that is due on a day comes, if nobody has said an hour."""
DAYS_KEPT, MOMENTS_KEPT = 4096, 1024
"""Days and moments of which it is known what comes after them: a case asks of the same few, time and again."""


@dataclass(frozen=True)
class WakingHours:
    """When people may be sent what can wait. `evening` is where something due in the night is moved to."""

    begin: time = time(7)
    end: time = time(21)  # from here on it is night
    evening: time = time(20, 30)


WAKING = WakingHours()


@dataclass(frozen=True)
class WorkingDays:
    """When people are at work: on these weekdays (0 is Monday), but for Danish public holidays and what is `closed`.

    `every_year` holds (month, day). A half day counts as closed.
    """

    weekdays: frozenset[int] = frozenset(range(5))
    closed: frozenset[date] = frozenset()
    every_year: frozenset[tuple[int, int]] = frozenset()


WORKING = WorkingDays()


def utc(moment: datetime) -> datetime:
    """The same moment in UTC. ValueError when it is naive: nobody can tell when that was."""
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} is naive. Expected an aware moment, with its offset from UTC.")
    return moment.astimezone(UTC)


def once_a_moment(reckon: Callable[..., datetime]) -> Callable[..., datetime]:
    """What follows from a moment and nothing else is reckoned once.

    Remembered by the moment in UTC: when clocks are put back, two moments have the same time of day.
    """
    known = lru_cache(MOMENTS_KEPT)(reckon)

    @wraps(reckon)
    def remembered(moment: datetime, *rest: object) -> datetime:
        return known(utc(moment), *rest)

    return remembered


def local(moment: datetime) -> datetime:
    """The moment as a clock in Copenhagen shows it. For reading only: arithmetic belongs in UTC."""
    return utc(moment).astimezone(COPENHAGEN)


def at_clock(day: date, clock: time) -> datetime:
    """The moment, in UTC, when a clock in Copenhagen shows this on that day."""
    return datetime.combine(day, clock, COPENHAGEN).astimezone(UTC)


def start_of(day: date) -> datetime:
    """The first moment of a day in Copenhagen, in UTC."""
    return at_clock(day, time())


def waking(moment: datetime, hours: WakingHours = WAKING) -> bool:
    """Whether people are up."""
    return hours.begin <= local(moment).time() < hours.end


@once_a_moment
def earlier_if_night(moment: datetime, hours: WakingHours = WAKING) -> datetime:
    """The moment itself by day; else 20.30 in the evening before: never later, nobody is woken."""
    shown = local(moment)
    if shown.time() < hours.begin:
        return at_clock(shown.date() - timedelta(days=1), hours.evening)
    return at_clock(shown.date(), hours.evening) if shown.time() >= hours.end else utc(moment)


@once_a_moment
def next_waking(moment: datetime, hours: WakingHours = WAKING) -> datetime:
    """The moment itself by day; else when people are up again."""
    shown = local(moment)
    if waking(moment, hours):
        return utc(moment)
    later = timedelta(days=1 if shown.time() >= hours.end else 0)
    return at_clock(shown.date() + later, hours.begin)


@once_a_moment
def after_waking(moment: datetime, lasting: timedelta, hours: WakingHours = WAKING) -> datetime:
    """When so much time has passed in which people were up; the nights do not count."""
    since = next_waking(moment, hours)
    while (night := at_clock(local(since).date(), hours.end)) <= since + lasting:
        lasting -= night - since
        since = next_waking(night, hours)
    return since + lasting


@once_a_moment
def days_after(moment: datetime, days: int, at: time = MORNING) -> datetime:
    """So many days on in Copenhagen's calendar, at that hour by its clock. UTC."""
    return at_clock(local(moment).date() + timedelta(days=days), at)


@lru_cache(DAYS_KEPT)
def is_working_day(day: date, working: WorkingDays = WORKING) -> bool:
    """Whether people are at work that day."""
    closed = day in working.closed or (day.month, day.day) in working.every_year
    return day.weekday() in working.weekdays and not closed and day not in _public_holidays()


@lru_cache(DAYS_KEPT)
def add_working_days(day: date, days: int, working: WorkingDays = WORKING) -> date:
    """The working day that comes `days` working days after this one. ValueError below 1."""
    if days < 1:
        raise ValueError(f"{days} working days. Expected 1 or more.")
    first = datetime.combine(day + timedelta(days=1), time())
    weekdays = rrule(DAILY, byweekday=sorted(working.weekdays), dtstart=first)
    found = (one.date() for one in weekdays if is_working_day(one.date(), working))
    return next(islice(found, days - 1, None))


def working_morning(day: date, later: int = 0, working: WorkingDays = WORKING) -> datetime:
    """Nine on that day, or on the next on which people are at work; `later`: so many working days after it. UTC."""
    return at_clock(add_working_days(day - timedelta(days=1), later + 1, working), MORNING)


def last_working_morning(day: date, working: WorkingDays = WORKING) -> datetime:
    """Nine on that day, or on the last before it on which people are at work. UTC."""
    while not is_working_day(day, working):
        day -= timedelta(days=1)
    return at_clock(day, MORNING)


@cache
def _public_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("DK")
