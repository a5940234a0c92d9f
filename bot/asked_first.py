"""Typed words that are asked about before they are acted on, for they may have been a sigh and no command.

Their buttons stand beside words that say what they mean; whoever typed has not read these.
"""

from typing import TYPE_CHECKING

from cards import suggestions
from cards.show import shown
from cards.verbs import Press
from casework.commands import WantNoMore
from casework.vocabulary import CaseId
from dialogs.known import Meaning

if TYPE_CHECKING:
    from bot.reception import Reception


async def asked_first(at: "Reception", meaning: Meaning, press: Press | None) -> bool:
    """»ikke mere«: whether no more is to be done in the case. False: nothing has to be asked. Refused as its button."""
    if meaning.name != "want_no_more" or press is None or press.case is None:
        return False
    case, desk = CaseId(press.case), at.desk
    await desk.allowed(WantNoMore(case=case, by=desk.person))
    opened = (await desk.open(case)).case
    if desk.person in opened.no_more or opened.recipient is None:
        return False
    scene = await desk.scene(opened.recipient)
    await at.say(shown(suggestions.no_more(case, opened.recipient, scene), scene))
    return True
