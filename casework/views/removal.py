"""What was done to have it removed, as each may see it. Words are in it for whoever wrote them, and for the leader."""

from dataclasses import dataclass
from datetime import date, datetime

from casework import vocabulary as v
from casework.vocabulary import AttemptId, PersonId, StepId


@dataclass(frozen=True)
class AttemptLine:
    """One time somebody was asked. `details`: where or how; `reply`: what was answered; empty where not theirs."""

    attempt: AttemptId
    step: StepId
    sent_on: date
    by: PersonId
    answer_by: date
    details: str = ""
    by_letter: bool = False
    way: v.RungWay | None = None
    replied_on: date | None = None
    reply: str = ""
    awaited: bool = False  # its answer is waited for: Værn asks about it after `answer_by`


@dataclass(frozen=True)
class EndedLine:
    """It is gone, or there was nothing to remove. `by`: only for whoever works on it."""

    why: v.RemovalEnd
    at: datetime
    by: PersonId | None = None


@dataclass(frozen=True)
class RungView:
    """What a step's card has when the step is a rung of removal. `earlier`: every attempt of the case, for letters.

    `waiting`: an answer is waited for. `passed`: it was tried, and the next rung, `next_step`, is open.
    """

    attempts: tuple[AttemptLine, ...]
    earlier: tuple[AttemptLine, ...]
    ended: EndedLine | None
    next_step: StepId | None
    passed: bool
    nothing_online: bool  # only mail, text messages or calls were told
    may_reopen: bool
    platforms: tuple[str, ...] = ()  # ids of those that were told
    shared: v.Shared = v.Shared.UNKNOWN
    forms: tuple[v.Form, ...] = ()


@dataclass(frozen=True)
class RemovalLine:
    """The newest attempt on one rung, without who made it and without a word that anybody wrote.

    `before`: the days of those before it, and when each was answered, newest first.
    """

    step: StepId
    sent_on: date
    times: int
    way: v.RungWay | None
    answer_by: date
    replied_on: date | None
    before: tuple[tuple[date, date | None], ...] = ()


@dataclass(frozen=True)
class RemovalView:
    """What was done on each rung, for the case cards."""

    lines: tuple[RemovalLine, ...] = ()
    ended: EndedLine | None = None
    again_at: datetime | None = None  # it began again, and nobody has been asked since


@dataclass(frozen=True)
class UnansweredView:
    """No answer has come. `next_step` None: there is no rung left that is open."""

    attempt: AttemptLine
    next_step: StepId | None
