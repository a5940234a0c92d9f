"""Closing a case: what is missing, whether anything is, and how it reads to each when it is over, or goes on again."""

from collections.abc import Iterator

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.plan import case_line
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.views import (
    ClosingLine,
    ClosingPerson,
    ClosingView,
    EmployeeView,
    Ended,
    LeaderView,
    MissingView,
    ReminderView,
    ReporterView,
)
from casework.vocabulary import ClosingAnswer, Reopened, StepId

LONGEST_WHY = 1_000  # characters
LONGEST_JOURNAL = 100
LONGEST_SHOWN = 400  # characters of what somebody wrote
MOST_PEOPLE = 10
STEP = {"safetynet": StepId("safetynet"), "police": StepId("police_outcome"), "untold": StepId("talk")}
"""What is missing → the step where it is mended."""
SETTLED = ("nothing", "enough", "silent", "not_told")


# -- whoever has the case --------------------------------------------------------------------------------------------


def closing_card(view: ClosingView, scene: Scene) -> Card:
    """What the end rests on, each with the way to it; and the button, when nothing is missing."""
    say = scene.say
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("closing.title")),
        el.text(_whether(view, scene)),
        *(_line(line, view, scene) for line in view.lines),
        *_people(view, scene),
        *_unfit(view, scene),
        *(_filing(view, scene) if view.ready else ()),
        actions=_closing_buttons(view, scene),
    )


def _whether(view: ClosingView, scene: Scene) -> Ready:
    if not view.ready:
        return scene.say("closing.not_ready")
    return scene.say("closing.ready_unfit" if view.unfit else "closing.ready")


def _unfit(view: ClosingView, scene: Scene) -> Iterator[Element]:
    """An agreement that does not quite fit: worth a look, and nothing that holds the case open."""
    if view.unfit:
        yield el.section(scene.say("closing.unfit.title"))
        words = [
            el.text(scene.names(view.unfit), spacing="None"),
            el.small(scene.say("closing.unfit.line"), spacing="None"),
        ]
        button = el.action_row(_to_step("untold", view, scene), spacing="None")
        yield el.columns(("stretch", words), ("auto", [button]))


def _line(line: ClosingLine, view: ClosingView, scene: Scene) -> Element:
    say = scene.say
    return _row(line.done, say(f"closing.{line.what}.title"), _line_word(line, scene), _mend(line, view, scene))


def _line_word(line: ClosingLine, scene: Scene) -> Ready:
    say = scene.say
    if line.what == "analysis" and line.done and line.until is not None:
        key = "closing.analysis.group" if line.owner is None else "closing.analysis.owner"
        return say(key, name=scene.full_name(line.owner), day=say.day(line.until, scene.now))
    if line.what == "safetynet" and line.owner is not None and not line.done:
        return say("closing.safetynet.taken", name=scene.full_name(line.owner))
    if line.reasoned:
        return say("closing.safetynet.reasoned")
    return say(f"closing.{line.what}.{'done' if line.done else 'open'}")


def _row(done: bool, title: Ready, word: Ready, button: Action | None, written: str = "") -> Element:
    words = [el.text(title, spacing="None"), el.small(word, spacing="None")]
    words += [el.quote(_short(written))] if written else []
    mark = ("20px", [el.text(el.DONE if done else el.OPEN, spacing="None", bold=done)])
    beside = [("auto", [el.action_row(button, spacing="None")])] if button else []
    return el.columns(mark, ("stretch", words), *beside)


def _mend(line: ClosingLine, view: ClosingView, scene: Scene) -> Action | None:
    """The way to what is missing."""
    at = (view.case, view.version)
    if line.done:
        return None
    if line.what == "analysis":
        return el.execute(scene.say, "closing.ask_group", press("ask_for_analysis", *at))
    if line.what == "unnamed":
        return el.execute(scene.say, "leader.button.case", press("show_case", *at))
    return _to_step(line.what, view, scene)


