"""Typed words to the other one, and what was agreed with them: each becomes the press of its button."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace

from bot.desk import Desk
from cards.verbs import Press
from casework.messages import hearers
from casework.people import Person
from casework.vocabulary import CaseId, PersonId, Refused, Role
from dialogs.known import Meaning
from dialogs.nearest import is_name

WHOM = "whom"
"""What follows »send besked til«: a name, a colon, and the words."""


async def _updated(meaning: Meaning, desk: Desk) -> Press:
    """From the leader; from whoever it happened to it is a message to the leader. Without words: a card to write on."""
    if await desk.newest_case(Role.LEADER) is None and await desk.newest_case(Role.AFFECTED_EMPLOYEE):
        said = {"words": meaning.args.get("update", ""), **meaning.args}
        return await _written(replace(meaning, args=said), desk)
    case = await desk.case_handled(Role.LEADER)
    people, words = hearers((await desk.open(case)).case), meaning.args.get("update", "")
    if WHOM in meaning.args:
        person, words = await _addressed(meaning, people, desk)
        if len(people) > 1:
            return _message(case, person, words)
    if not words:
        return Press("write_update", case)
    return Press("give_update", case, args={"place": "card"}, inputs={"update": words})


async def _written(meaning: Meaning, desk: Desk) -> Press:
    """To whoever has the case; from them to the one it happened to, or with several the card asks to whom."""
    case = await desk.case_meant()
    opened = (await desk.open(case)).case
    told, leads = hearers(opened), desk.person == opened.recipient
    people, words = told if leads else (desk.person,), meaning.args.get("words", "")
    if WHOM in meaning.args and (leads or desk.person in told):
        person, words = await _addressed(meaning, told if leads else (opened.recipient,), desk)
        people = (person,) if leads else people
    return _message(case, people[0], words) if len(people) == 1 else Press("show_case", case)


def _message(case: CaseId, person: PersonId, words: str) -> Press:
    inputs = {"words": words} if words else {}
    return Press("send_message" if words else "write_message", case, args={"person": person}, inputs=inputs)


async def _addressed(meaning: Meaning, people: Iterable[PersonId | None], desk: Desk) -> tuple[PersonId, str]:
    """»til Sara: …«: which of those who can hear it, and the words without the name. Refused with who they are."""
    name, _, words = meaning.args[WHOM].partition(":")
    can = [person for person in people if person]
    if not can:
        raise Refused("nobody_to_tell")
    scene = await desk.scene(*can)
    found = [one for person in can if (one := scene.people.get(person)) and is_name(name, one.first_name, one.name)]
    if len(found) != 1 or await _is_another(name, found[0], desk):
        raise Refused("message_not_to_them", names=scene.names(can))
    return found[0].id, words.strip()


async def _is_another(name: str, person: Person, desk: Desk) -> bool:
    """Whether what looks like a slip in their name is the name of somebody else."""
    if is_name(name, person.first_name, person.name, slips=0):
        return False
    return any(is_name(name, one.first_name, one.name, slips=0) for one in await desk.search(name.strip()))


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
