"""The leader's case card: a neutral notice until it is opened, then what happened, until when, and what comes next."""

from collections.abc import Iterable, Iterator, Sequence

from cards import elements as el
from cards.accepts import withdrawn
from cards.closing import ended_for_leader, to_closing
from cards.coach import saved
from cards.custody import on_the_leaders_case
from cards.elements import Action, Card, Element
from cards.plan import case_line, first_names, has_come, open_button, state_word, title
from cards.policy import local_policy
from cards.recognition import known_conduct
from cards.removal import on_a_case_card, there_again
from cards.scene import Scene
from cards.talk import on_the_leaders_card
from cards.verbs import press
from cards.waiting import left, waits
from cards.words import Ready
from casework.views import CLOSED, Deadline, Handed, LeaderView, PoliceLine, StepLine
from casework.vocabulary import Answer, Certainty, Danger, GoingOn, HandedOn, PersonId, Recorded, Shared, StepId

MOST_DEADLINES = 3
"""Episodes with a line of their own in the box; the rest are on the card of the police outcome."""
OUTCOME, LEGAL, TALK = StepId("police_outcome"), StepId("legal_staff"), StepId("talk")


def leader_card(view: LeaderView, scene: Scene) -> Card:
    """The leader's one card of a case, as it stands now."""
    return _case(view, scene) if view.opened else _notice(view, scene)


def summary(view: LeaderView, scene: Scene) -> str:
    """What a lock screen may say."""
    return scene.say.plain("common.summary.new" if view.opened else "leader.summary.new")


def _notice(view: LeaderView, scene: Scene) -> Card:
    say = scene.say
    opening = el.execute(say, "leader.notice.open", press("open_case", view.case, view.version), positive=True)
    return el.card(
        say,
        say("common.line"),
        el.heading(say("leader.notice.title")),
        el.text(say("leader.notice.body")),
        waits(view, scene),
        actions=[opening],
    )


def _case(view: LeaderView, scene: Scene) -> Card:
    return el.card(
        scene.say,
        case_line(view.case, scene),
        el.heading(_about(view, scene)),
        waits(view, scene),
        *left(view, scene),
        *ended_for_leader(view, scene),
        *_at_once(view, scene),
        *_told(view, scene),
        *known_conduct(view, scene),
        *_facts(view, scene),
        *_who(view, scene),
        _deadlines(view, scene),
        *_progress(view, scene),
        *_next(view, scene),
        *on_the_leaders_case(view.custody, scene),
        *on_the_leaders_card(view, scene),
        *on_a_case_card(view.removal, scene),
        actions=_buttons(view, scene),
    )


def _about(view: LeaderView, scene: Scene) -> Ready:
    if view.affected:
        return scene.names(view.affected)
    return scene.say("leader.case.unnamed" if view.affected_unnamed else "leader.case.nobody")


# -- what is most urgent ---------------------------------------------------------------------------------------------


def _at_once(view: LeaderView, scene: Scene) -> Iterator[Element]:
    """Danger first, then the one thing to begin with: a call."""
    say, names = scene.say, first_names(scene, view.affected)
    if view.danger is not Danger.NO and not view.closed:
        yield el.emphasis(el.text(say(f"leader.danger.{view.danger}", names=names), spacing="None", bold=True))
    if _is_open(view, TALK) and not view.closed:
        key = "leader.case.first" if view.affected else "leader.case.first_unnamed"
        yield el.text(say(key, names=names))
        yield from phones(view.affected, scene)
    yield from withdrawn(view, scene)
    yield from taken(view.handed, scene)
    for person, at in view.not_reached:
        said = say("handing_on.not_reached.line", name=scene.full_name(person), at=scene.when(at))
        yield el.emphasis(el.text(said, spacing="None"), *phones((person,), scene))
    if view.seen_at:
        yield el.small(say("leader.case.seen", time=scene.when(view.seen_at)))


def taken(handed: Handed | None, scene: Scene) -> Iterator[Element]:
    """How whoever has it came to have it."""
    if handed is not None and handed.how in set(HandedOn):
        former, at = scene.full_name(handed.former), scene.when(handed.at)
        yield el.small(scene.say(f"handing_on.taken.{handed.how}", former=former, at=at))


