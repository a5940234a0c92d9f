"""Having it removed: what was tried, what was answered, and whether it is gone."""

from dataclasses import dataclass
from datetime import date

from casework import vocabulary as v
from casework.commands.command import Written
from casework.commands.handling import StepCommand
from casework.vocabulary import AttemptId


@dataclass(frozen=True, kw_only=True)
class TryRung(StepCommand):
    """Somebody was asked to remove it. `details`: where or how, in a few words. `answer_by`: by the settings."""

    attempt: AttemptId
    sent_on: date
    answer_by: date | None = None
    details: Written | None = None
    way: v.RungWay | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerRung(StepCommand):
    """An answer has come. `attempt` None: to the one that waits for it."""

    replied_on: date
    attempt: AttemptId | None = None
    reply: Written | None = None


@dataclass(frozen=True, kw_only=True)
class EndRemoval(StepCommand):
    """It is gone, or there is nothing to remove."""

    why: v.RemovalEnd


@dataclass(frozen=True, kw_only=True)
class ReopenRemoval(StepCommand):
    """It is there again."""
