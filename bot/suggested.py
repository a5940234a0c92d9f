"""Buttons that stand for words somebody typed: a suggestion, the case they are about, or that they were an account."""

from dataclasses import replace
from typing import TYPE_CHECKING

from bot import own_words
from cards import front
from cards.verbs import Press

if TYPE_CHECKING:
    from bot.reception import Reception


async def say_words(at: "Reception", press: Press) -> None:
    """A suggestion was pressed: as if its words had been written."""
    await _told(at, str(press.args["words"]), press.case)


async def say_in_case(at: "Reception", press: Press) -> None:
    """The case was pressed: as if its number had been written with the words. They lie here once, and are done once."""
    item, words = own_words.waiting(at, press)
    own_words.said(at, item)
    await _told(at, words, press.case)


async def _told(at: "Reception", words: str, case: str | None) -> None:
    """`case`: the one they are said of, where it is known."""
    meaning = at.spoken.exactly(words)
    meant = meaning and replace(meaning, case=case or meaning.case)
    if meant is None or not (await at.acts_on(meant, words) or await own_words.typed(at, words)):
        await at.welcome()


async def keep_words(at: "Reception", press: Press) -> None:
    """No suggestion was meant: what was written is the beginning of an account. Pressed twice, it is one piece."""
    words, draft = str(press.args["words"]), await at.desk.draft()
    kept = (await at.desk.open(draft.id)).texts if draft else {}
    if words in [kept.get(item) for item in (draft.account if draft else ())]:
        return await at.say(await at.front(front.kept, await at.draft_line()))
    await at.kept(words)
