"""A step's card for whoever is asked to take it, or has taken it: which step it is, and after a yes what it needs."""

from collections.abc import Iterator

from cards import elements as el
from cards import letters
from cards.elements import Action, Card, Element
from cards.leader import places, when
from cards.plan import case_line
from cards.removal import rung
from cards.rung_buttons import rung_buttons
from cards.scene import Scene
from cards.step import head, help_contacts, local_note, notes, safetynet, stands, step_card, todo, warned
from cards.step_buttons import handling, note, step_button, undo
from cards.verbs import press
from casework.views import CLOSED, Need, StepView

LONGEST_ACCOUNT = 9_000  # characters: what is longer goes on in the case, where the leader can show it
ABOUT = {
    "safetynet": safetynet,
    "help": help_contacts,
    "ask_author": warned("retaliation"),
    "datatilsynet": warned("conditions"),
    "injunction": warned("spread"),
}
"""What to think of before somebody is contacted is said to whoever does it."""


def any_step(view: StepView, scene: Scene) -> Card:
    """The step's card for its reader: the deadlines are in the leader's view of a step, and in nobody else's."""
    return step_card(view, scene) if view.deadlines else companion_card(view, scene)


def companion_card(view: StepView, scene: Scene) -> Card:
    """What the step needs and no more. A step that is with someone else says only that."""
    return el.card(
        scene.say,
        case_line(view.case, scene),
        *head(view, scene),
        *_stands(view, scene),
        *(_at_work(view, scene) if _asked(view) or _holds(view) else ()),
        *letters.section(view, scene),
        *notes(view, scene),
        actions=_buttons(view, scene),
    )


def _asked(view: StepView) -> bool:
    return view.line.state == "offered" and view.need is None


def _holds(view: StepView) -> bool:
    """Whoever has said yes is shown what the step needs until it is closed."""
    return view.need is not None and view.line.state not in CLOSED


def _stands(view: StepView, scene: Scene) -> Iterator[Element]:
    if _asked(view):
        yield el.text(scene.say("step.companion.asked"))
    elif view.need is not None or view.line.state in CLOSED:
        yield from stands(view, scene)
    else:
        yield el.text(scene.say("step.companion.not_yours"))


def _at_work(view: StepView, scene: Scene) -> Iterator[Element | None]:
    yield el.text(todo(view, scene))
    yield from local_note(view, scene)
    if about := ABOUT.get(view.line.step):
        yield from about(view, scene)
    yield from rung(view, scene)
    if view.need is not None:
        yield from _need(view.need, scene)


def _need(need: Need, scene: Scene) -> Iterator[Element]:
    say = scene.say
    yield el.section(say("step.companion.need"), spacing="Medium")
    if need.affected:
        yield el.text(say("step.companion.affected", names=scene.names(need.affected)), spacing="None")
    for line in places(need.media, need.forms, "step.companion", scene):
        yield el.text(line, spacing="None")
    if need.deadlines:
        yield el.text(when(need.deadlines, "step.companion", scene), spacing="None")
    if need.account:
        yield el.text(say("step.companion.account"), spacing="Medium", bold=True)
        yield el.quote(need.account[:LONGEST_ACCOUNT])
    yield el.small(say("step.companion.discreet"), spacing="Medium")


# -- buttons ---------------------------------------------------------------------------------------------------------


def _buttons(view: StepView, scene: Scene) -> list[Action | None]:
    if _asked(view):
        accept = step_button("accept", "accept_step", view, scene, positive=True)
        return [accept, step_button("decline", "decline_step", view, scene)]
    if view.need is None or view.line.state in CLOSED:
        return [undo(view, scene) if view.line.can_undo else None, note(view, scene) if view.need else None]
    if view.rung is not None:
        return rung_buttons(view, view.rung, scene)
    return [_own(view, scene), *handling(view, scene)]


def _own(view: StepView, scene: Scene) -> Action:
    if view.line.step == "analysis":
        data = press("show_analysis", view.case, view.version)
        return el.execute(scene.say, "step.button.form", data, positive=True)
    return step_button("done", "complete_step", view, scene, positive=True)
