"""A draft is deleted, or begun anew: bytes and key, and nothing of it is left (product: private until Send).

A typed word asks first. A button of an earlier draft's card says nothing of the one there is now.
"""

from typing import TYPE_CHECKING

from bot.stores import StaleCase
from cards import report
from cards.verbs import Press
from casework.case import Case

if TYPE_CHECKING:
    from bot.reception import Reception


async def delete_draft(at: "Reception", press: Press) -> None:
    draft = await at.desk.draft()
    if draft is not None and press.case is None:
        return await at.say(await at.front(report.sure, draft.id, "delete"))
    if draft is None or press.case == draft.id:
        await _erase(at, draft)
        await at.dialogs.leave()
    await at.word((await at.desk.scene()).say.plain("report.deleted"))


async def start_over(at: "Reception", press: Press) -> None:
    """The same press again, after it was cut off, finds the draft it began itself."""
    draft = await at.desk.draft()
    if draft is not None and press.case is None:
        return await at.say(await at.front(report.sure, draft.id, "over"))
    if draft is not None and press.case == draft.id and draft.id != at.desk.new_case():
        await _erase(at, draft)
    await at.dialogs.begin_report(await at.draft())


async def _erase(at: "Reception", draft: Case | None) -> None:
    """As long as it is one: sent from elsewhere at that moment, it is a case, and stays."""
    while draft is not None:
        try:
            return await at.desk.office.caseworker.erase(draft)
        except StaleCase:
            now = await at.desk.draft()
            draft = now if now is not None and now.id == draft.id else None