def _to_step(what: str, view: ClosingView, scene: Scene) -> Action:
    title = scene.say(f"leader.step.{STEP[what]}.title", names="")
    data = press("open_step", view.case, view.version, step=STEP[what])
    return el.execute(scene.say, "closing.open_step", data, title=title)


def _people(view: ClosingView, scene: Scene) -> Iterator[Element]:
    """Each affected person, and the one button that asks those who are to be asked."""
    say = scene.say
    yield el.section(say("closing.people.title"))
    if not view.people:
        yield el.small(say("closing.people.nobody"), spacing="None")
    for one in view.people[:MOST_PEOPLE]:
        yield _person(one, view, scene)
    if len(view.people) > MOST_PEOPLE:
        yield el.small(say.count("common.more", len(view.people) - MOST_PEOPLE))
    if any(one.stands == "enough" for one in view.people):
        yield el.small(say("closing.people.enough_help"))
    if view.can_ask:
        yield el.action_row(el.execute(say, "closing.ask", press("ask_if_missing", view.case, view.version)))
        yield el.small(say("closing.people.ask_help"), spacing="Small")


def _person(one: ClosingPerson, view: ClosingView, scene: Scene) -> Element:
    say = scene.say
    at = scene.when(one.at) if one.at else ""
    day = say.day(one.until, scene.now) if one.until else ""
    word = say(f"closing.stands.{one.stands}", at=at, day=day)
    button = _to_step("untold", view, scene) if one.stands == "untold" else None
    if one.stands == "unread":
        button = el.execute(say, "closing.read", press("show_messages", view.case, view.version, person=one.person))
    return _row(one.stands in SETTLED, scene.names([one.person]), word, button, one.words)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_SHOWN else words[:LONGEST_SHOWN].rstrip() + "…"


def _filing(view: ClosingView, scene: Scene) -> Iterator[Element]:
    say = scene.say
    label = say.plain("closing.journal.label")
    yield el.input_text("journal", label, value=view.journal, longest=LONGEST_JOURNAL)
    yield el.small(say("closing.journal.help"), spacing="None")
    yield el.text(say("closing.means", kept_for=scene.place.kept_for))


def _closing_buttons(view: ClosingView, scene: Scene) -> list[Action | None]:
    at, say = (view.case, view.version), scene.say
    close = el.execute(say, "closing.close", press("close_case", *at), positive=True, inputs=True)
    return [close if view.ready else None, el.execute(say, "leader.button.case", press("show_case", *at))]


def to_closing(view: LeaderView, scene: Scene) -> Action | None:
    """On the leader's card: the way to the end, or back from it."""
    if view.closed:
        return reopen(view, "leader", scene)
    return el.execute(scene.say, "closing.look", press("show_closing", view.case, view.version))


def ended_for_leader(view: LeaderView, scene: Scene) -> Iterator[Element]:
    """Closed: when, by whom and under which number. Open again: by whom, and why."""
    if view.ended is None:
        return
    said = scene.say("closing.ended.leader") if view.closed else None
    yield el.emphasis(
        el.text(_ended(view.ended, scene), spacing="None", bold=True),
        el.text(said, spacing="None") if said else None,
        _filed(view.ended, scene),
        el.quote(_short(view.ended.why)) if view.ended.why and not view.closed else None,
    )


def _filed(ended: Ended, scene: Scene) -> Element | None:
    if not ended.journal:
        return None
    return el.columns(
        ("auto", [el.text(scene.say("closing.journal.filed"), spacing="None")]), ("stretch", [el.quote(ended.journal)])
    )


def _ended(ended: Ended, scene: Scene) -> Ready:
    say = scene.say
    if ended.closed_at:
        return say("closing.ended.closed", at=scene.when(ended.closed_at), name=scene.full_name(ended.closed_by))
    because = ended.because or Reopened.ASKED
    key = f"closing.again.{because}" if ended.reopened_by or because is not Reopened.ASKED else "closing.again.somebody"
    at = scene.when(ended.reopened_at) if ended.reopened_at else ""
    return say(key, at=at, name=scene.full_name(ended.reopened_by))


