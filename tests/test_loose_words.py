"""Words nobody said a place for are kept for two weeks, and not for ever."""

from datetime import UTC, datetime, timedelta

from bot.keeping.loose_words import LIVES, LooseWords
from bot.keeping.records import Record, Records
from bot.stores.turns import Turns
from casework.texts import read_catalogue
from tests.memory_store import MemoryShelf
from tests.story import said, story

BEGIN = datetime(2026, 11, 22, 10, tzinfo=UTC)


class House:
    """Conversations in memory, and a machine's clock that is turned by hand."""

    def __init__(self) -> None:
        self.now, self.records = BEGIN, Records(MemoryShelf())
        self.loose = LooseWords(self.records, Turns(), lambda: self.now)

    async def words(self, conversation: str) -> dict[str, str]:
        return (await self.records.get(conversation)).words


async def test_they_are_erased_when_their_time_is_over_and_each_has_its_own():
    house = House()
    await house.records.save(Record("a:mette", words={"1": "Han stod her igen."}))
    await house.loose.sweep()
    house.now += timedelta(days=5)
    record = await house.records.get("a:mette")
    record.words = {**record.words, "2": "Og i dag."}
    await house.records.save(record)
    for days, left in ((0, {"1", "2"}), (8, {"1", "2"}), (1, {"2"}), (5, set())):
        house.now += timedelta(days=days)
        await house.loose.sweep()
        assert set(await house.words("a:mette")) == left
    assert (await house.records.get("a:mette")).words_since == {}


async def test_a_conversation_without_any_is_left_as_it_is():
    house = House()
    await house.records.save(Record("a:jonas", cards={"VK-1|case|": "7"}))
    await house.loose.sweep()

    assert vars(await house.records.get("a:jonas")) == vars(Record("a:jonas", cards={"VK-1|case|": "7"}))


def test_the_card_and_the_refusal_say_for_how_long():
    for language, key in (("da", "14 dage"), ("en", "14 days")):
        catalogue = read_catalogue(language)
        assert LIVES.days == 14
        assert key in catalogue["suggestion.where.kept"] and key in catalogue["refused.words_gone"]


async def test_in_the_house_they_are_swept_too_and_the_button_says_what_became_of_them():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("Han stod her igen i dag.")
        loose, now = s.app.office.loose_words, s.app.office.loose_words.now
        await loose.sweep()
        later = LooseWords(loose.records, loose.turns, lambda: now() + LIVES)
        await later.sweep()
        await s.does(s.mette, "send_words")

        assert "message_written" not in await s.facts() and "så er det slettet" in said(s.mette)
