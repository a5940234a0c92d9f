"""What lies on the disk for somebody to see to: files set aside, and how old the last backup is."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.checks import Findings, fault, ok, warning
from bot.checks.site import Site
from bot.keeping.backup import last_backup
from bot.keeping.kept import SHELVES

DAILY = timedelta(hours=26)
"""A day, and what a nightly backup may take."""


async def set_aside(site: Site) -> Findings:
    """How many, and never which: a file's name is a case's id."""
    if not site.in_files:
        return await _in_database(site)
    cases = len(await site.unreadable()) if site.unreadable else await asyncio.to_thread(_cases, site.settings.data)
    count = cases + await asyncio.to_thread(_documents, site.settings.data)
    return (fault("set_aside", detail=str(count)) if count else ok("nothing_set_aside"),)


async def _in_database(site: Site) -> Findings:
    if site.unreadable:
        count = len(await site.unreadable())
    elif site.kept.database and site.kept.database.master:
        count = await site.kept.database.set_aside()
    else:  # there is none, or the key's line says why it cannot be looked at
        return ()
    return (fault("rows_set_aside", detail=str(count)) if count else ok("nothing_set_aside"),)


def _cases(data: Path) -> int:
    return len(list((data / "cases" / "set_aside").glob("*")))


def _documents(data: Path) -> int:
    return len([path for shelf in SHELVES for path in (data / shelf).glob("**/*.unreadable")])


async def backup(site: Site) -> Findings:
    """Of the data folder. A database has a backup of its own, which leaves no note here."""
    if not site.in_files:
        return ()
    made = await asyncio.to_thread(last_backup, site.settings.data)
    if made is None:
        return (warning("backup_never"),)
    at = made.isoformat(timespec="minutes")
    return (warning("backup_old", detail=at) if site.now() - made > DAILY else ok("backup_fresh", detail=at),)
