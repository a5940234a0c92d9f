"""The affected employee's case card, and the one for whoever told it for another. Drawn anew as the case goes on."""

from datetime import datetime

from cards import elements as el
from cards.closing import ended_for_employee
from cards.coach import saved
from cards.documenting import documenter_rows
from cards.elements import Card, Element
from cards.employee_buttons import case_buttons
from cards.employee_deadlines import further_down, happens_now, on_top
from cards.former import former_row, handed_box, nobody_yet
from cards.letters import own_letters
from cards.recognition import not_the_only_one
from cards.removal import on_a_case_card
from cards.report import contacts
from cards.scene import Scene
from cards.talk import on_the_persons_card
from cards.waiting import goes_on
from cards.words import Ready
from cards.workplace import own_protection, own_told
from casework import vocabulary as v
from casework.views import Asked, EmployeeView, Helper, OutcomeLine, ReporterView, SetAsideLine

MOST_LINES = 5
"""Questions on the card, the unanswered first, and pieces that were opened, the newest; it must stay readable."""
MOST_WRITTEN = 3
"""Outcomes and reasons with the words that somebody wrote, the newest; the rest are counted."""


def case_card(view: EmployeeView, scene: Scene) -> Card:
    """What has happened last, what comes next, the deadline, who knows, the three steps, and whom to ring."""
    say, leader = scene.say, scene.name(view.leader)
    at = scene.when(view.headline_at)
    return el.card(
        say,
        say("common.case_line", case=view.case),
        el.heading(say(f"employee.headline.{view.headline}", leader=leader, at=at)),
        on_top(view, scene),
        *_told_by(view, scene),
        *not_the_only_one(view, scene),
        handed_box(view.handed, scene),
        el.section(say("employee.now.title"), spacing="Medium"),
        el.text(happens_now(view, scene), spacing="None"),
        goes_on(view, scene),
        *ended_for_employee(view, scene),
        _next(view, scene),
        *on_the_persons_card(view, scene),
        further_down(view, scene),
        *_questions(view, scene),
        *_outcomes(view, scene),
        *_set_aside(view, scene),
        *own_letters(view, scene),
        *own_protection(view, scene),
        *on_a_case_card(view.removal, scene),
        *_who_knows(view, scene),
        *([] if view.closed else _three_steps(view, scene)),
        el.section(say("employee.urgent.title")),
        *contacts(scene),
        actions=case_buttons(view, scene),
    )


def summary(view: EmployeeView, scene: Scene) -> str:
    """What a lock screen may say."""
    return scene.say.plain("common.summary.question" if view.headline == "asked" else "common.summary.new")


def _told_by(view: EmployeeView, scene: Scene) -> list[Element]:
    said = []
    if view.reported_by is not None:
        said.append(el.text(scene.say("employee.told.by", name=scene.full_name(view.reported_by)), spacing="Medium"))
    if view.denied:
        said.append(el.text(scene.say("employee.told.denied"), spacing="Medium"))
    if view.no_more:
        said.append(el.text(scene.say("employee.told.no_more", leader=scene.name(view.leader)), spacing="Medium"))
    return said


def _next(view: EmployeeView, scene: Scene) -> Element | None:
    if view.closed or view.next_step is None or nobody_yet(view.handed):
        return None
    step = scene.say(f"employee.next.{view.next_step}", leader=scene.name(view.leader))
    return el.text(scene.say("employee.now.next", what=step))


# -- questions and what came of them ---------------------------------------------------------------------------------


def _questions(view: EmployeeView, scene: Scene) -> list[Element]:
    """Each question and how it stands, the unanswered first."""
    asked = sorted(view.questions, key=lambda one: one.answer is not None)
    if not asked:
        return []
    rest = len(asked) - MOST_LINES
    rows = [el.row(one.answer is not None, _asks(one, scene), _stands(one, scene)) for one in asked[:MOST_LINES]]
    return [el.section(scene.say("employee.asked.title")), *rows, *_more(rest, scene)]


