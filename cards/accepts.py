"""The ledger of accepts: the reader's own answers with their wordings, and to the leader what happened on each step.

B9, B16, H6, H7. An answer is shown with the exact words it was given to, also when the text has changed since.
"""

from collections.abc import Callable, Iterator, Sequence

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.plan import case_line, skeleton, title
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.views import AnswersView, Asked, LeaderView, Ledger, LedgerLine, StepView, UnreachableLine, WordingView
from casework.vocabulary import VAERN, Answer, ConsentKind, PersonId, StepId

LEGAL_STAFF = StepId("legal_staff")
MOST_LINES = 8
"""Lines of what happened with one accept, or on one step, the newest: a card must stay small."""
LONGEST_NOTE = 400  # characters of what was written about somebody who cannot be reached, as they stand on the card


# -- the reader's own ------------------------------------------------------------------------------------------------


def answers(view: AnswersView, scene: Scene) -> Card:
    """What I have said yes and no to."""
    say = scene.say
    more = press("show_answers", view.case, view.version, page=view.page + 1)
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("accepts.answers.title")),
        el.small(say("accepts.answers.intro" if view.ledgers else "accepts.answers.none")),
        not_reached(view.unreachable, scene),
        *(part for ledger in view.ledgers for part in _ledger(ledger, view, scene)),
        actions=[
            el.execute(say, "accepts.more", more) if view.more else None,
            el.execute(say, "accepts.case", press("show_case", view.case, view.version)),
        ],
    )


def not_reached(line: UnreachableLine | None, scene: Scene) -> Element | None:
    """That the leader has written that the reader could not be reached, and what of it."""
    if line is None:
        return None
    said = scene.say("accepts.unreachable.mine", name=scene.name(line.by), at=scene.when(line.at))
    return el.emphasis(el.text(said, spacing="None"), *_tried(line, scene))


def _ledger(ledger: Ledger, view: AnswersView, scene: Scene) -> Iterator[Element | None]:
    say, asked = scene.say, ledger.asked
    yield el.section(say(f"employee.asked.{asked.kind}", at=scene.began(asked.began_at, asked.certainty)))
    yield el.text(say(f"accepts.answers.{_stands(asked)}"), spacing="None")
    yield from _lines(ledger.lines, _mine, scene)
    yield from (el.small(words) for words in what_stays(asked, view.leader, scene))
    which = {"kind": asked.kind, "episode": asked.episode}
    worded = [line.wording for line in ledger.lines if line.wording]
    question = press("show_question", view.case, view.version, **which)
    yield el.action_row(
        _see_wording(view, which, worded[-1], scene) if worded else None,
        el.execute(say, "employee.question", question),
    )


def _see_wording(view: AnswersView, which: dict, wording: str, scene: Scene) -> Action:
    data = press("show_wording", view.case, view.version, wording=wording, **which)
    return el.execute(scene.say, "accepts.wording", data)


def _stands(asked: Asked) -> str:
    if asked.answer is None:
        return "stands_taken_back" if asked.withdrawn_at else "waits"
    return f"stands_{asked.answer}"


def _mine(line: LedgerLine, scene: Scene) -> Ready:
    return scene.say(f"accepts.mine.{_what(line)}", at=scene.when(line.at), name=scene.name(line.by))


def _what(line: LedgerLine) -> str:
    return "asked_itself" if line.by == VAERN else line.what


def _lines(lines: Sequence[LedgerLine], said: Callable[[LedgerLine, Scene], Ready], scene: Scene) -> list[Element]:
    """The newest, oldest first. The wording's version stands where it is another than on the line before."""
    shown, before, drawn = lines[-MOST_LINES:], "", []
    for line in shown:
        drawn.append(el.small(_with_version(said(line, scene), line, before, scene), spacing="None"))
        before = line.wording or before
    return drawn


def _with_version(said: Ready, line: LedgerLine, before: str, scene: Scene) -> Ready:
    if line.wording in ("", before):
        return said
    version = scene.say("accepts.wording.version", wording=line.wording)
    return scene.say("accepts.wording.line", what=said, version=version)


def what_stays(asked: Asked, leader_id: PersonId, scene: Scene) -> list[Ready]:
    """What was done on the answer and cannot be changed, and what one can still ask for."""
    leader = scene.name(leader_id)
    return [scene.say(f"accepts.after.{one.what}", at=_day_or_moment(one, scene), leader=leader) for one in asked.acted]


def _day_or_moment(one, scene: Scene) -> Ready:
    """Only a report to the police is noted by the clock; who was told or asked, by the day."""
    return scene.say.full(one.at, scene.now) if one.what == "reported" else scene.say.day(one.at, scene.now)


