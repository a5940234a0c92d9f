"""Typed words about a step: with its number, without one, and »fortryd« alone."""

from bot.desk import Desk
from cards.verbs import Press
from casework.case import Case
from casework.plan import is_closed, read_plan, step_of
from casework.projections import leader_view
from casework.undoing import last_undoable
from casework.vocabulary import CaseId, Refused, StepId
from dialogs.known import Meaning


def step_meant(meaning: Meaning) -> StepId:
    """The step whose number was said. Refused when there is none of that number."""
    number = meaning.args.get("step", "")
    found = next((step.id for step in read_plan() if str(step.number) == number), None)
    if found is None:
        raise Refused("step_not_here")
    return found


async def undone(desk: Desk) -> Press:
    """The last thing the person did that can be undone, whichever case it was in."""
    found = [(done, one.case.id) for one in await desk.mine() if (done := last_undoable(one.case, desk.person))]
    if not found:
        raise Refused("nothing_to_undo")
    (_, step), case = max(found)
    return Press("undo_step", case, args={"step": step})


async def reminded(meaning: Meaning, desk: Desk, case: CaseId) -> Press:
    """»påmind mig fredag«: of the step the person is at."""
    steps = await _steps_at_hand(desk, case)
    if not steps:
        raise Refused("nothing_to_remind")
    return Press("postpone_step", case, args={"step": steps[0]}, inputs={"until": meaning.args["day"]})


async def nearest_steps(desk: Desk) -> tuple[int, ...]:
    """Numbers of the steps somebody most likely speaks of when they name none."""
    case = await desk.newest_case()
    if case is None:
        return ()
    numbers = {step.id: step.number for step in read_plan()}
    return tuple(numbers[step] for step in await _steps_at_hand(desk, case))


async def _steps_at_hand(desk: Desk, case: CaseId) -> tuple[StepId, ...]:
    """Open ones of the person's own: first the one they acted on last, then those that come next."""
    opened = await desk.open(case)
    found = [*_acted_on(opened.case, desk.person), *_owned(opened.case, desk.person)]
    if opened.case.recipient == desk.person:
        view = leader_view(opened.case, desk.person, opened.texts, desk.now())
        found += [line.step for line in view.next_steps]
    return tuple(dict.fromkeys(step for step in found if _is_open(opened.case, step)))


def _acted_on(case: Case, person: str) -> list[StepId]:
    steps = [event.step for event in reversed(case.log) if event.by == person and hasattr(event, "step")]
    return [StepId(step) for step in steps[:1] if step]


def _owned(case: Case, person: str) -> list[StepId]:
    return [step for step, state in case.steps.items() if state.owner == person]


def _is_open(case: Case, step: StepId) -> bool:
    planned = step_of(case, step)
    return planned is not None and not is_closed(case, planned)
