"""What anybody meets outside a case: the welcome, help, their cases, who is to ring, and what they have given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cards import elements as el
from cards.content import what
from cards.elements import Action, Card, Element
from cards.evidence import received
from cards.form_when import bars
from cards.former import handed_box, nobody_yet
from cards.guide import TOPICS, guide, guide_topic
from cards.report import contacts, delete
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.views import CallView, CaseLine, Deadline, EvidenceLine
from casework.vocabulary import CaseId, Certainty, PersonId, Role

__all__ = ["TOPICS", "call_asked", "call_chooser", "guide", "guide_topic", "help", "help_in_a_case", "kept", "my_cases",
           "received", "welcome", "what_shared"]  # fmt: skip

HELP = ("start", "continue", "stop", "call", "cases", "guide", "language")
IN_A_CASE = (
    "seen", "plan", "open", "done", "set_aside", "note", "remind", "offer", "undo", "ask", "reported", "evidence",
)  # fmt: skip
"""Typed words for what the buttons of a leader's cards do."""
MOST_CASES = 10
IN_A_ROW = 6
MOST_SHOWN = 30
"""Pieces of evidence on one card, the newest."""


def welcome(draft: CaseLine | None, has_cases: bool, scene: Scene) -> Card:
    """The first thing anybody meets. A draft that waits comes first; nothing else is asked."""
    say = scene.say
    return el.card(
        say,
        say("common.line"),
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


def _way(name: str, verb: str, scene: Scene, *, positive: bool = False, **args: str) -> Action:
    return el.execute(scene.say, f"welcome.{name}", press(verb, **args), positive=positive)


def _ways_in(has_cases: bool, scene: Scene) -> list[Action | None]:
    return [
        _way("start", "start_report", scene, positive=True),
        _way("call", "call_me", scene),
        _way("cases", "my_cases", scene) if has_cases else None,
        _way("guide", "guide", scene),
        _language(scene),
    ]


def _language(scene: Scene) -> Action:
    return _way("language", "language", scene, language="en" if scene.say.language == "da" else "da")


def _waiting(draft: CaseLine, scene: Scene) -> list[Action]:
    go_on = el.execute(scene.say, "welcome.continue", press("continue_draft", draft.case), positive=True)
    over, gone = delete(draft.case, scene, key="over"), delete(draft.case, scene)
    return [go_on, over, gone, _way("call", "call_me", scene), _way("guide", "guide", scene), _language(scene)]


def kept(draft: CaseLine | None, scene: Scene) -> Card:
    """Words or files from somebody who is in no dialog: kept as the beginning of the account."""
    say = scene.say
    ways = [_way("call", "call_me", scene), _way("cases", "my_cases", scene), _way("guide", "guide", scene)]
    return el.card(
        say,
        say("common.line"),
        el.heading(say("welcome.unknown.title")),
        el.text(say("welcome.unknown.kept" if draft else "welcome.unknown.not_kept")),
        el.small(say("welcome.danger"), spacing="Medium"),
        actions=[_way("start", "start_report", scene, positive=True), *ways],
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
        actions=[_way("start", "start_report", scene, positive=not newest), _way("call", "call_me", scene)],
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
    open_it = _way("continue", "continue_draft", scene) if line.state == "draft" else _show(line, scene)
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
    return el.execute(scene.say, "welcome.show", press("show_case", line.case, line.version), case=line.case)


def _state(line: CaseLine, scene: Scene) -> Ready:
    say, at = scene.say, scene.when(line.closed_at or line.at)
    if line.state == "draft":
        return say("welcome.mine.draft", at=at)
    if line.state == "call":
        return say("welcome.mine.call_other" if line.role is Role.LEADER else "welcome.mine.call", at=at)
    said = say("welcome.mine.closed_at", at=at) if line.closed_at else say(f"welcome.mine.{line.state}", at=at)
    return Ready(f"{say(f'welcome.mine.role.{line.role}')}. {said}")


# -- call me ---------------------------------------------------------------------------------------------------------


def call_chooser(people: Sequence[PersonId], scene: Scene) -> Card:
    """Who is to ring: one press, nothing to fill in."""
    say = scene.say
    return el.card(
        say,
        say("common.line"),
        el.heading(say("welcome.who.title")),
        el.text(say("welcome.who.body" if people else "welcome.who.none")),
        *(_caller(person, scene) for person in people[:IN_A_ROW]),
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
    name, phone = scene.name(view.recipient), scene.phone(view.recipient)
    return el.card(
        say,
        say("common.line"),
        el.heading(say("employee.headline.unreached" if nobody_yet(view.handed) else "welcome.asked.title", name=name)),
        handed_box(view.handed, scene),
        el.text(say("welcome.asked.body", at=scene.when(view.at))),
        el.text(say("welcome.asked.made", name=name, at=scene.when(view.made_at))) if view.made_at else None,
        el.text(say("welcome.asked.phone", phone=phone)) if phone and not view.handed else None,
        el.small(say("welcome.danger"), spacing="Medium"),
    )


# -- what I have given -----------------------------------------------------------------------------------------------


def what_shared(
    case: CaseId,
    lines: Sequence[EvidenceLine],
    scene: Scene,
    episodes: Sequence[Deadline] = (),
    leader: str = "",
    *,
    paper: bool = False,
) -> Card:
    """The person's own things by number and time, each with [Vis]; and the moments, which they may correct."""
    say = scene.say
    newest = list(lines)[-MOST_SHOWN:]
    return el.card(
        say,
        say("common.case_line", case=case),
        el.heading(say("employee.shared.title")),
        el.text(say("employee.shared.intro" if newest else "employee.shared.none")),
        *_pieces(case, newest, scene),
        *(_moments(episodes, scene) if episodes else []),
        actions=[
            _correct(case, episodes, leader, scene) if episodes else None,
            el.execute(say, "documentation.get", press("make_documentation", case)) if paper else None,
        ],
    )


def _pieces(case: CaseId, lines: Sequence[EvidenceLine], scene: Scene) -> list[Element]:
    """A few lines, and under them their buttons: so thirty of them stay within a card."""
    drawn: list[Element] = []
    for start in range(0, len(lines), IN_A_ROW):
        some = lines[start : start + IN_A_ROW]
        drawn += [_piece(line, scene) for line in some]
        drawn.append(el.action_row(*(_show_item(case, line, scene) for line in some)))
    return drawn


def _piece(line: EvidenceLine, scene: Scene) -> Element:
    kind = what(line.kind, line.media_type, scene)
    at = scene.when(line.received_at)
    return el.text(scene.say("common.evidence.line", what=kind, number=line.number, at=at))


def _show_item(case: CaseId, line: EvidenceLine, scene: Scene) -> Action:
    return el.submit(scene.say, "employee.show", press("open_item", case, item=line.item), number=line.number)


def _moments(episodes: Sequence[Deadline], scene: Scene) -> list[Element]:
    say = scene.say
    drawn: list[Element] = [el.section(say("employee.shared.episodes"))]
    for line in episodes:
        at = scene.began(line.began_at, line.certainty)
        until = say.until(line.until, scene.now)
        drawn.append(el.text(say(f"employee.shared.{Certainty(line.certainty)}", at=at)))
        key = "employee.shared.passed" if line.passed else "employee.shared.deadline"
        drawn.append(el.small(say(key, until=until), spacing="None"))
    return drawn


def _correct(case: CaseId, episodes: Sequence[Deadline], leader: str, scene: Scene) -> Action:
    """[Ret tidspunkt]: the fields once, and a button for the episode they are about."""
    say, only = scene.say, len(episodes) == 1
    choices = [(say.plain(f"choices.certainty.{value}"), str(value)) for value in Certainty]
    buttons = [_corrected(case, line, "employee.correct.one" if only else "employee.correct.pick", scene)
               for line in episodes]  # fmt: skip
    return el.show_card(
        say,
        "employee.correct",
        el.text(say("employee.correct.title"), bold=True),
        el.text(say("employee.correct.body", leader=leader or say.plain("common.whoever_has_it"))),
        el.choice("certainty", say.plain("report.when.certainty"), choices),
        el.input_date("date", say.plain("report.when.date")),
        el.input_time("time", say.plain("report.when.time")),
        *bars(buttons),
    )


def _corrected(case: CaseId, line: Deadline, key: str, scene: Scene) -> Action:
    say = scene.say
    data = press("correct_episode", case, episode=line.episode)
    at = scene.began(line.began_at, line.certainty)
    return el.submit(say, key, data, inputs=True, short=scene.began_short(line.began_at, line.certainty), at=at)
