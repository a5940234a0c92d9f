"""Move the embedded store into an empty PostgreSQL database; the bot must be stopped."""

import asyncio
import os
import sys
from argparse import ArgumentParser, Namespace

from bot.setup.settings import read_settings
from bot.stores.vault import master_key_from

NAME = "move-store"


def options(parser: ArgumentParser) -> None:
    """Everything is told by the settings: VAERN_DATA is moved into VAERN_DATABASE."""


def run(chosen: Namespace) -> int:
    settings = read_settings({**os.environ, "CASE_STORE": "postgres"})
    from bot.keeping.move_store import MoveFault, move_store  # the driver is loaded only where it is used

    key = settings.master_key or master_key_from({}, settings.key_file)
    try:
        moved = asyncio.run(move_store(settings.data, settings.database, key))
    except MoveFault as fault:
        print(fault, file=sys.stderr)
        return 1
    print(f"{moved.cases} cases, {moved.uploads} uploads and {moved.documents} documents are in the database.")
    print(f"Set CASE_STORE=postgres and start. {settings.data} still holds everything: keep it apart, then remove it.")
    return 0
