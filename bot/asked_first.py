"""Typed words that are asked about before they are acted on, for they may have been a sigh and no command.

Their buttons stand beside words that say what they mean; whoever typed has not read these. Nor does a typed message
stand on the card of whoever hears it: where that may be another, it is asked to whom.
"""

from typing import TYPE_CHECKING

from bot.desk import Desk
from bot.own_words import MOST_WAITING, ask, lies_here
from bot.typed_talk import in_doubt, may_be_for_nobody, meant_for, words_of
from cards import suggestions
from cards.show import shown
from casework.commands import WantNoMore
from casework.vocabulary import Refused, Role
from dialogs.known import Meaning

if TYPE_CHECKING:
    from bot.reception import Reception

TO_SOMEBODY = frozenset({"give_update", "send_message"})


async def asked_first(at: "Reception", desk: Desk, meaning: Meaning) -> bool:
    """»ikke mere«: whether no more is to be done in the case. False: nothing has to be asked. Refused as its button.

    `desk`: with the one case on it, where that is known."""
    if meaning.name in TO_SOMEBODY:
        return await _to_whom(at, desk, meaning)
    if meaning.name != "want_no_more":
        return False
    case = await desk.case_meant(Role.AFFECTED_EMPLOYEE)
    await desk.allowed(WantNoMore(case=case, by=desk.person))
    opened = (await desk.open(case)).case
    if desk.person in opened.no_more or opened.recipient is None:
        return False
    scene = await desk.scene(opened.recipient)
    await at.say(shown(suggestions.no_more(case, opened.recipient, scene), scene))
    return True


async def _to_whom(at: "Reception", desk: Desk, meaning: Meaning) -> bool:
    """The words lie in the person's own conversation until that is said. False: they can go to one place only."""
    places, words = await meant_for(meaning, desk), words_of(meaning)
    if not await in_doubt(meaning, places, desk):
        return False
    scene = await at.desk.scene(*(place.person for place in places))
    if len(at.desk.record.words) >= MOST_WAITING:
        raise Refused("message_not_to_them", names=scene.names(dict.fromkeys(place.person for place in places)))
    item = lies_here(at, words) if words else None
    nobody = await may_be_for_nobody(meaning, places, desk)
    await ask(at, item, shown(suggestions.to_whom(item, words, places[::-1], scene, nobody=nobody), scene))
    return True
