"""The plan on a card: what its steps are called, how each stands, and the whole of it section by section."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.plan import SECTIONS, Step, read_plan
from casework.views import CLOSED, FALLEN_AWAY, LeaderView, Missing, StepLine, StepView
from casework.vocabulary import CaseId, PersonId, StepId


@cache
def skeleton() -> Mapping[StepId, Step]:
    """The plan's own rows: what a step's number is, and what closes it."""
    return {step.id: step for step in read_plan()}


def first_names(scene: Scene, people: Iterable[PersonId]) -> Ready:
    """First names as a list in a sentence; where nobody is named, "the employee"."""
    names = scene.say.names([scene.name(person) for person in people])
    return names or scene.say("leader.somebody")


def who_reads(key: str, affected: Iterable[PersonId], untold: Sequence[PersonId], scene: Scene) -> Ready:
    """What is said of those who read along; and of those who have not been told yet, that they do not."""
    told = [person for person in affected if person not in untold]
    said = [scene.say(key, names=first_names(scene, told))] if told else []
    later = [scene.say("leader.told.reads_later", names=first_names(scene, untold))] if untold else []
    return Ready(" ".join((*said, *later)))


def sentence(words: str) -> Ready:
    """Words that may begin with "the employee" or a day, as the beginning of a sentence."""
    return Ready(words[:1].upper() + words[1:])


def title(step: StepId, scene: Scene) -> Ready:
    return scene.say(f"leader.step.{step}.title")


def case_line(case: CaseId, scene: Scene) -> Ready:
    return scene.say("common.case_line", case=case)


# -- how a step stands -----------------------------------------------------------------------------------------------


def locked_words(missing: Iterable[Missing], scene: Scene) -> str:
    """All that a step waits for, in one line."""
    return " · ".join(_awaited(gap, scene) for gap in missing)


def _awaited(gap: Missing, scene: Scene) -> str:
    key = f"leader.locked.{gap.what}"
    if gap.step is not None:
        return scene.say(key, step=title(gap.step, scene))
    return scene.say(key, names=first_names(scene, gap.people))


def state_word(line: StepLine, scene: Scene) -> Ready:
    """The word under a step: done and by whom, what it waits for, or what it is about."""
    say = scene.say
    match line.state:
        case "done" | "set_aside" if line.by and line.at:
            return say(f"leader.state.{line.state}", name=scene.name(line.by), time=scene.when(line.at))
        case "done" | "set_aside":
            return say("leader.state.done_itself")
        case "gone" | "nothing_to_remove":
            return say(f"leader.state.{line.state}")
        case "locked":
            return say("leader.locked.line", what=Ready(locked_words(line.missing, scene)))
        case "offered":
            return say("leader.state.offered", name=scene.name(line.offered_to))
        case "postponed" if line.until:
            return say("leader.state.postponed", time=scene.when(line.until))
        case "tried":
            return say("removal.state.tried")
    return _open_word(line, scene)


def how_far(done: int, of: int, away: bool, scene: Scene) -> Ready:
    """How many steps are behind the leader; nobody is said to have done what fell away."""
    return scene.say("leader.case.progress_away" if away else "leader.case.progress", done=done, all=of)


def has_come(view: LeaderView, scene: Scene) -> Ready:
    """The same, of a whole case."""
    away = any(line.state in FALLEN_AWAY for line in view.steps)
    return how_far(view.done, len(view.steps), away, scene)


def _open_word(line: StepLine, scene: Scene) -> Ready:
    if line.mine and not line.taken:
        return scene.say(f"leader.step.{line.step}.subtitle")
    if line.owner is None:
        return scene.say("leader.state.open_group")
    return scene.say("leader.state.open_theirs", name=scene.name(line.owner))


def open_button(case: CaseId, version: int, line: StepLine, scene: Scene, *, positive: bool = False) -> Action:
    """To the step's own card."""
    data = press("open_step", case, version, step=line.step)
    words = {"number": line.number, "title": title(line.step, scene)}
    return el.execute(scene.say, "leader.button.open", data, positive=positive, **words)


def goto_button(view: StepView, step: StepId, scene: Scene) -> Action:
    """To the step that another one waits for."""
    words = {"number": skeleton()[step].number, "title": title(step, scene)}
    return el.execute(scene.say, "leader.button.goto", press("open_step", view.case, view.version, step=step), **words)


def case_button(view: LeaderView | StepView, scene: Scene) -> Action:
    return el.execute(scene.say, "leader.button.case", press("show_case", view.case, view.version))


# -- the whole plan --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WholePlan:
    """Says that the leader asked for the plan of this case, and not for its card."""

    view: LeaderView


def whole_plan(plan: WholePlan, scene: Scene) -> Card:
    """Every step in its section, how it stands, and the way to its own card."""
    say, view = scene.say, plan.view
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("leader.plan.title")),
        el.text(has_come(view, scene)),
        *(part for section in SECTIONS for part in _section(view, section, scene)),
        actions=[case_button(view, scene)],
    )


def _section(view: LeaderView, section: str, scene: Scene) -> list[Element]:
    lines = [line for line in view.steps if line.section == section]
    heading = [el.section(scene.say(f"leader.section.{section}"))] if lines else []
    return heading + [_row(view, line, scene) for line in lines]


def _row(view: LeaderView, line: StepLine, scene: Scene) -> Element:
    done, mark = line.state in CLOSED - FALLEN_AWAY, el.AWAY if line.state in FALLEN_AWAY else el.OPEN
    name = scene.say("leader.plan.number", number=line.number, title=title(line.step, scene))
    return el.columns(
        ("20px", [el.text(el.DONE if done else mark, spacing="None", bold=done)]),
        ("stretch", [el.text(name, spacing="None"), el.small(state_word(line, scene), spacing="None")]),
        ("auto", [el.action_row(open_button(view.case, view.version, line, scene), spacing="None")]),
    )
