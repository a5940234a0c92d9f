"""A case that was handed on: what the employee is told of it, and the card of whoever had it before."""

from collections.abc import Iterator
from datetime import timedelta

from cards import elements as el
from cards.elements import Card, Element
from cards.leader import phones, places, when
from cards.plan import case_line, how_far
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.calendar import local
from casework.views import Deadline, FormerLine, FormerReading, FormerView, Handed
from casework.vocabulary import HandedOn


def handed_box(handed: Handed | None, scene: Scene) -> Element | None:
    """Who has it now, what was tried, and whom to ring: for the employee, and for whoever told it for another."""
    return _box(handed, "handing_on.told", scene)


def call_box(handed: Handed | None, scene: Scene) -> Element | None:
    """The same of a wish to be rung: who is asked to ring now."""
    return _box(handed, "handing_on.call", scene)


def _box(handed: Handed | None, key: str, scene: Scene) -> Element | None:
    if handed is None:
        return None
    mail = el.text(_mailed(handed, scene)) if handed.mailed else None
    ring = "handing_on.meanwhile.line" if _nobody_answers(handed) else "handing_on.ring.line"
    lines = list(_numbers(handed, scene))
    return el.emphasis(
        el.text(_said(handed, key, scene), spacing="None"),
        mail,
        *([el.text(scene.say(ring)), *lines] if lines else []),
    )


def _said(handed: Handed, key: str, scene: Scene) -> Ready:
    former, name = scene.full_name(handed.former), scene.full_name(handed.to)
    again = handed.again_at and (_last_day(handed, scene) if handed.how == "alone" else scene.when(handed.again_at))
    at = scene.when(handed.at)
    return scene.say(f"{key}.{handed.how}", former=former, name=name, at=at, again=again or "")


def _last_day(handed: Handed, scene: Scene) -> Ready:
    """Of an absence: the day before whoever has the case is back."""
    return scene.say.day(local(handed.again_at) - timedelta(days=1), scene.now)


def _mailed(handed: Handed, scene: Scene) -> Ready:
    return scene.say("handing_on.mailed.line", name=scene.full_name(handed.to if nobody_yet(handed) else handed.former))


def _numbers(handed: Handed, scene: Scene) -> Iterator[Element]:
    """The people first; when none of them answers, also whoever the workplace has for it."""
    former = () if handed.how == HandedOn.MOVED or handed.former is None else (handed.former,)
    there = () if handed.how == "alone" else (handed.to,)
    yield from phones((*there, *former), scene)
    if _nobody_answers(handed):
        yield from (el.text(scene.contact(contact), spacing="None") for contact in scene.place.crisis[:1])


def former_row(line: FormerLine, scene: Scene, opened: list[Ready]) -> Element:
    """In "who knows": somebody who had it, and what is left of that."""
    left = scene.say(f"handing_on.knows.{line.how}")
    said = Ready(f"{scene.say.listed(opened)} · {left}") if opened else left
    return el.row(bool(opened), scene.full_name(line.person), said)


def nobody_yet(handed: Handed | None) -> bool:
    """Nobody has been told: then no card may say so."""
    return handed is not None and handed.how == "nobody"


def _nobody_answers(handed: Handed) -> bool:
    return handed.how in ("nobody", "unanswered", "alone")


def former_card(view: FormerView, scene: Scene) -> Card:
    """Closed down: the case is somebody else's, and nothing on it says whose it is about."""
    say = scene.say
    if view.call:
        return _asked_before(view, scene)
    opening = el.execute(say, "handing_on.open", press("show_case", view.case, view.version)) if view.reads else None
    return el.card(
        say,
        say("common.line"),
        el.heading(say("handing_on.former.title")),
        el.text(_why(view, scene)),
        el.text(say("handing_on.former.reads" if view.reads else "handing_on.former.nothing")),
        actions=[opening] if opening else [],
    )


def _asked_before(view: FormerView, scene: Scene) -> Card:
    """Another is asked to ring, or it is done. Who has rung for all that can note it, so that nobody rings again."""
    say, name = scene.say, scene.full_name(view.now_with)
    how = "call" if view.made_at is None else "call_mine" if view.mine else "call_made"
    made = el.execute(say, "call.button.made", press("make_call", view.case, view.version)) if view.notes else None
    return el.card(
        say,
        say("common.line"),
        el.heading(say("handing_on.former.call_title" if view.made_at is None else "handing_on.former.call_over")),
        el.text(say(f"handing_on.former.{how}", name=name, at=scene.when(view.made_at or view.at))),
        el.text(say("handing_on.former.call_rang", name=name)) if view.notes else None,
        actions=[made] if made else [],
    )


def _why(view: FormerView | FormerReading, scene: Scene) -> Ready:
    name = scene.full_name(view.now_with)
    return scene.say(f"handing_on.former.{view.how}", name=name, at=scene.when(view.at))


def reading(view: FormerReading, scene: Scene) -> Card:
    """Whom it is about, where, when and until when, and how far it has come. No buttons: it is another's to do."""
    say = scene.say
    lines = [*places(view.media, view.forms, "leader.case", scene)]
    if view.deadlines:
        lines.append(when(view.deadlines, "leader.case", scene))
    about = scene.names(view.affected) if view.affected else say("leader.case.nobody")
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(about),
        el.emphasis(el.text(_why(view, scene), spacing="None")),
        *(el.text(line, spacing="None" if number else "Medium") for number, line in enumerate(lines)),
        *_deadlines(view.deadlines, scene),
        el.text(how_far(view.done, view.steps, view.away, scene), spacing="Medium"),
    )


def _deadlines(deadlines: tuple[Deadline, ...], scene: Scene) -> Iterator[Element]:
    still = [deadline for deadline in deadlines if deadline.open and not deadline.passed]
    for deadline in still[:1]:
        until = scene.say.until(deadline.until, scene.now)
        yield el.small(scene.say("common.deadline_title"), spacing="Medium")
        yield el.text(scene.say("common.deadline", until=until), spacing="None", bold=True)
