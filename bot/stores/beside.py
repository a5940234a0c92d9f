"""The database beside the process that serves: asked, without the lock, and nothing of a case is written.

For whoever looks at what is kept while the bot may be running, and for what is asked of a bot that runs.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, TypeVar

import psycopg
from psycopg import AsyncConnection

from bot.stores import StoreAway, UnreadableFile, WrongKey
from bot.stores.database import ALIVE, Cursor, first_line, place_of, queries
from bot.stores.postgres_shelf import PostgresShelf
from bot.stores.postgres_start import SECRET
from bot.stores.vault import MasterKey

Result = TypeVar("Result")

PATIENCE = 5  # seconds
ONLY_LOOKED_AT = "-c default_transaction_read_only=on"


class Beside:
    """`master` None: nobody has made a store there yet."""

    def __init__(self, connection: AsyncConnection, place: str, master: MasterKey | None) -> None:
        self._connection, self.place, self.master = connection, place, master

    async def run(self, work: Callable[[AsyncConnection], Awaitable[Result]], **_: Any) -> Result | None:
        """What is only looked at is not put in order either: a row that cannot be read is not marked."""
        try:
            return await work(self._connection)
        except psycopg.errors.ReadOnlySqlTransaction:
            return None
        except psycopg.Error as fault:
            raise StoreAway(f"{self.place}: {first_line(fault)}") from None

    def shelf(self, name: str) -> PostgresShelf:
        return PostgresShelf(self, self.master, name)

    async def in_use(self) -> bool:
        """Whether a process has the store open."""
        return await self.run(lambda to: queries().is_locked(to))

    async def set_aside(self) -> int:
        """How many rows could not be read when somebody last tried."""
        return await self.run(lambda to: queries().how_many_aside(to))


@asynccontextmanager
async def beside(address: str, key: bytes, *, looking: bool = True) -> AsyncIterator[Beside]:
    """StoreAway when the server does not let us in; WrongKey when the store was made with another key."""
    given = psycopg.conninfo.conninfo_to_dict(address)
    options = f"{given.get('options') or ''} {ONLY_LOOKED_AT if looking else ''}"
    ours = {"options": options, "application_name": "vaern beside", "connect_timeout": PATIENCE}
    place = place_of(given)
    async with AsyncExitStack() as stack:
        try:
            async with asyncio.timeout(PATIENCE):
                connection = await _connected(psycopg.conninfo.make_conninfo("", **{**ALIVE, **given, **ours}))
                await stack.enter_async_context(connection)
                master = await _proved(connection, key, place)
        except TimeoutError:
            raise StoreAway(f"{place}: no answer within {PATIENCE} seconds") from None
        except psycopg.Error as fault:
            raise StoreAway(f"{place}: {first_line(fault)}") from None
        yield Beside(connection, place, master)


async def _connected(address: str) -> AsyncConnection:
    return await AsyncConnection.connect(address, autocommit=True, cursor_factory=Cursor)


async def _proved(connection: AsyncConnection, key: bytes, place: str) -> MasterKey | None:
    if not await queries().has_table(connection, name="vault"):
        return None
    if not MasterKey(key).opens(await queries().in_vault(connection, name="check") or b""):
        raise WrongKey(f"The master key is not the one {place} was made with, or the check in vault is damaged.")
    try:
        secret = await queries().in_vault(connection, name="secret") or b""
        return MasterKey(key, MasterKey(key).unwrapped("key", SECRET, secret))
    except UnreadableFile:
        raise WrongKey(f"The secret in vault of {place} is gone or damaged. Put it back from a backup.") from None
