"""What a first turn would otherwise read and build while everybody waits: words, plan, calendar, dates."""

import gc
from datetime import datetime, timedelta

from cards.words import Texts
from casework.calendar import is_working_day
from casework.plan import read_plan
from casework.texts import LANGUAGES, read_catalogue, read_known
from dialogs.known import understood

LOOKS_EVERY = 10_000, 20, 20
"""Objects made between two looks of the garbage collector, and how many of those between its larger ones. A turn makes
thousands, nearly all gone by its end: with Python's usual 700 it would be looked for loops several times in each."""


def warm_words(now: datetime) -> None:
    """Fills the caches of the pure rooms. Takes a few tenths of a second: in a thread, before anybody is let in."""
    read_plan()
    for year in (0, 1):  # the yearly talk looks into the next one
        is_working_day(now.date() + timedelta(days=366 * year))
    understood("x", *(read_known(language) for language in LANGUAGES))
    for language in LANGUAGES:
        say = Texts(language, read_catalogue(language))
        say.moment(now, now), say.full(now, now), say.short(now), say.names(["", ""])
        say.hours_left(now + timedelta(hours=1), now)


def keep_for_good() -> None:
    """What is loaded now stays until the process ends: left out of every later collection, each of which would
    otherwise look through all of it and let everybody wait for some 90 ms. Once, in a process of our own."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*LOOKS_EVERY)
