"""A typed word that comes again after a death in the middle of its turn: what it means may be another thing by then.

»har ringet« means the newest wish that waits, »ja« the one question, »åbn sagen igen« the newest closed case. Whatever
the same message has done already is done; it is shown, and nothing else is taken for it.
"""

from bot.desk import Desk
from bot.typed_of_accepts import ANSWERS
from bot.typed_of_measures import ANSWERS as OF_MEASURES
from cards.verbs import Press
from dialogs.known import Meaning

MEANT_BY_HOW_THINGS_STAND = frozenset(
    {
        *ANSWERS,
        *OF_MEASURES,
        "withdraw_consent",
        "contradict_consent",
        "accept_step",
        "decline_step",
        "undo_step",
        "make_call",
        "reopen_case",
        "points_fit",
        "points_unfit",
        "nothing_missing",
        "something_missing",
        "stop_the_case",
    }
)


async def acted_before(meaning: Meaning, desk: Desk) -> Press | None:
    """The card of the case that this very message has changed already. None: it has changed none."""
    if meaning.name not in MEANT_BY_HOW_THINGS_STAND:
        return None
    acted = (one.case.id for one in await desk.mine() if any(key.startswith(f"{desk.handled}:") for key in one.handled))
    return next((Press("show_case", case) for case in acted), None)
