"""A colleague documents instead: their card, and how they are asked. They see what they add, and nothing else."""

from collections.abc import Iterable, Iterator

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.evidence import how_buttons
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.state.documenting import Documents
from casework.views import DocumenterLine, DocumenterView
from casework.vocabulary import CaseId

MOST_ASKED = 3


def documenter_card(view: DocumenterView, scene: Scene) -> Card:
    """The colleague's own."""
    say, name = scene.say, scene.name(view.asked_by)
    if view.state is not Documents.ASKED:
        over = el.text(say(f"documenting.card.{view.state}", name=name))
        return el.card(say, say("common.line"), el.heading(say("documenting.card.over")), over)
    add = el.execute(say, "employee.add", press("add_evidence", view.case, view.version), positive=True)
    no = el.execute(say, "documenting.decline", press("decline_documenting", view.case, view.version))
    return el.card(
        say,
        say("common.line"),
        el.heading(say("documenting.card.title", name=name)),
        el.text(say("documenting.card.body")),
        *_said(view, name, scene),
        el.text(say("documenting.card.only"), spacing="Medium"),
        _given(view, scene),
        el.small(say("documenting.card.kept"), spacing="Medium"),
        actions=[add, *how_buttons(scene), no],
    )


def _said(view: DocumenterView, name: str, scene: Scene) -> Iterator[Element]:
    if view.words:
        yield el.small(scene.say("documenting.card.said", name=name), spacing="Medium")
        yield el.quote(view.words)


def _given(view: DocumenterView, scene: Scene) -> Element | None:
    if not view.evidence:
        return None
    saved = scene.say.count("common.evidence.saved", len(view.evidence))
    return el.text(scene.say("documenting.card.given", what=saved))


# -- whoever asked -----------------------------------------------------------------------------------------------------


def documenter_rows(lines: Iterable[DocumenterLine], scene: Scene) -> Iterator[Element]:
    """Who was asked, and what came in."""
    for line in lines:
        word = scene.say(f"documenting.row.{line.state}", at=scene.when(line.since), sent=_sent(line, scene))
        yield el.row(line.state is not Documents.DECLINED, scene.full_name(line.person), word)


def _sent(line: DocumenterLine, scene: Scene) -> Ready:
    say, pieces = scene.say, line.pieces
    return say.count("documenting.sent.some", pieces) if pieces else say("documenting.sent.nothing")


def ask_button(case: CaseId, lines: Iterable[DocumenterLine], scene: Scene) -> Action:
    """[Bed en kollega]: a name, and what and where; and the end of it for those who were asked."""
    say, ends = scene.say, _end_buttons(case, lines, scene)
    return el.show_card(
        say,
        "documenting.ask",
        el.text(say("documenting.ask.title"), bold=True),
        *_fields("", scene),
        el.text(say("documenting.end.body"), spacing="Medium") if ends else None,
        actions=[_send(case, scene), *ends],
    )


def ask_card(case: CaseId, name: str, scene: Scene) -> Card:
    """The same as a card of its own, for somebody who typed whom they want to ask: nothing is sent yet."""
    say = scene.say
    return el.card(
        say,
        say("common.case_line", case=case),
        el.heading(say("documenting.ask.title")),
        *_fields(name, scene),
        actions=[_send(case, scene)],
    )


def _fields(name: str, scene: Scene) -> Iterator[Element]:
    say = scene.say
    yield el.text(say("documenting.ask.body"))
    yield el.input_text("documenter", say.plain("documenting.ask.person"), value=name)
    yield el.input_text("words", say.plain("documenting.ask.words"), lines=True)


def _send(case: CaseId, scene: Scene) -> Action:
    return el.execute(scene.say, "documenting.send", press("ask_documenter", case), inputs=True)


def _end_buttons(case: CaseId, lines: Iterable[DocumenterLine], scene: Scene) -> list[Action]:
    """One for everybody who still documents. A name that is too long for it stands whole in what the button says."""
    room = el.LONGEST_TITLE - len(scene.say.plain("documenting.end.button", name=""))
    asked = [line for line in lines if line.state is Documents.ASKED][:MOST_ASKED]
    return [
        el.execute(
            scene.say,
            "documenting.end",
            press("end_documenting", case, person=line.person),
            name=scene.name(line.person)[:room],
        )
        for line in asked
    ]
