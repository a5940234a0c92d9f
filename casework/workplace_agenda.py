"""What time brings of what is agreed at the workplace. B13, B18, C15."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from casework.calendar import add_working_days, at_clock, days_after, local, utc
from casework.case import Case
from casework.reminder import Reminder
from casework.vocabulary import Stage
from casework.workplace import CONTACT, DEBRIEFING, RISK

KINDS = ("risk_follow_up", "contact_ends", "debriefing_ahead", "debriefing_held")
AN_INSTANT = timedelta(seconds=1)
STILL_NEWS = 7  # days in which it is said that an agreement has ended, when its last day was missed
RISK_AT, CONTACT_AT, AHEAD_AT, HELD_AT = time(9, 20), time(9, 30), time(9, 40), time(9, 50)
"""Not on the hour, when most else of a case comes."""


def reminders(case: Case) -> Iterator[Reminder]:
    """The day of a follow-up, the last day of an agreement, the day before a debriefing and the day after it.

    It was promised for that day, and so it comes when the case is closed by then too. Said later, it says when it was.
    """
    if case.stage in (Stage.OPEN, Stage.CLOSED):
        yield from _risk(case)
        yield from _contact(case)
        yield from _debriefing(case)


def _risk(case: Case) -> Iterator[Reminder]:
    """Whoever got the case after that day hears once, the next working morning, when it was to be."""
    risk = case.arranged.risk
    if risk is None:
        return
    at, given = days_after(risk.follow_up_at, 0, RISK_AT), case.given_at
    if given is not None and local(given).date() > local(risk.follow_up_at).date():
        if case.stage is Stage.CLOSED:
            return
        at = at_clock(add_working_days(local(given).date(), 1, case.pace.working), RISK_AT)
    yield Reminder(f"risk_follow_up:{risk.again}:{case.recipient}", "risk_follow_up", case.recipient, at, step=RISK)


def _contact(case: Case) -> Iterator[Reminder]:
    """In the morning of the last day, to the leader and the one it is agreed with; or, for a while, that it ended."""
    for person, agreed in case.arranged.protected.items():
        if agreed.until is None:
            continue
        last = last_day(agreed.until)
        at = max(days_after(last, 0, CONTACT_AT), utc(agreed.at) + AN_INSTANT)
        for to in dict.fromkeys((case.recipient, person)):
            name = f"contact_ends:{person}:{utc(agreed.until).isoformat()}:{to}"
            late = days_after(last, STILL_NEWS, CONTACT_AT)
            how = {"step": CONTACT, "until": late, "this_day": utc(agreed.until)}
            yield Reminder(name, "contact_ends", to, at, about=person, **how)


def last_day(until: datetime) -> datetime:
    """A moment of the last day on which it still holds."""
    return until - AN_INSTANT


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
    """The moment that a reminder speaks of. It may come on another day: said late, or to whoever has the case now."""
    arranged, kind = case.arranged, reminder.kind
    if kind == "risk_follow_up":
        return arranged.risk.follow_up_at if arranged.risk else None
    if kind == "contact_ends":
        agreed = arranged.protected.get(reminder.about) if reminder.about else None
        return last_day(agreed.until) if agreed and agreed.until else None
    return arranged.debriefing.begins_at if arranged.debriefing and kind.startswith("debriefing") else None
