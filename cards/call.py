"""Somebody would like to be rung up: the card of whoever was chosen."""

from urllib.parse import quote

from cards import elements as el
from cards.elements import Action, Card
from cards.leader import taken
from cards.plan import case_line, sentence
from cards.scene import Scene
from cards.verbs import press
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
        el.text(say("call.wanted.made", time=scene.when(view.made_at))) if view.made_at else None,
        el.text(say("call.wanted.body", time=scene.when(view.at))) if not view.made_at else None,
        *taken(view.handed, scene),
        el.emphasis(el.text(say("call.wanted.phone", phone=phone), spacing="None", bold=True)) if phone else None,
        el.text(say("call.wanted.next", name=scene.name(view.wanted_by)), spacing="Medium"),
        actions=[] if view.made_at else _buttons(view, scene),
    )


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
