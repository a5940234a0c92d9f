"""Decided measures: whose each is and by when, on the card of the analysis, and the card of whoever has one."""

from collections.abc import Iterator

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.plan import case_line
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.calendar import local
from casework.measures import SETTLED
from casework.views import AnalysisView, FollowUpView
from casework.vocabulary import FollowUpAnswer, ItemId

LONGEST_REASON = 1_000  # characters
LONGEST_SHOWN = 1_500  # characters of one measure on a card
LONGEST_CHOICE = 60  # characters of one measure in a list to choose from
LONGEST_NAME = 200  # characters


# -- on the card of the analysis -------------------------------------------------------------------------------------


def decided(view: AnalysisView, scene: Scene) -> Iterator[Element]:
    """Every measure with its number, how it stands, and whose it is."""
    for number, (item, words, answer, at) in enumerate(view.measures, start=1):
        parts = [_answered(answer, at, scene), _whose(view, item, scene) if answer not in SETTLED else None]
        word = " · ".join(part for part in parts if part) or scene.say("group.analysis.asked_later")
        yield el.row(answer is FollowUpAnswer.DONE, "", word, written=f"{number}. {words[:LONGEST_SHOWN]}")


def _answered(answer: FollowUpAnswer | None, at, scene: Scene) -> Ready | None:
    if answer is None or at is None:
        return None
    said = scene.say(f"choices.follow_up.{answer}")
    return scene.say("group.analysis.answered", answer=said, time=scene.when(at))


def _whose(view: AnalysisView, item: ItemId, scene: Scene) -> Ready | None:
    if item not in view.assigned:
        return None
    owner, due = view.assigned[item]
    return scene.say("measure.whose", name=scene.full_name(owner), day=scene.say.day(due, scene.now))


def whose_button(view: AnalysisView, scene: Scene) -> Action | None:
    """[Hvem og hvornår]: which, if there are several, who, and by when."""
    say = scene.say
    waiting = [
        (f"{number}. {words[:LONGEST_CHOICE]}", item)
        for number, (item, words, answer, _) in enumerate(view.measures, start=1)
        if answer not in SETTLED
    ]
    if not waiting:
        return None
    only = waiting[0][1] if len(waiting) == 1 else None
    save = press("assign_measure", view.case, view.version, measure=only)
    which = el.choice("measure", say.plain("measure.which"), waiting, placeholder=say.plain("measure.pick"))
    return el.show_card(
        say,
        "measure.assign",
        None if only else which,
        el.input_text("owner", say.plain("measure.owner"), longest=LONGEST_NAME),
        el.small(say("measure.owner_help"), spacing="None"),
        el.input_date("due", say.plain("measure.due")),
        el.small(say("measure.help"), spacing="None"),
        actions=[el.execute(say, "measure.save", save, inputs=True)],
    )


# -- one measure -----------------------------------------------------------------------------------------------------


def follow_up_card(view: FollowUpView, scene: Scene) -> Card:
    """One decided measure: how is it going? An answer can be changed."""
    return _passed_on(view, scene) if view.passed_on else _follow_up_card(view, scene)


def _passed_on(view: FollowUpView, scene: Scene) -> Card:
    say = scene.say
    heading = el.heading(say("measure.former"))
    return el.card(say, case_line(view.case, scene), heading, el.text(say("measure.passed_on")))


def _follow_up_card(view: FollowUpView, scene: Scene) -> Card:
    say = scene.say
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(_title(view, scene)),
        el.small(say("group.follow_up.decided", day=say.day(view.decided_at, scene.now))),
        el.emphasis(el.quote(view.text), spacing="Small"),
        *_by_when(view, scene),
        el.text(say("group.follow_up.late")) if view.late else None,
        *_said(view, scene),
        actions=[_follow_up(view, answer, scene) for answer in FollowUpAnswer],
    )


def _title(view: FollowUpView, scene: Scene) -> Ready:
    if not view.mine:
        return scene.say("group.follow_up.title")
    return scene.say("measure.how" if _has_come(view, scene) else "measure.title")


def _has_come(view: FollowUpView, scene: Scene) -> bool:
    """Whether they are asked now: on its day, or the working day before."""
    asked = local(view.asked_on).date() if view.asked_on else view.due
    return asked is not None and local(scene.now).date() >= asked


def _by_when(view: FollowUpView, scene: Scene) -> Iterator[Element]:
    """Whose it is and by when; to whoever has it also when they are asked, and that this is all they are told."""
    if view.due is None:
        return
    say = scene.say
    day = say.day(view.due, scene.now)
    if not view.mine:
        yield el.text(say("measure.whose", name=scene.full_name(view.owner), day=day))
    elif view.answer not in SETTLED:
        yield el.text(say("measure.by", day=day), bold=True)
        yield el.text(say("measure.again" if _has_come(view, scene) else "measure.asked"))
        yield el.small(say("measure.no_more"))


def _said(view: FollowUpView, scene: Scene) -> Iterator[Element]:
    if view.answer is not None:
        answer = scene.say(f"choices.follow_up.{view.answer}")
        yield el.text(scene.say("group.follow_up.answered", answer=answer), spacing="Medium", bold=True)
    if view.reason:
        yield el.quote(view.reason[:LONGEST_SHOWN])


def _follow_up(view: FollowUpView, answer: FollowUpAnswer, scene: Scene) -> Action:
    say, data = scene.say, press("answer_follow_up", view.case, view.version, measure=view.measure, answer=answer)
    if answer is not FollowUpAnswer.DROPPED:
        return el.execute(say, f"group.follow_up.{answer}", data)
    why = el.input_text("reason", say.plain("group.follow_up.why"), lines=True, longest=LONGEST_REASON)
    save = el.execute(say, "group.follow_up.save", data, inputs=True)
    return el.show_card(say, "group.follow_up.dropped", why, actions=[save])
