"""Typed words to the other one, and what was agreed with them: each becomes the press of its button."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.desk import Desk
from cards.verbs import Press
from casework.messages import hearers
from casework.vocabulary import Refused, Role
from dialogs.known import Meaning


async def _updated(meaning: Meaning, desk: Desk) -> Press:
    """From the leader; from whoever it happened to it is a message to the leader. Without words: a card to write on."""
    if await desk.newest_case(Role.LEADER) is None and await desk.newest_case(Role.AFFECTED_EMPLOYEE):
        return await _written(replace(meaning, args={"words": meaning.args.get("update", "")}), desk)
    case = await desk.case_handled(Role.LEADER)
    if not meaning.args.get("update"):
        return Press("write_update", case)
    return Press("give_update", case, args={"place": "card"}, inputs=dict(meaning.args))


async def _written(meaning: Meaning, desk: Desk) -> Press:
    """To whoever has the case; from them to the one it happened to, or with several the card asks to whom."""
    case = await desk.case_meant()
    opened = (await desk.open(case)).case
    people = hearers(opened) if desk.person == opened.recipient else (desk.person,)
    if len(people) != 1:
        return Press("show_case", case)
    verb = "send_message" if meaning.args.get("words") else "write_message"
    return Press(verb, case, args={"person": people[0]}, inputs=dict(meaning.args))


async def _points_answered(meaning: Meaning, desk: Desk) -> Press:
    case = await desk.case_meant(Role.AFFECTED_EMPLOYEE)
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
