"""Typed words to the other one, and what was agreed with them: each becomes the press of its button."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.desk import Desk
from cards.suggestions import Whom
from cards.verbs import Press
from casework.messages import hearers
from casework.vocabulary import CaseId, PersonId, Refused, Role, Stage
from dialogs.known import Meaning
from dialogs.nearest import is_name

GOES_ON = (Stage.OPEN.value, Stage.CALL.value)

WHOM = "whom"
"""What follows »send besked til«: a name, a colon, and the words."""


async def _updated(meaning: Meaning, desk: Desk) -> Press:
    """From the leader; from whoever it happened to it is a message to the leader. Without words: a card to write on."""
    if await desk.newest_case(Role.LEADER) is None and await desk.newest_case(Role.AFFECTED_EMPLOYEE):
        return await _written(meaning, desk)
    places = await meant_for(meaning, desk)
    if await in_doubt(meaning, places, desk):
        return ASKED
    case, words = places[0].case if places else await desk.case_handled(Role.LEADER), words_of(meaning)
    if WHOM in meaning.args and len(hearers((await desk.open(case)).case)) > 1:
        return _message(case, places[0].person, words)
    if not words:
        return Press("write_update", case)
    return Press("give_update", case, args={"place": "card"}, inputs={"update": words})


async def _written(meaning: Meaning, desk: Desk) -> Press:
    """To whoever has the case; from them to the one it happened to."""
    places = await meant_for(meaning, desk)
    if await in_doubt(meaning, places, desk):
        return ASKED
    if not places:  # they have only told it, or nobody it happened to has heard of it
        case = await desk.case_meant()
        leads = (await desk.open(case)).case.recipient == desk.person
        return Press("show_case", case) if leads else _message(case, desk.person, words_of(meaning))
    (place,) = places
    return _message(place.case, place.person if place.is_affected else desk.person, words_of(meaning))


def _message(case: CaseId, person: PersonId, words: str) -> Press:
    inputs = {"words": words} if words else {}
    return Press("send_message" if words else "write_message", case, args={"person": person}, inputs=inputs)


# -- to whom -----------------------------------------------------------------------------------------------------------

ASKED = Press("my_cases")
"""What is shown if nobody asks to whom it goes: never a message to the one who happens to come first."""


def words_of(meaning: Meaning) -> str:
    """What is to be said, without the name of who hears it."""
    if WHOM in meaning.args:
        return meaning.args[WHOM].partition(":")[2].strip()
    return meaning.args.get("update") or meaning.args.get("words", "")


async def in_doubt(meaning: Meaning, places: Sequence[Whom], desk: Desk) -> bool:
    """Whether the words could go to another. News of one case without a name goes to all whom it happened to there."""
    to_all = meaning.name == "give_update" and WHOM not in meaning.args and all(place.is_affected for place in places)
    several = len({place.case for place in places} if to_all else places) > 1
    return several or await may_be_for_nobody(meaning, places, desk)


async def may_be_for_nobody(meaning: Meaning, places: Sequence[Whom], desk: Desk) -> bool:
    """Whether they have a case or a call too in which nobody can be written to: it may be that one. A name says not."""
    if not places or WHOM in meaning.args:
        return False
    reached = {place.case for place in places}
    return any(line.case not in reached for line in await desk.lines() if line.state in GOES_ON)


async def meant_for(meaning: Meaning, desk: Desk) -> tuple[Whom, ...]:
    """Those the words may be for, of everybody the person can write to. Refused when a name is nobody of these."""
    can = await _everybody(desk)
    return await _named(meaning.args[WHOM].partition(":")[0], can, desk) if WHOM in meaning.args else can


async def _everybody(desk: Desk) -> tuple[Whom, ...]:
    """Each in their case: whoever it happened to in those they have, and whoever has their own."""
    cases = [one.case for one in await desk.mine() if one.case.stage is Stage.OPEN]
    led = [case for case in cases if case.recipient == desk.person]
    told = [Whom(case.id, person, True) for case in led for person in hearers(case)]
    own = [Whom(case.id, case.recipient) for case in cases if case.recipient and desk.person in hearers(case)]
    return (*told, *(whom for whom in own if whom.person != desk.person))


async def _named(name: str, can: Sequence[Whom], desk: Desk) -> tuple[Whom, ...]:
    """As it is spelt, else with a slip that is nobody else's name. Refused with whom they can write to."""
    if not can:
        await desk.case_meant()
        raise Refused("nobody_to_tell")
    scene = await desk.scene(*(whom.person for whom in can))
    known = [(whom, scene.people[whom.person]) for whom in can if whom.person in scene.people]
    found = [whom for whom, one in known if is_name(name, one.first_name, one.name, slips=0)]
    if not found and not await _is_another(name, desk):
        found = [whom for whom, one in known if is_name(name, one.first_name, one.name)]
    if not found:
        raise Refused("message_not_to_them", names=scene.names(dict.fromkeys(whom.person for whom in can)))
    return tuple(found)


async def _is_another(name: str, desk: Desk) -> bool:
    """Whether what looks like a slip in somebody's name is the name of somebody else."""
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
