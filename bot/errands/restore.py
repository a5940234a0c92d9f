"""Put a backup back into an empty data folder."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from bot.keeping.restore import restore
from bot.setup.settings import embedded_store, key_file_of
from bot.stores.vault import master_key_from

NAME = "restore"


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--from", type=Path, required=True, dest="backup", help="the folder of one backup")


def run(chosen: Namespace) -> int:
    key_file = key_file_of(os.environ)
    done = restore(chosen.backup, embedded_store(os.environ), master_key_from(os.environ, key_file), key_file)
    print(f"{done.files} files of {done.made_at.isoformat()} are back.")
    if done.erased:
        print(f"Erased, and so left out: {', '.join(done.erased)}.")
    return 0
