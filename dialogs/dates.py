"""What people type and what cards send, as days and clocks; as moments in UTC through Copenhagen's clock. L4.

Nothing is borrowed: a clock without a day has no day, a day without a clock has no clock. Day and month never change
places. Whatever cannot be read is refused with `date_unreadable`, `time_unreadable` or `time_missing`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from dateutil import parser

from casework.calendar import COPENHAGEN, local
from casework.commands import Command, TellWhen
from casework.vocabulary import CaseId, Certainty, EpisodeId, PersonId, Refused
from dialogs.about import is_about, without_about

SOON = timedelta(days=31)
"""A day without a year lies in the past, but for one that is so near that it must be a slip: then it is asked again."""
LONGEST_TYPED = 60  # characters: longer than any way to write a moment
LONGEST_AGO = timedelta(days=365 * 30)
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199  # beyond it is a slip of the finger: clocks are strange, calendars end


class DanishAndEnglish(parser.parserinfo):
    """Months and weekdays in both languages, whatever the reader's own."""

    JUMP = [" ", ".", ",", "-", "/", "d", "den", "the", "of", "st", "nd", "rd", "th"]
    WEEKDAYS = [
        ("mon", "monday", "man", "mandag"),
        ("tue", "tues", "tuesday", "tir", "tirs", "tirsdag"),
        ("wed", "wednesday", "ons", "onsdag"),
        ("thu", "thur", "thurs", "thursday", "tor", "tors", "torsdag"),
        ("fri", "friday", "fre", "fredag"),
        ("sat", "saturday", "lør", "lørdag"),
        ("sun", "sunday", "søn", "søndag"),
    ]
    MONTHS = [
        ("jan", "january", "januar"),
        ("feb", "february", "februar"),
        ("mar", "march", "marts"),
        ("apr", "april"),
        ("may", "maj"),
        ("jun", "june", "juni"),
        ("jul", "july", "juli"),
        ("aug", "august"),
        ("sep", "sept", "september"),
        ("oct", "october", "okt", "oktober"),
        ("nov", "november"),
        ("dec", "december"),
    ]
    HMS, AMPM, UTCZONE, PERTAIN = [], [], [], ["of"]

    def convertyear(self, year: int, century_specified: bool = False) -> int:
        """Two figures are this century's; the machine's clock is not asked."""
        return year if century_specified or year >= 100 else 2000 + year


DAYS_FROM_TODAY: Mapping[str, int] = {
    "i dag": 0, "idag": 0, "today": 0,
    "i går": -1, "igår": -1, "i aftes": -1, "yesterday": -1, "last night": -1,
    "i forgårs": -2, "forgårs": -2, "the day before yesterday": -2,
    "i morgen": 1, "imorgen": 1, "tomorrow": 1,
    "i overmorgen": 2, "overmorgen": 2, "the day after tomorrow": 2,
}  # fmt: skip

NEXT_WORKING_DAY = frozenset({"næste hverdag", "næste arbejdsdag", "next work day", "next working day"})

_NUMBERS = re.compile(r"(\d{1,2})([-./ ])(\d{1,2})(?:\2(\d{4}|\d{2})|\.)?")
_BEFORE_TODAY = re.compile(r"(?:i|sidste|last) (\w+?)(s?)")
_MERIDIEM = r"\s*([ap])\.?m\.?"
_CLOCK = r"(\d{1,2})(?:[.:](\d{2})(?:[.:]\d{2})?)?"
_CLOCKS = (
    re.compile(
        rf"(?:\b(?:ca\.?|omkring|about|around)\s+)?\b(?:klokken|kl|at)\b\.?\s*{_CLOCK}(?:{_MERIDIEM})?(?![\w:])"
    ),
    re.compile(rf"(?<![\w.:]){_CLOCK}{_MERIDIEM}(?!\w)"),
    re.compile(r"(?<![\w.:])(\d{1,2}):(\d{2})(?::\d{2})?(?![\w:])"),
    re.compile(r"(?<!\bd)(?<!\bd\.)(?<!\bden)\s(\d{1,2})\.(\d{2})$"),
    re.compile(r"^(\d{1,2})\.(\d{2})$"),
)
"""How a clock is written, the plainest sign first: kl. 14.10 · 2.10 pm · 14:10 · … 14.10 · 14.10"""


