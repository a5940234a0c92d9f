"""What somebody has given to a case themselves: by number and time, each with [Vis], and the moments they told."""

from collections.abc import Sequence

from cards import elements as el
from cards.content import named
from cards.custody import on_what_was_given, seen_button
from cards.documenting import ask_button, documenter_rows
from cards.elements import Action, Card, Element
from cards.form_when import bars
from cards.scene import Scene
from cards.verbs import press
from casework.views import CustodyLines, Deadline, DocumenterLine, EvidenceLine
from casework.vocabulary import CaseId, Certainty

MOST_SHOWN = 30  # the newest
IN_A_ROW = 6


def what_shared(
    case: CaseId,
    lines: Sequence[EvidenceLine],
    scene: Scene,
    episodes: Sequence[Deadline] = (),
    leader: str = "",
    *,
    asked: Sequence[DocumenterLine] = (),
    paper: bool = False,
    custody: CustodyLines | None = None,
) -> Card:
    """The person's own things by number and time, each with [Vis]; and the moments, which they may correct."""
    say = scene.say
    newest = list(lines)[-MOST_SHOWN:]
    own = [line for line in lines if line.mine]
    gone, withdraw = on_what_was_given(case, own, custody, scene) if custody else ([], None)
    return el.card(
        say,
        say("common.case_line", case=case),
        el.heading(
            say("employee.shared.title_all" if any(line.given_by for line in lines) else "employee.shared.title")
        ),
        el.text(say("employee.shared.intro" if newest else "employee.shared.none")),
        *_pieces(case, newest, scene),
        *gone,
        *documenter_rows(asked, scene),
        *(_moments(episodes, scene) if episodes else []),
        actions=[
            seen_button(case, scene) if paper else None,
            _correct(case, episodes, leader, scene) if episodes else None,
            el.execute(say, "documentation.get", press("make_documentation", case)) if paper else None,
            el.execute(say, "packages.open", press("show_packages", case)) if paper else None,
            withdraw,
            ask_button(case, asked, scene) if paper else None,
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
    piece = named(line, scene)
    if line.given_by:
        piece = scene.say("employee.shared.from", piece=piece, name=scene.full_name(line.given_by))
    return el.text(piece)


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
