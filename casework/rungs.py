"""The four rungs of removal, from the author to the court, and how far up one has come (H13).

A rung is passed when it is closed, when it was answered and it is still there, or when no answer came in time: then
the next one opens. That time is over is a fact of the log: its reminder has been said.
"""

from collections.abc import Mapping
from datetime import date

from casework.calendar import add_working_days
from casework.case import Case
from casework.state.removal import Attempt
from casework.vocabulary import RemovalEnd, StepId

ASK_AUTHOR, ASK_SITE = StepId("ask_author"), StepId("ask_site")
DATATILSYNET, INJUNCTION = StepId("datatilsynet"), StepId("injunction")
RUNGS = (ASK_AUTHOR, ASK_SITE, DATATILSYNET, INJUNCTION)
ANSWER_DAYS: Mapping[StepId, int] = {ASK_AUTHOR: 3, ASK_SITE: 5, DATATILSYNET: 60, INJUNCTION: 15}
"""Working days in which an answer is waited for, where the settings say nothing else (docs/administering.md, why)."""
UNANSWERED = "unanswered"
"""The kind of reminder that says that no answer has come."""


def attempts_on(case: Case, step: StepId) -> tuple[Attempt, ...]:
    """What was tried on that rung, in the order it was noted."""
    return tuple(attempt for attempt in case.removal.attempts if attempt.step == step)


def unanswered(case: Case, step: StepId) -> tuple[Attempt, ...]:
    """Attempts there to which no answer was noted."""
    return tuple(attempt for attempt in attempts_on(case, step) if attempt.replied_on is None)


def awaited(case: Case, step: StepId) -> Attempt | None:
    """The attempt whose answer is waited for. Sites answer each for themselves; of anybody else the last one counts."""
    open_ones = unanswered(case, step)
    last = attempts_on(case, step)[-1:]
    return open_ones[-1] if open_ones and (step == ASK_SITE or open_ones[-1:] == last) else None


def answer_by(attempt: Attempt) -> date:
    """The day after which no answer is waited for."""
    return attempt.answer_by or add_working_days(attempt.sent_on, ANSWER_DAYS[attempt.step])


def reminder_id(attempt: Attempt, days: int, again: int = 0) -> str:
    """The reminder, so many days after the answer could have come. `again`: how often all of it had begun again."""
    return f"{UNANSWERED}:{attempt.id}:{days}" + (f":again{again}" if again else "")


def times_again(case: Case, attempt: Attempt) -> int:
    """How often it was there again, or the case was opened again; 0 of an attempt that was noted since."""
    begun = (case.removal.reopened_at, case.removal.reopened), (case.closing.reopened_at, case.closing.reopened)
    return sum(times for at, times in begun if at is not None and attempt.at < at)


def waited_out(case: Case, attempt: Attempt) -> bool:
    """The time for an answer is over, and that was said, in whichever round."""
    return any(reminder_id(attempt, 0, again) in case.reminded for again in range(times_again(case, attempt) + 1))


def passed_on(case: Case, step: StepId) -> bool:
    """It was tried, and nothing more is to be expected of it: the next rung is open, closed or not."""
    waiting = awaited(case, step)
    return bool(attempts_on(case, step)) and (waiting is None or waited_out(case, waiting))


def settled(case: Case, step: StepId) -> bool:
    """Nobody has to do anything there any more: it is gone, or a later rung was taken after this one was tried."""
    if step not in RUNGS:
        return False
    later = RUNGS[RUNGS.index(step) + 1 :]
    return case.removal.ended is not None or bool(attempts_on(case, step)) and any(_taken(case, one) for one in later)


def fell_away(case: Case, step: StepId) -> RemovalEnd | None:
    """Why nobody has to do anything on a rung nobody ever did anything on; None of every other step."""
    ended = case.removal.ended
    untouched = step in RUNGS and not attempts_on(case, step) and not case.step(step).closed
    return ended.why if ended is not None and untouched else None


def _taken(case: Case, step: StepId) -> bool:
    state = case.step(step)
    return bool(attempts_on(case, step)) or (state.closed and state.reason is None)
