"""Turns per second of the bot, of the SDK's own echo and of bare aiohttp, in rounds: one after the other, and again.

Three servers wait in processes of their own; the load and the channel are this process. Each round is checked: every
turn has replied, and at the end every step that was pressed stands in the store.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bot.rehearsal.activities import Json
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from cards.verbs import press
from tests.bench import load
from tests.bench.cases import STEPS, case_id, seed, step_card
from tests.bench.channel import Channel
from tests.bench.crowd import AT_ONCE, CROWD, MASTER_KEY, employee, leader, settings
from tests.bench.process import Server, serving
from tests.bench.report import spread

ROUNDS = 7
EACH = {"echo": 20, "help": 100, "bare": 400, "step": 30}
"""How many each of the people sends in a round: about two seconds of each on a quiet machine."""
CASES = 1000
PATIENCE = 20
"""How often it is looked whether all cards were changed: ten seconds and more in which nothing happens."""
STEP_AND_CARDS = "step_and_cards"
"""Processor milliseconds of a step with the cards that follow it, in and behind the round."""


@dataclass
class Bench:
    """What is measured between, and what came of it: name → one number for every round."""

    channel: Channel
    servers: dict[str, Server]
    presses: Sequence[Iterator[Json]]
    pressed: int = 0
    per_second: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    half: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    nearly_all: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    processor: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    async def round(self, name: str, server: Server, activity: Callable[[int], Json], replies: bool) -> load.Round:
        """One round of one kind. RuntimeError when a turn did not reply."""
        people = [self._written(server, activity, person, EACH[name]) for person in range(AT_ONCE)]
        before, used = self.channel.replies, server.processor_seconds()
        done = await load.run(server.url, people)
        if replies and self.channel.replies - before < len(done.times):
            raise RuntimeError(f"{name}: {len(done.times)} turns, {self.channel.replies - before} replies.")
        self.per_second[name].append(done.per_second)
        self.half[name].append(done.within(0.5))
        self.nearly_all[name].append(done.within(0.99))
        self.processor[name].append((server.processor_seconds() - used) * 1000 / len(done.times))
        return done

    def _written(self, server: Server, activity: Callable[[int], Json], person: int, many: int) -> list[bytes]:
        token = self.channel.token()
        return [load.request(server.url, token, activity(person)) for _ in range(many)]

    async def everything(self) -> None:
        """One round of each kind."""
        await self.round("echo", self.servers["echo"], self._help, replies=True)
        await self.round("help", self.servers["vaern"], self._help, replies=True)
        await self.round("bare", self.servers["bare"], self._help, replies=False)
        await self._steps(self.servers["vaern"])

    async def _steps(self, server: Server) -> None:
        """A round of presses, and then all that they have set going, which must not weigh on the next round."""
        used, replies = server.processor_seconds(), self.channel.replies
        done = await self.round("step", server, lambda person: next(self.presses[person]), replies=False)
        if any(b"vnd.microsoft.card.adaptive" not in answer for answer in done.answers):
            raise RuntimeError("A press was answered without a card.")
        self.pressed += len(done.answers)
        await self._followed(server, replies + 2 * len(done.answers))
        self.processor[STEP_AND_CARDS].append((server.processor_seconds() - used) * 1000 / len(done.answers))

    async def _followed(self, server: Server, replies: int) -> None:
        """Both people's cards were changed, and nothing is under way any more. RuntimeError when they never are."""
        for _ in range(PATIENCE):
            await server.idle()  # a busy disk may let it rest for longer than it takes to be called idle
            if self.channel.replies >= replies:
                return
        raise RuntimeError(f"{replies - self.channel.replies} cards were not changed.")

    def _help(self, person: int) -> Json:
        return self.channel.message(employee(person), "hjælp")

    def forget(self) -> None:
        """What was measured so far was for warming up."""
        for found in (self.per_second, self.half, self.nearly_all, self.processor):
            found.clear()

    def ratio(self, of: str, to: str) -> dict[str, float]:
        pairs = zip(self.per_second[of], self.per_second[to], strict=True)
        return spread([one / other for one, other in pairs])


async def measure(folder: Path) -> dict:
    channel = Channel(settings(folder))
    async with AsyncExitStack() as stack:
        await channel.start()
        stack.push_async_callback(channel.stop)
        await seed(folder, CASES, f"{channel.origin}/")
        servers = {
            which: await stack.enter_async_context(serving(which, channel.origin, folder / found))
            for which, found in (("vaern", "."), ("echo", "echo"), ("bare", "bare"))
        }
        bench = Bench(channel, servers, [_presses(channel, person) for person in range(AT_ONCE)])
        await bench.everything()
        bench.forget()
        for _ in range(ROUNDS):
            await bench.everything()
        memory = servers["vaern"].memory("VmHWM")
    await _all_kept(folder, bench.pressed)
    found = {"ratios": _ratios(bench), "turns": _turns(bench), "memory_after_load": memory}
    return found | {STEP_AND_CARDS: spread(bench.processor[STEP_AND_CARDS])}


def _presses(channel: Channel, person: int) -> Iterator[Json]:
    """[Klaret] on one step of one case after the other, by the leaders of this place in the crowd."""
    for step in STEPS:
        for number in range(person, CASES, AT_ONCE):
            by = leader(number % CROWD)
            data = press("complete_step", case_id(number), 1, step=step)
            yield channel.press(by, "complete_step", data, step_card(number, step))


async def _all_kept(folder: Path, pressed: int) -> None:
    """RuntimeError unless every step that was answered is in the store, in files that a fresh start can read."""
    store = await TinyCaseStore.open(folder / "cases", Vault(folder / "keys", MASTER_KEY))
    kept = 0
    for number in range(CASES):
        kept += sum(event["event"] == "step_completed" for event in (await store.load(case_id(number))).events)
    await store.close()
    if kept != pressed:
        raise RuntimeError(f"{pressed} steps were answered, {kept} are in the store.")


def _ratios(bench: Bench) -> dict:
    return {
        "help_to_echo": bench.ratio("help", "echo"),
        "help_to_bare": bench.ratio("help", "bare"),
        "step_to_echo": bench.ratio("step", "echo"),
        "echo_to_bare": bench.ratio("echo", "bare"),
    }


def _turns(bench: Bench) -> dict:
    return {
        name: {part: spread(getattr(bench, part)[name]) for part in ("per_second", "half", "nearly_all", "processor")}
        for name in EACH
    }