@dataclass(frozen=True)
class Told:
    """What somebody typed: a day in Copenhagen, a clock, or both."""

    day: date | None = None
    clock: time | None = None


def card_day(value: str, now: datetime) -> date:
    """The day of an Input.Date, `2026-11-21`; where a client sends what was typed, that. Refused when unreadable."""
    try:
        return near_enough(date.fromisoformat(value.strip()))
    except ValueError:
        return typed_day(value, now)


def near_enough(day: date) -> date:
    """Refused for a year that nobody means."""
    if day.year > LATEST_YEAR:
        raise Refused("date_unreadable")
    return day


def card_clock(value: str) -> time:
    """The clock of an Input.Time: HH:MM, HH:MM:SS or AM/PM, or as people type it. Refused when unreadable."""
    try:
        return time.fromisoformat(value.strip()).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return typed_clock(value)


def typed_clock(text: str) -> time:
    """A clock and nothing else: `14.10`, `kl. 14`, `2:10 PM`, `14`."""
    plain = plainly(text)
    bare = re.fullmatch(r"\d{1,2}", plain)
    clock, rest = (_as_clock(plain, None, None), "") if bare else clock_in(plain)
    if clock is None or rest:
        raise Refused("time_unreadable")
    return clock


def typed(text: str, now: datetime) -> Told:
    """A day, a clock or both, in Danish or English: `lørdag kl. 14.10`, `21. nov.`, `14.10`. Refused if unreadable."""
    clock, rest = clock_in(plainly(text))
    if not rest and clock is not None:
        return Told(clock=clock)
    return Told(typed_day(rest, now), clock)


def typed_day(text: str, now: datetime) -> date:
    """The day that is meant, as people speak of what has been: a weekday is the latest one, today included."""
    plain, today = plainly(text), local(now).date()
    if plain in DAYS_FROM_TODAY:
        return today + timedelta(days=DAYS_FROM_TODAY[plain])
    weekday = weekday_of(plain)
    if weekday is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    if (before := _BEFORE_TODAY.fullmatch(plain)) and (weekday := weekday_of(before[1])) is not None:
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    return _calendar_day(plain, today)


def is_next_working_day(text: str) -> bool:
    """Whether somebody who speaks of what is to come means the next day on which people are at work."""
    return plainly(text) in NEXT_WORKING_DAY


