"""Numbers of a quarter from which nobody can work out that something happened to one to four people (product: 5).

**What is published.** For each (administration, quarter) one table, once: how many cases, and of them how many have
each trait. It is worked out when the quarter's steps can be done, kept as it is, and never worked out again. There is
no table of a workplace, of the organisation or of a year, and nothing in one table is a part of another.

**When a number is shown.** The cases: 5 or more. A trait: 5 or more have it, and 5 or more, or none at all, of those it
is a part of have it not. What is not shown is shown as nothing, whether it is 0, 3 or 30, and with it every part of it.
A time is the lower median of those it was measured of, and only where their number is shown.

**Why that is enough.** Take any table, and any group somebody could ask about: "has these traits and not those". From
the table alone it may always be none, or five and more:

- it asks for a trait that is not shown: then nobody may have it. 0 is never shown, and a trait that nobody has looks
  the same as this one, and so do its parts.
- otherwise every trait asked for is shown. If one that all have is asked for as missing, the group is empty. If not,
  of each there are five that have it and five that have it not. So five cases may be just as the group asks, and the
  others make up the numbers. A time may have been the same for all it was measured of.

A table that is not shown may be of no case at all. Each group of one table can be so whatever the others are like, and
therefore sums and differences over quarters and administrations tell nothing either. The card and the file are the
same table. `tests/test_statistics.py` plays whoever tries.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from casework import events as e
from casework import safetynet
from casework.calendar import at_clock, local, utc
from casework.case import Case
from casework.deadline import deadline
from casework.evolving import replay
from casework.vocabulary import Form, Medium, OutcomeKind, PersonId, WorkplaceId

FEWEST = 5
SETTLES_AFTER = 15
"""Days after a quarter until its steps can be done: SafetyNet has 14."""
MORNING = time(9)
ROUNDED_TO = 30  # minutes
SEEN, TALKED, SAFETYNET, REPORTED, IN_TIME = "seen", "talked", "safetynet", "reported", "reported_in_time"
TRAITS: Mapping[str, str | None] = {
    **{f"medium.{one}": None for one in Medium},
    **{f"form.{one}": None for one in Form},
    SEEN: None,
    TALKED: None,
    SAFETYNET: None,
    REPORTED: None,
    IN_TIME: REPORTED,
}
"""Trait → what it is a part of; None: of all cases."""


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months, by Copenhagen's calendar."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def begins_on(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    @property
    def published_at(self) -> datetime:
        """In the morning of the day on which its steps can be done."""
        return at_clock(self.next.begins_on + timedelta(days=SETTLES_AFTER), MORNING)


@dataclass(frozen=True)
class Facts:
    """What the numbers take from one case. `minutes`: of SEEN and TALKED, since it was sent."""

    quarter: Quarter
    workplace: WorkplaceId | None
    excluded: frozenset[PersonId]
    traits: frozenset[str]
    minutes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """One administration's quarter, as it may be shown to anybody. None: not shown, for whatever reason."""

    quarter: Quarter
    cases: int | None
    traits: Mapping[str, int]
    minutes: Mapping[str, int]

    def document(self) -> dict[str, Any]:
        return {
            "quarter": [self.quarter.year, self.quarter.number],
            **{k: v for k, v in vars(self).items() if k != "quarter"},
        }


def table_of(document: Mapping[str, Any]) -> Table:
    """The same again."""
    return Table(Quarter(*document["quarter"]), document["cases"], document["traits"], document["minutes"])


def quarter_of(moment: datetime) -> Quarter:
    """The one it is in, in Copenhagen."""
    day = local(moment).date()
    return Quarter(day.year, (day.month + 2) // 3)


def newest(now: datetime) -> Quarter:
    """The latest quarter whose numbers can be had."""
    quarter = quarter_of(now).before
    return quarter if now >= quarter.published_at else quarter.before


def facts_of(case: Case) -> Facts | None:
    """Of a case that was sent, closed or not, as it stood when its quarter was published. None: no such case."""
    if case.sent_at is None or not case.episodes:
        return None
    quarter = quarter_of(case.sent_at)
    known = replay(case.id, (event for event in case.log if event.at < quarter.published_at))
    minutes = _minutes(known)
    told = known.circumstances
    traits = {
        **{f"medium.{one}": True for one in (told.media if told else ())},
        **{f"form.{one}": True for one in (told.forms if told else ())},
        **dict.fromkeys(minutes, True),
        SAFETYNET: safetynet.in_time(known),
        REPORTED: bool(_reported(known)),
        IN_TIME: any(reported <= until for reported, until in _reported(known)),
    }
    return Facts(quarter, case.workplace, case.excluded, frozenset(k for k, has in traits.items() if has), minutes)


def _minutes(case: Case) -> dict[str, int]:
    talked = (event.at for event in case.log if isinstance(event, e.StepCompleted) and event.step == "talk")
    moments = {SEEN: case.seen_at, TALKED: min(talked, default=None)}
    sent = utc(case.sent_at) if case.sent_at else None
    return {name: int((utc(at) - sent).total_seconds() // 60) for name, at in moments.items() if at and sent}


def _reported(case: Case) -> list[tuple[datetime, datetime]]:
    """When it was reported to the police, and until when it had to be."""
    return [
        (outcome.reported_at, deadline(case.episodes[episode]))
        for (episode, _), outcome in case.outcomes.items()
        if outcome.kind is OutcomeKind.REPORTED and outcome.reported_at and episode in case.episodes
    ]


def published(quarter: Quarter, found: Sequence[Facts]) -> Table:
    """The table of these cases, which are all of one administration and this quarter."""
    if len(found) < FEWEST:
        return Table(quarter, None, {}, {})
    shown: dict[str | None, int] = {None: len(found)}
    for trait, whole in TRAITS.items():
        have = sum(trait in one.traits for one in found)
        if whole in shown and _may_be_shown(have, shown[whole]):
            shown[trait] = have
    minutes = {
        name: _median([one.minutes[name] for one in found if name in one.minutes])
        for name in (SEEN, TALKED)
        if name in shown
    }
    return Table(quarter, shown.pop(None), {str(name): count for name, count in shown.items()}, minutes)


def _may_be_shown(part: int, whole: int) -> bool:
    rest = whole - part
    return part >= FEWEST and (rest == 0 or rest >= FEWEST)


def _median(minutes: Sequence[int]) -> int:
    """The lower one, rounded up to half an hour."""
    middle = sorted(minutes)[(len(minutes) - 1) // 2]
    return -(-middle // ROUNDED_TO) * ROUNDED_TO


def tables(
    quarter: Quarter,
    found: Iterable[Facts],
    readers: Mapping[str, frozenset[PersonId]],
    administration: Mapping[WorkplaceId, str],
) -> dict[str, Table]:
    """A table for each administration in `readers`, which says who reads it.

    Whoever is excluded from a case reads no number with it: it is left out of a table that they may see.
    """
    cases: dict[str, list[Facts]] = {name: [] for name in readers}
    for one in found:
        name = administration.get(one.workplace) if one.workplace else None
        if name in cases and one.quarter == quarter and not one.excluded & readers[name]:
            cases[name].append(one)
    return {name: published(quarter, theirs) for name, theirs in cases.items()}
