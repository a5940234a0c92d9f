"""The 72 hours on the employee's own card: what still runs stands first, what is over is named."""

from cards import elements as el
from cards.elements import Element
from cards.form_when import counted_from
from cards.scene import Scene
from cards.words import Ready
from casework.views import Deadline, EmployeeView

MOST_EPISODES = 3
"""Episodes with a line of their own in the box; the rest are counted."""
STILL_RUNNING = "still_running"
"""The headline when one episode's time is over and another's is not."""


def on_top(view: EmployeeView, scene: Scene) -> Element | None:
    """The box right under the headline that is about it."""
    return _deadlines(view, scene) if view.headline == STILL_RUNNING else None


def further_down(view: EmployeeView, scene: Scene) -> Element | None:
    return None if view.headline == STILL_RUNNING else _deadlines(view, scene)


def happens_now(view: EmployeeView, scene: Scene) -> Ready:
    """What the headline means for the reader; of an episode that is over, which one it is."""
    say = scene.say
    if view.headline != STILL_RUNNING:
        leader, at = scene.name(view.leader), scene.when(view.headline_at)
        return say(f"employee.now.{view.headline}", leader=leader, at=at)
    over = [line for line in view.deadlines if line.passed and not line.reported]
    began = scene.began(over[-1].began_at, over[-1].certainty) if over else ""
    return say.count("employee.now.still_running", len(over), at=began)


def _deadlines(view: EmployeeView, scene: Scene) -> Element | None:
    """Those that still run, the earliest first, then the open ones that are over. The others have an outcome below."""
    shown = (line for line in view.deadlines if line.open or line.running)
    still = sorted(shown, key=lambda line: (line.passed, line.until))
    if view.closed or not still:
        return None
    say, rest = scene.say, len(still) - MOST_EPISODES
    items = [item for line in still[:MOST_EPISODES] for item in _deadline(line, len(view.deadlines) > 1, scene)]
    return el.emphasis(
        el.small(say("common.deadline_title"), spacing="None"),
        *items,
        el.small(say.count("employee.deadline.more", rest)) if rest > 0 else None,
        _passed(still, scene),
        None if still[0].passed else el.text(say("employee.deadline.safe")),
    )


def _passed(still: list[Deadline], scene: Scene) -> Element | None:
    """What still holds when the 72 hours of all, or of some, are gone. L5."""
    if not any(line.passed for line in still):
        return None
    every = all(line.passed for line in still)
    return el.text(scene.say("employee.deadline.passed" if every else "employee.deadline.passed_some"))


def _deadline(line: Deadline, several: bool, scene: Scene) -> list[Element]:
    say = scene.say
    began = el.small(say("employee.deadline.began", at=scene.began(line.began_at, line.certainty)), spacing="Small")
    if line.passed:
        return [began]
    until = el.text(say("common.deadline", until=say.until(line.until, scene.now)), spacing="None", bold=True)
    counted = counted_from(line.began_at, line.certainty, scene)
    return el.present((began if several and counted is None else None, until, counted))
