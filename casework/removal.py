"""Having it removed: what was tried and when, what was answered, and that it is gone (H13, B10, B11, L7).

In the guide's order, each rung after the one before it. An attempt is something that was sent: it is never undone.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from casework import commands as c
from casework import events as e
from casework.calendar import MORNING, at_clock, days_after, local
from casework.case import Case
from casework.commands import Written
from casework.plan import Step, is_closed, missing, owner_of, step_of
from casework.reminder import Reminder
from casework.rungs import (
    ASK_AUTHOR,
    INJUNCTION,
    RUNGS,
    UNANSWERED,
    answer_by,
    attempts_on,
    awaited,
    passed_on,
    reminder_id,
    times_again,
)
from casework.state.removal import Attempt
from casework.vocabulary import AttemptId, ItemId, Refused, RemovalEnd, Stage, StepId
from casework.writing import not_too_long

MOST_ATTEMPTS = 40
AGAIN = (0, 7, 21)
"""Days after an answer could have come on which the leader is asked for the next rung, as long as nothing happens."""


def _rung(case: Case, command: c.StepCommand) -> Step:
    """The rung, if it is one and the sender's to act on."""
    step = step_of(case, command.step) if command.step in RUNGS else None
    if step is None:
        raise Refused("step_not_here")
    owner = owner_of(case, step)
    if command.by != owner:
        raise Refused("step_belongs_to_another", step=step.id, owner=owner)
    return step


def _attempt(case: Case, step: StepId, wanted: AttemptId | None) -> Attempt | None:
    if wanted is None:
        return awaited(case, step)
    return next((one for one in attempts_on(case, step) if one.id == wanted), None)


# -- decisions -------------------------------------------------------------------------------------------------------


def try_rung(case: Case, command: c.TryRung, now: datetime) -> tuple[e.Event, ...]:
    """Somebody was asked to remove it, on that day. As often as it takes, on a rung that is open."""
    step = _rung(case, command)
    if any(one.id == command.attempt for one in case.removal.attempts):
        return ()
    _may_be_tried(case, step)
    if command.way is None and step.id == INJUNCTION:
        raise Refused("way_missing")
    day_is_possible(case, command.sent_on, now)
    not_too_long(command.details)
    return (_tried(command, now),)


def _may_be_tried(case: Case, step: Step) -> None:
    if case.removal.ended is not None:
        raise Refused("removal_ended")
    if case.step(step.id).reason is not None:
        raise Refused("nothing_open")
    if gaps := missing(case, step):
        raise Refused("step_locked", step=step.id, missing=gaps)
    if len(case.removal.attempts) >= MOST_ATTEMPTS:
        raise Refused("too_many_attempts", max=MOST_ATTEMPTS)


def day_is_possible(case: Case, day: date, now: datetime) -> None:
    """Not to come, and not before any of it happened: then the year is wrong."""
    if day > local(now).date():
        raise Refused("day_in_future")
    if case.episodes and day < local(case.in_time_order[0].began_at).date():
        raise Refused("day_before_it_happened")


def _tried(command: c.TryRung, now: datetime) -> e.RungTried:
    return e.RungTried(
        by=command.by,
        at=now,
        step=command.step,
        attempt=command.attempt,
        sent_on=command.sent_on,
        answer_by=command.answer_by,
        details=_item(command.details),
        way=command.way if command.step == INJUNCTION else None,
    )


def _item(said: Written | None) -> ItemId | None:
    return said.item if said is not None and said.text.strip() else None


def answer_rung(case: Case, command: c.AnswerRung, now: datetime) -> tuple[e.Event, ...]:
    """An answer has come. It is still there, or it is gone: that is said apart."""
    step = _rung(case, command)
    attempt = _attempt(case, step.id, command.attempt)
    if attempt is None:
        return _nothing_waits(case, step, command)
    if (attempt.replied_on, attempt.reply) == (command.replied_on, _item(command.reply)):
        return ()
    if command.replied_on < attempt.sent_on:
        raise Refused("answered_before_asked")
    day_is_possible(case, command.replied_on, now)
    not_too_long(command.reply)
    answered = e.RungAnswered(
        by=command.by,
        at=now,
        step=step.id,
        attempt=attempt.id,
        replied_on=command.replied_on,
        reply=_item(command.reply),
    )
    return (answered,)