def taking_back(asked: Asked, leader: str, scene: Scene) -> list[Element]:
    """What taking back a yes does now; for the card that asks."""
    if asked.answer is not Answer.YES:
        return []
    return [el.text(scene.say(f"accepts.before.{asked.kind}", leader=leader))]


def wording(view: WordingView, scene: Scene) -> Card:
    """The exact words somebody was asked or answered, filled in as they were then."""
    say, asked, key = scene.say, view.asked, f"consent.wording.{view.wording}"
    leader, began = scene.full_name(view.leader), scene.began(view.began_at, view.certainty)
    kept = el.emphasis(el.text(say(key, leader=leader, at=began), spacing="None")) if say.has(key) else None
    which = {"kind": asked.kind, "episode": asked.episode}
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("accepts.wording.title")),
        el.text(say("accepts.wording.intro")) if kept else None,
        kept or el.text(say("accepts.wording.gone", leader=leader)),
        el.small(say("accepts.wording.version", wording=view.wording)),
        actions=[
            el.execute(say, "employee.question", press("show_question", view.case, view.version, **which)),
            el.execute(say, "accepts.answers", press("show_answers", view.case, view.version)),
        ],
    )


def answers_button(view, scene: Scene) -> Action:
    """[Mine svar] on the reader's own cards."""
    return el.execute(scene.say, "accepts.answers", press("show_answers", view.case, view.version))


# -- the leader's ----------------------------------------------------------------------------------------------------


def history(view: StepView, scene: Scene) -> Action | None:
    """[Historik] on a step: all that was asked and answered there, with time and wording."""
    if not view.ledger:
        return None
    say = scene.say
    lines = _lines(view.ledger, _theirs, scene)
    rest = len(view.ledger) - MOST_LINES
    earlier = el.small(say.count("common.more", rest)) if rest > 0 else None
    return el.show_card(say, "accepts.history", el.text(say("accepts.history.title"), bold=True), *lines, earlier)


def _theirs(line: LedgerLine, scene: Scene) -> Ready:
    key = f"accepts.theirs.{_what(line)}"
    return scene.say(key, person=scene.name(line.person), at=scene.when(line.at))


def withdrawn(view: LeaderView, scene: Scene) -> Iterator[Element]:
    """On the case card: whose answer was taken back, and that what waits for it is locked."""
    taken: dict[PersonId, list[LedgerLine]] = {}
    for line in view.taken_back:
        taken.setdefault(line.person, []).append(line)
    for person, lines in taken.items():
        kinds = dict.fromkeys(line.kind for line in lines)
        what = scene.say.names([scene.say(f"accepts.kind.{kind}") for kind in kinds])
        key = "removal" if set(kinds) == {ConsentKind.REMOVAL} else "box"  # nothing waits for that one
        said = scene.say(f"accepts.withdrawn.{key}", name=scene.full_name(person), what=what)
        yield el.emphasis(el.text(said, spacing="None"))


def unreachable(view: StepView, scene: Scene) -> Iterator[Element]:
    """Who could not be reached, what was tried, and whom it was talked over with."""
    say = scene.say
    for line in view.unreachable:
        said = say(
            "accepts.unreachable.line",
            name=scene.full_name(line.person),
            by=scene.name(line.by),
            at=scene.when(line.at),
        )
        yield el.emphasis(el.text(said, spacing="None"), *_tried(line, scene))
    if view.unreachable:
        yield el.small(say("accepts.unreachable.closed"))


def _tried(line: UnreachableLine, scene: Scene) -> Iterator[Element]:
    for key, words in (("tried_title", line.tried), ("legal_title", line.legal_staff)):
        if words:
            yield el.small(scene.say(f"accepts.unreachable.{key}"), spacing="Small")
            yield el.quote(words[:LONGEST_NOTE])


def unreachable_button(view: StepView, people: Sequence[str], scene: Scene) -> Action | None:
    """[Kan ikke nås], for those nobody has an answer from."""
    if not people:
        return None
    say, choices = scene.say, [(scene.full_name(person), person) for person in people]
    value = choices[0][1] if len(choices) == 1 else ""
    step = {"number": skeleton()[LEGAL_STAFF].number, "step": title(LEGAL_STAFF, scene)}
    data = press("note_unreachable", view.case, view.version, step=view.line.step)
    return el.show_card(
        say,
        "accepts.unreachable",
        el.text(say("accepts.unreachable.title"), bold=True),
        el.text(say("accepts.unreachable.help", **step)),
        el.choice("unreached", say.plain("accepts.unreachable.unreached"), choices, value=value),
        el.input_text("tried", say.plain("accepts.unreachable.tried"), lines=True, longest=1_000),
        el.input_text("legal_staff", say.plain("accepts.unreachable.legal_staff"), longest=1_000),
        actions=[el.execute(say, "accepts.unreachable.save", data, inputs=True)],
    )
