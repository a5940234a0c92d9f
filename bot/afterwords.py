"""What is said after a typed word was acted on: which step a slip was taken for or was undone; an hour is not kept."""

from typing import TYPE_CHECKING

from bot.typed_of_a_step import number_of, step_meant
from cards import suggestions
from cards.plan import title
from cards.verbs import Press
from casework.case import Case
from casework.events import StepUndone
from casework.vocabulary import CaseId, Refused, StepId
from dialogs.days_ahead import names_clock
from dialogs.known import Meaning

if TYPE_CHECKING:
    from bot.reception import Reception


async def of_a_slip(at: "Reception", meaning: Meaning, press: Press) -> None:
    """»fædig 3« closed a step: which one, by its name, and the way back."""
    if press.verb != "complete_step":
        return
    step, case = step_meant(meaning), CaseId(str(press.case))
    if (await at.desk.open(case)).case.step(step).closed:
        await at.say(await at.front(suggestions.done_by_a_slip, step, meaning.args["step"], case))


async def of_an_hour(at: "Reception", press: Press) -> None:
    """»påmind mig fredag kl. 10«: the day is kept, the hour is not."""
    if press.verb != "postpone_step" or not names_clock(press.inputs.get("until", "")):
        return
    case = await _case(at, press)
    until = case.step(press.args["step"]).until if case else None
    if until is None:
        return
    scene = await at.desk.scene()
    await at.word(scene.say("suggestion.hour", at=scene.when(until)))


async def undone_before(at: "Reception", press: Press) -> int:
    """How often somebody has undone that step, for `of_undoing`."""
    if press.verb != "undo_step":
        return 0
    case = await _case(at, press)
    log = case.log if case else ()
    return sum(isinstance(event, StepUndone) and event.step == press.args["step"] for event in log)


async def of_undoing(at: "Reception", press: Press, before: int) -> None:
    """What »fortryd« or »fortryd 2« undid, by its name. A refusal has said so already."""
    if await undone_before(at, press) > before:
        scene, step = await at.desk.scene(), StepId(press.args["step"])
        await at.word(scene.say("suggestion.undone", number=number_of(step), step=title(step, scene)))


async def _case(at: "Reception", press: Press) -> Case | None:
    """None: it went meanwhile, which the press itself has said."""
    try:
        return (await at.desk.open(CaseId(str(press.case)))).case
    except Refused:
        return None
