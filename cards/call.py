"""Somebody would like to be rung up: the card of whoever was chosen."""

from collections.abc import Iterator
from urllib.parse import quote

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.plan import case_line, sentence
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.views import CallView
from casework.vocabulary import PersonId


def call_card(view: CallView, scene: Scene) -> Card:
    """Who to ring, when it was asked, and [Har ringet]. Nothing has been written, so nothing more is known."""
    say = scene.say
    phone = scene.phone(view.wanted_by)
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(sentence(say("call.wanted.title", name=scene.full_name(view.wanted_by)))),
        el.text(_made(view, scene)) if view.made_at else None,
        _chosen(view, scene),
        el.text(say("call.wanted.body"), spacing="None") if not view.made_at else None,
        *_waits(view, scene),
        el.emphasis(el.text(say("call.wanted.phone", phone=phone), spacing="None", bold=True)) if phone else None,
        el.text(say("call.wanted.next", name=scene.name(view.wanted_by)), spacing="Medium"),
        actions=[] if view.made_at else _buttons(view, scene),
    )


def _made(view: CallView, scene: Scene) -> Ready:
    """When; and by whom, where it was somebody who was asked before."""
    time = scene.when(view.made_at or view.at)
    if view.made_by is None:
        return scene.say("call.wanted.made", time=time)
    return scene.say("call.wanted.made_by", name=scene.full_name(view.made_by), time=time)


def _chosen(view: CallView, scene: Scene) -> Element | None:
    """Since when it is the reader's to ring; and whom they were asked instead of."""
    handed = view.handed
    if view.made_at:
        return None
    if handed is None or handed.former in (None, view.recipient):
        return el.text(scene.say("call.wanted.chosen", time=scene.when(view.at)))
    former, at = scene.full_name(handed.former), scene.when(view.given_at or handed.at)
    return el.text(scene.say("call.wanted.instead", former=former, at=at))


def _waits(view: CallView, scene: Scene) -> Iterator[Element]:
    """That somebody waits for it, and until when it is theirs to ring."""
    if view.made_at:
        return
    name = scene.name(view.wanted_by)
    if view.nudged:
        yield el.text(scene.say("call.wanted.waits", name=name), bold=True)
    if view.goes_on_at is not None:
        yield el.text(scene.say("call.wanted.until", at=scene.when(view.goes_on_at)))


def _buttons(view: CallView, scene: Scene) -> list[Action | None]:
    made = el.execute(scene.say, "call.button.made", press("make_call", view.case, view.version), positive=True)
    return [made, ring_button(view.wanted_by, scene)]


def ring_button(person: PersonId, scene: Scene) -> Action | None:
    """A call in Teams, where the directory knows the person's address."""
    found = scene.people.get(person)
    if found is None or not found.mail:
        return None
    url = f"https://teams.microsoft.com/l/call/0/0?users={quote(found.mail)}"
    return el.open_url(scene.say, "call.button.ring", url, name=scene.full_name(person))
