"""The accept cards: what it means, what it costs, the whole wording, and two answers that are equally all right.

B9, B16, H6, H7, H13, H14. No button is coloured, and the price stands before them.
"""

from cards import elements as el
from cards.accepts import taking_back, what_stays
from cards.elements import Action, Card, Element
from cards.form_when import counted_from
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework import vocabulary as v
from casework.views import Asked, QuestionView

SAYS_YES_TO = "consent.wording.title"


def question(view: QuestionView, scene: Scene) -> Card:
    """One accept card as it stands: unanswered, answered (by themselves or orally), taken back."""
    return _answered(view, scene) if view.asked.answer else _open(view, scene)


def summary(view: QuestionView, scene: Scene) -> str:
    """What a lock screen may say."""
    return scene.say.plain("common.summary.new" if view.asked.answer else "common.summary.question")


def _open(view: QuestionView, scene: Scene) -> Card:
    say, asked = scene.say, view.asked
    return el.card(
        say,
        say("consent.line.choice", case=view.case),
        el.heading(say(f"consent.{asked.kind}.title")),
        _taken_back(asked, scene.name(view.leader), scene),
        *_what_stays(view, scene),
        el.text(_said("body", view, scene), spacing="Medium"),
        deadline_box(view, scene),
        *_either_way(view, scene),
        *_wording(view, scene, _in_force(view, scene)),
        el.small(say(f"consent.{asked.kind}.foot"), spacing="Small"),
        actions=[*_answers(view, scene), call_button(view, scene)] if asked.can_change else [],
    )


def _said(key: str, view: QuestionView, scene: Scene) -> Ready:
    asked = view.asked
    at = scene.began(asked.began_at, asked.certainty)
    return scene.say(f"consent.{asked.kind}.{key}", leader=scene.name(view.leader), at=at)


def _taken_back(asked: Asked, leader: str, scene: Scene) -> Element | None:
    if asked.withdrawn_at is None:
        return None
    words = scene.say("consent.answered.withdrawn", at=scene.say.full(asked.withdrawn_at, scene.now))
    effect = scene.say(f"accepts.taken.{asked.kind}", leader=leader)
    return el.group(el.text(words, spacing="None"), el.text(effect), spacing="Medium")


def deadline_box(view: QuestionView, scene: Scene) -> Element | None:
    """The police question has a deadline, and it may have passed."""
    say, until = scene.say, view.asked.until
    if until is None:
        return None
    if until <= scene.now:
        return el.emphasis(el.text(say("consent.police.passed"), spacing="None"))
    return el.emphasis(
        el.small(say("common.deadline_title"), spacing="None"),
        el.text(say("common.deadline", until=say.until(until, scene.now)), spacing="None", bold=True),
        counted_from(view.asked.began_at, view.asked.certainty, scene),
        el.text(say("consent.police.early", leader=scene.name(view.leader))),
    )


def _either_way(view: QuestionView, scene: Scene) -> list[Element]:
    """What a yes and a no mean, in the same size, before any button."""
    parts = []
    for means in ("yes", no_means(view, scene)):
        parts += [
            el.section(scene.say(f"consent.{view.asked.kind}.{means}_title")),
            el.text(_said(means, view, scene), spacing="None"),
        ]
    return parts


def no_means(view: QuestionView, scene: Scene) -> str:
    """The key of what a no means: another when the deadline is gone already."""
    until = view.asked.until
    return "no_passed" if until is not None and until <= scene.now else "no"


def _in_force(view: QuestionView, scene: Scene) -> str:
    """The version that an answer given now must match."""
    return scene.guide.wordings[view.asked.kind]


def _wording(view: QuestionView, scene: Scene, version: str, heading: str = SAYS_YES_TO) -> list[Element]:
    """What a yes says, word for word, under a heading that is true of any answer already given.

    Nothing where that version's words are no longer kept.
    """
    asked, say, key = view.asked, scene.say, f"consent.wording.{version}"
    if not say.has(key):
        return []
    then = asked.worded_leader if version == asked.wording else None
    began = (asked.worded_began_at, asked.worded_certainty) if then else (asked.began_at, asked.certainty)
    words = say(key, leader=scene.full_name(then or view.leader), at=scene.began(*began))
    return [el.section(say(heading)), el.emphasis(el.text(words, spacing="None"), spacing="Small")]


