"""Be one of the invented people in Microsoft 365 Agents Playground, on this machine only."""

import asyncio
import os
import signal
from argparse import ArgumentParser, Namespace

from bot import loop
from bot.clock import SystemClock
from bot.playground.run import open_playground, people_called, playground_settings
from bot.stores.vault import master_key_from
from cards.words import Texts
from casework.texts import read_catalogue

NAME = "playground"


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--person", nargs="+", default=["mette"], help="first names of whom to be, a Playground each")
    parser.add_argument("--port", type=int, default=56150, help="the first Playground's port; others take those above")


def run(chosen: Namespace) -> int:
    return loop.run(_playground(chosen))


async def _playground(chosen: Namespace) -> int:
    settings = playground_settings(os.environ)
    people = people_called(tuple(chosen.person), settings)
    stop = asyncio.Event()
    for wish in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(wish, stop.set)
    key = master_key_from({}, settings.data / "master.key", create=True)
    running = await open_playground(settings, key, SystemClock(), people, chosen.port)
    try:
        say = Texts("da", read_catalogue("da")).plain
        places = " · ".join(f"{client.person.name} {client.url}" for client in running.clients)
        print(say("playground.ready", places=places), flush=True)
        await stop.wait()
    finally:
        await running.stop()
    return 0
