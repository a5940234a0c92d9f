"""The reminders of the 72 hours: to the leader what is missing and from whom, to the employee the question."""

from collections.abc import Iterator

from cards import elements as el
from cards.call import ring_button
from cards.elements import Action, Card, Element
from cards.form_when import counted_from
from cards.leader import phones
from cards.plan import case_line, first_names, title
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.views import Missing, ReminderView
from casework.vocabulary import ConsentKind, PersonId, StepId

ADVICE = {"48": "early", "24": "today", "12": "soon", "2": "last"}
"""What each of the leader's reminders says besides what is missing; 6 hours before, the call says it all."""
ADVISED = {
    "asked_police": "ask",
    "answer_police": "call",
    "refused_police": "refused",
    "affected_unnamed": "unnamed",
}
"""What is missing, and the advice that mends it."""
UNANSWERED = ("asked_police", "answer_police")
OUTCOME, CONSENT = StepId("police_outcome"), StepId("police_consent")
LEGAL, ASSESS = StepId("legal_staff"), StepId("assess_police")


# -- the 72 hours, to the leader -------------------------------------------------------------------------------------


def to_the_leader(view: ReminderView, scene: Scene) -> Card:
    say = scene.say
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(_left(view, scene)),
        _deadline(view, scene),
        el.section(say("reminder.police.missing"), spacing="Medium"),
        *_missing(view, scene),
        el.section(say("reminder.police.now"), spacing="Medium"),
        *(el.text(words) for words in _now(view, scene)),
        *phones(_unanswered(view), scene),
        actions=_leader_buttons(view, scene),
    )


def _left(view: ReminderView, scene: Scene) -> Ready:
    """Hours are told by the time itself: the reminder of 12 hours may come with 17 left."""
    until = view.deadline.until if view.deadline else scene.now
    return scene.say("reminder.police.title", left=scene.say.hours_left(until, scene.now))


def _deadline(view: ReminderView, scene: Scene) -> Element | None:
    if view.deadline is None:
        return None
    say, people = scene.say, _people(view)
    why = "why" if people else "why_nobody"
    return el.emphasis(
        el.small(say("common.deadline_title"), spacing="None"),
        el.text(say("common.deadline", until=say.until(view.deadline.until, scene.now)), spacing="None", bold=True),
        counted_from(view.deadline.began_at, view.deadline.certainty, scene),
        el.text(say(f"reminder.police.{why}", names=first_names(scene, people))),
    )


def _people(view: ReminderView) -> tuple[PersonId, ...]:
    """Everybody something is missing from."""
    return tuple(dict.fromkeys(person for gap in view.missing for person in gap.people))


def _missing(view: ReminderView, scene: Scene) -> Iterator[Element]:
    if not view.missing:
        yield el.text(scene.say("reminder.police.nothing_missing"), spacing="None")
    for gap in _gaps(view):
        of = _of(gap, scene)
        words = scene.say(f"reminder.missing.{gap.what}", **of)
        yield el.row(False, words, scene.say(f"reminder.missing.{_state(gap)}_state", **of))


def _gaps(view: ReminderView) -> list[Missing]:
    """What is missing, each thing once: the step of asking is the missing answers."""
    unanswered = any(gap.what in UNANSWERED for gap in view.missing)
    return [gap for gap in view.missing if not (unanswered and gap.step == CONSENT)]


def _of(gap: Missing, scene: Scene) -> dict[str, Ready]:
    return {"step": title(gap.step, scene)} if gap.step else {"names": first_names(scene, gap.people)}


def _state(gap: Missing) -> str:
    if gap.what == "step":
        return "step"
    return {"affected_unnamed": "unnamed"}.get(gap.what, gap.what.partition("_")[0])


def _now(view: ReminderView, scene: Scene) -> Iterator[Ready]:
    """The reminder's own advice, and one for each thing that is missing."""
    names = first_names(scene, _people(view))
    if key := ADVICE.get(view.kind.removeprefix("police_")):
        yield scene.say(f"reminder.police.{key}", names=names)
    for gap in _gaps(view) or [Missing("step", OUTCOME)]:
        yield _advice(gap, scene)


