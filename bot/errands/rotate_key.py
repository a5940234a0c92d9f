"""Put another master key in force; the bot must be stopped."""

import asyncio
import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from bot.keeping.rotation import change_master_key
from bot.setup.settings import embedded_store, key_file_of, read_settings
from bot.stores.sealing import NEW_MASTER_KEY, master_key_from

NAME = "rotate-key"


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--new-key-file", type=Path, help=f"the file with the new key, instead of {NEW_MASTER_KEY}")


def run(chosen: Namespace) -> int:
    old = master_key_from(os.environ, key_file_of(os.environ))
    new = master_key_from(os.environ, chosen.new_key_file, name=NEW_MASTER_KEY)
    if os.environ.get("CASE_STORE", "").strip() == "postgres":
        _in_postgres(old, new)
    else:
        change_master_key(embedded_store(os.environ), old, new)
    print(
        "The new master key is in force: set it in the place of the old one before the next start. "
        "Keep the old one, away from here, for as long as there are backups from before; then destroy it."
    )
    return 0


def _in_postgres(old: bytes, new: bytes) -> None:
    from bot.stores import postgres_rotation  # the driver is loaded only where it is used

    asyncio.run(postgres_rotation.change_master_key(read_settings(os.environ).database, old, new))