def _answers(view: QuestionView, scene: Scene) -> list[Action]:
    return [_answer(answer, view, scene) for answer in v.Answer]


def _answer(answer: v.Answer, view: QuestionView, scene: Scene) -> Action:
    asked = view.asked
    data = press(
        "answer_consent", view.case, view.version, kind=asked.kind, episode=asked.episode, answer=answer,
        wording=_in_force(view, scene),
    )  # fmt: skip
    return el.execute(scene.say, f"consent.{asked.kind}.{answer}_button", data, leader=scene.name(view.leader))


def call_button(view: QuestionView, scene: Scene) -> Action:
    return el.execute(scene.say, "consent.call", press("call_me", view.case, view.version))


# -- answered --------------------------------------------------------------------------------------------------------


def _answered(view: QuestionView, scene: Scene) -> Card:
    say, asked = scene.say, view.asked
    thanks = None if asked.oral else el.text(say("consent.answered.thanks", leader=scene.name(view.leader)))
    return el.card(
        say,
        say("consent.line.choice", case=view.case),
        el.heading(say(f"consent.{asked.kind}.title_answered")),
        el.text(_how_it_stands(asked, scene), spacing="Medium", bold=True),
        *_oral(asked, scene),
        thanks,
        *_wording(view, scene, asked.wording or _in_force(view, scene), "consent.wording.was_asked"),
        *_what_stays(view, scene),
        None if asked.can_change else el.text(say("consent.answered.done")),
        actions=_afterwards(view, scene),
    )


def _what_stays(view: QuestionView, scene: Scene) -> list[Element]:
    """What was done on a yes: that it cannot be changed, and what one can still ask for."""
    return [el.text(words, spacing="Medium") for words in what_stays(view.asked, view.leader, scene)]


def _how_it_stands(asked: Asked, scene: Scene) -> Ready:
    if asked.oral and asked.said_at:
        key, name = f"consent.answered.oral_{asked.answer}", scene.name(asked.recorded_by)
        return scene.say(key, name=name, at=scene.say.full(asked.said_at, scene.now))
    at = scene.say.full(asked.answered_at, scene.now) if asked.answered_at else ""
    return scene.say(f"consent.answered.{asked.answer}", at=at)


def _oral(asked: Asked, scene: Scene) -> list[Element]:
    """What the leader wrote of an answer given orally, for the person to see and contradict."""
    if not (asked.oral and asked.how):
        return []
    name = scene.name(asked.recorded_by)
    return [el.small(scene.say("consent.answered.oral_how", name=name), spacing="Small"), el.quote(asked.how)]


def _afterwards(view: QuestionView, scene: Scene) -> list[Action]:
    """[Passer ikke] of an oral answer; [Ret mit svar] as long as it has an effect."""
    asked = view.asked
    which = {"kind": asked.kind, "episode": asked.episode}
    contradict = el.execute(
        scene.say, "consent.contradict", press("contradict_consent", view.case, view.version, **which),
        leader=scene.name(view.leader),
    )  # fmt: skip
    oral = [contradict] if asked.oral else []
    return [*oral, _change(view, scene), call_button(view, scene)] if asked.can_change else oral


def _wording_since(view: QuestionView, scene: Scene) -> list[Element]:
    """Another wording than the one that was answered is in force: it has to be read before an answer is changed."""
    if view.asked.wording in ("", _in_force(view, scene)):
        return []
    return _wording(view, scene, _in_force(view, scene), "consent.wording.asked_now")


def _change(view: QuestionView, scene: Scene) -> Action:
    """The other answer, or none: inside the card, with both as free as before."""
    say, asked = scene.say, view.asked
    other = v.Answer.NO if asked.answer is v.Answer.YES else v.Answer.YES
    data = press("withdraw_consent", view.case, view.version, kind=asked.kind, episode=asked.episode)
    return el.show_card(
        say,
        "consent.change",
        el.text(say("consent.answered.change_title"), bold=True),
        el.text(say("consent.answered.change_body")),
        *taking_back(asked, scene.name(view.leader), scene),
        *([el.text(_said(no_means(view, scene), view, scene))] if asked.kind is v.ConsentKind.POLICE else []),
        *_wording_since(view, scene),
        actions=[_answer(other, view, scene), el.execute(say, "consent.withdraw", data)],
    )
