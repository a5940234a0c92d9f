"""Somebody waits for whoever has the case to answer: what each of the two is told of it, and until when."""

from collections.abc import Iterator

from cards import elements as el
from cards.elements import Element
from cards.plan import title
from cards.scene import Scene
from casework.views import EmployeeView, LeaderView


def goes_on(view: EmployeeView, scene: Scene) -> Element | None:
    """That another is asked when nothing has come, and when: nobody need wonder whether it was forgotten."""
    if view.goes_on_at is None or view.closed:
        return None
    return el.text(scene.say("waiting.employee", name=scene.full_name(view.leader), at=scene.when(view.goes_on_at)))


def left(view: LeaderView, scene: Scene) -> Iterator[Element]:
    """Somebody is not there any more: what they had is the reader's again, and whose answer will not come."""
    for step in () if view.closed else view.given_back:
        yield el.emphasis(el.text(scene.say("waiting.left.step", step=title(step, scene)), spacing="None"))
    if view.unanswerable and not view.closed:
        yield el.emphasis(el.text(scene.say("waiting.left.question"), spacing="None"))


def waits(view: LeaderView, scene: Scene) -> Element | None:
    """To whoever has not answered: that somebody waits, and until when it is theirs to answer."""
    if not view.nudged or view.closed:
        return None
    if view.goes_on_at is None:
        return el.text(scene.say("waiting.leader.line"))
    return el.text(scene.say("waiting.leader.until", at=scene.when(view.goes_on_at)))
