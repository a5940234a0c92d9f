"""Typed words about a call: who is asked to ring, and that somebody has rung."""

from datetime import datetime

from bot.desk import Desk
from bot.kept_out import kept_out
from cards.verbs import Press
from casework.access import roles_of
from casework.case import Case
from casework.vocabulary import CaseId, Refused, Role
from dialogs.known import Meaning

CALLED = frozenset({Role.REPORTER, Role.LEADER, Role.FORMER_LEADER})
"""Those of a call: who asked for it, and who was asked to ring, now or before."""


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
    if of_theirs:
        return Press("make_call", of_theirs[-1])
    if noted := [at for one in await desk.mine() if (at := await _noted_at(one.case, desk))]:
        raise Refused("call_noted", at=max(noted))
    return None


async def _noted_at(case: Case, desk: Desk) -> datetime | None:
    """When it was, for whoever asked for that call or could have noted it."""
    if case.call_made_at is None or not CALLED & roles_of(case, desk.person):
        return None
    out = await kept_out(desk.office.caseworker, case.reporter)
    return None if desk.person in out else case.call_made_at


async def _may_note(case: CaseId, desk: Desk) -> bool:
    try:
        await desk.allowed(await desk.call_made(case))
    except Refused:
        return False
    return True
