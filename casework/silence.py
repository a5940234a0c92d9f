"""A leader who does not answer: first a nudge, then the next in the chain (product: 4, and 3's last lines). W3.

Whoever has a case has answered when they have said that they have seen it, or done anything in it; whoever was asked to
ring, when they have rung. Opening a case alone is no answer, but gives them their time anew. Before a deadline of the
police there is less of it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from casework import events as e
from casework.calendar import after_waking, earlier_if_night, utc
from casework.case import Case
from casework.deadline import deadline, open_questions
from casework.reminder import Reminder
from casework.vocabulary import PersonId, Stage

SILENT = "unseen"
FINAL = timedelta(hours=12)  # before a deadline; whoever is silent then is not waited for
AT_LEAST = timedelta(hours=1)  # of day, for whoever has only just been given it
GIVES = e.ReportSent | e.CallAsked | e.CaseHandedOn | e.CaseReopened
"""From then on an answer of whoever has the case is waited for."""


def reminders(case: Case) -> Iterator[Reminder]:
    """To whoever has it: the first nudge; and each time it is found again, the next day, that nobody else is next."""
    since = quiet_since(case)
    if since is None or case.recipient is None:
        return
    if (last := case.waiting.nobody) is not None:
        at = last.looked_at if last.looked_at > last.since else None
    else:
        at = after_waking(since, case.waiting.patience.nudge)
        at = at if at < goes_on_at(case, since) else None
    if at is not None:
        yield Reminder(f"{SILENT}:{utc(at).isoformat()}:{case.recipient}", SILENT, case.recipient, utc(at))


def hand_on_at(case: Case) -> datetime | None:
    """When the next in the chain is to have it, or is looked for again. None: nobody is waiting for an answer."""
    since = quiet_since(case)
    if since is None:
        return None
    last = case.waiting.nobody
    return last.again_at if last else goes_on_at(case, since)


def is_silent(case: Case, now: datetime) -> bool:
    """Whether whoever has it has had their time."""
    at = hand_on_at(case)
    return at is not None and at <= utc(now)


def goes_on_at(case: Case, since: datetime) -> datetime:
    """After so many hours in which people are up; at once in a deadline's last hours."""
    patient = after_waking(since, case.waiting.patience.hand_on)
    earliest = after_waking(since, AT_LEAST)
    ends = {deadline(case.episodes[episode]) for episode, _ in open_questions(case)}
    hurried = ((max(earlier_if_night(end - FINAL), earliest), end) for end in ends)
    return min([patient, *(at for at, end in hurried if at < end)])


def quiet_since(case: Case) -> datetime | None:
    """Since when nothing has come from whoever has the case. None: they have answered, or cannot be reached at all."""
    if case.stage not in (Stage.OPEN, Stage.CALL) or not case.waiting.goes_on:
        return None
    if case.seen_at or case.unreached or case.given_at is None:
        return None
    since = utc(case.given_at)
    for event in since_given(case):
        if event.by == case.recipient and not isinstance(event, e.CaseOpened | e.ItemOpened):
            return None
        if event.by == case.recipient or isinstance(event, e.RecipientReached):
            since = max(since, utc(event.at))
    return since


def since_given(case: Case) -> Iterator[e.Event]:
    """What has happened since whoever has the case was given it, the newest first, and that last: they may have sent it
    themselves, or opened it again. What they did before it was closed is no answer to whoever opens it again.
    """
    for event in reversed(case.log):
        yield event
        if isinstance(event, GIVES):
            return


def is_awaited(case: Case, event: e.Event, to: PersonId | None) -> bool:
    """Whether this tells them that their answer is waited for: time runs against them, so they must have heard it."""
    if isinstance(event, e.Reminded):
        return event.to == to and event.reminder.startswith(f"{SILENT}:")
    return isinstance(event, GIVES) and to is not None and to == case.recipient


def silent_last(case: Case) -> PersonId | None:
    """Who has it and does not answer, though nobody else may have it."""
    return case.recipient if case.waiting.nobody and quiet_since(case) else None
