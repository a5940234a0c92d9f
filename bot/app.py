"""A running Værn: opened, started, stopped. What needs what stands in wiring.py."""

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog
from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.administrator.attention import Attention
from bot.administrator.heads_up import HeadsUp
from bot.administrator.orders import Orders
from bot.clock import Clock
from bot.conversation import Conversation
from bot.directory.graph_client import open_graph
from bot.directory.opening import OpenClient, open_directory
from bot.edge import Edge, open_edge
from bot.keeping.kept import open_kept
from bot.keeping.retention import RetentionRound
from bot.office import Office
from bot.pages import add_pages
from bot.reaching.outbox import Outbox
from bot.reaching.reminder_round import ReminderRound
from bot.reaching.ways import Ways
from bot.recognising import Recognising
from bot.setup.renewal import Renewal
from bot.setup.settings import Settings
from bot.setup.standing import Standing
from bot.stores import CaseStore, StoreAway
from bot.teams.authentication import TeamsAuthentication
from bot.teams.endpoint import Adapter, make_messages_handler
from bot.teams.settings import ChannelSettings
from bot.teams.tokens import InboundTokens
from bot.warm import warm_words
from bot.wiring import Wiring

log = structlog.get_logger()


def real_now() -> datetime:
    """The machine's time, for leases, back-off and tokens; cases have their own clock."""
    return datetime.now(UTC)


@dataclass
class App:
    """A running Værn. `await App.open(...)`, `await start()`, `await stop()`."""

    settings: Settings
    edge: Edge
    clock: Clock
    store: CaseStore
    office: Office
    outbox: Outbox
    round: ReminderRound
    recognising: Recognising
    heads_up: HeadsUp
    retention: RetentionRound
    renewal: Renewal
    orders: Orders
    attention: Attention
    ways: Ways
    conversation: Conversation
    closing: AsyncExitStack
    url: str = ""
    metrics_url: str = ""
    loops: set[asyncio.Task] = field(default_factory=set)

    @classmethod
    async def open(
        cls,
        settings: Settings,
        channel: ChannelSettings,
        clock: Clock,
        master_key: bytes,
        open_client: OpenClient = open_graph,
        ways: Ways | None = None,
    ) -> "App":
        """Everything opened and wired; raises what the store and the keys raise, with nothing left open.

        `ways` stand in the place of those the settings name: for a story.
        """
        async with AsyncExitStack() as stack:
            standing = Standing(settings.organisation, settings.overlays)
            edge = await open_edge(stack, channel, standing)
            kept = await open_kept(stack, settings, master_key, take_over=True)
            given = await open_directory(stack, settings, standing, kept.attention, real_now, open_client)
            house = Wiring(settings, standing, clock, edge, kept, given[0], ways or given[1], real_now)
            stack.push_async_callback(house.turns.finish)  # a card on its way is let through before the doors close
            app = _app(house, stack)
            app.closing = stack.pop_all()
        return app

    async def start(self) -> None:
        """Listen, and begin to send and remind what lies there from before. SettingsFault: nobody was let in yet."""
        await self.renewal.begin()
        await asyncio.gather(self._keys_warmed(), asyncio.to_thread(warm_words, self.clock.now()))
        for name in await self.store.unreadable():
            log.error("set_aside", file=name)  # somebody must look: it is kept, and whose it is cannot be read
        runner = web.AppRunner(self._routes(await self._counting()), access_log=None, shutdown_timeout=5)
        await runner.setup()
        self.closing.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, self.settings.host, self.settings.port).start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        swept = self.office.offers, self.office.delivery.offered, self.office.loose_words
        for loop in (
            self.outbox,
            self.round,
            self.recognising,
            self.office.numbers,
            self.office.yearly,
            self.heads_up,
            self.retention,
            self.renewal,
            self.orders,
            *swept,
        ):
            self._in_the_background(loop.run())

    async def _keys_warmed(self) -> None:
        """Before the first activity comes. Without an id of our own nobody could write, so nobody is asked for keys."""
        if not self.settings.nameless:
            await self.edge.keys.warm()

    async def _counting(self) -> list[Middleware]:
        """Figures, where they are wanted."""
        if self.settings.metrics_port is None:
            return []
        from bot.metrics import Figures, Watched, open_metrics  # only where somebody looks at them

        tallies = {"notices": self.outbox.tally, "reminders": self.round.tally}
        watched = Watched(self.store, self.clock, real_now, time.monotonic, self.settings.data, tallies, self.loops)
        figures = Figures(watched)
        runner = await open_metrics(figures, self.settings.metrics_port)
        self.closing.push_async_callback(runner.cleanup)
        self.metrics_url = "http://{}:{}/metrics".format(*runner.addresses[0][:2])
        watching = asyncio.create_task(figures.watch_the_loop())
        self.closing.callback(watching.cancel)
        return [figures.counted]

    def _in_the_background(self, work) -> None:
        task = asyncio.create_task(work)
        self.loops.add(task)
        task.add_done_callback(_reported)
        self.closing.callback(task.cancel)

    async def stop(self) -> None:
        """Stop listening, finish what is being written, close."""
        await self.closing.aclose()

    async def settled(self) -> None:
        """Everything that is due now is said, and everything that can be sent is sent."""
        await self.round.once()
        await self.recognising.once()
        await self.office.numbers.once()
        await self.office.yearly.once()
        await self.retention.once()
        before = None
        while (waiting := await self.store.pending()) != before:  # what is left waits, or stands behind what does
            before = waiting
            await self.outbox.once()

    def _routes(self, middlewares: list[Middleware]) -> web.Application:
        app = web.Application(client_max_size=1024 * 1024, middlewares=middlewares)
        adapter = Adapter(TeamsAuthentication(self.edge.channel, self._inbound(), self.edge.connector))
        app.router.add_post("/api/messages", make_messages_handler(adapter, self.conversation))
        add_pages(app, lambda: self.office.scenes.standing.organisation)
        app.router.add_get("/healthz", _healthy)
        app.router.add_get("/readyz", self._ready)
        return app

    def _inbound(self) -> InboundTokens:
        return InboundTokens(self.edge.channel, self.edge.keys, time.time)

    async def _ready(self, request: web.Request) -> web.Response:
        """200 when a turn can be served: the channel's keys are known and the store answers."""
        if not self.edge.keys.ready and not await self.edge.keys.warm():
            return web.json_response({"ready": False, "waits_for": "channel_keys"}, status=503)
        try:
            return web.json_response({"ready": True, "set_aside": len(await self.store.unreadable())})
        except StoreAway:
            return web.json_response({"ready": False, "waits_for": "case_store"}, status=503)


async def _healthy(request: web.Request) -> web.Response:
    return web.json_response({"alive": True})


def _reported(task: asyncio.Task) -> None:
    """A background loop never ends by itself: if one does, it is a fault that must be seen."""
    if not task.cancelled() and task.exception():
        log.error("loop_ended", error=type(task.exception()).__name__, exc_info=task.exception())


def _app(house: Wiring, stack: AsyncExitStack) -> App:
    loops = house.outbox, house.round, house.recognising, house.heads_up, house.retention, house.renewal, house.orders
    kept, conversation = house.kept, house.conversation
    return App(
        house.settings,
        house.edge,
        house.clock,
        kept.store,
        house.office,
        *loops,
        kept.attention,
        house.ways,
        conversation,
        stack,
    )
