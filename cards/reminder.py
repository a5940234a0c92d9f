"""Messages about what is due, by what they are about and who reads them. A deadline is information, no alarm."""

from collections.abc import Callable, Mapping

from cards import elements as el
from cards.closing import everything_done, no_answer_needed
from cards.countdown import case_button, passed_card, to_step, to_the_employee, to_the_leader
from cards.elements import Action, Card
from cards.plan import case_line, title
from cards.scene import Scene
from cards.unanswered import no_answer
from cards.words import Ready
from cards.workplace_reminder import workplace_reminder
from casework.safetynet import NEW
from casework.views import ReminderView
from casework.vocabulary import StepId

WITHIN_HOURS = ("12", "6", "2")
WORKPLACE = ("risk_follow_up", "contact_ends", "debriefing_ahead", "debriefing_held")
SAFETYNET = StepId("safetynet")
SAFETYNET_DAYS = ("safetynet_3", "safetynet_7", "safetynet_12", "safetynet_14", NEW)


def reminder_card(view: ReminderView, scene: Scene) -> Card:
    """One reminder, by what it is about and who reads it."""
    drawn = DRAWN.get(_kind(view))
    if drawn is not None:
        return drawn(view, scene)
    return to_the_employee(view, scene) if view.to == "affected_employee" else to_the_leader(view, scene)


def _kind(view: ReminderView) -> str:
    return view.kind.removeprefix("police_")


def summary(view: ReminderView, scene: Scene) -> str:
    """What a lock screen may say: never a name, never what it is about."""
    say, kind = scene.say, _kind(view)
    if view.to == "affected_employee":
        news = kind in ("passed", "contact_ends")
        return say.plain("common.summary.new" if news else "common.summary.question")
    if kind in WITHIN_HOURS and view.deadline:
        return say.plain("reminder.summary.before", clock=say.clock(view.deadline.until))
    if kind in ("48", "24"):
        return say.plain("reminder.summary.today")
    return say.plain("common.summary.new" if kind == "passed" else "reminder.summary.step")


# -- steps -----------------------------------------------------------------------------------------------------------


def _safetynet(view: ReminderView, scene: Scene) -> Card:
    """To the leader, or to whoever took it: it is not reported yet. The group's own card says it to the group."""
    return el.card(
        scene.say,
        case_line(view.case, scene),
        el.heading(scene.say("reminder.safetynet.title")),
        el.text(_safetynet_words(view, scene)),
        actions=_step_buttons(view, scene),
    )


def _safetynet_words(view: ReminderView, scene: Scene) -> Ready:
    if view.kind == NEW:
        return scene.say("reminder.safetynet.new")
    return scene.say("reminder.safetynet.leader" if view.to == "leader" else "reminder.safetynet.companion")


def _step_buttons(view: ReminderView, scene: Scene) -> list[Action | None]:
    """Straight to the step; the leader also to the case."""
    step = view.step.step if view.step else SAFETYNET
    to_case = case_button(view, scene) if view.to == "leader" else None
    return [to_step(view, step, "open", scene, positive=True), to_case]


def _step(view: ReminderView, scene: Scene) -> Card:
    """One asked to be reminded of, or one that nobody has answered."""
    say, line = scene.say, view.step
    key = "offered" if _kind(view) == "offered" else "postponed"
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(title(line.step, scene) if line else say("leader.case.next")),
        el.text(say(f"reminder.step.{key}", name=scene.full_name(line.offered_to if line else None))),
        actions=_step_buttons(view, scene) if line else [case_button(view, scene, positive=True)],
    )


DRAWN: Mapping[str, Callable[[ReminderView, Scene], Card]] = {
    "closing": no_answer_needed,
    "may_close": everything_done,
    "unanswered": no_answer,
    "passed": passed_card,
    **dict.fromkeys(SAFETYNET_DAYS, _safetynet),
    **dict.fromkeys(("postponed", "offered"), _step),
    **dict.fromkeys(WORKPLACE, workplace_reminder),
}
"""Kind → who draws it; the hours before the deadline are drawn by who reads them."""
