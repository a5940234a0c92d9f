"""What was done to have it removed, as the leader, whoever took a rung over, and the affected employee may see it."""

from collections.abc import Iterator
from datetime import datetime

from casework import events as e
from casework import views as w
from casework.case import Case
from casework.platforms import platforms_told
from casework.projections.common import Texts, text_of
from casework.reminder import Reminder
from casework.removal import is_awaited, next_rung
from casework.rungs import ASK_SITE, RUNGS, answer_by, attempts_on, passed_on
from casework.state.removal import Attempt
from casework.vocabulary import Medium, PersonId, RemovalEnd, Shared, StepId

NOT_ONLINE = frozenset({Medium.MAIL, Medium.SMS_OR_CALL})


def attempts_so_far(case: Case, texts: Texts, reader: PersonId | None = None) -> tuple[w.AttemptLine, ...]:
    """Every attempt of the case in the order of its days. Words are the leader's and whoever wrote them's alone."""
    in_order = sorted(case.removal.attempts, key=lambda attempt: attempt.sent_on)
    return tuple(_line(case, attempt, texts, reader or case.recipient) for attempt in in_order)


def _line(case: Case, attempt: Attempt, texts: Texts, reader: PersonId | None) -> w.AttemptLine:
    reads = reader is not None and reader in (case.recipient, attempt.by)
    return w.AttemptLine(
        attempt=attempt.id,
        step=attempt.step,
        sent_on=attempt.sent_on,
        by=attempt.by,
        answer_by=answer_by(attempt),
        details=text_of(texts, attempt.details) if reads else "",
        by_letter=attempt.letter is not None,
        way=attempt.way,
        replied_on=attempt.replied_on,
        reply=text_of(texts, attempt.reply) if reader == case.recipient else "",
        awaited=is_awaited(case, attempt),
    )


def rung_view(case: Case, step: StepId, reader: PersonId, texts: Texts) -> w.RungView | None:
    """A rung's own part of its card. Whoever has taken it over sees what was tried on it, and of no other."""
    if step not in RUNGS:
        return None
    leads, told = reader == case.recipient, case.circumstances
    every = attempts_so_far(case, texts, reader)
    return w.RungView(
        attempts=tuple(line for line in every if line.step == step),
        earlier=every if leads else (),
        ended=ended(case),
        next_step=next_rung(case, step) if leads else None,
        passed=passed_on(case, step),
        nothing_online=not case.removal.attempts and told is not None and _nothing_online(told.media),
        may_reopen=leads,
        platforms=_platforms(case, texts, leads) if step == ASK_SITE else (),
        shared=told.shared if leads and told else Shared.UNKNOWN,
        forms=told.forms if leads and told else (),
    )


def _nothing_online(media: tuple[Medium, ...]) -> bool:
    return bool(media) and set(media) <= NOT_ONLINE


def _platforms(case: Case, texts: Texts, leads: bool) -> tuple[str, ...]:
    """By the form's answer; for the leader also by the addresses given: a platform's name gives no word away."""
    told, behind = case.circumstances, case.originator
    items = (behind.identifier, behind.links) if leads and behind else ()
    return platforms_told(told.media if told else (), " ".join(text_of(texts, item) for item in items))


def ended(case: Case) -> w.EndedLine | None:
    """It is gone, or there was nothing to remove; None: it is still there."""
    over = case.removal.ended
    return w.EndedLine(over.why, over.at, over.by) if over else None


def removal_view(case: Case) -> w.RemovalView:
    """The newest attempt on every way, and the days of those before it: for the leader and everybody it happened to."""
    lines = tuple(_newest(tried) for rung in RUNGS for tried in _by_way(attempts_on(case, rung)))
    over = case.removal.ended
    return w.RemovalView(lines, w.EndedLine(over.why, over.at) if over else None, _again(case))


def _again(case: Case) -> datetime | None:
    at = case.removal.reopened_at
    return None if case.removal.ended or any(one.at > at for one in case.removal.attempts if at) else at


def _by_way(attempts: tuple[Attempt, ...]) -> Iterator[list[Attempt]]:
    """The last rung has two ways, mediation and the court: each is tried for itself."""
    for way in dict.fromkeys(attempt.way for attempt in attempts):
        yield [attempt for attempt in attempts if attempt.way == way]


def _newest(attempts: list[Attempt]) -> w.RemovalLine:
    *before, last = attempts
    days = tuple((one.sent_on, one.replied_on) for one in reversed(before))
    return w.RemovalLine(last.step, last.sent_on, len(attempts), last.way, answer_by(last), last.replied_on, days)


def headlines(case: Case) -> Iterator[tuple[str, datetime]]:
    """What the employee's heading may say of it."""
    over = case.removal.ended
    if over is not None and over.why is RemovalEnd.GONE:
        yield "gone", over.at
    elif (back := _again(case)) and was_gone(case):
        yield "again", back
    elif case.removal.attempts:
        yield "tried", case.removal.attempts[-1].at


def was_gone(case: Case) -> bool:
    """The last time it was over because it was gone, not because there was nothing to remove."""
    ends = (event.why for event in reversed(case.log) if isinstance(event, e.RemovalEnded))
    return next(ends, None) is RemovalEnd.GONE


def unanswered_view(case: Case, reminder: Reminder, texts: Texts) -> w.UnansweredView | None:
    """What the reminder is about; None when it is about something else."""
    attempt = next((one for one in case.removal.attempts if one.id == reminder.item), None)
    if attempt is None:
        return None
    return w.UnansweredView(_line(case, attempt, texts, reminder.to), next_rung(case, attempt.step))
