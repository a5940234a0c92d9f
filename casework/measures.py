"""Decided measures with somebody who does each, and a day: asked about on the day, and until they are done (H9, H10).

Whoever has one learns what it says, and nothing else of the case.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache

from casework import commands as c
from casework import events as e
from casework.calendar import WorkingDays, last_working_morning, local, working_morning
from casework.case import Case
from casework.naming import may_take_part
from casework.reminder import Reminder
from casework.state.measures import Assigned
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
        for days, at in _days(given, case.pace.working):
            name = f"follow_up:{measure}:{given.due.isoformat()}+{days}:{given.owner}"
            yield Reminder(name, "follow_up", given.owner, at, item=measure)


def first_asked(case: Case, measure: ItemId) -> datetime | None:
    """When its owner is asked first. None: nobody has it."""
    given = case.measures.of(measure)
    return None if given is None else _days(given, case.pace.working)[0][1]


@lru_cache(maxsize=4096)
def _days(given: Assigned, working: WorkingDays) -> tuple[tuple[int, datetime], ...]:
    """Its day is somebody's own last one: a day off is asked about on the working day before, or, given only since
    then, on the next. What is asked again comes on the next working morning.
    """
    first = last_working_morning(given.due, working)
    if given.at is not None and first <= given.at:
        first = working_morning(given.due, 0, working)
    again = ((days, working_morning(given.due + timedelta(days=days), 0, working)) for days in ASK_AFTER[1:])
    return ((ASK_AFTER[0], first), *again)
