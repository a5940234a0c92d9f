"""Typed words about a step: with its number, without one, and »fortryd« alone."""

from collections.abc import Mapping

from bot.desk import HANDLES, Desk
from cards.verbs import Press
from casework.case import Case
from casework.letters import WITH_A_LETTER
from casework.plan import is_closed, read_plan, step_of
from casework.projections import leader_view
from casework.rungs import RUNGS
from casework.undoing import done_since, last_undoable
from casework.vocabulary import CaseId, ConsentKind, Refused, StepId
from dialogs.known import Meaning

CONSENT_OF_STEP = {
    "ask_colleagues": ConsentKind.COLLEAGUES,
    "police_consent": ConsentKind.POLICE,
    "ask_author": ConsentKind.REMOVAL,
    "inform_colleagues": ConsentKind.PARTNERS,
}
STEPS_OF: Mapping[str, tuple[StepId, ...]] = {
    **dict.fromkeys(("write_letter", "fill_letter", "save_letter", "fetch_letter", "send_letter"), WITH_A_LETTER),
    **dict.fromkeys(("send_letter_anyway", "journalise_letter", "fetch_journal"), WITH_A_LETTER),
    **dict.fromkeys(("try_rung", "answer_rung"), RUNGS),
    "ask_consent": tuple(StepId(step) for step in CONSENT_OF_STEP),
}
"""Words that mean a few of the steps only."""


def step_meant(meaning: Meaning) -> StepId:
    """The step whose number was said. Refused when there is none of that number."""
    number = meaning.args.get("step", "")
    found = next((step.id for step in read_plan() if str(step.number) == number), None)
    if found is None:
        raise Refused("step_not_here")
    return found


async def undone(desk: Desk) -> Press:
    """The last thing the person did that can be undone, whichever case it was in. Where they have done something else
    there since, it is said what could be undone, and nothing is."""
    cases = {one.case.id: one.case for one in await desk.mine()}
    found = [(done, id) for id, case in cases.items() if (done := last_undoable(case, desk.person))]
    if not found:
        raise Refused("nothing_to_undo")
    (_, step), case = max(found)
    if done_since(cases[case], desk.person, step):
        raise Refused("not_the_last", step=step)
    return Press("undo_step", case, args={"step": step})


def number_of(step: StepId) -> int:
    return next(one.number for one in read_plan() if one.id == step)


async def reminded(meaning: Meaning, desk: Desk, case: CaseId) -> Press:
    """»påmind mig fredag«: of the step the person is at."""
    steps = await _steps_at_hand(desk, case)
    if not steps:
        raise Refused("nothing_to_remind")
    return Press("postpone_step", case, args={"step": steps[0]}, inputs={"until": meaning.args["day"]})


ANSWERS_AN_OFFER = frozenset({"accept_step", "decline_step"})


async def offered(meaning: Meaning, desk: Desk) -> Press:
    """»jeg tager den«, »tag ikke«: the one step that somebody was asked to take."""
    found = [(one.case.id, step) for one in await desk.mine() for step in _offered_to(one.case, desk.person)]
    if len(found) != 1:
        raise Refused("step_not_said" if found else "nothing_offered")
    case, step = found[0]
    return Press(meaning.name, case, args={"step": step})


async def taken_here(desk: Desk, step: StepId) -> Press | None:
    """The card of that step, where they have taken it."""
    cases = [one.case for one in await desk.mine() if one.case.step(step).owner == desk.person]
    return Press("open_step", cases[-1].id, args={"step": step}) if cases else None


def _offered_to(case: Case, person: str) -> list[StepId]:
    return [step for step, state in case.steps.items() if state.offered_to == person and _is_open(case, step)]


async def nearest_steps(desk: Desk, word: str) -> tuple[StepId, ...]:
    """The steps somebody most likely speaks of when they say that word and name none."""
    case = await desk.newest_case(*HANDLES)
    if case is None:
        return ()
    at_hand, of_it = await _steps_at_hand(desk, case), STEPS_OF.get(word)
    if of_it is not None:
        opened = (await desk.open(case)).case
        rest = [step for step in of_it if step_of(opened, step) and opened.recipient == desk.person]
        at_hand = tuple(dict.fromkeys([*(step for step in at_hand if step in of_it), *rest]))
    return at_hand


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
