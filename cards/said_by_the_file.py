"""What a file says of itself, beside what its giver has said; and, gently, where the two do not fit."""

from collections.abc import Iterator

from cards import elements as el
from cards.elements import Element
from cards.scene import Scene
from casework.parts import MAIL_FILES
from casework.state.coaching import Capture
from casework.views import CoachView, EvidenceLine
from casework.vocabulary import Certainty


def beside(view: CoachView, scene: Scene) -> Iterator[Element]:
    """Two small lines, and a box only when something does not fit."""
    if view.line is None:
        return
    yield from by_the_file(view.line, scene)
    if view.told.at is not None:
        yield el.small(_told(view.told, scene), spacing="None")
    if view.doubts:
        said = [el.text(scene.say(f"coach.doubt.{doubt}"), spacing="Small") for doubt in view.doubts]
        yield el.emphasis(*said, el.small(scene.say("coach.doubt.gently")))


def by_the_file(line: EvidenceLine, scene: Scene) -> Iterator[Element]:
    """When it was taken and on what; of a mail when it was sent."""
    say, original = scene.say, line.original
    if original is None or not (original.taken_at or line.device):
        return
    at = scene.when(original.taken_at) if original.taken_at else ""
    if line.media_type in MAIL_FILES:
        key = "mailed"
    elif not at:
        key = "device"
    else:
        key = "taken_on" if line.device else "taken"
    yield el.small(say(f"coach.file.{key}", at=at, device=line.device), spacing="Small")


def _told(told: Capture, scene: Scene) -> str:
    at = scene.began(told.at, told.certainty or Certainty.DATE_ONLY)
    if told.device is None:
        return scene.say("coach.file.told", at=at)
    return scene.say("coach.file.told_on", at=at, device=scene.say(f"choices.capture_device.{told.device}"))