def _nothing_waits(case: Case, step: Step, command: c.AnswerRung) -> tuple[e.Event, ...]:
    """The same answer said twice without naming the attempt is already so; else there is nothing to answer."""
    said = {(one.replied_on, one.reply) for one in attempts_on(case, step.id)}
    if command.attempt is None and (command.replied_on, _item(command.reply)) in said:
        return ()
    raise Refused("attempt_unknown")


def end_removal(case: Case, command: c.EndRemoval, now: datetime) -> tuple[e.Event, ...]:
    """It is gone; or it lay nowhere, which can be said as long as nobody was asked to remove it."""
    step = _rung(case, command)
    ended = case.removal.ended
    if ended is not None and ended.why is command.why:
        return ()
    if command.why is RemovalEnd.NOTHING_TO_REMOVE and case.removal.attempts:
        raise Refused("already_tried")
    return (e.RemovalEnded(by=command.by, at=now, step=step.id, why=command.why),)


def reopen_removal(case: Case, command: c.ReopenRemoval, now: datetime) -> tuple[e.Event, ...]:
    """It is there again, and so are the rungs, as they were."""
    step = _rung(case, command)
    if case.removal.ended is None:
        return ()
    return (e.RemovalReopened(by=command.by, at=now, step=step.id),)


def begins_again(case: Case, after: Case, command: c.Command, now: datetime) -> tuple[e.Event, ...]:
    """What was gone is to be removed again when something new has happened since. `after`: with the news."""
    ended, news = case.removal.ended, after.episodes.keys() - case.episodes.keys()
    if ended is None or ended.why is not RemovalEnd.GONE:
        return ()
    since = any(local(after.episodes[one].began_at).date() >= local(ended.at).date() for one in news)
    return (e.RemovalReopened(by=command.by, at=now, step=ASK_AUTHOR),) if since else ()


# -- what time brings ------------------------------------------------------------------------------------------------


def next_rung(case: Case, step: StepId) -> StepId | None:
    """The rung that comes after it in this case: the first that is open. None: there is none left."""
    for later in RUNGS[RUNGS.index(step) + 1 :]:
        planned = step_of(case, later)
        if planned is not None and not is_closed(case, planned) and not missing(case, planned):
            return later
    return None


def waits(case: Case, step: StepId) -> bool:
    """It was tried and is not closed, and the next thing is not to be done there: an answer may come, or the next rung
    is open."""
    if not attempts_on(case, step):
        return False
    return not passed_on(case, step) or next_rung(case, step) is not None


def is_awaited(case: Case, attempt: Attempt) -> bool:
    """Its answer is the one that is waited for, on a rung that is still open."""
    planned = step_of(case, attempt.step)
    return planned is not None and awaited(case, attempt.step) == attempt and not is_closed(case, planned)


def reminders(case: Case) -> Iterator[Reminder]:
    """No answer has come: the leader is asked for the next rung, and asked again as long as nothing happens."""
    for rung in RUNGS if case.stage is Stage.OPEN else ():
        planned, attempt = step_of(case, rung), awaited(case, rung)
        if planned is None or attempt is None or is_closed(case, planned):
            continue
        for days in AGAIN:
            at = days_after(_first_asked(case, attempt), days)
            name = reminder_id(attempt, days, times_again(case, attempt))
            yield Reminder(name, UNANSWERED, case.recipient, at, step=rung, item=ItemId(attempt.id))


def _first_asked(case: Case, attempt: Attempt) -> datetime:
    """The morning after the last day; of something that was noted late, or was gone for a while, and in a case that was
    closed for a while, the morning after that."""
    over = at_clock(answer_by(attempt) + timedelta(days=1), MORNING)
    begun = (attempt.at, case.removal.reopened_at, case.closing.reopened_at)
    return max(over, *(days_after(at, 1) for at in begun if at is not None))
