"""The reader's cases, each with what the reader is in it, and the ways on from them."""

from collections.abc import Iterator, Sequence

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.views import CaseLine
from casework.vocabulary import Role

MOST_CASES = 10


def way(name: str, verb: str, scene: Scene, *, positive: bool = False, **args: str) -> Action:
    return el.execute(scene.say, f"welcome.{name}", press(verb, **args), positive=positive)


def my_cases(lines: Sequence[CaseLine], scene: Scene) -> Card:
    """The reader's cases, newest first, each with what the reader is in it."""
    say = scene.say
    newest = sorted(lines, key=lambda line: (line.state != "closed", line.at), reverse=True)
    return el.card(
        say,
        say("common.line"),
        el.heading(say("welcome.mine.title")),
        None if newest else el.text(say("welcome.mine.none")),
        *_cases(newest[:MOST_CASES], scene),
        el.small(say.count("common.more", len(newest) - MOST_CASES)) if newest[MOST_CASES:] else None,
        actions=[way("start", "start_report", scene, positive=not newest), way("call", "call_me", scene)],
    )


def _cases(lines: Sequence[CaseLine], scene: Scene) -> Iterator[Element]:
    """What is under way, and apart from it what is closed."""
    closed = [line for line in lines if line.state == "closed"]
    yield from (_case(line, scene) for line in lines if line.state != "closed")
    if closed:
        yield el.section(scene.say("welcome.mine.ended"))
        yield from (_case(line, scene) for line in closed)


def _case(line: CaseLine, scene: Scene) -> Element:
    say = scene.say
    open_it = way("continue", "continue_draft", scene) if line.state == "draft" else _show(line, scene)
    running = line.deadline is not None and line.deadline > scene.now and line.state in ("draft", "open")
    until = say("welcome.mine.deadline", until=say.until(line.deadline, scene.now)) if running else ""
    said = [
        el.text(say("common.case_line", case=line.case), spacing="None", bold=True),
        el.text(_state(line, scene), spacing="None"),
        el.small(until, spacing="None") if until else None,
    ]
    return el.columns(("stretch", el.present(said)), ("auto", [el.action_row(open_it, spacing="None")]),
                      spacing="Medium")  # fmt: skip


def _show(line: CaseLine, scene: Scene) -> Action:
    verb = "consult_case" if line.role is Role.LEGAL_STAFF else "show_case"
    return el.execute(scene.say, "welcome.show", press(verb, line.case, line.version), case=line.case)


def _state(line: CaseLine, scene: Scene) -> Ready:
    say, at = scene.say, scene.when(line.closed_at or line.at)
    if line.state == "draft":
        return say("welcome.mine.draft", at=at)
    if line.state == "call":
        return say("welcome.mine.call_other" if line.role is Role.LEADER else "welcome.mine.call", at=at)
    said = say("welcome.mine.closed_at", at=at) if line.closed_at else say(f"welcome.mine.{line.state}", at=at)
    return Ready(f"{say(f'welcome.mine.role.{line.role}')}. {said}")
