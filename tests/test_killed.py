"""The bot is killed again and again, without warning, while people report and upload. What reached them is kept.

In files, and in PostgreSQL, where the server is killed under the running bot too.

Channel and people live here, the bot in a process of its own (`tests/bot_process.py`). Acknowledged means that the
answer reached the person's client; what was not acknowledged is sent again, as Teams does.
"""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio

from bot.clock import SystemClock
from bot.keeping.records import card_key
from bot.rehearsal.channel import LocalChannel
from bot.rehearsal.chat import Chat
from bot.rehearsal.faults import Fault, Received
from bot.rehearsal.messages import Message
from bot.rehearsal.pressing import buttons
from bot.rehearse import local_settings
from bot.setup.settings import read_settings
from casework.case import Case
from casework.vocabulary import Stage
from tests.bot_process import BotProcess
from tests.postgres_server import Server, own_server
from tests.reporters import FILE_NAME, Reporter, pressed_by
from tests.story import KEPT_IN, SECRET, Story, kept_in

pytestmark = pytest.mark.asyncio(loop_scope="module")

KILLS = {"files": 20, "postgres": 6}
MORE = 10 if os.environ.get("VAERN_SOAK") else 1
SEED = 20261122
REPORTERS = ("mette", "peter", "lise", "nadia")
FAULTS_OF_OURS = ("turn_failed", "delivery_failed", "loop_ended", "reminder_failed", "Traceback")


@dataclass
class Life:
    """What the bot lives through: it is killed at some request it gets or makes, a moment later, or while it starts."""

    channel: LocalChannel
    bot: BotProcess
    random: Random
    up: asyncio.Event = field(default_factory=asyncio.Event)
    server: Server | None = None
    kills_in_work: int = 0
    kills_of_server: int = 0
    _left: int = 0
    _now: asyncio.Event = field(default_factory=asyncio.Event)

    async def goes_on(self, kills: int) -> None:
        self.channel.faults.append(Fault("timeout", match=self._counts))
        for _ in range(kills):
            await self.bot.launch()
            await (self._killed_at_its_start() if self.random.random() < 0.1 else self._killed_at_work())
        await self.starts()

    async def starts(self) -> None:
        await self.bot.launch()
        await self._serves()

    async def _serves(self) -> None:
        assert await self.bot.listening(), self.bot.log()
        self.channel.bot_url = f"{self.bot.address}/api/messages"
        self.up.set()

    async def _killed_at_its_start(self) -> None:
        await asyncio.sleep(self.random.uniform(0, 1))
        await self.bot.kill()

    async def _killed_at_work(self) -> None:
        self._left = self.random.randint(1, 50)
        self._now.clear()
        await self._serves()
        await self._something_happened()
        if self.server and self.kills_in_work % 2:
            await asyncio.to_thread(self.server.kill)
            await asyncio.to_thread(self.server.start)
            self.kills_of_server += 1
            self._left = self.random.randint(1, 50)
            self._now.clear()
            await self._something_happened()
        await asyncio.sleep(self.random.choice((0, self.random.uniform(0, 0.06))))
        self.up.clear()
        await self.bot.kill()
        self.kills_in_work += 1

    async def _something_happened(self) -> None:
        async with asyncio.timeout(30):
            await self._now.wait()

    def _counts(self, request: Received) -> bool:
        """Sees every request the bot makes, and lets it pass."""
        if request.path.startswith(("/v3/", "/files/")):
            self.happens()
        return False

    def happens(self) -> None:
        """Something is said to the bot, or the bot says something."""
        self._left -= 1
        if self._left == 0:
            self._now.set()


@dataclass
class Aftermath:
    """What is left: the house, opened on the same files by the test itself, and who told what."""

    house: Story
    reporters: dict[str, Reporter]
    life: Life

    async def every_case(self) -> list[tuple[Chat, Case]]:
        """Whose it is, and the case; wishes for a call are none."""
        return [(getattr(self.house, name), case) for name in REPORTERS for case in await self.cases(name)]

    async def cases(self, name: str, *stages: Stage) -> list[Case]:
        return [case for case in await self.house.cases(name) if (case.stage is Stage.CALL) is (Stage.CALL in stages)]

    async def texts(self, case: Case) -> Counter:
        """The account's words, which is all that was written besides the files' names."""
        texts = (await self.house.app.office.caseworker.open(case.id)).texts
        account = Counter(texts[item] for item in case.account)
        assert account == Counter(text for text in texts.values() if text != FILE_NAME)
        return account

    async def files(self, case: Case) -> Counter:
        kept = [await self.house.app.store.get_blob(case.id, item.id) for item in case.evidence]
        assert [item.sha256 for item in case.evidence] == [sha256(content).hexdigest() for content in kept]
        return Counter(kept)

    async def current(self, chat: Chat, case: Case, kind: str = "case") -> Message | None:
        """The case's card in that chat as the bot knows it, if it stands there."""
        record = await self.house.app.office.records.get(chat.id)
        message = chat.conversation.find(record.cards.get(card_key(case.id, kind)))
        return None if message is None or message.deleted else message

    def standing(self, chat: Chat, case: Case, verb: str) -> list[Message]:
        """Every message in that chat with such a button of the case."""
        cards = [message for message in chat.messages if message.card and not message.deleted]
        return [one for one in cards if _has(one, verb, case)]