def _more(rest: int, scene: Scene) -> list[Element]:
    return [el.small(scene.say.count("common.more", rest))] if rest > 0 else []


def _asks(asked: Asked, scene: Scene) -> Ready:
    at = scene.began(asked.began_at, asked.certainty)
    return scene.say(f"employee.asked.{asked.kind}", at=at)


def _stands(asked: Asked, scene: Scene) -> Ready:
    if asked.answer is None:
        return scene.say("employee.asked.taken_back" if asked.withdrawn_at else "employee.asked.open")
    return scene.say(f"employee.asked.{asked.answer}")


def _outcomes(view: EmployeeView, scene: Scene) -> list[Element]:
    if not view.outcomes:
        return []
    newest = sorted(view.outcomes, key=lambda line: line.at, reverse=True)
    drawn = [part for line in newest[:MOST_WRITTEN] for part in _outcome(line, view, scene)]
    return [el.section(scene.say("employee.outcome.title")), *drawn, *_more(len(newest) - MOST_WRITTEN, scene)]


def _outcome(line: OutcomeLine, view: EmployeeView, scene: Scene) -> list[Element]:
    """One episode's outcome, with what was written of it word for word."""
    say = scene.say
    mine = line.outcome is v.OutcomeKind.REPORTED and line.by != view.leader
    key = "reported_myself" if mine else str(line.outcome)
    at = line.reported_at or line.at if line.outcome is v.OutcomeKind.REPORTED else line.at
    began = scene.began(line.began_at, line.certainty)
    name = scene.name(line.by)
    said = say(f"employee.outcome.{key}", began=began, at=scene.when(at), name=name)
    written = el.small(say("employee.outcome.written", name=name), spacing="Small")
    return [el.text(said), *([written, el.quote(_short(line.details))] if line.details else [])]


def _set_aside(view: EmployeeView, scene: Scene) -> list[Element]:
    """Steps that are not relevant, with the reason: the affected person can see it."""
    if not view.set_aside:
        return []
    newest = sorted(view.set_aside, key=lambda line: line.at, reverse=True)
    drawn = [part for line in newest[:MOST_WRITTEN] for part in _reason(line, scene)]
    return [el.section(scene.say("employee.aside.title")), *drawn, *_more(len(newest) - MOST_WRITTEN, scene)]


def _reason(line: SetAsideLine, scene: Scene) -> list[Element]:
    step = scene.say(f"leader.step.{line.step}.title", names="")
    said = scene.say("employee.aside.line", step=step, name=scene.name(line.by))
    return [el.small(said, spacing="Small"), el.quote(_short(line.reason))]


LONGEST_REASON = 500
"""Characters of what somebody wrote that stand on the card itself."""


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_REASON else words[:LONGEST_REASON].rstrip() + "…"


# -- who knows, and the three steps ----------------------------------------------------------------------------------


def _who_knows(view: EmployeeView, scene: Scene) -> list[Element | None]:
    say = scene.say
    leader = say(f"employee.knows.role.{view.leader_role}", name=scene.full_name(view.leader))
    group = el.row(True, say("employee.knows.group"), say("employee.knows.group_told"))
    done = view.safetynet_done_at
    safetynet = say("employee.knows.safetynet_done", at=scene.when(done)) if done else ""
    return [
        el.section(say("employee.knows.title")),
        el.row(not nobody_yet(view.handed), leader, say.listed(_seen(view, scene))),
        *(former_row(one, scene, _openings(view, one.person, one.opened_at, scene)) for one in view.formers),
        *(_helper(one, scene) for one in view.helpers),
        *documenter_rows(view.documenters, scene),
        group if view.group_told else None,
        *own_told(view, scene),
        el.row(True, say("employee.knows.safetynet"), safetynet) if done else None,
    ]