# -- whoever it happened to ------------------------------------------------------------------------------------------


def missing_card(view: MissingView, scene: Scene) -> Card:
    """Is anything missing? Both answers are all right, and the case can be opened again whatever is said."""
    say, leader = scene.say, scene.name(view.leader)
    day = say.day(view.until, scene.now)
    waits = view.state == "open" and view.answer is None
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("closing.missing.title")),
        el.text(say("closing.missing.body", leader=leader)) if view.state == "open" else None,
        *_answered(view, leader, scene),
        el.small(say("closing.missing.until", day=day, leader=leader), spacing="Medium") if waits else None,
        el.text(say(f"closing.missing.{view.state}")) if view.state != "open" else None,
        actions=_answers(view, scene) if view.state == "open" else [_to_case(view, scene)],
    )


def _answered(view: MissingView, leader: str, scene: Scene) -> Iterator[Element]:
    if view.answer is None or view.answered_at is None:
        return
    said = scene.say(f"closing.answered.{view.answer}", at=scene.when(view.answered_at), leader=leader)
    yield el.emphasis(el.text(said, spacing="None"), el.quote(_short(view.words)) if view.words else None)


def _answers(view: MissingView, scene: Scene) -> list[Action]:
    say, at = scene.say, (view.case, view.version)
    something = press("answer_closing", *at, answer=ClosingAnswer.SOMETHING)
    words = el.input_text("words", say.plain("closing.missing.words"), lines=True, longest=LONGEST_WHY)
    return [
        el.execute(say, "closing.nothing", press("answer_closing", *at, answer=ClosingAnswer.NOTHING)),
        el.show_card(
            say, "closing.something", words, actions=[el.execute(say, "closing.send", something, inputs=True)]
        ),
        el.execute(say, "employee.call", press("call_me", *at)),
    ]


def _to_case(view: MissingView, scene: Scene) -> Action:
    return el.execute(scene.say, "leader.button.case", press("show_case", view.case, view.version))


def ended_for_employee(view: EmployeeView | ReporterView, scene: Scene) -> Iterator[Element]:
    """Who closed it and when; or that it is open again."""
    if view.ended is not None and (view.closed or isinstance(view, EmployeeView)):
        yield el.text(_ended(view.ended, scene), spacing="Medium")
    if view.closed:
        own = "employee" if isinstance(view, EmployeeView) else "reporter"
        yield el.small(scene.say(f"closing.ended.{own}"), spacing="None")


def reopen(view: LeaderView | EmployeeView, whose: str, scene: Scene) -> Action:
    """[Åbn igen]: one press; with words, which only whoever has the case must give."""
    say = scene.say
    data = press("reopen_case", view.case, view.version)
    return el.show_card(
        say,
        "closing.reopen",
        el.text(say(f"closing.reopen.{whose}")),
        el.input_text("why", say.plain(f"closing.reopen.why_{whose}"), lines=True, longest=LONGEST_WHY),
        actions=[el.execute(say, "closing.reopen_now", data, positive=True, inputs=True)],
    )


def answer_button(view: EmployeeView, scene: Scene) -> Action | None:
    """To the question that waits, from the case card."""
    if not view.asked_to_close:
        return None
    return el.execute(scene.say, "closing.to_question", press("show_missing", view.case, view.version))


def everything_done(view: ReminderView, scene: Scene) -> Card:
    """To whoever has the case: nothing is left but to close it, or to say what is."""
    return _to_its_end(view, "closing.all_done", scene)


def no_answer_needed(view: ReminderView, scene: Scene) -> Card:
    """To whoever has the case: the days to answer in are over."""
    return _to_its_end(view, "closing.reminder", scene)


def _to_its_end(view: ReminderView, key: str, scene: Scene) -> Card:
    data = press("show_closing", view.case, view.version)
    return el.card(
        scene.say,
        case_line(view.case, scene),
        el.heading(scene.say(f"{key}.title")),
        el.text(scene.say(f"{key}.body")),
        actions=[el.execute(scene.say, "closing.look", data, positive=True)],
    )
