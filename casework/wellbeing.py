"""Check-ins on days 1, 7 and 21: the guide's symptoms named, help shown, nothing asked, nothing kept. H1-H3, H5.

They are care for a person, no work on a case: they go on after it is closed, as H1 asks for the time after the
episode, and end when the person switches them off, feels no offence, or wants no more done.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from casework import commands as c
from casework import events as e
from casework.case import Case
from casework.pace import calendar_days_on, end_of_hours, in_hours
from casework.reminder import Reminder
from casework.state.wellbeing import CHECK_IN, ends
from casework.vocabulary import PersonId, Stage


def switch_check_ins(case: Case, command: c.SwitchCheckIns, now: datetime) -> tuple[e.Event, ...]:
    """Off, or on again; no reason is asked."""
    if command.on is wants(case, command.by):
        return ()
    return (e.CheckInsSwitched(by=command.by, at=now, on=command.on),)


def wants(case: Case, person: PersonId) -> bool:
    """Whether the person has not switched them off."""
    return person not in case.wellbeing.off


def reminders(case: Case) -> Iterator[Reminder]:
    """What is still to come for each affected person who has been told."""
    if case.stage not in (Stage.OPEN, Stage.CLOSED) or case.sent_at is None:
        return
    for person, told in case.told.items():
        if wants(case, person) and person in case.affected and person not in {*case.denied, *case.no_more}:
            yield from _to(case, person, max(told, case.sent_at))


def _to(case: Case, person: PersonId, since: datetime) -> Iterator[Reminder]:
    """A later one that was sent stands for the earlier."""
    sent = case.wellbeing.sent
    latest = max((day for who, day in sent if who == person), default=0)
    for day in case.pace.check_ins:
        if (person, day) in sent:
            yield _named(sent[person, day], person)
        elif day > latest and not _while_off(case, person, calendar_days_on(since, day, case.pace)):
            yield _named(_name(case, person, day, since), person)


def _while_off(case: Case, person: PersonId, at: datetime) -> bool:
    on = case.wellbeing.on_since.get(person)
    return on is not None and at < on


def _name(case: Case, person: PersonId, day: int, since: datetime) -> str:
    at = calendar_days_on(since, day, case.pace)
    missed = case.wellbeing.put_off.get((person, day))
    if missed is not None:  # not again on the day on which something more pressing stood for it
        at = in_hours(end_of_hours(missed, case.pace), case.pace) if missed >= at else at
    until = end_of_hours(at, case.pace)
    return f"{CHECK_IN}:{day}:{_compact(until)}:{_compact(at)}:{person}"


def _named(name: str, person: PersonId) -> Reminder:
    """Everything about a check-in stands in its name, so that one that was sent is still known."""
    at = datetime.fromisoformat(name.split(":")[3])
    return Reminder(name, CHECK_IN, person, at, until=ends(name), comes_again=True)


def _compact(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%S%z")
