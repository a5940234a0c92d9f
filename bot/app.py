"""The one place where everything is put together. Nothing here decides; it opens, wires, runs and closes."""

import asyncio
import random
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog
from aiohttp import ClientSession, web

from bot.caseworker import Caseworker
from bot.clock import Clock
from bot.conversation import Conversation
from bot.desk import Office
from bot.directory import Directory
from bot.directory.file import FileDirectory
from bot.offers import Offers
from bot.outbox import Outbox
from bot.pages import add_pages
from bot.postman import BotAddress, TeamsPostman
from bot.receiving import Receiving
from bot.records import Records
from bot.reminder_round import ReminderRound
from bot.scenes import Scenes
from bot.settings import Settings
from bot.stores.shelf import FileShelf
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.turns import Turns
from bot.stores.vault import Vault
from bot.teams.authentication import TeamsAuthentication
from bot.teams.connector import Connector
from bot.teams.endpoint import Adapter, make_messages_handler
from bot.teams.files import Files, open_files_session
from bot.teams.keys import SigningKeys
from bot.teams.settings import ChannelSettings
from bot.teams.tokens import InboundTokens, TokenProvider, token_provider
from bot.warm import warm_words

log = structlog.get_logger()

FIRST_ADDRESS = "https://smba.trafficmanager.net/emea/"  # until the channel has told its own


def real_now() -> datetime:
    """The machine's time, for leases, back-off and tokens; cases have their own clock."""
    return datetime.now(UTC)


@dataclass
class Edge:
    """What stands between us and the channel."""

    channel: ChannelSettings
    session: ClientSession
    keys: SigningKeys
    tokens: TokenProvider
    connector: Connector
    files: Files


@dataclass
class App:
    """A running Værn. `await App.open(...)`, `await start()`, `await stop()`."""

    settings: Settings
    edge: Edge
    clock: Clock
    store: TinyCaseStore
    office: Office
    outbox: Outbox
    round: ReminderRound
    conversation: Conversation
    closing: AsyncExitStack
    url: str = ""

    @classmethod
    async def open(cls, settings: Settings, channel: ChannelSettings, clock: Clock, master_key: bytes) -> "App":
        """Everything opened and wired; raises what the store and the keys raise, with nothing left open."""
        async with AsyncExitStack() as stack:
            edge = await _edge(stack, channel, settings)
            store, records, offers = await _kept(stack, settings.data, master_key)
            app = await _wired(settings, edge, clock, store, records, offers, stack)
            app.closing = stack.pop_all()
        return app

    async def start(self) -> None:
        """Listen, and begin to send and remind what lies there from before."""
        await asyncio.gather(self._keys_warmed(), asyncio.to_thread(warm_words, self.clock.now()))
        for name in await self.store.unreadable():
            log.error("set_aside", file=name)  # somebody must look: it is kept, and whose it is cannot be read
        runner = web.AppRunner(self._routes(), access_log=None, shutdown_timeout=5)
        await runner.setup()
        self.closing.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, self.settings.host, self.settings.port).start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        for work in (self.outbox.run(), self.round.run(), self.office.offers.run()):
            self._in_the_background(work)

    async def _keys_warmed(self) -> None:
        """Before the first activity comes. Without an id of our own nobody could write, so nobody is asked for keys."""
        if not self.settings.nameless:
            await self.edge.keys.warm()

    def _in_the_background(self, work) -> None:
        task = asyncio.create_task(work)
        task.add_done_callback(_reported)
        self.closing.callback(task.cancel)

    async def stop(self) -> None:
        """Stop listening, finish what is being written, close."""
        await self.closing.aclose()

    async def settled(self) -> None:
        """Everything that is due now is said, and everything that can be sent is sent."""
        await self.round.once()
        before = None
        while (waiting := await self.store.pending()) != before:  # what is left waits, or stands behind what does
            before = waiting
            await self.outbox.once()

    def _routes(self) -> web.Application:
        app = web.Application(client_max_size=1024 * 1024)
        adapter = Adapter(TeamsAuthentication(self.edge.channel, self._inbound(), self.edge.connector))
        app.router.add_post("/api/messages", make_messages_handler(adapter, self.conversation))
        add_pages(app, self.settings.organisation)
        app.router.add_get("/healthz", _healthy)
        app.router.add_get("/readyz", self._ready)
        return app

    def _inbound(self) -> InboundTokens:
        return InboundTokens(self.edge.channel, self.edge.keys, time.time)

    async def _ready(self, request: web.Request) -> web.Response:
        """200 when a turn can be served: the channel's keys are known and the store is open."""
        if not self.edge.keys.ready and not await self.edge.keys.warm():
            return web.json_response({"ready": False, "waits_for": "channel_keys"}, status=503)
        return web.json_response({"ready": True, "set_aside": len(await self.store.unreadable())})


