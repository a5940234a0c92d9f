"""What is saved: the list without its content, and the content itself when somebody has asked to see it."""

from collections.abc import Iterator
from dataclasses import dataclass

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.plan import case_button, case_line
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.views import ContentView, EvidenceLine, LeaderView
from casework.vocabulary import ItemKind, Shows

ACCOUNT = "account"
"""Stands for all that was told in own words where a button opens an item."""
MAIL = ("message/rfc822", "application/vnd.ms-outlook")
MOST_BESIDE = 10
"""Pieces with their button beside them; of more, buttons stand together below every six: the card stays small."""
MOST_SHOWN = 28
"""Pieces on the card, the newest; the others are counted."""


def what(kind: ItemKind, media_type: str, scene: Scene) -> Ready:
    """The kind of evidence in one word, by the file's type."""
    return scene.say(f"common.evidence.{_kind(kind, media_type)}")


def named(piece: EvidenceLine, scene: Scene) -> Ready:
    """A piece by its kind, number and time."""
    at = scene.when(piece.received_at)
    return scene.say("common.evidence.line", what=what(piece.kind, piece.media_type, scene), number=piece.number, at=at)


def _kind(kind: ItemKind, media_type: str) -> str:
    if kind is ItemKind.TEXT or media_type.startswith("text/"):
        return "text"
    if media_type in MAIL:
        return "mail"
    major = media_type.partition("/")[0]
    return {"image": "picture", "video": "video", "audio": "sound"}.get(major, "document")


# -- the list --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Evidence:
    """Says that the leader asked for the list of what is saved in this case."""

    view: LeaderView


def evidence_list(evidence: Evidence, scene: Scene) -> Card:
    """Evidence by number and time; [Vis] shows the content, and whoever gave it can see that."""
    say, view = scene.say, evidence.view
    nothing = not view.evidence and not view.has_account
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("leader.evidence.title")),
        el.text(say("leader.evidence.none" if nothing else "leader.evidence.intro")),
        _account(view, scene) if view.has_account else None,
        *_lines(view, scene),
        _rest(view, scene),
        actions=[None if nothing else paper_button(view, scene), for_others(view, scene), case_button(view, scene)],
    )


def paper_button(view: LeaderView, scene: Scene) -> Action:
    """Everything as a PDF, to hand on or print."""
    return el.execute(scene.say, "documentation.get", press("make_documentation", view.case, view.version))


def for_others(view: LeaderView, scene: Scene) -> Action:
    """To what is put together for the police and others."""
    return el.execute(scene.say, "packages.open", press("show_packages", view.case, view.version))


def _account(view: LeaderView, scene: Scene) -> Element:
    data = press("open_item", view.case, view.version, item=ACCOUNT)
    button = el.execute(scene.say, "leader.button.show_account", data)
    return _beside(button, [el.text(scene.say("leader.evidence.account"), spacing="None")])


def _lines(view: LeaderView, scene: Scene) -> Iterator[Element]:
    pieces = view.evidence[-MOST_SHOWN:]
    if len(pieces) <= MOST_BESIDE:
        yield from (_beside(_show(piece, view, scene), list(_words(piece, scene))) for piece in pieces)
        return
    for start in range(0, len(pieces), el.MOST_ACTIONS):
        together = pieces[start : start + el.MOST_ACTIONS]
        yield el.group(*(part for piece in together for part in _words(piece, scene)), spacing="Medium")
        yield el.action_row(*(_show(piece, view, scene) for piece in together))


def _show(piece: EvidenceLine, view: LeaderView, scene: Scene) -> Action:
    data = press("open_item", view.case, view.version, item=piece.item)
    return el.execute(scene.say, "leader.button.show", data, number=piece.number)


def _words(piece: EvidenceLine, scene: Scene) -> Iterator[Element]:
    """Its number, kind and time, and what somebody has said that it shows."""
    yield el.text(named(piece, scene), spacing="None")
    yield el.small(_details(piece, scene), spacing="None")


def _details(line: EvidenceLine, scene: Scene) -> Ready:
    say = scene.say
    seen = [say(f"choices.shows.{shown}") for shown in line.shows if shown is not Shows.UNKNOWN]
    if seen:
        return say("leader.evidence.shows", size=say.size(line.size), what=Ready(", ".join(seen)))
    return say.size(line.size)


def _beside(button: Action, words: list[Element]) -> Element:
    return el.columns(("stretch", words), ("auto", [el.action_row(button, spacing="None")]), spacing="Medium")


def _rest(view: LeaderView, scene: Scene) -> Element | None:
    """Older than the thirty latest: still counted."""
    rest = len(view.evidence) - MOST_SHOWN
    return el.small(scene.say.count("common.more", rest)) if rest > 0 else None


# -- the content -----------------------------------------------------------------------------------------------------


def content(view: ContentView, scene: Scene) -> Card:
    """One piece of evidence, or the person's own words, unchanged."""
    say = scene.say
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(_title(view, scene)),
        el.small(
            say("call.content.received", time=scene.when(view.received_at), name=scene.full_name(view.given_by)),
            spacing="None",
        ),
        *_shown(view, scene),
        el.small(say("call.content.fingerprint", sha256=view.sha256)) if view.sha256 else None,
        el.small(say("call.content.alone")),
    )


def _title(view: ContentView, scene: Scene) -> Ready:
    if view.title_number is None:
        return scene.say("call.content.account")
    return scene.say("call.content.title", number=view.title_number)


def _shown(view: ContentView, scene: Scene) -> Iterator[Element]:
    if view.picture:
        spoken = scene.say.plain("call.content.picture", number=view.title_number)
        yield {"type": "Image", "url": view.picture, "altText": spoken, "size": "Stretch", "spacing": "Medium"}
    if view.text:
        yield el.quote(view.text, spacing="Medium")
    if not view.picture and not view.text:
        yield el.text(scene.say("call.content.file"))
        if view.had:
            yield el.text(scene.say(f"call.content.had.{view.had}"))
