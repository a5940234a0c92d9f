"""Typed words about who has seen what, what is taken out, and the legal staff's look into a case."""

from collections.abc import Awaitable, Callable, Mapping

from bot.desk import Desk
from cards.verbs import Press
from casework.case import Case
from casework.custody import given_for
from casework.events import EvidenceReceived
from casework.numbering import number_for
from casework.vocabulary import CaseId, ItemId, PersonId, Refused, Role, Stage
from dialogs.known import Meaning


async def _by_number(meaning: Meaning, desk: Desk) -> Press:
    """»sag VK-…«: one's own card of it; to the legal staff the case, for that is how they come upon one."""
    case = CaseId(meaning.args["case"].upper())
    own = [line for line in await desk.lines() if line.case == case and line.role is not Role.LEGAL_STAFF]
    legal = not own and desk.person in desk.office.legal_staff()
    return Press("consult_case" if legal else "show_case", case)


async def _opened(meaning: Meaning, desk: Desk) -> Press:
    """»vis bevis 2«, by the number they know it by; without one, the list of them."""
    case = await desk.case_meant()
    if "number" not in meaning.args:
        leads = await desk.newest_case(Role.LEADER) == case
        return Press("show_evidence" if leads else "what_shared", case)
    opened = (await desk.open(case)).case
    looks = desk.person in (opened.recipient, *opened.custody.consulted)
    theirs = (item for item, givers in _pieces(opened) if looks or desk.person in givers)
    said = meaning.args["number"]
    found = next((item for item in theirs if str(number_for(opened, item, desk.person)) == said), None)
    if found is None:
        raise Refused("no_such_number")
    return Press("open_item", case, args={"item": found})


def _pieces(case: Case) -> list[tuple[ItemId, tuple[PersonId | None, ...]]]:
    """Every piece of evidence, also one that went, and who gave it or for whom a colleague did."""
    came = (event for event in case.log if isinstance(event, EvidenceReceived))
    return [(event.item, (event.by, given_for(case, event.item))) for event in came]


async def _seen(meaning: Meaning, desk: Desk) -> Press:
    """Of the newest case the person is affected in, closed ones too."""
    mine = [line for line in await desk.lines() if line.role is Role.AFFECTED_EMPLOYEE and line.state != "draft"]
    if not mine:
        raise Refused("nothing_open")
    return Press("show_custody", (await desk.newest_case(Role.AFFECTED_EMPLOYEE)) or mine[-1].case)


async def _withdrawn(meaning: Meaning, desk: Desk) -> Press:
    """»træk bevis 2 tilbage«."""
    case = await _given_in(meaning, desk, sent=True)
    return Press("withdraw_item", case.id, inputs={"item": _item(case, meaning, desk)})


async def _destroyed(meaning: Meaning, desk: Desk) -> Press:
    """»slet bevis 2«: out of the draft; of a case that was sent it says what can be done instead."""
    draft = await desk.draft()
    if draft is None:
        await _given_in(meaning, desk, sent=True)
        raise Refused("destroyed_by_time", contact=await _legal_staff(desk))
    return Press("destroy_item", draft.id, inputs={"item": _item(draft, meaning, desk)})


async def _not_deleted(meaning: Meaning, desk: Desk) -> Press:
    """»slet sagen«: the draft, if they are sure; of a case that was sent it says what can be done instead."""
    if await desk.draft() is None and await desk.lines():
        raise Refused("case_not_deleted", contact=await _legal_staff(desk))
    return Press("delete_draft")


async def _legal_staff(desk: Desk) -> str:
    scene = await desk.scene()
    return scene.contact(scene.place.legal_staff)


async def _given_in(meaning: Meaning, desk: Desk, *, sent: bool) -> Case:
    """The newest of the person's cases in which they have given a piece of that number."""
    cases = [one.case for one in await desk.mine() if (one.case.stage is not Stage.DRAFT) is sent]
    found = [case for case in cases if _item(case, meaning, desk)]
    if not found:
        raise Refused("not_yours")
    return found[-1]


def _item(case: Case, meaning: Meaning, desk: Desk) -> str:
    """The id of that piece of theirs, or that a colleague gave for them, also a piece that went; empty when none is."""
    theirs = (item for item, givers in _pieces(case) if desk.person in givers)
    said = meaning.args.get("number")
    return next((item for item in theirs if str(number_for(case, item, desk.person)) == said), "")


async def _held(meaning: Meaning, desk: Desk) -> Press | None:
    """»intet slettes: …« of the case that the person looked into last. To others these are words like any other."""
    lines = [line.case for line in await desk.lines() if line.role is Role.LEGAL_STAFF]
    looked = [(await desk.open(case)).case for case in lines]
    if not looked:
        return None
    last = max(looked, key=lambda case: max(event.at for event in case.log if event.by == desk.person))
    return Press(meaning.name, last.id, inputs=dict(meaning.args))


OF_THE_CUSTODY: Mapping[str, Callable[[Meaning, Desk], Awaitable[Press | None]]] = {
    "show_case_by_number": _by_number,
    "open_item": _opened,
    "show_custody": _seen,
    "withdraw_item": _withdrawn,
    "destroy_item": _destroyed,
    "delete_case": _not_deleted,
    "set_hold": _held,
    "lift_hold": _held,
}
