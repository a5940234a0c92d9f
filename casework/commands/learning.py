"""What time asks for, and what the health and safety group answers."""

from dataclasses import dataclass

from casework import vocabulary as v
from casework.commands.command import Command, Written
from casework.vocabulary import ItemId, PersonId


@dataclass(frozen=True, kw_only=True)
class Remind(Command):
    """Time has passed: say what is due now. Only Værn itself asks this."""


@dataclass(frozen=True, kw_only=True)
class TakeAnalysis(Command): ...


@dataclass(frozen=True, kw_only=True)
class FinishAnalysis(Command):
    answers: Written
    measures: tuple[Written, ...] = ()
    change_plan: bool = False
    follow_up_by: PersonId | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerFollowUp(Command):
    measure: ItemId
    answer: v.FollowUpAnswer
