"""Typed words about a call: who is asked to ring, and that somebody has rung."""

from bot.desk import Desk
from cards.verbs import Press
from casework.vocabulary import CaseId, Refused, Role
from dialogs.known import Meaning


async def called_by(meaning: Meaning, desk: Desk) -> Press:
    """»bed Sara ringe«: one of those who can be asked."""
    people, name = await desk.companions(), meaning.args["name"]
    hits = [person.id for person in await desk.search(name) if person.id in people]
    if len(hits) != 1:
        raise Refused("person_ambiguous" if hits else "person_unknown", name=name)
    return Press("choose_call", args={"person": hits[0]})


async def call_made(meaning: Meaning, desk: Desk) -> Press | None:
    """The newest they are asked for; else the newest that went on to another, which they may have rung for before."""
    calls = [line for line in await desk.lines() if line.state == "call" and await _may_note(line.case, desk)]
    of_theirs = [line.case for line in calls if line.role is Role.LEADER] or [line.case for line in calls]
    return Press("make_call", of_theirs[-1]) if of_theirs else None


async def _may_note(case: CaseId, desk: Desk) -> bool:
    try:
        await desk.allowed(await desk.call_made(case))
    except Refused:
        return False
    return True
