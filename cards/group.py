"""The health and safety group: that there is a case, the step it shares, and what it learns."""

from collections.abc import Iterator

from cards import elements as el
from cards import measures
from cards.elements import Action, Card, Element
from cards.leader import places, when
from cards.plan import case_line, sentence
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.views import AnalysisView, GroupView
from casework.vocabulary import StepId

SAFETYNET, ANALYSIS = StepId("safetynet"), StepId("analysis")
PREVENTION = ("clear_information", "open_talk", "contact_skills", "own_profiles", "watch_sites", "other")
"""Suggestions; each one chosen is a measure, with its words under `group.prevention`."""
LONGEST_ANSWER = 4_000  # characters
LONGEST_PLAN = 900  # characters; a word goes before them


# -- the notice ------------------------------------------------------------------------------------------------------


def group_card(view: GroupView, scene: Scene) -> Card:
    """The group's one card of a case, in its channel. No names of anyone in the case, no content."""
    say = scene.say
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say(f"group.notice.{'closed' if view.closed else 'title'}", workplace=_workplace(view, scene))),
        el.text(say("group.notice.body")),
        el.section(say("group.notice.shared")),
        el.row(
            view.safetynet_done and not view.safetynet_set_aside, say("group.notice.safetynet"), _safetynet(view, scene)
        ),
        _over(view, scene),
        None if view.safetynet_done else el.text(say("group.notice.how")),
        *_later(view, scene),
        actions=_group_buttons(view, scene),
    )


def _workplace(view: GroupView, scene: Scene) -> str:
    return scene.place.workplaces.get(view.workplace) or scene.say.plain("group.notice.somewhere")


def _safetynet(view: GroupView, scene: Scene) -> Ready:
    say = scene.say
    if view.safetynet_set_aside:
        return say("group.notice.set_aside")
    if view.safetynet_done:
        at = view.safetynet_done_at
        return say("group.notice.done", time=scene.when(at)) if at else say("group.notice.done_itself")
    until = view.safetynet_until
    day = say("group.notice.until", day=say.day(until, scene.now)) if until else say("group.notice.at_once")
    if view.safetynet_owner is None:
        return say("group.notice.nobody", day=day)
    return say("group.notice.taken", day=day, name=scene.full_name(view.safetynet_owner))


def _over(view: GroupView, scene: Scene) -> Element | None:
    """That the 14 days of an episode are over, and what to do; in the channel nothing more of it."""
    if view.safetynet_done or not view.safetynet_over:
        return None
    return el.text(scene.say.count("group.notice.over", view.safetynet_over))


def _later(view: GroupView, scene: Scene) -> Iterator[Element]:
    """The analysis: a day until it is time, then how it stands."""
    say = scene.say
    if not _analysis_ready(view, scene) and view.analysis_by is None and view.analysis_done_at is None:
        yield el.section(say("group.notice.later"))
        day = say.day(view.analysis_at, scene.now)
        yield el.text(sentence(say("group.notice.analysis_later", day=day)), spacing="None")
    else:
        yield el.section(say("group.notice.after"))
        yield el.row(view.analysis_done_at is not None, say("group.notice.analysis"), _analysis_word(view, scene))
    if view.measures:
        settled, left = view.measures_done + view.measures_dropped, view.measures
        numbers = {"all": left, "done": view.measures_done, "dropped": view.measures_dropped}
        yield el.row(settled == left, say("group.notice.measures"), say("group.notice.measures_how", **numbers))
    if view.plan_proposed:
        yield el.row(view.plan_settled, say("group.notice.plan"), say("group.notice.plan_proposed"))


def _analysis_ready(view: GroupView, scene: Scene) -> bool:
    return scene.now >= view.analysis_at


def _analysis_word(view: GroupView, scene: Scene) -> Ready:
    if view.analysis_done_at is not None:
        return scene.say("group.notice.analysis_done", time=scene.when(view.analysis_done_at))
    if view.analysis_by is not None:
        return scene.say("group.notice.analysis_taken", name=scene.full_name(view.analysis_by))
    return scene.say("group.notice.analysis_open")


