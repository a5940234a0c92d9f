"""At which days and hours people are written to about what can wait, and how long silence may last."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from casework import events as e
from casework.calendar import WorkingDays, add_working_days, at_clock, is_working_day, local, once_a_moment
from casework.vocabulary import PersonId

DAYS_OFF = frozenset({(6, 5), (12, 24), (12, 31)})
"""(month, day): what the settings take for days off besides the public holidays, when nobody has said otherwise."""


@dataclass(frozen=True)
class Pace:
    """`silent_days`: working days in which an affected person hears nothing, before the leader is asked to write.

    `check_ins`: days after Send. `begin` and `end`: the hours of a working day in which either comes.
    """

    silent_days: int = 3
    check_ins: tuple[int, ...] = (1, 7, 21)
    begin: time = time(9)
    end: time = time(15)
    working: WorkingDays = WorkingDays(every_year=DAYS_OFF)


PACE = Pace()


@once_a_moment
def in_hours(moment: datetime, pace: Pace = PACE) -> datetime:
    """The moment itself in the hours of a working day; else the next such moment. UTC."""
    shown = local(moment)
    works = is_working_day(shown.date(), pace.working)
    if works and pace.begin <= shown.time() < pace.end:
        return moment
    if works and shown.time() < pace.begin:
        return at_clock(shown.date(), pace.begin)
    return at_clock(add_working_days(shown.date(), 1, pace.working), pace.begin)


@once_a_moment
def end_of_hours(moment: datetime, pace: Pace = PACE) -> datetime:
    """When the hours of that day are over."""
    return at_clock(local(moment).date(), pace.end)


@once_a_moment
def working_days_on(moment: datetime, days: int, pace: Pace = PACE) -> datetime:
    """When so many whole working days have passed, in their hours. What begins on a day off begins the next day."""
    shown = local(moment)
    if not is_working_day(shown.date(), pace.working):
        return at_clock(add_working_days(shown.date(), days + 1, pace.working), pace.begin)
    later = at_clock(add_working_days(shown.date(), days, pace.working), shown.time())
    return in_hours(later, pace)


@once_a_moment
def calendar_days_on(moment: datetime, days: int, pace: Pace = PACE) -> datetime:
    """So many days later at the same hour, or the next moment at which people may be written to."""
    shown = local(moment)
    return in_hours(at_clock(shown.date() + timedelta(days=days), shown.time()), pace)


def pace_set(pace: Pace, by: PersonId, at: datetime) -> tuple[e.PaceSet, ...]:
    """The fact that a case goes by this one; none for the ordinary."""
    if pace == PACE:
        return ()
    days = pace.working
    return (
        e.PaceSet(
            by=by,
            at=at,
            silent_days=pace.silent_days,
            check_ins=pace.check_ins,
            begin=_minutes(pace.begin),
            end=_minutes(pace.end),
            weekdays=tuple(sorted(days.weekdays)),
            closed=tuple(sorted(day.toordinal() for day in days.closed)),
            every_year=tuple(sorted(month * 100 + day for month, day in days.every_year)),
        ),
    )


def pace_of(event: e.PaceSet) -> Pace:
    """The pace that fact tells of."""
    closed = frozenset(date.fromordinal(day) for day in event.closed)
    every_year = frozenset(divmod(day, 100) for day in event.every_year)
    days = WorkingDays(frozenset(event.weekdays), closed, every_year)
    return Pace(event.silent_days, event.check_ins, _clock(event.begin), _clock(event.end), days)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minutes: int) -> time:
    return time(*divmod(minutes, 60))
