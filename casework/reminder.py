"""Something to be said to somebody from a certain moment on: what every area that reminds of something yields."""

from datetime import datetime
from typing import NamedTuple

from casework.calendar import utc
from casework.case import Case, Episode
from casework.vocabulary import EpisodeId, ItemId, PersonId, StepId


class Reminder(NamedTuple):
    """Something to be said to one person (`to` None: the health and safety group) from `at` on, UTC.

    `id` begins with the kind and a colon, and stays the same as long as the fact behind it does.
    `legal`: of the 72 hours. `until`: from then on it is no longer true; None: late is better than never.
    `this_day`: until when it is for that day; after it, late news. None: as long as it is true.
    `about`: whom, where kind, step, item and episode do not tell it from others to the same person.
    `comes_again`: if another stands for it, its own room finds it another day. `put_off`: `at` is such a day.
    """

    id: str
    kind: str
    to: PersonId | None
    at: datetime
    episode: EpisodeId | None = None
    step: StepId | None = None
    item: ItemId | None = None
    legal: bool = False
    until: datetime | None = None
    about: PersonId | None = None
    comes_again: bool = False
    put_off: bool = False
    this_day: datetime | None = None

    @property
    def day_ends(self) -> datetime | None:
        """When its day is over. None: it is for no certain day."""
        return self.this_day or self.until


def known_at(case: Case, episode: Episode) -> datetime:
    """When this moment came into the open case: sent with it, or told, or corrected, after that."""
    told = utc(episode.told_at)
    return max(utc(case.sent_at), told) if case.sent_at else told
