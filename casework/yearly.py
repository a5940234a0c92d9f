"""Once a year a health and safety group talks of three things: risks, local guidelines, emergency plan (I1, W5, H10).

It belongs to the group's room and to no case. Here is when it comes and what is noted; where it is kept is the edge's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from casework.calendar import local, start_of
from casework.pace import PACE, Pace, end_of_hours, in_hours
from casework.vocabulary import PersonId

REMINDED_AFTER = timedelta(days=30)
JANUARY = 1


class Topic(StrEnum):
    """What is talked of."""

    RISKS = "risks"
    GUIDELINES = "guidelines"
    PLAN = "plan"


@dataclass(frozen=True)
class Season:
    """When it comes: on the first working day of this month."""

    month: int = JANUARY
    pace: Pace = PACE


@dataclass(frozen=True)
class Talked:
    """Which member noted it, and when."""

    by: PersonId
    at: datetime


@dataclass(frozen=True)
class Review:
    """One year's."""

    talked: Mapping[Topic, Talked] = field(default_factory=dict)
    told_at: datetime | None = None
    reminded_at: datetime | None = None

    @property
    def complete(self) -> bool:
        return set(Topic) <= set(self.talked)


@dataclass(frozen=True)
class Wheel:
    """One group's years. `since`: when it was first connected."""

    since: datetime
    years: Mapping[int, Review] = field(default_factory=dict)

    def of(self, year: int) -> Review:
        return self.years.get(year, Review())

    def noted(self, year: int, review: Review) -> "Wheel":
        return replace(self, years={**self.years, year: review})


# -- when it comes ---------------------------------------------------------------------------------------------------


def begins(year: int, season: Season) -> datetime:
    """The first moment of the month's first working day at which people are written to. UTC."""
    return in_hours(start_of(date(year, season.month, 1)), season.pace)


def year_of(now: datetime, season: Season) -> int:
    """The newest that has begun."""
    year = local(now).year
    return year if now >= begins(year, season) else year - 1


def meant(wheel: Wheel, year: int | None, now: datetime, season: Season) -> int:
    """The year a button names, if anything is kept of it; else the newest."""
    return year if year is not None and year in wheel.years else year_of(now, season)


def due(wheel: Wheel, now: datetime, season: Season) -> bool:
    """Whether the group is to be told now: once in the year after it was connected, and once more if something is open.

    Only in the hours of a working day.
    """
    year = year_of(now, season)
    review = wheel.of(year)
    if in_hours(now, season.pace) != now or year <= local(wheel.since).year or review.complete:
        return False
    if review.told_at is None:
        return True
    return review.reminded_at is None and now >= review.told_at + REMINDED_AFTER


def told(wheel: Wheel, now: datetime, season: Season) -> Wheel:
    """What was due is said."""
    year = year_of(now, season)
    review = wheel.of(year)
    said = replace(review, reminded_at=now) if review.told_at else replace(review, told_at=now)
    return wheel.noted(year, said)


def next_look(now: datetime, season: Season) -> datetime:
    """When the hours of a working day begin again: nothing becomes due before."""
    begin = in_hours(now, season.pace)
    return begin if begin > now else in_hours(end_of_hours(now, season.pace), season.pace)


# -- what is noted ---------------------------------------------------------------------------------------------------


def talked(wheel: Wheel, year: int, topic: Topic, by: PersonId, at: datetime) -> Wheel:
    """They have talked of it. Who noted it first stays."""
    review = wheel.of(year)
    if topic in review.talked:
        return wheel
    return wheel.noted(year, replace(review, talked={**review.talked, topic: Talked(by, at)}))


def not_talked(wheel: Wheel, year: int, topic: Topic) -> Wheel:
    """It was noted by mistake."""
    review = wheel.of(year)
    left = {one: who for one, who in review.talked.items() if one is not topic}
    return wheel if len(left) == len(review.talked) else wheel.noted(year, replace(review, talked=left))


# -- as it is kept ---------------------------------------------------------------------------------------------------


def document_of(wheel: Wheel) -> dict[str, Any]:
    """As JSON takes it."""
    years = {str(year): _document(review) for year, review in wheel.years.items()}
    return {"since": wheel.since.isoformat(), "years": years}


def _document(review: Review) -> dict[str, Any]:
    talked = {topic.value: {"by": who.by, "at": who.at.isoformat()} for topic, who in review.talked.items()}
    times = (("told", review.told_at), ("reminded", review.reminded_at))
    return {"talked": talked} | {name: at.isoformat() for name, at in times if at}


def wheel_of(kept: Mapping[str, Any]) -> Wheel:
    """What `document_of` wrote, read again; KeyError or ValueError when it is something else."""
    years = {int(year): _review(document) for year, document in kept["years"].items()}
    return Wheel(datetime.fromisoformat(kept["since"]), years)


def _review(kept: Mapping[str, Any]) -> Review:
    talked = {
        Topic(topic): Talked(PersonId(who["by"]), datetime.fromisoformat(who["at"]))
        for topic, who in kept["talked"].items()
    }
    times = [datetime.fromisoformat(kept[name]) if name in kept else None for name in ("told", "reminded")]
    return Review(talked, *times)
