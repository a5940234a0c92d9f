"""The last thing somebody did that can still be undone: what »fortryd« means without a number."""

from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.case import Case
from casework.steps import undo_step
from casework.vocabulary import PersonId, Refused, StepId

UNDONE_BY_A_WORD = (e.StepCompleted, e.StepSetAside, e.StepOffered)
BESIDES = (e.CaseOpened, e.CaseSeen, e.ItemOpened, e.MessagesRead, e.CaseConsulted, e.AffectedTold)
"""What nobody means by »fortryd«: they looked at something, or it came with what they did."""


def last_undoable(case: Case, person: PersonId) -> tuple[datetime, StepId] | None:
    """When it was done, and the step. None: nothing of theirs can be undone here."""
    for event in reversed(case.log):
        if isinstance(event, UNDONE_BY_A_WORD) and event.by == person and _can_be(case, person, event.step, event.at):
            return event.at, event.step
    return None


def done_since(case: Case, person: PersonId, step: StepId) -> bool:
    """Whether they have done something else since, which »fortryd« may have been meant for and cannot undo."""
    undone: set[StepId] = set()
    for event in (event for event in reversed(case.log) if event.by == person):
        if isinstance(event, e.StepUndone):
            undone.add(event.step)
        elif isinstance(event, UNDONE_BY_A_WORD) and event.step == step:
            return False
        elif not isinstance(event, BESIDES) and getattr(event, "step", None) not in undone:
            return True
    return False


def _can_be(case: Case, person: PersonId, step: StepId, at: datetime) -> bool:
    try:
        return bool(undo_step(case, c.UndoStep(case=case.id, by=person, step=step), at))
    except Refused:
        return False