def phones(people: Iterable[PersonId], scene: Scene) -> Iterator[Element]:
    """Who to ring, a line each; nothing for those without a number."""
    for person in people:
        if phone := scene.phone(person):
            yield el.text(scene.say("common.contact", name=scene.full_name(person), phone=phone), spacing="None")


def _is_open(view: LeaderView, step: StepId) -> bool:
    return any(line.step == step and line.state not in CLOSED for line in view.steps)


def _told(view: LeaderView, scene: Scene) -> Iterator[Element]:
    """Who told it, and what the affected people have said about it themselves."""
    say = scene.say
    if view.reporter not in view.affected:
        yield el.text(say("leader.told.by", reporter=scene.full_name(view.reporter)))
    for key, people in (("untold", view.untold), ("denied", view.denied), ("no_more", view.no_more)):
        if people:
            yield el.emphasis(el.text(say(f"leader.told.{key}", names=first_names(scene, people)), spacing="None"))
    if view.from_the_workplace:
        yield from local_policy(scene)


# -- what has happened -----------------------------------------------------------------------------------------------


def _facts(view: LeaderView, scene: Scene) -> Iterator[Element]:
    """Where, what, when; what nobody has said gets no line."""
    lines = [line for line in (*places(view.media, view.forms, "leader.case", scene), *_circumstances(view, scene))]
    for number, line in enumerate(lines):
        yield el.text(line, spacing="None" if number else "Medium")
    if view.evidence:
        yield el.small(saved(view, scene))


def places(media: Sequence[str], forms: Sequence[str], key: str, scene: Scene) -> Iterator[Ready]:
    """ "Where" and "what" as sentences; `key` is where their words are."""
    say = scene.say
    if media:
        yield say(f"{key}.where", where=_beside(scene, (f"choices.medium.{each}" for each in media)))
    if forms:
        yield say(f"{key}.what", what=_beside(scene, (f"choices.form.{each}" for each in forms)))


def _beside(scene: Scene, keys: Iterable[str]) -> Ready:
    """Choices as they were read, side by side: some have commas of their own."""
    return Ready(" · ".join(scene.say(key) for key in keys))


def _circumstances(view: LeaderView, scene: Scene) -> Iterator[Ready]:
    say = scene.say
    if view.deadlines:
        yield when(view.deadlines, "leader.case", scene)
    if view.going_on is not GoingOn.UNKNOWN:
        yield say(f"leader.going_on.{view.going_on}")
    if view.shared not in (Shared.NO, Shared.UNKNOWN):
        yield say("leader.case.shared", answer=say(f"choices.shared.{view.shared}"))
    if view.recorded not in (Recorded.NO, Recorded.UNKNOWN):
        yield say("leader.case.recorded", answer=say(f"choices.recorded.{view.recorded}"))
    if view.outside_working_hours:
        yield say("leader.case.outside")


def when(deadlines: Sequence[Deadline], key: str, scene: Scene) -> Ready:
    """When it happened, and how certain that is; of several how many, and the first."""
    first = deadlines[0]
    moment = scene.began(first.began_at, first.certainty)
    if first.certainty is not Certainty.EXACT:
        moment = scene.say(f"leader.certainty.{first.certainty}", when=moment)
    if len(deadlines) > 1:
        return scene.say("leader.case.several", count=len(deadlines), when=moment)
    return scene.say(f"{key}.when", when=moment)


def _who(view: LeaderView, scene: Scene) -> Iterator[Element]:
    """Asked while nobody is named: who it happened to, or that it is no particular person."""
    if not view.affected_unnamed or view.closed:
        return
    say = scene.say
    save = el.execute(say, "leader.affected.save", press("name_affected", view.case, view.version), inputs=True)
    nobody = el.execute(say, "leader.affected.nobody", press("nobody_affected", view.case, view.version))
    yield el.emphasis(
        el.text(say("leader.affected.ask"), spacing="None"),
        el.input_text("people", say.plain("leader.affected.people"), lines=True),
        el.small(say("leader.affected.people_help"), spacing="None"),
        el.action_row(save, nobody),
    )


# -- until when ------------------------------------------------------------------------------------------------------


