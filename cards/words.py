"""Sentences with their values put in: dates, hours, lists and sizes as one says them, and nothing alive in them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime, get_month_names
from babel.lists import format_list
from babel.units import format_unit

from casework.calendar import COPENHAGEN

LOCALES = {"da": "da_DK", "en": "en_GB"}
FORMATTED = 4096  # moments kept as they are written: some 1 MB
HARD = "\N{NO-BREAK SPACE}"
ALIVE = re.compile(r"([\\`*_\[\]<>~|#])")
"""What Markdown would bring to life in a TextBlock."""
ESCAPED = re.compile(r"\\([\\`*_\[\]<>~|#])")
FIGURE, TWICE_OPENED = re.compile(r"\d"), re.compile(r"\{(?=\{)")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the reading direction of what follows."""


class Ready(str):
    """A value that may go into a TextBlock as it is: it has been formatted, or escaped already."""


@dataclass(frozen=True)
class Texts:
    """The words of one language: `say(key, **values)` for a TextBlock, `say.plain` for every other place."""

    language: str
    catalogue: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> Ready:
        """The sentence, fit for a TextBlock: text values are escaped, aware moments said in full, spaces glued.

        KeyError when the language lacks the key, or the sentence a value.
        """
        if not values:
            return self._as_it_stands(key)
        return Ready(glue(self._filled(key, {name: self._spoken(value) for name, value in values.items()})))

    def plain(self, key: str, **values: object) -> str:
        """The sentence for titles, labels, choices and tooltips, where no Markdown is read."""
        if not values:
            return str(self._as_it_stands(key))
        spoken = {name: self._spoken(value, escape=False) for name, value in values.items()}
        return glue(self._filled(key, spoken))

    def has(self, key: str) -> bool:
        return key in self.catalogue

    def count(self, key: str, n: int, **values: object) -> Ready:
        """The sentence for that many, by the language's plural rules: `<key>.one` or `<key>.other`, with {n}."""
        return self(f"{key}.{self.locale.plural_form(n)}", n=n, **values)

    @property
    def locale(self) -> Locale:
        return _locale(self.language)

    def moment(self, moment: datetime, now: datetime) -> Ready:
        """Day and time as one says them now: "i dag kl. 9.20", "lørdag d. 21. november kl. 14.10"."""
        near = _near(moment, now)
        if near:
            return self._pattern(moment, f"common.format.{near}")
        return self.full(moment, now)

    def full(self, moment: datetime, now: datetime | None = None) -> Ready:
        """Weekday, date and time always, for deadlines; with the year when `now` is in another."""
        return self._pattern(moment, "common.format.full_year" if _other_year(moment, now) else "common.format.full")

    def until(self, moment: datetime, now: datetime) -> Ready:
        """A deadline, in full. One at 0.00 is said as the night it falls in: nobody has that whole day left."""
        if _at_clock(moment).time() != time():
            return self.full(moment, now)
        year = _other_year(moment, now)
        return self._pattern(moment, "common.format.midnight_year" if year else "common.format.midnight")

    def day(self, day: date | datetime, now: datetime | None = None) -> Ready:
        """Weekday and date: "lørdag d. 21. november"."""
        key = "common.format.day_year" if _other_year(day, now) else "common.format.day"
        return self._pattern(day, key)

    def letter_day(self, day: date) -> Ready:
        """A day as it stands in a letter, whatever day it is read: "21. november 2026"."""
        return self._pattern(day, "common.format.letter")

    def clock(self, moment: datetime) -> Ready:
        """The time alone: "14.10"."""
        return self._pattern(moment, "common.format.clock")

    def short(self, moment: datetime) -> Ready:
        """Day and time on a button: "21/11 14.10"."""
        return self._pattern(moment, "common.format.short")

    def short_day(self, moment: datetime) -> Ready:
        """A day on a button: "21/11"."""
        return self._pattern(moment, "common.format.short_day")

    def hours_left(self, until: datetime, now: datetime) -> Ready:
        """How long is left, rounded down: "om 51 timer"; under an hour minutes, under a minute "nu".

        Counted from the minute a clock shows: a reminder that comes at the stroke says 48 hours and not 47.
        """
        minutes = int((until - now.replace(second=0, microsecond=0)) / timedelta(minutes=1))
        if minutes < 1:
            return self("common.left.now")
        if minutes < 60:
            return self.count("common.left.minutes", minutes)
        return self.count("common.left.hours", minutes // 60)

    def names(self, names: Sequence[str]) -> Ready:
        """ "A, B og C". Names come from people, so they are escaped here."""
        return self.listed([escape(name) for name in names])

    def listed(self, parts: Sequence[str]) -> Ready:
        """Things we have said ourselves, as a list in a sentence."""
        return Ready(format_list(list(parts), locale=self.locale) if parts else "")

    def size(self, size: int) -> Ready:
        """How much a file takes up: "820 kB", "1,4 MB"."""
        unit, per = ("kilobyte", 1_000) if size < 1_000_000 else ("megabyte", 1_000_000)
        amount = max(1, round(size / per)) if unit == "kilobyte" else round(size / per, 1)
        return Ready(glue(format_unit(amount, f"digital-{unit}", length="short", locale=self.locale)))

    def _pattern(self, moment: date | datetime, key: str) -> Ready:
        clock = _at_clock(moment) if isinstance(moment, datetime) else moment
        return _formatted(clock, self.catalogue[key], self.language)

    def _spoken(self, value: object, *, escape: bool = True) -> object:
        match value:
            case Ready():
                return value if escape else unescape(value)
            case str():
                return _escape(value) if escape else clean(value)
            case datetime():
                return self.full(value)
            case date():
                return self.day(value)
        return value

    def _as_it_stands(self, key: str) -> Ready:
        """A sentence nothing is put into: most of what stands on a card, and the same on every one."""
        known = _standing().get((self.language, key))
        if known is None or known[0] is not self.catalogue:
            known = _standing()[self.language, key] = self.catalogue, Ready(glue(self._filled(key, {})))
        return known[1]

    def _filled(self, key: str, values: Mapping[str, object]) -> str:
        if key not in self.catalogue:
            raise KeyError(f"{key} has no words in {self.language!r}. Write it in casework/guide/{self.language}.")
        try:
            return self.catalogue[key].format_map(values)
        except KeyError as missing:
            raise KeyError(f"{key} in {self.language!r} needs the value {missing}; given: {sorted(values)}.") from None


@cache
def _standing() -> dict[tuple[str, str], tuple[Mapping[str, str], Ready]]:
    """Sentences that were asked for as they stand, each with the catalogue it is from."""
    return {}


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


def _at_clock(moment: datetime) -> datetime:
    """As Copenhagen's clocks show it, to the minute, since no pattern of ours tells seconds."""
    return moment.astimezone(COPENHAGEN).replace(second=0, microsecond=0)


@lru_cache(FORMATTED)
def _formatted(moment: date | datetime, pattern: str, language: str) -> Ready:
    """A case's few moments stand on every card of it, time and again."""
    write = format_datetime if isinstance(moment, datetime) else format_date
    return Ready(glue(write(moment, pattern, locale=_locale(language))))


@cache
def _glued() -> re.Pattern[str]:
    """Where a line must not break, all in one place: kl. 14.10, d. 24. november, 51 timer, 30 dage, tlf. 70 20 74 10.

    Each begins with the space itself and looks back over it: most texts have none of them, and are passed quickly.
    """
    da, en = ("|".join(get_month_names(locale=locale).values()) for locale in LOCALES.values())
    places = (
        r"(?<=\bkl\. )(?=\d)",
        r"(?<=\bd\. )(?=\d)",
        r"(?<=\btlf\. )(?=\d)",
        r"(?<=\bat )(?=\d?\d:\d\d)",
        rf"(?<=\d\. )(?=(?:{da})\b)",
        rf"(?<=\d )(?=(?:{en})\b)",
        r"(?<=\d )(?=(?:timer?|minut|minutter|dage?|uger?|m.ned|m.neder|kB|MB|GB)\b)",
        r"(?<=\d )(?=(?:hours?|minutes?|days?|weeks?|months?)\b)",
        r"(?<=\b\d\d )(?=\d\d\b)",
    )
    return re.compile(f" (?:{'|'.join(places)})")


def glue(text: str) -> str:
    """The text with hard spaces where a line must not break: always beside a figure, and most texts have none."""
    return _glued().sub(HARD, text) if FIGURE.search(text) else text


def clean(text: str) -> str:
    """What a person wrote, without what cannot be seen and could mislead: controls and turned reading direction."""
    return UNSEEN.sub("", text)


def still(text: str) -> str:
    """As `clean`; and `{{DATE(…)}}`, which clients reckon out wherever it stands, stays what was written."""
    cleaned = clean(text)
    return TWICE_OPENED.sub("{\N{WORD JOINER}", cleaned) if "{{" in cleaned else cleaned


def escape(text: str) -> Ready:
    """What a person wrote, on one line in a TextBlock of ours, as they wrote it."""
    line = still(" ".join(text.split()))
    return Ready(ALIVE.sub(r"\\\1", line) if ALIVE.search(line) else line)


_escape = escape


def flat(text: str) -> str:
    """A name for a field's choices, which one client reads as Markdown and another as it stands: without its signs."""
    return " ".join(ALIVE.sub(" ", still(text)).split())


def unescape(text: str) -> str:
    return ESCAPED.sub(r"\1", text) if "\\" in text else text


def _near(moment: datetime, now: datetime) -> str | None:
    days = (moment.astimezone(COPENHAGEN).date() - now.astimezone(COPENHAGEN).date()).days
    return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)


def _other_year(moment: date | datetime, now: datetime | None) -> bool:
    if now is None:
        return False
    day = moment.astimezone(COPENHAGEN) if isinstance(moment, datetime) else moment
    return day.year != now.astimezone(COPENHAGEN).year
