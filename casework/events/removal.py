"""Having it removed: somebody was asked, has answered, and it is gone, or there again (H13)."""

from dataclasses import dataclass
from datetime import date

from casework.events.event import Event
from casework.vocabulary import AttemptId, ItemId, RemovalEnd, RungWay, StepId


@dataclass(frozen=True, kw_only=True)
class RungTried(Event):
    """Somebody was asked to remove it. `answer_by`: the day after which no answer is waited for any longer; None: as
    long as is usual on this rung. `letter`: what was sent, where it was a letter of ours."""

    step: StepId
    attempt: AttemptId
    sent_on: date
    answer_by: date | None = None
    details: ItemId | None = None
    letter: ItemId | None = None
    way: RungWay | None = None


@dataclass(frozen=True, kw_only=True)
class RungAnswered(Event):
    """Whoever was asked has answered. The latest answer to an attempt holds."""

    step: StepId
    attempt: AttemptId
    replied_on: date
    reply: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class RemovalEnded(Event):
    """It is gone, or it never lay anywhere: what is left of the four rungs falls away. `step`: where it was said."""

    step: StepId
    why: RemovalEnd


@dataclass(frozen=True, kw_only=True)
class RemovalReopened(Event):
    """It is there again, or was never gone."""

    step: StepId