async def _healthy(request: web.Request) -> web.Response:
    return web.json_response({"alive": True})


def _reported(task: asyncio.Task) -> None:
    """A background loop never ends by itself: if one does, it is a fault that must be seen."""
    if not task.cancelled() and task.exception():
        log.error("loop_ended", error=type(task.exception()).__name__, exc_info=task.exception())


async def _edge(stack: AsyncExitStack, channel: ChannelSettings, settings: Settings) -> Edge:
    session = await stack.enter_async_context(ClientSession())
    downloads = await stack.enter_async_context(open_files_session(channel))
    tokens = token_provider(session, channel, time.monotonic)
    keys = SigningKeys(session, channel, time.monotonic)
    stack.push_async_callback(keys.close)
    connector = Connector(session, tokens, channel, time.monotonic, random=random.Random())
    files = Files(downloads, tokens, channel, max_bytes=settings.organisation.uploads.largest_file)
    return Edge(channel, session, keys, tokens, connector, files)


async def _kept(stack: AsyncExitStack, folder: Path, master_key: bytes) -> tuple[TinyCaseStore, Records, Offers]:
    vault = await asyncio.to_thread(Vault, folder / "keys", master_key)
    store = await TinyCaseStore.open(folder / "cases", vault)
    stack.push_async_callback(store.close)
    shelf = await asyncio.to_thread(FileShelf, folder / "conversations", vault, "conversations")
    stack.push_async_callback(shelf.close)
    offered = await asyncio.to_thread(FileShelf, folder / "offers", vault, "offers")
    stack.push_async_callback(offered.close)
    return store, Records(shelf), Offers(offered, real_now)


async def _directory(settings: Settings) -> Directory:
    file = FileDirectory(settings.organisation)
    if settings.directory != "graph":
        return file
    from bot.directory.graph import GraphDirectory, open_graph  # 178 ms and 31 MB: only where it is used

    graph = GraphDirectory(file, partial(open_graph, settings), real_now)
    await graph.warm()
    return graph


async def _wired(
    settings: Settings,
    edge: Edge,
    clock: Clock,
    store: TinyCaseStore,
    records: Records,
    offers: Offers,
    stack: AsyncExitStack,
) -> App:
    directory = await _directory(settings)
    scenes, turns = Scenes(directory, settings.organisation, clock), Turns()
    stack.push_async_callback(turns.finish)  # a card on its way is let through before the doors close
    caseworker = Caseworker(store, clock, wake=lambda: None)
    address = BotAddress(settings.app_id, settings.tenant_id, FIRST_ADDRESS)
    postman = TeamsPostman(caseworker, records, scenes, directory, edge.connector, clock, turns, address)
    outbox = Outbox(store, postman, real_now)
    caseworker.wake = lambda: (outbox.wake(), clock.wake())
    receiving = Receiving(store, edge.files, settings.organisation.uploads)
    office = Office(caseworker, directory, scenes, records, receiving, offers)
    conversation = Conversation(office, turns, outbox.retry)
    round_ = ReminderRound(store, caseworker, clock)
    return App(settings, edge, clock, store, office, outbox, round_, conversation, stack)
