"""What time brings of what is agreed at the workplace. B13, B18, C15."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from casework.calendar import days_after, utc
from casework.case import Case
from casework.reminder import Reminder
from casework.vocabulary import Stage
from casework.workplace import CONTACT, DEBRIEFING, RISK

KINDS = ("risk_follow_up", "contact_ends", "debriefing_ahead", "debriefing_held")
AN_INSTANT = timedelta(seconds=1)
RISK_AT, CONTACT_AT, AHEAD_AT, HELD_AT = time(9, 20), time(9, 30), time(9, 40), time(9, 50)
"""Not on the hour, when most else of a case comes."""


def reminders(case: Case) -> Iterator[Reminder]:
    """The day of a follow-up, the last day of an agreement, the day before a debriefing and the day after it.

    It was promised for that day, and so it comes when the case is closed by then too.
    """
    if case.stage in (Stage.OPEN, Stage.CLOSED):
        yield from _risk(case)
        yield from _contact(case)
        yield from _debriefing(case)


def _risk(case: Case) -> Iterator[Reminder]:
    risk = case.arranged.risk
    if risk is not None:
        name = f"risk_follow_up:{risk.again}:{case.recipient}"
        yield Reminder(name, "risk_follow_up", case.recipient, days_after(risk.follow_up_at, 0, RISK_AT), step=RISK)


def _contact(case: Case) -> Iterator[Reminder]:
    """In the morning of the last day, to the leader and to the one it is agreed with."""
    for person, agreed in case.arranged.protected.items():
        if agreed.until is None:
            continue
        at = max(days_after(agreed.until - AN_INSTANT, 0, CONTACT_AT), utc(agreed.at) + AN_INSTANT)
        for to in dict.fromkeys((case.recipient, person)):
            name = f"contact_ends:{person}:{utc(agreed.until).isoformat()}:{to}"
            ends = utc(agreed.until)
            yield Reminder(name, "contact_ends", to, at, step=CONTACT, until=ends, about=person)


def _debriefing(case: Case) -> Iterator[Reminder]:
    planned = case.arranged.debriefing
    if planned is None or planned.held is not None:
        return
    begins, name = utc(planned.begins_at), f"{utc(planned.begins_at).isoformat()}:{case.recipient}"
    if (ahead := days_after(begins, -1, AHEAD_AT)) > utc(planned.at):
        yield Reminder(
            f"debriefing_ahead:{name}", "debriefing_ahead", case.recipient, ahead, step=DEBRIEFING, until=begins
        )
    yield Reminder(
        f"debriefing_held:{name}", "debriefing_held", case.recipient, days_after(begins, 1, HELD_AT), step=DEBRIEFING
    )


def moment_of(case: Case, reminder: Reminder) -> datetime | None:
    """The moment that a reminder speaks of, besides the day it comes."""
    planned = case.arranged.debriefing
    return planned.begins_at if planned and reminder.kind.startswith("debriefing") else None
