"""Decided measures with somebody who does each, and a day: asked about on the day, and until they are done (H9, H10).

Whoever has one learns what it says, and nothing else of the case.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache

from casework import commands as c
from casework import events as e
from casework.calendar import days_after, local, start_of
from casework.case import Case
from casework.naming import may_take_part
from casework.reminder import Reminder
from casework.vocabulary import FollowUpAnswer, ItemId, PersonId, Refused

SETTLED = frozenset({FollowUpAnswer.DONE, FollowUpAnswer.DROPPED})
ASK_AFTER = tuple(range(0, 750, 30))  # days after the day that was agreed, until it is done or dropped


def assign_measure(case: Case, command: c.AssignMeasure, now: datetime) -> tuple[e.Event, ...]:
    """Said by whoever filled in the form or follows up, or by whoever has the case; of a measure that is under way."""
    analysis = case.analysis
    if analysis is None or command.by not in may_assign(case):
        raise Refused("not_yours")
    if command.measure not in analysis.measures or settled(case, command.measure):
        raise Refused("nothing_open")
    known = case.measures.of(command.measure)
    if known is not None and (known.owner, known.due) == (command.owner, command.due):
        return ()
    if command.due <= local(now).date():
        raise Refused("until_in_past")
    may_take_part(case, command.owner)
    return (e.MeasureAssigned(by=command.by, at=now, measure=command.measure, owner=command.owner, due=command.due),)


def may_assign(case: Case) -> frozenset[PersonId]:
    """Who says whose a measure is."""
    analysis = case.analysis
    people = (analysis.by, analysis.follow_up_by, case.recipient) if analysis else ()
    return frozenset(person for person in people if person is not None)


def settled(case: Case, measure: ItemId) -> bool:
    """It is done, or was dropped."""
    answer, _ = case.followed_up.get(measure, (None, None))
    return answer in SETTLED


def follows(case: Case, person: PersonId | None, measure: ItemId) -> bool:
    """Whether the person is asked about that measure, or may be: it is theirs, or they follow up on all of them."""
    given, analysis = case.measures.of(measure), case.analysis
    its_owner = given is not None and person == given.owner
    return its_owner or (analysis is not None and person in (analysis.by, analysis.follow_up_by))


def once_had(case: Case, person: PersonId | None, measure: ItemId) -> bool:
    """Whether it was theirs, now or before."""
    given = (event for event in case.log if isinstance(event, e.MeasureAssigned))
    return any((event.owner, event.measure) == (person, measure) for event in given)


def first_of(case: Case, person: PersonId) -> ItemId | None:
    """Of what somebody has: what is to be done first; when all is done, the last of it."""
    theirs = [(measure, one.due) for measure, one in case.measures.assigned.items() if one.owner == person]
    ordered = sorted(theirs, key=lambda one: (settled(case, one[0]), one[1]))
    return ordered[0][0] if ordered else None


def asked_about(case: Case, measure: ItemId) -> Iterator[Reminder]:
    """To its owner: on its day, and every 30 days from then."""
    given = case.measures.of(measure)
    if given is not None:
        for days, at in _days(given.due):
            name = f"follow_up:{measure}:{given.due.isoformat()}+{days}:{given.owner}"
            yield Reminder(name, "follow_up", given.owner, at, item=measure)


@lru_cache(maxsize=4096)
def _days(due: date) -> tuple[tuple[int, datetime], ...]:
    return tuple((days, days_after(start_of(due), days)) for days in ASK_AFTER)
