"""What lies on the disk for somebody to see to: files set aside, and how old the last backup is."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.backup import last_backup
from bot.checks import Findings, fault, ok, warning
from bot.checks.kept import SHELVES
from bot.checks.site import Site

DAILY = timedelta(hours=26)
"""A day, and what a nightly backup may take."""


async def set_aside(site: Site) -> Findings:
    """How many, and never which: a file's name is a case's id."""
    count = await asyncio.to_thread(_count, site.settings.data)
    return (fault("set_aside", detail=str(count)) if count else ok("nothing_set_aside"),)


def _count(data: Path) -> int:
    shelves = (path for shelf in SHELVES for path in (data / shelf).glob("**/*.unreadable"))
    return len([*(data / "cases" / "set_aside").glob("*"), *shelves])


async def backup(site: Site) -> Findings:
    made = await asyncio.to_thread(last_backup, site.settings.data)
    if made is None:
        return (warning("backup_never"),)
    at = made.isoformat(timespec="minutes")
    return (warning("backup_old", detail=at) if site.now() - made > DAILY else ok("backup_fresh", detail=at),)
