"""Known conduct, as the leader and the affected employee read it: that it is so, and nothing of any other case."""

from collections.abc import Iterator

from cards import elements as el
from cards.elements import Element
from cards.scene import Scene
from casework.views import EmployeeView, LeaderView


def known_conduct(view: LeaderView, scene: Scene) -> Iterator[Element]:
    """What it means for the leader, and what it may say (I3)."""
    if not view.known_conduct or view.closed:
        return
    say = scene.say
    yield el.section(say("recognition.leader.title"), spacing="Medium")
    yield el.text(say("recognition.leader.body"), spacing="None")
    yield el.text(say("recognition.leader.say"))
    yield el.small(say("recognition.leader.legal"))


def not_the_only_one(view: EmployeeView, scene: Scene) -> Iterator[Element]:
    """You are not the only one (I3)."""
    if view.not_the_only_one:
        yield el.text(scene.say("recognition.employee.body"), spacing="Medium")
        yield el.small(scene.say("recognition.employee.usually"), spacing="None")
