"""Days that are still to come, as somebody types them who wants to be reminded or to meet."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from rapidfuzz.distance import OSA

from casework.calendar import local
from casework.vocabulary import Refused
from dialogs import dates

NUMBERS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        ("en et a an one", "to two", "tre three", "fire four", "fem five", "seks six", "syv seven", "otte eight",
         "ni nine", "ti ten"), start=1)
    for word in words.split()
}  # fmt: skip
DAYS_IN: Mapping[str, int] = {"dag": 1, "dage": 1, "day": 1, "days": 1, "uge": 7, "uger": 7, "week": 7, "weeks": 7}
FAR_AHEAD = timedelta(days=300)
NEXT_WEEK = frozenset({"næste uge", "i næste uge", "next week"})
_IN = re.compile(r"(?:om|in) (\w+) (\w+)")
_HOURS = re.compile(r"(?:om|in) (?:\w+ ){1,2}(?:timer?|hours?|minut\w*)")
_A_YEAR = re.compile(r"\d{4}")


def day_ahead(text: str, now: datetime) -> date:
    """The day that is meant by somebody who speaks of what is to come: `fredag` is the next one, never today."""
    plain, today = _without_clock(dates.plainly(text)), local(now).date()
    found = _weekday_ahead(plain, today) or _days_from(plain, today)
    if found is not None:
        return found
    example = f"{today + timedelta(days=7):%d-%m-%Y}"
    if _HOURS.fullmatch(plain):
        raise Refused("hour_not_kept", example=example)
    try:
        return _to_come(dates.typed_day(plain, now), plain, today)
    except Refused:
        raise Refused("day_ahead_unreadable", example=example) from None


def _weekday_ahead(plain: str, today: date) -> date | None:
    """»næste uge« is its Monday."""
    weekday = 0 if plain in NEXT_WEEK else _weekday_nearly(re.sub(r"^(?:på|on|næste|next) ", "", plain))
    return None if weekday is None else today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _days_from(plain: str, today: date) -> date | None:
    """»om tre dage«, »in 2 weeks«."""
    found = _IN.fullmatch(plain)
    if found is None or found[2] not in DAYS_IN:
        return None
    number = int(found[1]) if re.fullmatch(r"\d{1,2}", found[1]) else NUMBERS.get(found[1])
    return None if number is None else today + timedelta(days=number * DAYS_IN[found[2]])


def _to_come(day: date, plain: str, today: date) -> date:
    """In November »10. januar« is in the new year. What lies nearly a year ahead was just now, and a slip."""
    if day >= today or _A_YEAR.search(plain) or plain in dates.DAYS_FROM_TODAY or (day.month, day.day) == (2, 29):
        return day
    ahead = day.replace(year=day.year + 1)
    return ahead if today < ahead <= today + FAR_AHEAD else day


def names_clock(text: str) -> bool:
    """Whether an hour stands beside the day: »fredag kl. 10«."""
    return _without_clock(dates.plainly(text)) != dates.plainly(text)


def _without_clock(plain: str) -> str:
    """The day alone. What is no clock, and what is nothing but one, stays as it is."""
    try:
        return dates.clock_in(plain)[1] or plain
    except Refused:
        return plain


def _weekday_nearly(plain: str) -> int | None:
    """A weekday with at most one letter wrong, when only one can have been meant."""
    if (exactly := dates.weekday_of(plain)) is not None:
        return exactly
    names = [(number, name) for number, names in enumerate(dates.DanishAndEnglish.WEEKDAYS) for name in names]
    near = {number for number, name in names if len(name) > 5 and OSA.distance(name, plain) == 1}
    return near.pop() if len(near) == 1 else None