def _helper(helper: Helper, scene: Scene) -> Element:
    step = scene.say(f"leader.step.{helper.step}.title", names="")
    return el.row(True, scene.full_name(helper.person), scene.say("employee.knows.helps", step=step))


def _seen(view: EmployeeView, scene: Scene) -> list[Ready]:
    """What the leader has seen, and when; the newest pieces last."""
    say = scene.say
    if nobody_yet(view.handed):
        return [say("handing_on.knows.nobody")]
    if view.opened_at is None:
        return [say("employee.knows.told", at=scene.when(view.given_at or view.sent_at))]
    return _openings(view, view.leader, view.opened_at, scene)


def _openings(view: EmployeeView, person: v.PersonId, opened_at: datetime | None, scene: Scene) -> list[Ready]:
    """When somebody opened the case, and what of it; nothing for whoever has not."""
    say = scene.say
    opened = [say("employee.knows.opened", at=scene.when(opened_at))] if opened_at else []
    theirs = (one for one in view.openings if one.by == person)
    newest = sorted(theirs, key=lambda one: one.at)[-MOST_LINES:]
    for one in newest:
        key = "employee.knows.words" if one.number is None else "employee.knows.item"
        opened.append(say(key, number=one.number or 0, at=scene.when(one.at)))
    return opened


def _three_steps(view: EmployeeView, scene: Scene) -> list[Element]:
    """B1, B2, B3: what is the employee's own."""
    say, leader = scene.say, scene.name(view.leader)
    more = Ready(f"{saved(view, scene)}, {say('employee.steps.more' if view.evidence else 'employee.steps.more_none')}")
    sent = scene.when(view.sent_at)
    told = say("employee.steps.sent", at=sent)
    if view.reported_by is not None:
        told = say("employee.steps.told_by", name=scene.name(view.reported_by), at=sent)
    talked = view.talked_at
    talk = say("employee.steps.talked", at=scene.when(talked)) if talked else say("employee.steps.not_talked")
    return [
        el.section(say("employee.steps.title")),
        el.row(bool(view.evidence), say("employee.steps.save"), more),
        el.row(True, say("employee.steps.tell" if view.reported_by is None else "employee.steps.tell_by"), told),
        el.row(talked is not None, say("employee.steps.talk", leader=leader), talk),
    ]


# -- whoever told it for another -------------------------------------------------------------------------------------


def reporter_card(view: ReporterView, scene: Scene) -> Card:
    """Received, seen, what they gave themselves, add more. Nothing else."""
    say, leader = scene.say, scene.name(view.leader)
    seen = view.seen_at
    names = scene.names(view.affected)
    about = say("employee.reporter.about", names=names) if view.affected else say("employee.reporter.workplace")
    return el.card(
        say,
        say("common.case_line", case=view.case),
        el.heading(_reporters_title(view, leader, scene)),
        el.text(about),
        el.text(say("employee.reporter.sent", at=scene.when(view.sent_at)), spacing="None"),
        el.text(say("employee.reporter.seen", at=scene.when(seen)), spacing="None") if seen else None,
        handed_box(view.handed, scene),
        el.text(say("employee.reporter.closed"), spacing="Medium") if view.closed else None,
        *ended_for_employee(view, scene),
        el.text(_given(view, scene), spacing="Medium"),
        el.small(say("employee.reporter.rest"), spacing="Medium"),
        el.section(say("employee.urgent.title")),
        *contacts(scene),
        actions=case_buttons(view, scene),
    )


def _reporters_title(view: ReporterView, leader: str, scene: Scene) -> Ready:
    if nobody_yet(view.handed):
        return scene.say("employee.headline.unreached")
    return scene.say("employee.reporter.title_seen" if view.seen_at else "employee.reporter.title", leader=leader)


def _given(view: ReporterView, scene: Scene) -> Ready:
    if not view.evidence:
        return scene.say("employee.shared.none")
    return saved(view, scene)
