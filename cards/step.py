"""A step's own card for the leader: what to do, how it stands, what only this step has, and its buttons."""

from collections.abc import Callable, Iterator, Mapping

from cards import accepts, letters, points, police, talk, workplace
from cards import elements as el
from cards.coach import on_the_documentation_step
from cards.elements import Action, Card, Element
from cards.leader import phones
from cards.orientation import orientation
from cards.plan import case_line, first_names, locked_words, sentence, title
from cards.removal import rung
from cards.rung_buttons import rung_buttons
from cards.scene import Scene
from cards.step_buttons import buttons, completes, locked_buttons
from cards.words import Ready
from casework.local import note_key
from casework.views import CLOSED, StepView
from casework.vocabulary import ConsentKind

ASKED: Mapping[str, ConsentKind] = {
    "ask_colleagues": ConsentKind.COLLEAGUES,
    "ask_author": ConsentKind.REMOVAL,
    "police_consent": ConsentKind.POLICE,
    "inform_colleagues": ConsentKind.PARTNERS,
}
"""Steps on which the affected people are asked."""
FORMS = ("assess_police", "police_outcome")
"""Steps with fields of their own: those stand last, right above their button."""
MOST_NOTES = 3  # the latest; more would make the card too large


def step_card(view: StepView, scene: Scene) -> Card:
    """One step, for the leader."""
    return el.card(
        scene.say,
        case_line(view.case, scene),
        *head(view, scene),
        *stands(view, scene),
        el.text(todo(view, scene)) if _to_do(view) else None,
        *(local_note(view, scene) if _to_do(view) else ()),
        *(notes(view, scene) if view.line.step in FORMS else ()),
        *_about(view, scene),
        *letters.section(view, scene),
        *(() if view.line.step in FORMS else notes(view, scene)),
        actions=_buttons(view, scene),
    )


def _buttons(view: StepView, scene: Scene) -> list[Action | None]:
    if view.rung is not None:
        return rung_buttons(view, view.rung, scene)
    return locked_buttons(view, scene) if view.line.state == "locked" else buttons(view, scene)


def _to_do(view: StepView) -> bool:
    """There is still something to do, or to prepare for: not when somebody's no stands."""
    return view.line.state not in CLOSED and not any(gap.what.startswith("refused") for gap in view.line.missing)


def head(view: StepView, scene: Scene) -> Iterator[Element]:
    section = scene.say(f"leader.section.{view.line.section}")
    yield el.heading(title(view.line.step, scene))
    yield el.small(scene.say("step.head.number", number=view.line.number, section=section), spacing="None")


def todo(view: StepView, scene: Scene) -> Ready:
    said = scene.say(f"leader.step.{view.line.step}.todo", names=first_names(scene, view.affected))
    return sentence(said)


def local_note(view: StepView, scene: Scene) -> Iterator[Element]:
    """What the administration has written to this step, if it has."""
    key = note_key(view.line.step)
    if scene.say.has(key):
        yield el.text(scene.say("local.note.title"), bold=True)
        yield el.text(scene.say(key), spacing="None")


# -- how it stands ---------------------------------------------------------------------------------------------------


def stands(view: StepView, scene: Scene) -> Iterator[Element]:
    """Done, set aside with its reason, locked and by what, handed over, put off, or with someone else."""
    say, line = scene.say, view.line
    match line.state:
        case "done" | "set_aside" if line.by and line.at:
            words = say(f"step.state.{line.state}", name=scene.full_name(line.by), time=scene.when(line.at))
            yield el.emphasis(el.text(words, spacing="None"), el.quote(line.reason) if line.reason else None)
        case "done" | "set_aside":
            yield el.emphasis(el.text(say("step.state.done_itself"), spacing="None"))
        case "gone" | "nothing_to_remove":
            return  # the rung itself says why, and who said so
        case "locked":
            yield _locked(view, scene)
        case "offered":
            yield el.emphasis(el.text(say("step.state.offered", name=scene.full_name(line.offered_to)), spacing="None"))
        case _ if line.taken or not line.mine:
            yield el.emphasis(el.text(_whose(view, scene), spacing="None"))
        case "postponed" if line.until:
            yield el.emphasis(el.text(say("step.state.postponed", time=scene.when(line.until)), spacing="None"))


def _locked(view: StepView, scene: Scene) -> Element:
    refused = any(gap.what.startswith("refused") for gap in view.line.missing)
    waits = Ready(locked_words(view.line.missing, scene))
    return el.emphasis(
        el.text(scene.say("step.state.locked", what=waits), spacing="None", bold=True),
        el.text(scene.say("step.state.refused_help" if refused else "step.state.locked_help")),
    )


def _whose(view: StepView, scene: Scene) -> Ready:
    if view.line.owner is None:
        return scene.say("step.state.group")
    return scene.say("step.state.theirs", name=scene.full_name(view.line.owner))


# -- what this step is about -----------------------------------------------------------------------------------------


def _about(view: StepView, scene: Scene) -> Iterator[Element | None]:
    """What only this step has; a step without an entry in ABOUT has nothing more."""
    about = ABOUT.get(view.line.step)
    if about and (view.line.state not in CLOSED or view.line.step in KEPT_WHEN_CLOSED):
        yield from about(view, scene)
    yield from rung(view, scene)
    is_over = view.rung is not None and view.rung.ended is not None
    if (kind := ASKED.get(view.line.step)) and not is_over:
        yield from _asked(view, kind, scene)