def _advice(gap: Missing, scene: Scene) -> Ready:
    names, legal = first_names(scene, gap.people), scene.place.legal_staff
    key = ADVISED.get(gap.what, "report")
    if gap.step == ASSESS:
        return scene.say("reminder.police.assess")
    if gap.step == LEGAL:
        return scene.say("reminder.police.legal", name=legal.name, phone=legal.phone)
    return scene.say(f"reminder.police.{key}", names=names)


def _leader_buttons(view: ReminderView, scene: Scene) -> list[Action | None]:
    """What is missing comes first; at most six."""
    unnamed = any(gap.what == "affected_unnamed" for gap in view.missing)
    steps, people = _steps(view), _unanswered(view)
    buttons = [to_step(view, *step, scene, positive=step is steps[0] and not unnamed) for step in steps]
    to_case = case_button(view, scene, positive=unnamed)
    ring = ring_button(people[0], scene) if len(people) == 1 else None
    return [to_case, *buttons] if unnamed else [*buttons, ring, to_case]


def _steps(view: ReminderView) -> list[tuple[StepId, str]]:
    """The steps that can help now, with the key of each button, in the order they are needed."""
    lacks = {gap.step for gap in view.missing}
    asked = [(CONSENT, "consent")] if _unanswered(view) else []
    legal = [(LEGAL, "legal")]
    if LEGAL in lacks:
        return [*legal, *asked]
    assess = [(ASSESS, "assess")] if ASSESS in lacks else []
    return [*assess, *asked, (OUTCOME, "report"), *legal]


def _unanswered(view: ReminderView) -> list[PersonId]:
    return [person for gap in view.missing if gap.what in UNANSWERED for person in gap.people]


def to_step(view: ReminderView, step: StepId, key: str, scene: Scene, *, positive: bool = False) -> Action:
    data = press("open_step", view.case, view.version, step=step)
    return el.execute(scene.say, f"reminder.button.{key}", data, positive=positive, title=title(step, scene))


def case_button(view: ReminderView, scene: Scene, *, positive: bool = False) -> Action:
    data = press("show_case", view.case, view.version)
    return el.execute(scene.say, "reminder.button.case", data, positive=positive)


# -- the 72 hours, to the affected employee --------------------------------------------------------------------------


def to_the_employee(view: ReminderView, scene: Scene) -> Card:
    """There is a question. Both answers are all right, and no button is coloured."""
    say, deadline = scene.say, view.deadline
    until = deadline.until if deadline else scene.now
    talk = "talk" if view.leader else "talk_somebody"
    words = {"deadline": say.until(until, scene.now), "left": say.hours_left(until, scene.now)}
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("reminder.employee.title")),
        el.text(say("reminder.employee.body", **words)),
        el.text(say(f"reminder.employee.{talk}", leader=scene.name(view.leader))),
        actions=_employee_buttons(view, scene),
    )


def _employee_buttons(view: ReminderView, scene: Scene) -> list[Action]:
    say, episode = scene.say, view.deadline.episode if view.deadline else None
    question = press("show_question", view.case, view.version, kind=ConsentKind.POLICE, episode=episode)
    return [
        el.execute(say, "reminder.button.question", question),
        el.execute(say, "reminder.button.call_me", press("call_me")),
    ]


# -- when they have passed -------------------------------------------------------------------------------------------


def passed_card(view: ReminderView, scene: Scene) -> Card:
    """What still holds: it can be reported, exceptions exist, the legal staff can answer (L5)."""
    say, employee = scene.say, view.to == "affected_employee"
    words = say(f"reminder.passed.{'employee' if employee else 'leader'}", names=first_names(scene, _people(view)))
    at = say.until(view.deadline.until, scene.now) if view.deadline else ""
    legal = el.emphasis(el.text(scene.contact(scene.place.legal_staff), spacing="None"))
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("reminder.passed.title")),
        el.small(say("reminder.passed.at", deadline=at), spacing="None") if at else None,
        el.text(words),
        legal,
        actions=_passed_buttons(view, scene, employee=employee),
    )


def _passed_buttons(view: ReminderView, scene: Scene, *, employee: bool) -> list[Action]:
    if employee:
        return [case_button(view, scene), el.execute(scene.say, "reminder.button.call_me", press("call_me"))]
    return [to_step(view, OUTCOME, "report", scene, positive=True), case_button(view, scene)]
