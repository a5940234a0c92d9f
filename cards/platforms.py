"""Where it can be reported: the platforms that were told, the others behind a button, and what one has a right to."""

from collections.abc import Iterable, Iterator
from datetime import date

from cards import elements as el
from cards.elements import Action, Element
from cards.scene import Scene
from cards.words import Ready
from casework.platforms import Platform, Right
from casework.views import RungView

OTHERS = "other_platforms"
"""The hidden part of the card."""
NO_PROFILE = "no_profile"
"""Among what a place needs: that it can be reported without a profile there."""


def where_to_report(at: RungView, scene: Scene) -> Iterator[Element]:
    """Links, what each takes, where that is from and whether somebody has checked it."""
    say = scene.say
    told = [platform for platform in scene.guide.platforms if platform.id in at.platforms]
    yield el.section(say("removal.where.title"), spacing="Medium")
    if not told:
        yield el.text(say("removal.where.unknown"), spacing="None")
    for platform in told:
        yield from _platform(platform, scene)
    yield el.action_row(el.toggle(say, "removal.button.others", OTHERS), spacing="Medium")
    others = (platform for platform in scene.guide.platforms if platform.id not in at.platforms)
    yield el.group(*(_short(platform, scene) for platform in others), id=OTHERS, visible=False)
    yield el.section(say("removal.right.title"), spacing="Medium")
    for right in _rights(scene, tried=bool(at.attempts)):
        yield from _right(right, scene)


def _platform(platform: Platform, scene: Scene) -> Iterator[Element]:
    yield el.text(platform.name, bold=True)
    yield el.text(_needs(platform, scene), spacing="None")
    yield _source(platform.source, platform.checked_on, scene)
    yield el.action_row(_open(platform, scene))


def _short(platform: Platform, scene: Scene) -> Element:
    words = [el.text(platform.name, spacing="None", bold=True), el.small(_needs(platform, scene), spacing="None")]
    source = _source(platform.source, platform.checked_on, scene)
    return el.columns(("stretch", [*words, source]), ("auto", [el.action_row(_open(platform, scene), spacing="None")]))


def _needs(platform: Platform, scene: Scene) -> Ready:
    needed = [scene.say(f"removal.needs.{need}") for need in platform.needs if need != NO_PROFILE]
    where = "no_profile" if NO_PROFILE in platform.needs else "needs"
    return scene.say(f"removal.where.{where}", needs=scene.say.listed(needed))


def _source(source: str, checked_on: date | None, scene: Scene) -> Element:
    say = scene.say
    checked = say("guide.fact.checked", day=say.day(checked_on)) if checked_on else say("guide.fact.unchecked")
    return el.small(say("removal.where.source", source=source, checked=checked), spacing="None")


def _open(platform: Platform, scene: Scene) -> Action:
    return el.open_url(scene.say, "removal.button.form", platform.link, name=platform.name)


def _rights(scene: Scene, *, tried: bool) -> Iterable[Right]:
    """What a notice must hold; what one can do about a no, when there has been one to say no to."""
    return (right for right in scene.guide.rights if tried or right.when == "before")


def _right(right: Right, scene: Scene) -> Iterator[Element]:
    yield el.text(scene.say(f"removal.right.{right.id}"))
    yield _source(right.source, right.checked_on, scene)
    if right.link:
        yield el.action_row(el.open_url(scene.say, "removal.button.right", right.link))