def _talk(view: StepView, scene: Scene) -> Iterator[Element | None]:
    lines = list(phones(view.affected, scene))
    yield el.emphasis(*lines) if lines and view.line.state not in CLOSED else None
    yield from points.on_the_step(view, scene)


def help_contacts(view: StepView, scene: Scene) -> Iterator[Element | None]:
    say = scene.say
    yield el.text(say("leader.step.help.doctor", names=first_names(scene, view.affected)))
    yield el.section(say("step.contacts.title"), spacing="Medium")
    yield from (el.text(scene.contact(contact), spacing="None") for contact in scene.place.crisis)


def safetynet(view: StepView, scene: Scene) -> Iterator[Element | None]:
    say, until, over = scene.say, view.safetynet_until, view.safetynet_over
    if until is not None:
        yield el.emphasis(
            el.text(say("step.safetynet.until", day=say.day(until, scene.now)), spacing="None", bold=True),
            el.small(say("step.safetynet.until_help"), spacing="None"),
        )
    if over is not None and over.latest is not None:
        began = scene.began(over.latest.began_at, over.latest.certainty)
        yield el.text(say.count("step.safetynet.over", over.count, at=began))
    elif over is not None:
        yield el.text(say.count("group.notice.over", over.count))


def warned(words: str) -> Callable[[StepView, Scene], Iterator[Element | None]]:
    """A box with what to think of before the step: its heading, and `words`."""

    def box(view: StepView, scene: Scene) -> Iterator[Element | None]:
        key = f"leader.step.{view.line.step}"
        said = scene.say(f"{key}.{words}", names=first_names(scene, view.affected))
        yield el.emphasis(el.text(scene.say(f"{key}.before"), spacing="None", bold=True), el.text(said, spacing="None"))

    return box


def _legal_staff(view: StepView, scene: Scene) -> Iterator[Element | None]:
    yield el.emphasis(el.text(scene.contact(scene.place.legal_staff), spacing="None", bold=True))
    yield from orientation(view, scene)


def _assess(view: StepView, scene: Scene) -> Iterator[Element | None]:
    if view.line.state != "locked":
        yield from police.assessment(view, scene)


def _outcome(view: StepView, scene: Scene) -> Iterator[Element | None]:
    waiting = [line for line in view.police if line.outcome is None]
    yield police.help_to_report(view, scene) if waiting else None
    if any(line.passed for line in waiting):
        yield el.text(scene.say("reminder.passed.leader", names=first_names(scene, view.affected)))
    yield from police.police_lines(view, scene)
    if waiting and view.line.state != "locked" and not view.affected_unnamed:
        yield from police.outcome_form(view, scene)


def _consents(view: StepView, scene: Scene) -> Iterator[Element | None]:
    yield from police.police_lines(view, scene, police.answered)


ABOUT: Mapping[str, Callable[[StepView, Scene], Iterator[Element | None]]] = {
    "talk": _talk,
    "documentation": on_the_documentation_step,
    "help": help_contacts,
    "safetynet": safetynet,
    "keep_updated": talk.keep_updated,
    "ask_author": warned("retaliation"),
    "datatilsynet": warned("conditions"),
    "injunction": warned("spread"),
    "risk_assessment": workplace.risk,
    "avoid_contact": workplace.contact,
    "inform_colleagues": workplace.audiences,
    "debriefing": workplace.debriefing,
    "legal_staff": _legal_staff,
    "assess_police": _assess,
    "police_consent": _consents,
    "police_outcome": _outcome,
}
KEPT_WHEN_CLOSED = (
    *("talk", "keep_updated"),
    *("documentation", "assess_police", "police_consent", "police_outcome"),
    *("risk_assessment", "avoid_contact", "inform_colleagues", "debriefing"),
)


def _asked(view: StepView, kind: ConsentKind, scene: Scene) -> Iterator[Element | None]:
    """Who has answered what, and the buttons to ask and to note what was said."""
    if view.affected_unnamed:
        yield el.text(scene.say("police.ask.nobody"))
        return
    if kind is ConsentKind.PARTNERS:  # what stands above is about other accepts too
        yield el.section(scene.say("consent.partners.title_answered"), spacing="Medium")
    if kind is not ConsentKind.POLICE:
        yield from police.consent_lines(view, kind, scene)
    legal_first = any(gap.step == "legal_staff" for gap in view.line.missing)
    coloured = not completes(view)
    ask = police.can_ask(view, kind) and not legal_first
    asking = [
        police.ask_button(view, kind, scene, positive=coloured) if ask else None,
        police.oral_button(view, kind, scene) if view.line.state != "set_aside" else None,
        accepts.history(view, scene),
        accepts.unreachable_button(view, police.unanswered(view, kind), scene),
    ]
    yield el.action_row(*asking, spacing="Medium") if any(asking) else None
    yield from accepts.unreachable(view, scene)


def notes(view: StepView, scene: Scene) -> Iterator[Element]:
    if view.notes:
        yield el.section(scene.say("step.notes.title"), spacing="Medium")
    for by, at, words in view.notes[-MOST_NOTES:]:
        yield el.small(scene.say("step.notes.by", name=scene.full_name(by), time=scene.when(at)))
        yield el.quote(words)
