"""Evidence as it is sent: the receipt, the question what it shows, and how to save it step by step. H12, B1.

Værn never looks at the pictures: a ✓ comes from what the person says they show.
"""

from collections.abc import Sequence

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.scene import Scene
from cards.verbs import press
from casework.views import EvidenceLine
from casework.vocabulary import CaseId, ItemId, ItemKind, Shows

Asked = tuple[Sequence[Element | None], Sequence[Action | None]]
"""What is asked, and its answers."""
NOTHING_MORE: Asked = ((), ())
DEVICES = ("computer", "iphone", "android", "sms", "mail", "video")
HELD = frozenset({"computer", "iphone", "android"})
"""Devices somebody has in their hand, and goes on with: remembered for them."""


def how_buttons(scene: Scene, about: str = "") -> list[Action]:
    """[Vis hvordan] on the device the reader has in hand, and [Anden enhed]; as long as none is known, all of them.

    `about`: what it is about says how, whatever they have in their hand.
    """
    known = about or scene.device
    if not known:
        return [_choose("evidence.show_how", scene)]
    name = scene.say.plain(f"choices.device.{known}")
    how_to = el.submit(scene.say, "coach.how", press("report_how", device=known), device=name)
    return [how_to, _choose("coach.other_device", scene, but=known)]


def _choose(key: str, scene: Scene, but: str = "") -> Action:
    """The devices, a button each."""
    title = el.text(scene.say("evidence.choose_device.title"), bold=True)
    return el.show_card(scene.say, key, title, actions=_device_buttons(scene, but))


def _device_buttons(scene: Scene, but: str = "") -> list[Action]:
    names = {device: scene.say.plain(f"choices.device.{device}") for device in DEVICES if device != but}
    return [
        el.submit(scene.say, "evidence.device", press("report_how", device=device), device=name)
        for device, name in names.items()
    ]


def how(device: str, scene: Scene) -> Card:
    """Step by step on one device, as a message of its own that can be kept open. KeyError: no such device."""
    say = scene.say
    return el.card(
        say,
        say("common.line"),
        el.heading(say(f"evidence.how.{device}.title")),
        *el.numbered(say(f"evidence.how.{device}.steps")),
        el.small(say("evidence.how.alone"), spacing="Medium"),
        el.emphasis(
            el.text(say("evidence.enough_title"), spacing="None", bold=True),
            el.text(say("evidence.enough"), spacing="None"),
        ),
        actions=_device_buttons(scene, but=device),
    )


def received(
    case: CaseId,
    line: EvidenceLine,
    scene: Scene,
    *,
    waiting: str = "",
    more: Asked = NOTHING_MORE,
    quiet: bool = False,
    file: Sequence[Element] = (),
) -> Card:
    """The receipt of one piece, with the question what it shows; answered, it says what was answered.

    `waiting`: the form of the report that stands above it, where what is typed is not sent yet; or its last page.
    `more`: what the coach asks next. `quiet`: another receipt of the same message asks, so this one does not.
    `file`: what the file says of itself.
    """
    say = scene.say
    told = say("evidence.received.described", what=say.listed([say(f"choices.shows.{s}").lower() for s in line.shows]))
    asking, saving = what_it_shows(case, line.item, line.shows, scene)
    folded = el.show_card(say, "evidence.again" if line.shows else "evidence.say", *asking, actions=[saving])
    asks = not (line.shows or quiet or any(more))
    return el.card(
        say,
        say("common.line"),
        el.heading(say("evidence.received.title")),
        *what_came(line, scene),
        *file,
        el.text(told) if line.shows else None,
        *(asking if asks else more[0]),
        el.small(say("evidence.received.onedrive"), spacing="Medium") if line.kind is ItemKind.FILE else None,
        _waits(waiting, scene),
        actions=[saving] if asks else [*more[1], folded],
    )


def _waits(form: str, scene: Scene) -> Element | None:
    """The way on: never past fields that may hold something."""
    if not form:
        return None
    key = "evidence.received.page_waits" if form == "review" else "evidence.received.form_waits"
    return el.small(scene.say(key), spacing="Small")


def what_it_shows(case: CaseId, item: ItemId, shows: Sequence[Shows], scene: Scene) -> tuple[list[Element], Action]:
    """The choices, and the button that takes them along."""
    say = scene.say
    choices = [(say.plain(f"choices.shows.{seen}"), str(seen)) for seen in Shows]
    saving = el.submit(say, "evidence.describe", press("describe_evidence", case, item=item), inputs=True)
    return [
        el.multi_choice("shows", say.plain("evidence.received.shows"), choices, value=shows),
        el.small(say("evidence.received.hint"), spacing="Small"),
    ], saving


def what_came(line: EvidenceLine, scene: Scene) -> list[Element]:
    """The file by the name its giver knows it by, and when it came."""
    say, at = scene.say, scene.when(line.received_at)
    if line.kind is ItemKind.TEXT:
        return [el.text(say("evidence.received.text", at=at))]
    came = say("evidence.received.line", at=at, size=say.size(line.size))
    return [el.quote(line.name or say.plain("refused.the_file"), spacing="Small"), el.text(came, spacing="None")]
