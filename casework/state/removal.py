"""What has been done to have it removed: every attempt on the four rungs, and whether it is over (H13)."""

from dataclasses import dataclass
from datetime import date, datetime

from casework import events as e
from casework.state import changed
from casework.vocabulary import AttemptId, ItemId, PersonId, RemovalEnd, RungWay, StepId


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One time somebody was asked to remove it. `at`: when that was noted. `answer_by` None: as is usual there."""

    id: AttemptId
    step: StepId
    sent_on: date
    by: PersonId
    at: datetime
    details: ItemId | None = None
    letter: ItemId | None = None
    reply: ItemId | None = None
    replied_on: date | None = None
    answer_by: date | None = None
    way: RungWay | None = None


@dataclass(frozen=True)
class Ended:
    """It is gone, or there was nothing: who said so, and when."""

    why: RemovalEnd
    by: PersonId
    at: datetime


@dataclass(frozen=True)
class Removal:
    """All attempts in the order they were noted. `ended` None: it is still there, as far as anybody has said.

    `reopened_at`: the last time that what had ended began again; `reopened`: how often it has.
    """

    attempts: tuple[Attempt, ...] = ()
    ended: Ended | None = None
    reopened_at: datetime | None = None
    reopened: int = 0


def removal_after(removal: Removal, event: e.Event) -> Removal:
    """The removal after one of its own events."""
    match event:
        case e.RungTried():
            return changed(removal, attempts=(*removal.attempts, _attempt(event)))
        case e.RungAnswered():
            return changed(removal, attempts=tuple(_answered(one, event) for one in removal.attempts))
        case e.RemovalEnded():
            return changed(removal, ended=Ended(event.why, event.by, event.at))
        case _:  # reopened
            return changed(removal, ended=None, reopened_at=event.at, reopened=removal.reopened + 1)


def _attempt(event: e.RungTried) -> Attempt:
    return Attempt(
        id=event.attempt,
        step=event.step,
        sent_on=event.sent_on,
        by=event.by,
        at=event.at,
        details=event.details,
        letter=event.letter,
        answer_by=event.answer_by,
        way=event.way,
    )


def _answered(attempt: Attempt, event: e.RungAnswered) -> Attempt:
    if attempt.id != event.attempt:
        return attempt
    return changed(attempt, replied_on=event.replied_on, reply=event.reply)
