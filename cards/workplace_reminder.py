"""Reminders of what is agreed at the workplace. No name, no content: those stand on the step."""

from cards import elements as el
from cards.countdown import case_button, to_step
from cards.elements import Card
from cards.plan import case_line, title
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.calendar import local
from casework.views import ReminderView


def workplace_reminder(view: ReminderView, scene: Scene) -> Card:
    """To the leader, straight to the step; to the one something is agreed with, that it ends."""
    return _own(view, scene) if view.to == "affected_employee" else _leaders(view, scene)


def _leaders(view: ReminderView, scene: Scene) -> Card:
    say = scene.say
    at = _at(view, scene)
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(title(view.step.step, scene)) if view.step else None,
        el.text(say(f"workplace.reminder.{view.kind}{_late(view, scene)}", at=at)),
        actions=[
            to_step(view, view.step.step, "open", scene, positive=True) if view.step else None,
            case_button(view, scene),
        ],
    )


def _own(view: ReminderView, scene: Scene) -> Card:
    say, leader, late = scene.say, scene.name(view.leader), _late(view, scene)
    write = press("write_in_case", view.case, view.version)
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say(f"workplace.reminder.contact_ends{late}_title")),
        el.text(say(f"workplace.reminder.contact_ends{late}_mine", leader=leader, at=_at(view, scene))),
        actions=[el.execute(say, "workplace.reminder.write", write, leader=leader), case_button(view, scene)],
    )


def _at(view: ReminderView, scene: Scene) -> Ready | str:
    """A debriefing has its hour; the others are a day's."""
    if view.moment is None:
        return ""
    return scene.when(view.moment) if view.kind.startswith("debriefing") else scene.say.day(view.moment, scene.now)


def _late(view: ReminderView, scene: Scene) -> str:
    """For what is said of a day that is over: then nothing is "today"."""
    of_a_day = view.kind in ("risk_follow_up", "contact_ends") and view.moment is not None
    return "_late" if of_a_day and local(view.moment).date() < local(scene.now).date() else ""
