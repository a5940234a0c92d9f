"""What time asks for, and what the health and safety group answers."""

from dataclasses import dataclass

from casework import vocabulary as v
from casework.commands.command import Command, Written
from casework.vocabulary import ItemId, PersonId


@dataclass(frozen=True, kw_only=True)
class Remind(Command):
    """Time has passed: say what is due now. Only Værn itself asks this."""


@dataclass(frozen=True, kw_only=True)
class NoteUnsaid(Command):
    """A reminder will not reach that person on the only day it is for. Only Værn itself notes it."""

    to: PersonId
    reminder: str


@dataclass(frozen=True, kw_only=True)
class TakeAnalysis(Command):
    """A member of the group takes the form."""


@dataclass(frozen=True, kw_only=True)
class FinishAnalysis(Command):
    """The answers, and what was decided. `follow_up_by` None: whoever answers.

    `plan`: what should change in the emergency plan; it is followed up like a measure.
    """

    answers: Written
    measures: tuple[Written, ...] = ()
    change_plan: bool = False
    follow_up_by: PersonId | None = None
    plan: Written | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerFollowUp(Command):
    """How a decided measure is going."""

    measure: ItemId
    answer: v.FollowUpAnswer
    reason: Written | None = None
