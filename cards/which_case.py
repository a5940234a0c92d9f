"""A typed word that could change more than one case: in which, and nothing is done before it is said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cards import elements as el
from cards.elements import Card, Element
from cards.mine import way
from cards.scene import Scene
from cards.suggestions import shortened
from cards.verbs import press
from cards.words import Ready
from casework.vocabulary import CaseId, ItemId, PersonId, Role

MOST_PLACES = 5


@dataclass(frozen=True)
class Meant:
    """A case, as it is known to the reader. `people`: whom it is about, who wants to be rung, or who has it now."""

    case: CaseId
    role: Role
    people: tuple[PersonId, ...] = ()
    is_call: bool = False
    opened: bool = True


def which_case(item: ItemId, words: str, places: Sequence[Meant], scene: Scene) -> Card:
    """Each with its number and whom it is about, and the words done in the one that is pressed."""
    say = scene.say
    return el.card(
        say,
        say("common.line"),
        el.heading(say("which_case.title")),
        el.text(say("which_case.body", words=shortened(words))),
        *(part for place in places[:MOST_PLACES] for part in _place(item, place, scene)),
        el.text(say("which_case.more", case=places[MOST_PLACES].case)) if places[MOST_PLACES:] else None,
        actions=[] if places[MOST_PLACES - 1 :] else [way("cases", "my_cases", scene)],
    )


def _place(item: ItemId, place: Meant, scene: Scene) -> Iterator[Element]:
    yield el.text(_line(place, scene), spacing="Medium", bold=True)
    data = press("say_in_case", place.case, words=item)
    yield el.action_row(el.submit(scene.say, "which_case.this", data, positive=False, case=place.case))


def _line(place: Meant, scene: Scene) -> Ready:
    say, names = scene.say, scene.names(place.people) if place.people else ""
    if place.role is Role.LEADER and place.is_call:
        return say("which_case.call", names=names, case=place.case)
    if place.role is Role.FORMER_LEADER:
        return say("which_case.former_call" if place.is_call else "which_case.former", names=names, case=place.case)
    if place.role is Role.LEADER and not place.opened:
        return say("which_case.unopened", case=place.case)
    if place.role is Role.LEADER:
        return say("which_case.about", names=names or say("leader.case.nobody"), case=place.case)
    return say("which_case.part", part=say(f"welcome.mine.role.{place.role}"), case=place.case)
