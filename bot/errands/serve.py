"""Serve until told to stop: the bot, or with --rehearsal the practice room."""

import asyncio
import os
import signal
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

import structlog

from bot import loop
from bot.app import App
from bot.clock import SystemClock
from bot.rehearse import open_rehearsal
from bot.setup.settings import Settings, read_settings
from bot.stores.vault import master_key_from
from bot.teams.settings import ChannelSettings
from bot.warm import keep_for_good
from cards.words import Texts
from casework.texts import read_catalogue

NAME = "serve"

log = structlog.get_logger()


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--rehearsal", action="store_true", help="the practice room, on this machine only")


def run(chosen: Namespace) -> int:
    return loop.run(_serve(chosen.rehearsal))


async def _serve(rehearsal: bool) -> int:
    settings = read_settings(os.environ, rehearsal=rehearsal)
    stop = asyncio.Event()
    _on_hangup(lambda: None)  # nothing is in force yet
    for wish in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(wish, stop.set)
    running = await (_rehearsed(settings) if rehearsal else _real(settings))
    try:
        await stop.wait()
    finally:
        await running.stop()
    return 0


def _on_hangup(do: Callable[[], None]) -> None:
    """A hangup asks for the settings to be read again; it never ends the process."""
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, do)


async def _rehearsed(settings: Settings):
    say = Texts("da", read_catalogue("da")).plain
    key_file = settings.key_file or settings.data / "master.key"
    new = settings.master_key is None and not key_file.exists()
    key = settings.master_key or master_key_from({}, key_file, create=True)
    running = await open_rehearsal(settings, key)
    keep_for_good()
    _on_hangup(running.app.renewal.ask)
    if new:
        print(say("rehearsal.key_made", file=str(key_file)))
    print(say("rehearsal.ready", url=running.room.url), flush=True)
    return running


async def _real(settings: Settings) -> App:
    key = settings.master_key or master_key_from({}, settings.key_file)
    app = await App.open(settings, public_channel(settings), SystemClock(), key)
    keep_for_good()
    await app.start()
    _on_hangup(app.renewal.ask)
    if settings.nameless:
        log.warning("no_application_id", listens=app.url)  # said out loud: every message is turned away
    return app


def public_channel(settings: Settings) -> ChannelSettings:
    """Teams in Microsoft's public cloud, as these settings reach it."""
    return ChannelSettings.public_cloud(
        settings.app_id,
        settings.app_password,
        settings.tenant_id,
        app_type=settings.app_type,
        app_certificate=settings.app_certificate,
        download_hosts=settings.organisation.download_hosts,
    )