def _deadlines(view: LeaderView, scene: Scene) -> Element | None:
    """The 72 hours of the episodes that still have an open question, and what each lacks."""
    if not view.deadlines or view.closed:
        return None
    say = scene.say
    waiting = [deadline for deadline in view.deadlines if deadline.open]
    if not waiting:
        return el.emphasis(el.text(say("leader.deadline.all_recorded"), spacing="None"))
    rest = len(waiting) - MOST_DEADLINES
    first = [el.text(say("leader.deadline.legal"))] if _is_open(view, LEGAL) else []
    theirs = first if len(waiting) == 1 else []  # of several episodes it stands before them all
    return el.emphasis(
        el.small(say("common.deadline_title"), spacing="None"),
        *(first if not theirs else ()),
        *(part for one in waiting[:MOST_DEADLINES] for part in _deadline(one, view, scene, theirs)),
        el.small(say.count("leader.deadline.more", rest, step=title(OUTCOME, scene))) if rest > 0 else None,
    )


def _deadline(deadline: Deadline, view: LeaderView, scene: Scene, first: Sequence[Element]) -> Iterator[Element]:
    say, until = scene.say, scene.say.until(deadline.until, scene.now)
    if len(view.deadlines) > 1:
        began = scene.began(deadline.began_at, deadline.certainty)
        yield el.small(say("leader.deadline.of", began=began), spacing="Medium")
    if deadline.passed:
        yield el.text(say("leader.deadline.passed", deadline=until), spacing="None")
    else:
        yield el.text(say("common.deadline", until=until), spacing="None", bold=True)
    yield from first
    yield from (el.text(line) for line in _missing(deadline, view, scene))


def _missing(deadline: Deadline, view: LeaderView, scene: Scene) -> Iterator[Ready]:
    """What is missing for one episode, the people who lack the same on one line."""
    lacking: dict[str, list[PersonId | None]] = {}
    for line in view.police:
        if line.episode == deadline.episode and line.outcome is None:
            lacking.setdefault(_gap(line, view), []).append(line.person)
    for gap, people in lacking.items():
        yield scene.say(f"leader.deadline.{gap}", names=first_names(scene, [p for p in people if p]))


def _gap(line: PoliceLine, view: LeaderView) -> str:
    if line.person is None:
        return "unnamed" if view.affected_unnamed else "outcome"
    if line.asked_at is None and line.answer is None:
        return "not_asked"
    return {Answer.YES: "report", Answer.NO: "refused"}.get(line.answer, "answer")


# -- what comes next -------------------------------------------------------------------------------------------------


def _progress(view: LeaderView, scene: Scene) -> Iterator[Element]:
    spoken = has_come(view, scene)
    yield el.text(spoken, spacing="Medium", bold=True)
    yield el.progress(view.done, len(view.steps), spoken)


def _next(view: LeaderView, scene: Scene) -> Iterator[Element]:
    """The next open steps with their buttons, and the report to the police as long as it is locked."""
    if view.closed:
        return
    yield el.section(scene.say("leader.case.next"))
    if not view.next_steps:
        yield el.text(scene.say("leader.case.nothing_next"))
    for number, line in enumerate(view.next_steps):
        coloured = number == 0 and view.seen_at is not None
        yield _step(line, scene, open_button(view.case, view.version, line, scene, positive=coloured))
    yield from (_step(line, scene) for line in view.steps if line.step == OUTCOME and line.state == "locked")


def _step(line: StepLine, scene: Scene, button: Action | None = None) -> Element:
    words = [
        el.text(title(line.step, scene), spacing="None", bold=True),
        el.small(state_word(line, scene), spacing="None"),
    ]
    parts: list[tuple[str, Sequence[Element]]] = [("stretch", words)]
    if button:
        parts.append(("auto", [el.action_row(button, spacing="None")]))
    return el.columns(*parts, spacing="Medium")


def _buttons(view: LeaderView, scene: Scene) -> list[Action | None]:
    say, at = scene.say, (view.case, view.version)
    seen = view.seen_at is not None or view.closed
    return [
        None if seen else el.execute(say, "leader.button.seen", press("mark_seen", *at), positive=True),
        el.execute(say, "leader.button.plan", press("show_plan", *at)),
        el.execute(say, "leader.button.evidence", press("show_evidence", *at)),
        there_again(view, scene),
        to_closing(view, scene),
    ]
