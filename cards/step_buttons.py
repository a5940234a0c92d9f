"""The buttons of a step: what completes it, and what else one may do with it. At most six on a card."""

from cards import elements as el
from cards import police
from cards.elements import Action
from cards.plan import case_button, goto_button, skeleton
from cards.scene import Scene
from cards.verbs import press
from casework.views import CLOSED, StepView

SET_ASIDE = ("press", "colleagues_answered")
HANDED_OVER = ("press", "analysis")
MOST_GOTO = 2
LATER = ("tomorrow", "next_working_day", "three_days", "week")
LONGEST_NOTE = 1_000  # characters


def buttons(view: StepView, scene: Scene) -> list[Action | None]:
    """At most six; what the step is about comes first."""
    closed, mine = view.line.state in CLOSED, view.line.mine
    own = _own_button(view, scene) if mine else None
    if view.line.step == "analysis" and view.line.state == "done":
        own = _form(view, scene, positive=False)
    again = undo(view, scene) if view.line.can_undo else None
    if closed or not mine:
        return [own, again, note(view, scene) if mine else None, case_button(view, scene)]
    return [own, *handling(view, scene), case_button(view, scene)]


def handling(view: StepView, scene: Scene) -> list[Action | None]:
    """What one may do with an open step besides completing it."""
    offered = view.line.state == "offered"
    undo_or_offer = (undo(view, scene) if view.line.can_undo else None) if offered else _offer(view, scene)
    return [_set_aside(view, scene), undo_or_offer, _postpone(view, scene), note(view, scene)]


def locked_buttons(view: StepView, scene: Scene) -> list[Action | None]:
    """What may unlock it, and that it may turn out not to matter here."""
    awaited = [gap.step for gap in view.line.missing if gap.step is not None][:MOST_GOTO]
    return [*(goto_button(view, step, scene) for step in awaited), _set_aside(view, scene), case_button(view, scene)]


def completes(view: StepView) -> bool:
    """[Klaret] is on the card."""
    line = view.line
    return skeleton()[line.step].closed_by == "press" and line.mine and line.state not in (*CLOSED, "locked")


def _own_button(view: StepView, scene: Scene) -> Action | None:
    """The button this step is completed with: its own answer, or [Klaret]."""
    step = view.line.step
    if step == "assess_police":
        return police.assess_button(view, scene)
    if completes(view):
        return step_button("done", "complete_step", view, scene, positive=True)
    if view.line.state in CLOSED:
        return None
    if step == "police_outcome" and not view.affected_unnamed and view.police:
        return police.outcome_button(view, scene)
    if step == "analysis":
        return _form(view, scene, positive=True)
    return None


def _form(view: StepView, scene: Scene, *, positive: bool) -> Action:
    """The analysis: to fill it in, and afterwards what was decided."""
    data = press("show_analysis", view.case, view.version)
    return el.execute(scene.say, "step.button.form", data, positive=positive)


def step_button(key: str, verb: str, view: StepView, scene: Scene, **how: bool) -> Action:
    data = press(verb, view.case, view.version, step=view.line.step)
    what = scene.say(f"leader.step.{view.line.step}.tooltip")
    return el.execute(scene.say, f"step.button.{key}", data, what=what, **how)


def undo(view: StepView, scene: Scene) -> Action:
    return step_button("undo", "undo_step", view, scene)


def _set_aside(view: StepView, scene: Scene) -> Action | None:
    if skeleton()[view.line.step].closed_by not in SET_ASIDE:
        return None
    read = f"step.reason.{view.reason_read}"
    return _written("set_aside", "reason", "save_reason", "set_step_aside", view, scene, lines=True, help_=read)


def _offer(view: StepView, scene: Scene) -> Action | None:
    if skeleton()[view.line.step].closed_by not in HANDED_OVER or view.line.section == "police":
        return None
    return _written("offer", "to", "save_offer", "offer_step", view, scene, lines=False)


def note(view: StepView, scene: Scene) -> Action:
    return _written("note", "note", "save_note", "note_step", view, scene, lines=True)


def _written(
    key: str, field: str, save: str, verb: str, view: StepView, scene: Scene, *, lines: bool, help_: str = ""
) -> Action:
    """A small card with one field and its button."""
    say = scene.say
    return el.show_card(
        say,
        f"step.button.{key}",
        el.input_text(field, say.plain(f"step.input.{field}"), lines=lines, longest=LONGEST_NOTE),
        el.small(say(help_ or f"step.input.{field}_help"), spacing="None"),
        actions=[step_button(save, verb, view, scene, inputs=True)],
    )


def _postpone(view: StepView, scene: Scene) -> Action:
    """Remind me: four buttons, since most people want one of four."""
    say, data = scene.say, press("postpone_step", view.case, view.version, step=view.line.step)
    choices = [el.execute(say, f"step.remind.{until}", data | {"until": until}) for until in LATER]
    return el.show_card(say, "step.button.remind", el.text(say("step.remind.title")), actions=choices)
