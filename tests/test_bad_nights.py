"""What a bad night brings: a sender without an id, a full disk, a store that is away, a year nobody means."""

import asyncio
import errno
from datetime import UTC, date, datetime, time

import pytest

from bot.administrator.attention import Attention
from bot.caseworker import Caseworker
from bot.clock import VirtualClock
from bot.directory.file import FileDirectory
from bot.reaching.absence import AbsenceRound
from bot.reaching.chain import Chain
from bot.reaching.leaving import LeavingRound
from bot.reaching.outbox import NOT_KEPT_WAIT, Outbox
from bot.reaching.reminder_round import IN_VAIN, ReminderRound
from bot.reaching.silence import SilenceRound
from bot.rehearsal.chat import Chat
from bot.setup.settings import read_settings
from bot.stores import Commit, Pending, StoreAway
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from casework.calendar import WorkingDays
from casework.vocabulary import Refused
from dialogs import dates
from tests.shelves import MemoryShelf
from tests.story import Story, said, story

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


async def _writes(s: Story, chat: Chat, text: str, **sender: str) -> None:
    """A message whose sender says only what is given here, besides the channel's own id."""
    id, at = s.channel.stamp()
    message = s.channel.sender(chat, None).message(id, at, text, [])
    message["from"] = {"id": message["from"]["id"], **sender}
    await s.channel.deliver(chat, message)


async def test_two_senders_without_an_id_share_nothing_and_are_told_why():
    async with story() as s:
        await _writes(s, s.mette, "Noget hemmeligt om naboen")
        await _writes(s, s.jonas, "mine sager")
        assert "Teams fortæller ikke, hvem du er" in said(s.mette)
        assert "Kladde" not in said(s.jonas)
        assert not await s.app.store.cases_of("")


async def test_a_button_pressed_without_an_id_does_nothing():
    async with story() as s:
        await s.report(s.mette)
        card, action = s.button(s.jonas, "open_case")
        id, at = s.channel.stamp()
        pressed = s.channel.sender(s.jonas, None).execute(id, at, action, action["data"], card)
        del pressed["from"]["aadObjectId"]
        answer = await s.channel.deliver(s.jonas, pressed)
        assert "Teams fortæller ikke" in answer.words
        assert (await s.case()).opened_at is None


async def test_an_id_in_capital_letters_is_the_same_person():
    async with story() as s:
        await _writes(s, s.mette, "Der er lagt et opslag op om mig.", aadObjectId=s.id("mette").upper())
        assert (await s.case("mette")).reporter == s.id("mette")


async def test_a_chat_installed_without_an_id_is_the_persons_once_they_write():
    async with story() as s:
        id, at = s.channel.stamp()
        for installed in s.channel.sender(s.mette, None).installed(id, at):
            del installed["from"]["aadObjectId"]
            await s.channel.deliver(s.mette, installed)
        await s.mette.say("noget er sket")
        found = await s.app.office.records.of_person(s.id("mette"))
        assert found is not None and found.id == s.mette.id


async def test_the_first_contact_leaves_a_chat_that_is_known_already_as_it_is():
    """The person wrote just as the first notice was on its way to them."""
    async with story() as s:
        await s.mette.say("english")
        await s.mette.say("something happened")
        records, postman = s.app.office.records, s.app.outbox.postman.postman.postman
        before = await records.get(s.mette.id)
        after = await postman._first_contact(s.id("mette"))
        assert after.id == s.mette.id
        assert (after.dialog, after.language, after.handled) == (before.dialog, "en", before.handled)


class Disk(TinyCaseStore):
    """A store that cannot settle while its disk is `full`."""

    full = True

    async def settle(self, case: str, *notices: str) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        await super().settle(case, *notices)


class Postman:
    def __init__(self) -> None:
        self.came: list[str] = []
        self.met = asyncio.Event()

    async def deliver(self, row) -> None:
        self.came.append(row.notice["id"])
        self.met.set()


@pytest.mark.parametrize("fresh", [True, False])
async def test_the_outbox_outlives_a_full_disk_and_says_nothing_twice(tmp_path, fresh):
    store = await Disk.open(tmp_path / "cases", Vault(tmp_path / "keys", bytes(32)))
    postman = Postman()
    outbox = Outbox(store, postman, lambda: NOON)
    row = {"id": "1-0", "to": "jonas", "kind": "case", "about": "", "fresh": fresh, "legal": False}
    await store.append("VK-1", Commit(at=NOON, events=({"event": "x"},), notices=(row,)), after=0)
    assert await outbox.once() == NOON + NOT_KEPT_WAIT
    assert await outbox.once() == NOON + NOT_KEPT_WAIT
    store.full = False
    assert await outbox.once() is None
    assert postman.came == ["1-0"]
    assert not await store.pending()
    await store.close()


class Far(TinyCaseStore):
    """A store that cannot be reached while it is `away`, as one on another machine."""

    away = True

    async def pending(self) -> tuple[Pending, ...]:
        return await self._reached(super().pending())

    async def due(self, now: datetime) -> tuple[str, ...]:
        return await self._reached(super().due(now))

    async def _reached(self, answer):
        found = await answer
        if self.away:
            raise StoreAway
        return found


async def test_the_outbox_outlives_a_store_that_is_away(tmp_path):
    store = await Far.open(tmp_path / "cases", Vault(tmp_path / "keys", bytes(32)))
    postman, row = Postman(), {"id": "1-0", "to": "jonas", "kind": "case", "about": "", "fresh": True, "legal": False}
    outbox = Outbox(store, postman, lambda: NOON)
    await store.append("VK-1", Commit(at=NOON, events=({"event": "x"},), notices=(row,)), after=0)
    running = asyncio.create_task(outbox.run())
    await asyncio.sleep(0)
    store.away = False
    outbox.wake()

    await asyncio.wait([running, waiting := asyncio.create_task(postman.met.wait())], return_when="FIRST_COMPLETED")
    assert (waiting.done(), postman.came) == (True, ["1-0"])
    running.cancel()
    await store.close()


async def test_the_reminders_outlive_a_store_that_is_away_and_ask_again_within_a_minute(tmp_path):
    store, clock = await Far.open(tmp_path / "cases", Vault(tmp_path / "keys", bytes(32))), VirtualClock(NOON)
    caseworker = Caseworker(store, clock, wake=clock.wake)
    directory = FileDirectory(read_settings({}, rehearsal=True).organisation)
    chain = Chain(directory)
    nobody_away = AbsenceRound(store, caseworker, chain, Attention(MemoryShelf()), clock)
    nobody_silent = SilenceRound(store, caseworker, chain, Attention(MemoryShelf()), clock, WorkingDays)
    nobody_left = LeavingRound(directory, caseworker, chain, clock)
    round_ = ReminderRound(store, caseworker, clock, nobody_away, nobody_silent, nobody_left)

    assert await round_._asked() == NOON + IN_VAIN
    store.away = False
    assert await round_._asked() is None
    await store.close()


@pytest.mark.parametrize("year", [1, 1899])
def test_a_year_that_nobody_means_is_refused_in_words(year):
    with pytest.raises(Refused, match="moment_too_old"):
        dates.moment(date(year, 1, 1), time())
