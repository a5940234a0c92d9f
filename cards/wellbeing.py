"""A check-in: the guide's symptoms named, help and own doctor, a call. No field and no question. H2, H3, H5."""

from cards import elements as el
from cards.elements import Action, Card
from cards.plan import case_line
from cards.report import contacts
from cards.scene import Scene
from cards.verbs import press
from casework.views import CheckInView


def check_in_card(view: CheckInView, scene: Scene) -> Card:
    """Day 1, 7 or 21; or, switched off or on, what comes now."""
    if view.off or not view.day:
        return _switched(view, scene)
    say = scene.say
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("wellbeing.title")),
        el.text(say("wellbeing.symptoms")),
        el.text(say("wellbeing.doctor_lasts" if view.lasts else "wellbeing.doctor")),
        el.section(say("wellbeing.contacts"), spacing="Medium"),
        *contacts(scene),
        el.text(say("wellbeing.call"), spacing="Medium"),
        el.small(say("wellbeing.kept"), spacing="Medium"),
        actions=[_call(view, scene), _switch("off", view, scene)],
    )


def _switched(view: CheckInView, scene: Scene) -> Card:
    say, now = scene.say, "off" if view.off else "on"
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say(f"wellbeing.{now}.title")),
        el.text(say(f"wellbeing.{now}.body")),
        el.section(say("wellbeing.contacts"), spacing="Medium"),
        *contacts(scene),
        actions=[_call(view, scene), _switch("on" if view.off else "off", view, scene)],
    )


def _call(view: CheckInView, scene: Scene) -> Action:
    return el.execute(scene.say, "employee.call", press("call_me", view.case, view.version))


def _switch(to: str, view: CheckInView, scene: Scene) -> Action:
    return el.execute(scene.say, f"wellbeing.switch_{to}", press(f"check_ins_{to}", view.case, view.version))