def _has(message: Message, verb: str, case: Case) -> bool:
    presses = [pressed_by(button.action) for button in buttons(message.card)]
    return (verb, case.id) in [(press.get("verb"), press.get("case")) for press in presses]


async def lived_through(
    stack: AsyncExitStack, folder: Path, kills: int, seed: int, server: Server | None = None
) -> Aftermath:
    """Four people report while the bot is killed so many times; then it starts for good and everything settles."""
    house = await opened(stack, folder)
    random = Random(seed)
    bot = BotProcess(folder, local_settings(house.channel, house.settings, SECRET))
    life = Life(house.channel, bot, random, server=server)
    stack.push_async_callback(life.bot.close)
    leader = house.id("jonas")
    people = {
        name: Reporter(getattr(house, name), house.channel, life, leader, Random(f"{seed} {name}"))
        for name in REPORTERS
    }
    await life.starts()
    await house.connect_group()
    await life.bot.kill()
    life.up.clear()
    over = asyncio.Event()
    async with asyncio.TaskGroup() as everybody:
        for person in people.values():
            everybody.create_task(person.reports_until(over))
        everybody.create_task(_killed_until(life, kills, over))
    await life.bot.kill()
    await house.start()
    stack.push_async_callback(house.stop)
    await house.settled()
    return Aftermath(house, people, life)


async def _killed_until(life: Life, kills: int, over: asyncio.Event) -> None:
    await life.goes_on(kills)
    over.set()


async def opened(stack: AsyncExitStack, folder: Path) -> Story:
    """Channel and people, on real time; no bot yet."""
    settings = replace(read_settings(KEPT_IN.get(), rehearsal=True), data=folder / "data", port=0, host="127.0.0.1")
    clock = SystemClock()
    channel = LocalChannel("", settings.app_id, SECRET, settings.tenant_id, settings.organisation.people, clock)
    await channel.start()
    stack.push_async_callback(channel.stop)
    return Story(folder / "data", clock, settings, channel)


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=KILLS)
async def after(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Aftermath]:
    """One life with many deaths, for every test to look at."""
    folder, kills = tmp_path_factory.mktemp("killed"), KILLS[request.param] * MORE
    async with AsyncExitStack() as stack:
        if request.param == "files":
            yield await lived_through(stack, folder, kills, SEED)
            return
        server = own_server(stack.callback)
        with kept_in(server.fresh()):
            lived = await lived_through(stack, folder, kills, SEED, server)
        yield lived


async def test_every_report_is_one_open_case_with_every_word_and_file_in_it_once(after: Aftermath):
    for name, person in after.reporters.items():
        cases = await after.cases(name)
        told = [(Counter(report.words), Counter(report.files)) for report in person.reports]
        kept = [(await after.texts(case), await after.files(case)) for case in cases]

        assert [case.stage for case in cases] == [Stage.OPEN] * len(person.reports)
        assert sorted(kept, key=str) == sorted(told, key=str)


async def test_every_wish_for_a_call_is_one_wish(after: Aftermath):
    for name, person in after.reporters.items():
        assert len(await after.cases(name, Stage.CALL)) == len(person.reports)


async def test_the_leader_the_group_and_whoever_told_it_each_have_the_cards_of_every_case(after: Aftermath):
    """A death between the channel's yes and our note of it leaves one copy behind, never more."""
    copies = 0
    for teller, case in await after.every_case():
        standing = after.standing(after.house.jonas, case, "open_case")

        assert await after.current(after.house.jonas, case) in standing
        assert await after.current(teller, case)
        assert await after.current(after.house.group, case, "group")
        copies += len(standing) - 1
    assert copies <= after.life.kills_in_work


async def test_nothing_is_set_aside_waits_or_went_wrong(after: Aftermath):
    log = after.life.bot.log()

    assert [fault for fault in FAULTS_OF_OURS if fault in log] == []
    assert await after.house.app.store.unreadable() == ()
    assert await after.house.app.store.pending() == ()
    assert {status for person in after.reporters.values() for status in person.answers} == {0, 200}


async def test_the_deaths_came_while_people_were_waiting_for_an_answer(after: Aftermath):
    """Or the tests above would show nothing."""
    kills = KILLS["postgres" if after.life.server else "files"] * MORE
    assert after.life.kills_in_work >= kills / 2
    assert sum(person.resent for person in after.reporters.values()) >= kills
    assert after.life.kills_of_server >= (kills / 4 if after.life.server else 0)
