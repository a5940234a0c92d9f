"""Accept wordings that were ever in force, looked up beside a bot that may be running."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.keeping.kept import WORDINGS
from bot.setup.settings import Settings
from bot.stores import Shelf
from bot.stores.shelf import FileShelf
from bot.stores.vault import Vault, master_key_from


@asynccontextmanager
async def wordings_beside(settings: Settings) -> AsyncIterator[Shelf | None]:
    """None: no bot has run there, so nobody has answered any. Raises what the keys and the database raise."""
    master = settings.master_key or master_key_from({}, settings.key_file)
    if settings.case_store != "postgres":
        has_run = (settings.data / "keys" / "check").exists()
        yield await asyncio.to_thread(_in_files, settings, master) if has_run else None
        return
    from bot.stores.beside import beside  # the driver is loaded only where it is used

    async with beside(settings.database, master) as found:
        yield found.shelf(WORDINGS) if found.master is not None else None


def _in_files(settings: Settings, master: bytes) -> FileShelf:
    return FileShelf(settings.data / WORDINGS, Vault(settings.data / "keys", master), WORDINGS, tidy=False)
