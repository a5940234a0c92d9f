"""Files and pictures in the chat: each gets a receipt, or is named with the reason it was not kept. B1, H12."""

from botbuilder.core import TurnContext

from cards.evidence import DEVICES
from cards.verbs import Press
from casework.commands import DescribeEvidence
from casework.views import EvidenceLine
from casework.vocabulary import CaseId, ItemId, Refused, Shows
from dialogs import drawn
from dialogs.asking import Desk, desk_of, replace, say, tell, tell_refusal


async def receive(turn: TurnContext, case: CaseId, waiting: str = "") -> bool:
    """Everything the message brought, one by one: what can be kept is kept, whatever the others are. Whether any was.

    `waiting`: this form of the report, or its last page, stands above, and the receipt says so.
    """
    desk = desk_of(turn)
    every = await desk.receive(turn.activity, case)
    kept = [found for found in every if not isinstance(found, Refused)]
    for found in every:
        if isinstance(found, Refused):
            await _refuse(turn, found, rest_is_kept=bool(kept))
        else:
            await show_receipt(turn, case, found, waiting=waiting, quiet=found is not kept[-1])
    return bool(kept)


async def show_receipt(turn: TurnContext, case: CaseId, line: EvidenceLine, *, waiting: str = "", quiet: bool = False):
    """One piece that came. Of several at once only the last asks: one thing at a time."""
    desk = desk_of(turn)
    view = await desk.coach(case, line.item)
    await say(turn, drawn.received(line, view, await desk.scene(), waiting=waiting, quiet=quiet))


async def _refuse(turn: TurnContext, refused: Refused, *, rest_is_kept: bool) -> None:
    """The file by its name; one that has none is "the file"."""
    if not refused.key.startswith("file_"):
        return await tell_refusal(turn, refused)
    words = (await desk_of(turn).scene()).say
    details = {**refused.details, "name": refused.details.get("name") or words.plain("refused.the_file")}
    why = words.plain(f"refused.{refused.key}", **details)
    await tell(turn, f"{why} {words.plain('refused.rest_saved')}" if rest_is_kept else why)


async def how(turn: TurnContext, press: Press) -> None:
    """Step by step on one device, which is remembered."""
    desk, device = desk_of(turn), press.args["device"]
    if device not in DEVICES:
        raise Refused("unreadable_card")
    desk.holds(device)
    await say(turn, drawn.how(device, await desk.scene()))


async def describe(turn: TurnContext, case: CaseId, press: Press, waiting: str = "") -> None:
    """What a piece of evidence shows, as its giver says; the receipt then says it too."""
    desk, item = desk_of(turn), ItemId(press.args["item"])
    chosen = {part.strip() for part in press.inputs.get("shows", "").split(",")}
    shows = tuple(one for one in Shows if one in chosen)
    await desk.carry_out(DescribeEvidence(case=case, by=desk.person, item=item, shows=shows))
    line, view = await line_of(desk, case, item), await desk.coach(case, item)
    shown = drawn.received(line, view, await desk.scene(), waiting=waiting)
    if not await replace(turn, turn.activity.reply_to_id or "", shown):
        await say(turn, shown)


async def line_of(desk: Desk, case: CaseId, item: ItemId) -> EvidenceLine:
    """The receipt's line, with the file's name for whoever gave it."""
    if (line := (await desk.coach(case, item)).line) is None:
        raise Refused("item_destroyed")
    return line
