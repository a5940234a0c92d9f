"""Reminders of what is agreed at the workplace. No name, no content: those stand on the step."""

from cards import elements as el
from cards.countdown import case_button, to_step
from cards.elements import Card
from cards.plan import case_line, title
from cards.scene import Scene
from cards.verbs import press
from casework.views import ReminderView


def workplace_reminder(view: ReminderView, scene: Scene) -> Card:
    """To the leader, straight to the step; to the one something is agreed with, that it ends."""
    return _own(view, scene) if view.to == "affected_employee" else _leaders(view, scene)


def _leaders(view: ReminderView, scene: Scene) -> Card:
    say = scene.say
    at = scene.when(view.moment) if view.moment else ""
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(title(view.step.step, scene)) if view.step else None,
        el.text(say(f"workplace.reminder.{view.kind}", at=at)),
        actions=[
            to_step(view, view.step.step, "open", scene, positive=True) if view.step else None,
            case_button(view, scene),
        ],
    )


def _own(view: ReminderView, scene: Scene) -> Card:
    say, leader = scene.say, scene.name(view.leader)
    write = press("write_in_case", view.case, view.version)
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("workplace.reminder.contact_ends_title")),
        el.text(say("workplace.reminder.contact_ends_mine", leader=leader)),
        actions=[el.execute(say, "workplace.reminder.write", write, leader=leader), case_button(view, scene)],
    )
