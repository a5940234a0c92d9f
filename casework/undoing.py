"""The last thing somebody did that can still be undone: what »fortryd« means without a number."""

from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.case import Case
from casework.steps import undo_step
from casework.vocabulary import PersonId, Refused, StepId

UNDONE_BY_A_WORD = (e.StepCompleted, e.StepSetAside, e.StepOffered)


def last_undoable(case: Case, person: PersonId) -> tuple[datetime, StepId] | None:
    """When it was done, and the step. None: nothing of theirs can be undone here."""
    for event in reversed(case.log):
        if isinstance(event, UNDONE_BY_A_WORD) and event.by == person and _can_be(case, person, event.step, event.at):
            return event.at, event.step
    return None


def _can_be(case: Case, person: PersonId, step: StepId, at: datetime) -> bool:
    try:
        return bool(undo_step(case, c.UndoStep(case=case.id, by=person, step=step), at))
    except Refused:
        return False
