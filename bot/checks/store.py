"""Whether a case can be written, read and erased; or, while the bot has the store open, whether the bot is well."""

import asyncio

from aiohttp import ClientError, ClientTimeout

from bot.checks import Finding, Findings, fault, ok, reason, warning
from bot.checks.site import Site
from bot.stores import UnreadableFile
from bot.stores.folder_probed import probe
from bot.stores.tinydb_store import StoreInUse

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}
PATIENCE = ClientTimeout(total=3)


async def store(site: Site) -> Findings:
    """A probe case of our own, which leaves nothing behind."""
    if site.within:
        return (ok("store_in_use"),)
    if not site.in_files:
        return await _in_database(site)
    if site.kept.vault is None:  # no store yet, or not this key's: the key's line says so
        return ()
    try:
        readable, there = await asyncio.to_thread(probe, site.settings.data / "cases", site.kept.vault)
    except StoreInUse:
        return ok("store_in_use"), await _running(site)
    except (OSError, UnreadableFile) as broken:
        return (fault("store_broken", str(site.settings.data / "cases"), reason(broken)),)
    if readable < there:
        return ok("store_works"), fault("cases_unreadable", detail=f"{there - readable} / {there}")
    return (ok("store_works"),)


async def _in_database(site: Site) -> Findings:
    """Only looked at: whether anybody serves from it."""
    if site.kept.database is None:  # the key's line says why
        return ()
    if await site.kept.database.in_use():
        return ok("store_in_use"), await _running(site)
    return (ok("database_answers", site.kept.database.place),)


async def _running(site: Site) -> Finding:
    """What the bot that has it open says of itself."""
    host = ANYWHERE.get(site.settings.host, site.settings.host)
    url = f"http://{host}:{site.settings.port}/readyz"
    try:
        async with site.session.get(url, timeout=PATIENCE) as answer:
            said = await answer.json()
    except (ClientError, TimeoutError, ValueError):
        return warning("running_silent", url)
    if answer.status == 200:
        return ok("running_ready")
    return fault("running_waits", url, str(said.get("waits_for", "")))
