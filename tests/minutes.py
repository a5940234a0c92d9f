"""Time as the oracle of the reminders sees it: minute by minute, in whole minutes since 1970, UTC."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from zoneinfo import ZoneInfo

HOUR, DAY_LONG = 60, 24 * 60
DAYS_OFF = {(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)}
EASTER = {
    date(year, 1, 1) + timedelta(days=day)
    for year, sunday in ((2026, date(2026, 4, 5)), (2027, date(2027, 3, 28)), (2028, date(2028, 4, 16)))
    for day in ((sunday - date(year, 1, 1)).days + after for after in (-3, -2, 0, 1, 39, 49, 50))
}
"""Maundy Thursday to Whit Monday, by hand."""
BEFORE = (48, 24, 12, 6, 2)  # hours before a deadline


def minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def moment(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC)


@cache
def shown(minute: int) -> tuple[date, int, int]:
    """What a calendar and a clock in Copenhagen show."""
    local = moment(minute).astimezone(ZoneInfo("Europe/Copenhagen"))
    return local.date(), local.hour, local.minute


def night(minute: int) -> bool:
    return not 7 <= shown(minute)[1] < 21


def first_by_day(minute: int) -> int:
    while night(minute):
        minute += 1
    return minute


@cache
def at_nine(since: int, days: int) -> int:
    """The minute of 9.00 so many calendar days on."""
    wanted = shown(since)[0] + timedelta(days=days)
    while shown(since) != (wanted, 9, 0):
        since += 1
    return since


@cache
def at_nine_of_a_working_day(since: int) -> int:
    """The minute of 9.00 on the first day after that one which is no weekend and no Danish day off."""
    return next(nine for nine in (at_nine(since, days) for days in count(1)) if not day_off(shown(nine)[0]))


@cache
def at_nine_where_people_work(since: int, days: int, more: int = 0) -> int:
    """The minute of 9.00 so many calendar days on, or on the first day after that on which people work; `more`: so many
    of these days later."""
    nine = at_nine(since, days)
    if day_off(shown(nine)[0]):
        nine = at_nine_of_a_working_day(nine)
    for _ in range(more):
        nine = at_nine_of_a_working_day(nine)
    return nine


@cache
def working_days_later(since: int, days: int) -> int:
    """When so many whole working days have passed: a minute between 9 and 15 of one. A day off passes first."""
    day, hour, past = shown(since)
    if day_off(day):
        return working_days_later(at_nine_of_a_working_day(since), days)
    late = (hour - 9) * HOUR + past
    nine = since - late
    for _ in range(days + (hour >= 15)):
        nine = at_nine_of_a_working_day(nine)
    return nine + (late if 9 <= hour < 15 else 0)


def day_off(day: date) -> bool:
    return day.weekday() > 4 or day in EASTER or (day.month, day.day) in DAYS_OFF


@dataclass
class Telling:
    """An episode's moment as it stands: when it began, and since when the open case has held it to be so."""

    episode: str
    began: int
    since: int
    falls: dict[int, int] = field(default_factory=dict)  # hours before → the minute it falls on, once it has been seen
    together: dict[int, int] = field(default_factory=dict)  # the same for the leader, who hears once in an evening
    looked: int = 0

    def __post_init__(self) -> None:
        self.ends = self.began + 72 * HOUR
        self.looked = self.began

    def look_until(self, now: int) -> None:
        """Every minute from the episode on."""
        while self.looked <= min(now, self.ends):
            for hours in BEFORE:
                if self._falls(hours, self.looked):
                    self.falls[hours] = self.looked
                if self._falls_together(hours, self.looked):
                    self.together.setdefault(hours, self.looked)
            self.looked += 1

    def _falls(self, hours: int, minute: int) -> bool:
        """On its hour by day; on 20.30 when its hour is in the night that follows."""
        meant = self.ends - hours * HOUR
        if minute == meant:
            return not night(meant)
        return shown(minute)[1:] == (20, 30) and 0 < meant - minute < 12 * HOUR and night(meant)

    def _falls_together(self, hours: int, minute: int) -> bool:
        """The leader hears of one deadline once in an evening: what falls less than an hour after another, because one
        of the two was moved there, is said with it. Nothing by that is said later than it fell, and nothing is lost.
        """
        if self._falls(hours, minute):
            return True
        another = minute >= self.since and any(self._falls(other, minute) for other in BEFORE)
        return another and any(self._falls(hours, minute + more) for more in range(1, HOUR))
