"""`python -m bot`: serve. `--rehearsal`: the practice room. `package`: the zip for Teams."""

import argparse
import asyncio
import logging
import os
import signal
import sys
from pathlib import Path

import structlog

from bot import loop
from bot.app import App
from bot.clock import SystemClock
from bot.organisation import read_organisation
from bot.package import PackageFault, build_package, package_values
from bot.rehearse import open_rehearsal
from bot.settings import Settings, SettingsFault, read_settings
from bot.stores.tinydb_store import StoreInUse, TooManyUnreadable
from bot.stores.vault import BadMasterKey, WrongKey, master_key_from
from bot.teams.settings import ChannelSettings
from bot.warm import keep_for_good
from cards.words import Texts
from casework.texts import read_catalogue

log = structlog.get_logger()

STARTING = (SettingsFault, PackageFault, StoreInUse, TooManyUnreadable, BadMasterKey, WrongKey, OSError)
"""What may be wrong before anything runs: said in words, without a traceback."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    parser.add_argument("do", nargs="?", choices=("serve", "package"), default="serve")
    parser.add_argument("--rehearsal", action="store_true", help="the practice room, on this machine only")
    parser.add_argument("--out", type=Path, default=Path("var/vaern.zip"), help="where `package` puts the zip")
    chosen = parser.parse_args()
    _quiet()
    try:
        return _package(chosen.out) if chosen.do == "package" else loop.run(_serve(chosen.rehearsal))
    except STARTING as fault:
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _quiet() -> None:
    """Logs are one JSON line per turn, ids only, on standard error."""
    level = getattr(logging, os.environ.get("VAERN_LOG", "WARNING").upper(), logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _package(out: Path) -> int:
    place = Path(os.environ.get("VAERN_ORGANISATION", "./organisation.toml"))
    organisation, faults = read_organisation(place)
    if organisation is None:
        raise SettingsFault(faults)
    values = package_values(os.environ, organisation.authority)
    print(build_package(Path("appmanifest"), out, values))
    return 0


async def _serve(rehearsal: bool) -> int:
    settings = read_settings(os.environ, rehearsal=rehearsal)
    stop = asyncio.Event()
    for wish in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(wish, stop.set)
    running = await (_rehearsed(settings) if rehearsal else _real(settings))
    try:
        await stop.wait()
    finally:
        await running.stop()
    return 0


async def _rehearsed(settings: Settings):
    say = Texts("da", read_catalogue("da")).plain
    key_file = settings.key_file or settings.data / "master.key"
    new = settings.master_key is None and not key_file.exists()
    key = settings.master_key or master_key_from({}, key_file, create=True)
    running = await open_rehearsal(settings, key)
    keep_for_good()
    if new:
        print(say("rehearsal.key_made", file=str(key_file)))
    print(say("rehearsal.ready", url=running.room.url), flush=True)
    return running


async def _real(settings: Settings) -> App:
    key = settings.master_key or master_key_from({}, settings.key_file)
    channel = ChannelSettings.public_cloud(
        settings.app_id,
        settings.app_password,
        settings.tenant_id,
        app_type=settings.app_type,
        download_hosts=settings.organisation.download_hosts,
    )
    app = await App.open(settings, channel, SystemClock(), key)
    keep_for_good()
    await app.start()
    if settings.nameless:
        log.warning("no_application_id", listens=app.url)  # said out loud: every message is turned away
    return app


if __name__ == "__main__":
    sys.exit(main())
