"""Every card there is, by name and language, as tests draw it."""

from cards.elements import Card
from cards.scene import Scene
from cards.show import Shown, show, shown
from casework.texts import LANGUAGES
from tests import (
    scenes_accepts,
    scenes_closing,
    scenes_coach,
    scenes_custody,
    scenes_employee,
    scenes_handed,
    scenes_leader,
    scenes_letters,
    scenes_local,
    scenes_numbers,
    scenes_packages,
    scenes_status,
    scenes_talk,
    scenes_yearly,
)
from tests.scenes import scene

CARDS = (
    scenes_employee.CARDS
    | scenes_leader.CARDS
    | scenes_letters.CARDS
    | scenes_local.CARDS
    | scenes_status.CARDS
    | scenes_handed.HANDED
    | scenes_numbers.CARDS
    | scenes_packages.CARDS
    | scenes_accepts.ACCEPTS
    | scenes_talk.TALK
    | scenes_closing.CLOSING
    | scenes_coach.COACH
    | scenes_yearly.CARDS
    | scenes_custody.CARDS
)
"""Name → the view it is drawn from, or the function that draws it."""
BY_LANGUAGE = [(name, language) for name in CARDS for language in LANGUAGES]


def show_card(name: str, language: str) -> Shown:
    return _shown(CARDS[name], scene(language))


def draw(name: str, language: str) -> Card:
    return show_card(name, language).card


def _shown(view: object, at: Scene) -> Shown:
    return shown(view(at), at) if callable(view) else show(view, at)
