"""Typed words about a colleague who saves evidence instead: asked, thanked, or with a no."""

from collections.abc import Awaitable, Callable, Mapping

from bot.desk import Desk
from cards.verbs import Press
from casework.vocabulary import Refused, Role
from dialogs.known import Meaning


async def _documenter(meaning: Meaning, desk: Desk) -> Press:
    """»bed Lise gemme beviser«, »bed en kollega«: the card where whom, what and where are written. Nobody is asked
    before Send."""
    if await desk.newest_case(Role.AFFECTED_EMPLOYEE) is None and await desk.draft():
        raise Refused("documenter_after_send")
    case = await desk.case_meant(Role.AFFECTED_EMPLOYEE)
    return Press("show_asking", case, inputs={"documenter": meaning.args.get("name", "")})


async def _thanked(meaning: Meaning, desk: Desk) -> Press:
    """»sig tak til Lise«: one of those who were asked to save evidence."""
    case = await desk.case_meant(Role.AFFECTED_EMPLOYEE)
    asked = {colleague for colleague, by in (await desk.open(case)).case.documenting.asked if by == desk.person}
    hits = [person.id for person in await desk.search(meaning.args["name"]) if person.id in asked]
    if len(hits) != 1:
        raise Refused("person_ambiguous" if hits else "person_unknown")
    return Press("end_documenting", case, args={"person": hits[0]})


async def _no_documenting(meaning: Meaning, desk: Desk) -> Press:
    return Press("decline_documenting", await desk.case_meant(Role.DOCUMENTER))


OF_DOCUMENTING: Mapping[str, Callable[[Meaning, Desk], Awaitable[Press]]] = {
    "ask_documenter": _documenter,
    "end_documenting": _thanked,
    "decline_documenting": _no_documenting,
}