def _group_buttons(view: GroupView, scene: Scene) -> list[Action | None]:
    say, at = scene.say, (view.case, view.version)
    free = not view.safetynet_done and view.safetynet_owner is None
    ask = _analysis_ready(view, scene) and view.analysis_by is None and view.analysis_done_at is None
    take, done = press("take_step", *at, step=SAFETYNET), press("complete_step", *at, step=SAFETYNET)
    return [
        el.execute(say, "group.button.take", take, positive=True) if free else None,
        None if view.safetynet_done else el.execute(say, "group.button.done", done, positive=not free),
        _take_analysis(view, scene, positive=view.safetynet_done) if ask else None,
        el.execute(say, "group.button.guide", press("guide")),
        el.execute(say, "group.button.numbers", press("numbers")),
    ]


def _take_analysis(view: GroupView, scene: Scene, *, positive: bool) -> Action:
    data = press("take_analysis", view.case, view.version)
    return el.execute(scene.say, "group.button.take_analysis", data, positive=positive)


# -- the analysis ----------------------------------------------------------------------------------------------------


def analysis_card(view: AnalysisView, scene: Scene) -> Card:
    """Done: what was decided. Otherwise the form."""
    return analysis_done(view, scene) if view.done else analysis_form(view, scene)


def analysis_form(view: AnalysisView, scene: Scene) -> Card:
    """About the workplace, not about people: what happened without names, then the questions."""
    say = scene.say
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("group.analysis.title")),
        el.text(say("group.analysis.intro")),
        el.group(*_happened(view, scene), spacing="Small"),
        *_questions(scene),
        actions=_form_buttons(view, scene),
    )


def _happened(view: AnalysisView, scene: Scene) -> Iterator[Element]:
    """Where, what and when; never who."""
    yield from (el.small(line, spacing="None") for line in places(view.media, view.forms, "group.analysis", scene))
    if view.deadlines:
        yield el.small(when(view.deadlines, "group.analysis", scene), spacing="None")


def _questions(scene: Scene) -> Iterator[Element]:
    say = scene.say
    hint = say.plain("group.analysis.possible_hint")
    yield _answer("possible", scene) | {"placeholder": hint}
    yield _answer("helped", scene)
    choices = [(say.plain(f"group.prevention.{each}"), each) for each in PREVENTION]
    yield el.multi_choice("prevention", say.plain("group.analysis.prevention"), choices)
    yield _answer("measures", scene)
    yield el.small(say("group.analysis.measures_help"), spacing="None")
    answers = [(say.plain(f"choices.answer.{each}"), each) for each in ("yes", "no")]
    yield el.choice("change_plan", say.plain("group.analysis.change_plan"), answers)
    yield el.input_text("plan", say.plain("group.analysis.plan"), lines=True, longest=LONGEST_PLAN)
    yield el.input_text("follow_up_by", say.plain("group.analysis.follow_up_by"))
    yield el.small(say("group.analysis.follow_up_by_help"), spacing="None")


def _answer(field: str, scene: Scene) -> Element:
    return el.input_text(field, scene.say.plain(f"group.analysis.{field}"), lines=True, longest=LONGEST_ANSWER)


def _form_buttons(view: AnalysisView, scene: Scene) -> list[Action]:
    at = (view.case, view.version)
    return [
        el.execute(scene.say, "group.analysis.finish", press("finish_analysis", *at), positive=True, inputs=True),
        el.execute(scene.say, "group.analysis.pass_on", press("open_step", *at, step=ANALYSIS)),
    ]


def analysis_done(view: AnalysisView, scene: Scene) -> Card:
    """What was decided, and how it is going."""
    say = scene.say
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("group.analysis.title")),
        el.text(say("group.analysis.done")),
        el.section(say("group.analysis.decided")),
        *measures.decided(view, scene),
        None if view.measures else el.text(say("group.analysis.nothing_decided"), spacing="None"),
        actions=[measures.whose_button(view, scene)],
    )
