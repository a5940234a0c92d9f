"""Copy the embedded store into a new folder, while the bot runs or not."""

import os
from argparse import ArgumentParser, Namespace
from datetime import timedelta
from pathlib import Path

from bot.clock import SystemClock
from bot.keeping.backup import back_up, forget_older
from bot.setup.settings import embedded_store, key_file_of

NAME = "backup"


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, required=True, help="the folder that gets one folder for each backup")
    parser.add_argument("--keep", type=int, metavar="DAYS", help="afterwards remove older backups there")


def run(chosen: Namespace) -> int:
    now = SystemClock().now()
    print(back_up(embedded_store(os.environ), chosen.to, now, key_file_of(os.environ)))
    if chosen.keep is not None:
        for gone in forget_older(chosen.to, timedelta(days=chosen.keep), now):
            print(f"removed {gone}")
    return 0
