"""What the guide mentions beside what was told: for the leader's talk with the legal staff, and never a verdict.

L2, L3, L6, L8.
"""

from collections.abc import Iterator

from cards import elements as el
from cards.elements import Element
from cards.scene import Scene
from casework.views import StepView
from casework.vocabulary import Form, Recorded


def orientation(view: StepView, scene: Scene) -> Iterator[Element]:
    """A line for each form that was chosen; and always that it is assessed, and what it is all the same."""
    say = scene.say
    yield el.section(say("orientation.title"), spacing="Medium")
    yield from (el.small(say(f"orientation.{form}")) for form in Form if form in view.forms and form is not Form.OTHER)
    if view.recorded is Recorded.SOUND:
        yield el.small(say("orientation.sound"))
    yield el.small(say("orientation.assessed"))
    yield el.small(say("orientation.still"))
