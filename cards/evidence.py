"""The evidence coach: what is saved, what can be seen, what is still missing, and how to save it. H12, B1; never a
demand (D3). Værn never looks at the pictures: a ✓ comes from what the person says they show.
"""

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.scene import Scene
from cards.verbs import press
from casework.views import DraftView, EvidenceLine
from casework.vocabulary import CaseId, ItemKind, Medium, Shows

DEVICES = ("computer", "iphone", "android", "sms", "mail", "video")
MAIL_FILES = ("message/rfc822", "application/vnd.ms-outlook")


def coach(view: DraftView, scene: Scene) -> list[Element | None]:
    """The part of form 4 about evidence."""
    say = scene.say
    count = say.count("common.evidence.saved", len(view.evidence)) if view.evidence else None
    return [
        el.section(say("evidence.title")),
        el.small(say("evidence.intro"), spacing="None"),
        el.text(count, bold=True) if count else None,
        *(el.row(state != "missing", say(f"evidence.item.{item}"), _word(item, state, scene))
          for item, state in secured(view)),
        el.emphasis(
            el.text(say("evidence.enough_title"), spacing="None", bold=True),
            el.text(say("evidence.enough"), spacing="None"),
        ),
    ]  # fmt: skip


def _word(item: str, state: str, scene: Scene) -> str:
    key = "scrolled_missing" if (item, state) == ("scrolled", "missing") else state
    return scene.say(f"evidence.state.{key}")


def secured(view: DraftView) -> list[tuple[str, str]]:
    """Item → saved, visible or missing, as far as the person has told."""
    shown = {seen for line in view.evidence for seen in line.shows}
    states = {
        "screenshot": "visible" if Shows.WHOLE_POST in shown else "saved" if _pictures(view) else "missing",
        "scrolled": "visible" if Shows.SCROLLED_PART in shown else "missing",
        "link": "saved" if view.links.strip() else "missing",
        "sender": "visible" if Shows.SENDER in shown else "saved" if view.identifier.strip() else "missing",
        "time": "visible" if Shows.TIME in shown else "missing",
    }
    if {Medium.MAIL, Medium.SMS_OR_CALL} & set(view.media):
        states["original"] = "saved" if any(_is_mail(line) for line in view.evidence) else "missing"
    return list(states.items())


def _pictures(view: DraftView) -> bool:
    return any(line.media_type.startswith(("image/", "video/")) for line in view.evidence)


def _is_mail(line: EvidenceLine) -> bool:
    return line.media_type in MAIL_FILES


def show_how(scene: Scene) -> Action:
    """[Vis hvordan]: the devices, a button each."""
    title = el.text(scene.say("evidence.choose_device.title"), bold=True)
    return el.show_card(scene.say, "evidence.show_how", title, actions=_device_buttons(scene))


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


def received(case: CaseId, line: EvidenceLine, scene: Scene, *, waiting: str = "") -> Card:
    """The receipt of one piece, with the question what it shows; answered, it says what was answered.

    `waiting`: the form of the report that stands above it, where what is typed is not sent yet; or its last page.
    """
    say = scene.say
    title = say("evidence.received.title")
    told = say("evidence.received.described", what=say.listed([say(f"choices.shows.{s}").lower() for s in line.shows]))
    asking, saving = _what_it_shows(case, line, scene)
    again = el.show_card(say, "evidence.again", *asking, actions=[saving])
    return el.card(
        say,
        say("common.line"),
        el.heading(title),
        *_what_came(line, scene),
        *([el.text(told)] if line.shows else asking),
        el.small(say("evidence.received.onedrive"), spacing="Medium") if line.kind is ItemKind.FILE else None,
        _waits(waiting, scene),
        actions=[again if line.shows else saving],
    )


def _waits(form: str, scene: Scene) -> Element | None:
    """The way on: never past fields that may hold something."""
    if not form:
        return None
    key = "evidence.received.page_waits" if form == "review" else "evidence.received.form_waits"
    return el.small(scene.say(key), spacing="Small")


def _what_it_shows(case: CaseId, line: EvidenceLine, scene: Scene) -> tuple[list[Element], Action]:
    say = scene.say
    choices = [(say.plain(f"choices.shows.{seen}"), str(seen)) for seen in Shows]
    saving = el.submit(say, "evidence.describe", press("describe_evidence", case, item=line.item), inputs=True)
    return [
        el.multi_choice("shows", say.plain("evidence.received.shows"), choices, value=line.shows),
        el.small(say("evidence.received.hint"), spacing="Small"),
    ], saving


def _what_came(line: EvidenceLine, scene: Scene) -> list[Element]:
    """The file by the name its giver knows it by, and when it came."""
    say, at = scene.say, scene.when(line.received_at)
    if line.kind is ItemKind.TEXT:
        return [el.text(say("evidence.received.text", at=at))]
    came = say("evidence.received.line", at=at, size=say.size(line.size))
    return [el.quote(line.name or say.plain("refused.the_file"), spacing="Small"), el.text(came, spacing="None")]
