"""Days that are still to come, as somebody types them who wants to be reminded or to meet."""

import re
from datetime import date, datetime, timedelta

from rapidfuzz.distance import OSA

from casework.calendar import local
from casework.vocabulary import Refused
from dialogs import dates


def day_ahead(text: str, now: datetime) -> date:
    """The day that is meant by somebody who speaks of what is to come: `fredag` is the next one, never today."""
    plain, today = _without_clock(dates.plainly(text)), local(now).date()
    weekday = _weekday_nearly(re.sub(r"^(?:på|on|næste|next) ", "", plain))
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    try:
        return dates.typed_day(plain, now)
    except Refused:
        raise Refused("day_ahead_unreadable", example=f"{today + timedelta(days=7):%d-%m-%Y}") from None


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