def moment(day: date, clock: time) -> datetime:
    """When a clock in Copenhagen showed this, UTC. Shown twice, or never, when summer time changes: the earliest.

    Refused `moment_too_old` for a year that nobody means.
    """
    if day.year < EARLIEST_YEAR:
        raise Refused("moment_too_old")
    shown = datetime.combine(day, clock, COPENHAGEN)
    return min(shown.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def told_when(case: CaseId, by: PersonId, episode: EpisodeId, answers: Mapping[str, str], now: datetime) -> Command:
    """The command that a form's `certainty`, `date` and `time` make; a certainty left open follows from the others.

    Refused: `episode_missing` without a day, `moment_too_old`, `time_missing` when it is known exactly
    and no clock is given.
    """
    day_text, clock_text = answers.get("date", "").strip(), answers.get("time", "").strip()
    if not day_text:
        raise Refused("episode_missing")
    day = card_day(day_text, now)
    if day < (now - LONGEST_AGO).date():
        raise Refused("moment_too_old")
    certainty = _certainty(answers.get("certainty", ""), clock_text)
    clock = _clock_told(certainty, clock_text)
    told = {"day": day} if clock is None else {"moment": moment(day, clock)}
    return TellWhen(case=case, by=by, episode=episode, certainty=certainty, **told)


def _clock_told(certainty: Certainty, text: str) -> time | None:
    """The clock that counts for that certainty; None: the start of the day does."""
    if certainty in (Certainty.DATE_ONLY, Certainty.UNKNOWN) or (certainty is Certainty.ABOUT and not text):
        return None
    if not text:
        raise Refused("time_missing")
    return card_clock(text)


def moment_told(text: str, now: datetime) -> dict[str, str] | None:
    """What a form would have sent for a message that is a moment and nothing else; None when it is not one.
    With »cirka« it is not taken for certain."""
    plain = plainly(text)
    try:
        told = typed(without_about(plain), now) if len(text) <= LONGEST_TYPED else Told()
    except Refused:
        return None
    if told.day is None:
        return None
    certainty = {"certainty": Certainty.ABOUT.value} if is_about(plain) else {}
    return {"date": told.day.isoformat(), "time": told.clock.strftime("%H:%M") if told.clock else "", **certainty}


def _certainty(chosen: str, clock: str) -> Certainty:
    if chosen in set(Certainty):
        return Certainty(chosen)
    return Certainty.EXACT if clock else Certainty.DATE_ONLY


@cache
def _info() -> DanishAndEnglish:
    return DanishAndEnglish(dayfirst=True)


def plainly(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").casefold().split()).strip(" ,;!?")


def clock_in(plain: str) -> tuple[time | None, str]:
    """The clock in a text, and the text without it. A clock that cannot be is refused, not left over."""
    for written in _CLOCKS:
        if found := written.search(plain):
            hour, minute, meridiem = (*found.groups(), None)[:3]
            rest = f"{plain[: found.start()]} {plain[found.end() :]}"
            return _as_clock(hour, minute, meridiem), plainly(rest)
    return None, plain


def _as_clock(hour: str, minute: str | None, meridiem: str | None) -> time:
    hours = int(hour)
    if meridiem and not 1 <= hours <= 12:
        raise Refused("time_unreadable")
    if meridiem:
        hours = hours % 12 + (12 if meridiem == "p" else 0)
    try:
        return time(hours, int(minute or 0))
    except ValueError:
        raise Refused("time_unreadable") from None


def weekday_of(plain: str) -> int | None:
    return _info().weekday(plain.rstrip("."))


def _calendar_day(plain: str, today: date) -> date:
    """A day of the calendar; without a year the latest one, or one that is near."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", plain):
            return near_enough(date.fromisoformat(plain))
        numbers = _NUMBERS.fullmatch(re.sub(r"^(?:d\.?|den|the) ", "", plain))
        return near_enough(_by_numbers(numbers, today) if numbers else _by_words(plain, today))
    except (ValueError, OverflowError):
        raise Refused("date_unreadable") from None


def _by_numbers(numbers: re.Match[str], today: date) -> date:
    """`21-11-2026`, `21/11`: always day before month."""
    day, _, month, year = numbers.groups()
    if year is None:
        return _latest(int(month), int(day), today)
    return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))


def _by_words(plain: str, today: date) -> date:
    """`lørdag d. 21. november 2026`: read on two different empty days, what differs was not said."""
    if not re.search(r"[^\W\d_]{3}", plain):
        raise ValueError(f"{plain!r} names no month.")
    info, blanks = _info(), (datetime(2000, 1, 1), datetime(2004, 2, 2))  # noqa: DTZ001 - a day has no zone
    one, other = (parser.parse(plain, parserinfo=info, dayfirst=True, default=blank) for blank in blanks)
    if (one.month, one.day) != (other.month, other.day) or one.time() != time():
        raise ValueError(f"{plain!r} is no whole day.")
    day = one.date() if one.year == other.year else _latest(one.month, one.day, today)
    weekdays = {info.weekday(word) for word in re.findall(r"[^\W\d_]+", plain)} - {None}
    if weekdays and weekdays != {day.weekday()}:
        raise ValueError(f"{plain!r} is another day of the week.")
    return day


def _latest(month: int, day: int, today: date) -> date:
    """The day without a year: the latest that has been, or one that is near."""
    near = [found for year in range(today.year + 1, today.year - 9, -1) if (found := _day_of(year, month, day))]
    return next(found for found in near if found <= today + SOON)


def _day_of(year: int, month: int, day: int) -> date | None:
    """None: only 29 February, in most years."""
    if (month, day) == (2, 29) and not _leap(year):
        return None
    return date(year, month, day)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
