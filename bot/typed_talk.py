"""Typed words to the other one, and what was agreed with them: each becomes the press of its button."""

from collections.abc import Awaitable, Callable, Mapping

from bot.desk import Desk
from cards.verbs import Press
from casework.messages import hearers
from casework.vocabulary import CaseId, Refused, Role
from dialogs.known import Meaning


async def _case(desk: Desk, *roles: Role) -> CaseId:
    case = await desk.newest_case(*roles)
    if case is None:
        raise Refused("nothing_open")
    return case


async def _updated(meaning: Meaning, desk: Desk) -> Press:
    """With the words, or without: then a card to write them on."""
    case = await _case(desk, Role.LEADER)
    if not meaning.args.get("update"):
        return Press("write_update", case)
    return Press("give_update", case, args={"place": "card"}, inputs=dict(meaning.args))


async def _written(meaning: Meaning, desk: Desk) -> Press:
    """To whoever has the case; from them to the one it happened to, or with several the card asks to whom."""
    case = await _case(desk)
    opened = (await desk.open(case)).case
    people = hearers(opened) if desk.person == opened.recipient else (desk.person,)
    if len(people) != 1:
        return Press("show_case", case)
    verb = "send_message" if meaning.args.get("words") else "write_message"
    return Press(verb, case, args={"person": people[0]}, inputs=dict(meaning.args))


async def _points_answered(meaning: Meaning, desk: Desk) -> Press:
    case = await _case(desk, Role.AFFECTED_EMPLOYEE)
    points = (await desk.open(case)).case.talk.agreed(desk.person)
    if points is None:
        raise Refused("nothing_open")
    return Press(meaning.name, case, args={"number": str(points.number)}, inputs=dict(meaning.args))


OF_THE_TALK: Mapping[str, Callable[[Meaning, Desk], Awaitable[Press]]] = {
    "give_update": _updated,
    "send_message": _written,
    "points_fit": _points_answered,
    "points_unfit": _points_answered,
}
