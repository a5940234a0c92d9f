"""The language somebody is answered in: changed by a button or a word, and said in it, with what is of use to them."""

from typing import TYPE_CHECKING

from cards import front
from cards.verbs import Press

if TYPE_CHECKING:
    from bot.reception import Reception

LANGUAGES = ("da", "en")


async def language(at: "Reception", press: Press) -> None:
    """Kept for the conversation from now on."""
    desk = at.desk
    if press.args.get("language") in LANGUAGES:
        desk.record.language = desk.language = str(press.args["language"])
    lines = await desk.lines()
    if not lines and not await desk.has_a_part():
        return await at.say(await at.front(front.welcome, None, False, switched=True))
    own = "welcome.switched.draft" if any(line.state == "draft" for line in lines) else "welcome.switched.cases"
    await at.word((await desk.scene()).say.plain(own if lines else "welcome.switched.part"))
