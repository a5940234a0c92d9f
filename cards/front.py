"""What anybody meets outside a case: the welcome, help, their cases, who is to ring, and what they have given."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.former import call_box, nobody_yet
from cards.guide import TOPICS, guide, guide_topic
from cards.mine import my_cases, way
from cards.report import contacts, delete, urgent
from cards.scene import Scene
from cards.verbs import press
from casework.views import CallView, CaseLine
from casework.vocabulary import PersonId

__all__ = ["TOPICS", "call_asked", "call_chooser", "guide", "guide_topic", "help", "help_in_a_case", "kept", "my_cases",
           "welcome"]  # fmt: skip

HELP = ("start", "continue", "stop", "call", "cases", "guide", "language")
IN_A_CASE = (
    "seen", "plan", "open", "done", "set_aside", "note", "remind", "offer", "undo", "ask", "reported", "evidence",
)  # fmt: skip
"""Typed words for what the buttons of a leader's cards do."""
MOST_SHOWN = 30
"""Pieces of evidence on one card, the newest."""


def welcome(draft: CaseLine | None, has_cases: bool, scene: Scene, *, switched: bool = False) -> Card:
    """The first thing anybody meets. A draft that waits comes first. `switched`: the language was."""
    say = scene.say
    return el.card(
        say,
        say("common.line"),
        el.text(say("welcome.switched.new"), bold=True) if switched else None,
        el.heading(say("welcome.title")),
        *(_draft(draft, scene) if draft else [el.text(say("welcome.body"), spacing="Medium")]),
        el.text(say("welcome.private"), bold=True),
        el.small(say("welcome.danger"), spacing="Medium"),
        actions=_waiting(draft, scene) if draft else _ways_in(has_cases, scene),
    )


def _draft(draft: CaseLine, scene: Scene) -> list[Element | None]:
    say = scene.say
    return [el.text(say("welcome.draft", day=scene.when(draft.at)), spacing="Medium"), _runs(draft, scene)]


def _runs(draft: CaseLine, scene: Scene) -> Element | None:
    say, until = scene.say, draft.deadline
    if until is None:
        return None
    if until <= scene.now:
        return el.text(say("welcome.draft_passed"))
    left = say.hours_left(until, scene.now)
    return el.text(say("welcome.draft_deadline", until=say.until(until, scene.now), left=left))


def _ways_in(has_cases: bool, scene: Scene) -> list[Action | None]:
    return [
        way("start", "start_report", scene, positive=True),
        way("call", "call_me", scene),
        way("cases", "my_cases", scene) if has_cases else None,
        way("guide", "guide", scene),
        _language(scene),
    ]


def _language(scene: Scene) -> Action:
    return way("language", "language", scene, language="en" if scene.say.language == "da" else "da")


def _waiting(draft: CaseLine, scene: Scene) -> list[Action]:
    go_on = el.execute(scene.say, "welcome.continue", press("continue_draft", draft.case), positive=True)
    over, gone = delete(draft.case, scene, key="over"), delete(draft.case, scene)
    return [go_on, over, gone, way("call", "call_me", scene), way("guide", "guide", scene), _language(scene)]


def kept(draft: CaseLine | None, scene: Scene) -> Card:
    """Words or files from somebody who is in no dialog: kept as the beginning of the account."""
    say = scene.say
    ways = [way("call", "call_me", scene), way("cases", "my_cases", scene), way("guide", "guide", scene)]
    return el.card(
        say,
        say("common.line"),
        el.heading(say("welcome.unknown.title")),
        el.text(say("welcome.unknown.kept" if draft else "welcome.unknown.not_kept")),
        *urgent(scene),
        actions=[way("start", "start_report", scene, positive=True), *ways],
    )


def help(scene: Scene, *more: Element) -> Card:
    """The words one can type, and whom to ring."""
    say = scene.say
    return el.card(
        say,
        say("common.line"),
        el.heading(say("welcome.help.title")),
        el.text(say("welcome.help.body")),
        *(el.text(say(f"welcome.help.{word}"), spacing="Small" if n else "Medium") for n, word in enumerate(HELP)),
        *more,
        el.section(say("welcome.help.urgent")),
        *contacts(scene),
        el.small(say("welcome.danger"), spacing="Medium"),
        actions=_ways_in(True, scene),
    )


def help_in_a_case(scene: Scene) -> Card:
    """For whoever has a case: the words of its steps too."""
    say = scene.say
    words = (el.text(say(f"welcome.in_a_case.{word}"), spacing="Small") for word in IN_A_CASE)
    return help(scene, el.section(say("welcome.in_a_case.title")), *words)


# -- call me ---------------------------------------------------------------------------------------------------------


def call_chooser(people: Sequence[PersonId], scene: Scene) -> Card:
    """Who is to ring: one press, nothing to fill in."""
    say = scene.say
    return el.card(
        say,
        say("common.line"),
        el.heading(say("welcome.who.title")),
        el.text(say("welcome.who.body" if people else "welcome.who.none")),
        el.small(say("welcome.who.goes_on")) if people else None,
        *(_caller(person, scene) for person in people[: el.MOST_ACTIONS]),
        el.small(say("welcome.danger"), spacing="Medium"),
    )


def _caller(person: PersonId, scene: Scene) -> Element:
    """Somebody to choose, with title; a button beside."""
    say, found = scene.say, scene.people.get(person)
    ask = el.execute(say, "welcome.choose", press("choose_call", person=person), name=scene.full_name(person))
    said = [el.text(scene.names([person]), spacing="None", bold=True)]
    if found and found.title:
        said.append(el.small(say.names([found.title]), spacing="None"))
    return el.columns(("stretch", said), ("auto", [el.action_row(ask, spacing="None")]))


@dataclass(frozen=True)
class OwnCall:
    """Says that the reader is the one who would like to be rung."""

    view: CallView


def call_asked(call: OwnCall, scene: Scene) -> Card:
    """For whoever would like to be rung: who has been told, and when."""
    say, view = scene.say, call.view
    rings = view.made_by or view.recipient
    name, phone = scene.name(rings), scene.phone(rings)
    return el.card(
        say,
        say("common.line"),
        el.heading(say(_how_it_stands(view), name=name)),
        call_box(view.handed, scene),
        el.text(say("welcome.asked.body", at=scene.when(view.at))),
        _goes_on(view, scene),
        el.text(say("welcome.asked.made", name=name, at=scene.when(view.made_at))) if view.made_at else None,
        el.text(say("welcome.asked.phone", phone=phone)) if phone and not view.handed else None,
        el.small(say("welcome.danger"), spacing="Medium"),
    )


def _how_it_stands(view: CallView) -> str:
    if view.made_at:
        return "welcome.asked.over"
    if nobody_yet(view.handed):
        return "employee.headline.unreached"
    return "welcome.asked.waits" if _nobody_else(view) else "welcome.asked.title"


def _nobody_else(view: CallView) -> bool:
    return view.handed is not None and view.handed.how in ("unanswered", "alone")


def _goes_on(view: CallView, scene: Scene) -> Element | None:
    """When another is asked: nobody need wonder whether it was forgotten."""
    if view.goes_on_at is None or view.made_at or _nobody_else(view):
        return None
    name, at = scene.full_name(view.recipient), scene.when(view.goes_on_at)
    return el.text(scene.say("welcome.asked.goes_on", name=name, at=at))
