"""The way to PostgreSQL: one process at a time, a pool of connections, and patience while the server is away.

The process that serves holds an advisory lock on a connection of its own. When that connection ends (the server was
restarted, the network broke), nothing is read or written until the lock is ours again: meanwhile another may have it.
A process that starts asks the one that has the lock for it, once: the newest serves, and the one before stands by until
it is stopped, or serves again when the newest has died. So an update may start the new one beside the old.
The lock belongs to a session, so the way must not lead through a pooler that shares sessions between clients.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import aiosql
import psycopg
import structlog
from psycopg import AsyncConnection, AsyncCursor
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Format
from psycopg_pool import AsyncConnectionPool

from bot.stores import StoreAway, StoreInUse

log = structlog.get_logger()

Result = TypeVar("Result")

CONNECTIONS = 8
PATIENCE = 8.0
"""Seconds that work waits for a server that is away: within the 15 that Teams waits for an answer."""
AT_START = 30.0
"""Seconds a start waits for the server, and for the process before it to end."""
PAUSE = 0.2
STAND_BY = 10.0
"""Seconds that a process which has handed over leaves the lock alone."""
SESSION = (
    "-c timezone=UTC -c synchronous_commit=on "  # what is acknowledged is on disk, however the server is set up
    "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"  # a dead holder's lock is let go
)
ALIVE = {"keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 15_000}
AWAY = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction)


@cache
def queries() -> Any:
    """The named queries of `postgres.sql`."""
    return aiosql.from_path(Path(__file__).with_name("postgres.sql"), "apsycopg", mandatory_parameters=False)


class Cursor(AsyncCursor):
    """Answers come as bytes and not as text: half the size, for what is sealed."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.format = Format.BINARY


class Database:
    """An opened database. `await Database.open(address)`; `await database.run(work)`."""

    def __init__(self, address: str, patience: float) -> None:
        given = conninfo_to_dict(address)
        ours = {"options": f"{given.get('options') or ''} {SESSION}", "application_name": "vaern", "connect_timeout": 5}
        self._address, self.patience = make_conninfo("", **{**ALIVE, **given, **ours}), patience
        self.place = place_of(given)
        self.stand_by, self._schema = STAND_BY, ""
        self._held = asyncio.Event()
        self._proved: Callable[[Database, AsyncConnection], Awaitable[None]] | None = None
        self._pool: AsyncConnectionPool | None = None
        self._lock: AsyncConnection
        self._watching: asyncio.Task[None]

    @classmethod
    async def open(
        cls,
        address: str,
        *,
        wait: float = AT_START,
        patience: float = PATIENCE,
        take_over: bool = False,
        proved: Callable[["Database", AsyncConnection], Awaitable[None]] | None = None,
    ) -> "Database":
        """StoreAway when the server does not answer in time; StoreInUse when another process goes on having the lock.

        Nothing is let through before `begin`. `take_over`: whoever serves now is asked to let us, once `proved` has not
        raised: a start that cannot serve must not stop the one that does.
        """
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # that the server is away is told once, by `_watch`
        database = cls(address, patience)
        database._proved = proved
        database._lock = await database._locked_within(wait, take_over)
        return database

    async def begin(self) -> None:
        """From now on work is taken."""
        await self._open_pool()
        self._watching = asyncio.create_task(self._watch())

    async def _open_pool(self) -> None:
        """A new one each time: connections of before the break, and their ever longer waits, are gone with the old."""
        how = {"autocommit": True, "cursor_factory": Cursor}
        self._pool = AsyncConnectionPool(self._address, min_size=1, max_size=CONNECTIONS, open=False, kwargs=how)
        await self._pool.open()
        self._held.set()

    async def _close_pool(self) -> None:
        self._held.clear()
        if self._pool:
            await self._pool.close(timeout=1)  # what was under way fails and is done again

    async def close(self) -> None:
        """Lets another process in."""
        if self._pool:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
            await self._close_pool()
        await self._lock.close()

    @property
    def alone(self) -> AsyncConnection:
        """The connection that holds the lock, for what is done before `begin`."""
        return self._lock

    async def run(
        self, work: Callable[[AsyncConnection], Awaitable[Result]], *, patience: float | None = None
    ) -> Result:
        """Work that leaves the same when it is done twice: it is done again when the connection breaks under it.

        StoreAway when that has gone on for too long. Whether the last try has reached the server is then not known.
        """
        try:
            async with asyncio.timeout(patience or self.patience):
                while True:
                    await self._held.wait()
                    try:
                        async with self._pool.connection() as connection:
                            return await work(connection)
                    except AWAY as fault:
                        log.info("store_tried_again", reason=type(fault).__name__)
                    await asyncio.sleep(PAUSE)
        except TimeoutError:
            raise StoreAway(f"The database {self.place} does not answer.") from None

    # --- the lock ---

    async def _locked_within(self, seconds: float, take_over: bool) -> AsyncConnection:
        fault: Exception = StoreAway(f"The database {self.place} does not answer.")
        try:
            async with asyncio.timeout(seconds):
                while True:
                    try:
                        return await self._locked(ask=take_over)
                    except StoreInUse as found:
                        fault, take_over = found, False  # asked once: two that go on asking would hand it to and fro
                    except StoreAway as found:
                        fault = found
                    await asyncio.sleep(PAUSE)
        except TimeoutError:
            raise fault from None

    async def _locked(self, *, ask: bool = False) -> AsyncConnection:
        try:
            connection = await AsyncConnection.connect(self._address, autocommit=True, cursor_factory=Cursor)
        except psycopg.OperationalError as fault:
            raise StoreAway(f"The database {self.place} does not let us in: {first_line(fault)}") from None
        async with _closed_unless_kept(connection):
            if not await queries().take_lock(connection):
                if ask:
                    if self._proved:
                        await self._proved(self, connection)
                    await queries().ask_for_it(connection)
                raise StoreInUse(
                    f"The case store in {self.place} is already open. Stop that process or name another database."
                )
            await queries().listen(connection)
            self._schema = await queries().schema(connection)
        return connection

    async def _watch(self) -> None:
        """Whenever the lock is lost, work stops until it is ours again."""
        while True:
            asked = await self._asked_for_it()
            log.warning("store_handed_over") if asked else log.error("store_away")
            await self._close_pool()
            await self._lock.close()
            await asyncio.sleep(self.stand_by if asked else 0)
            self._lock = await self._locked_again()
            await self._open_pool()
            log.warning("store_back")

    async def _asked_for_it(self) -> bool:
        """Returns when another process asks for the lock; False when it is lost, for the connection has ended."""
        with suppress(*AWAY):
            async for asked in self._lock.notifies():
                if asked.payload == self._schema:
                    return True
        return False

    async def _locked_again(self) -> AsyncConnection:
        while True:
            try:
                return await self._locked()
            except (*AWAY, StoreAway, StoreInUse):
                await asyncio.sleep(PAUSE)


@asynccontextmanager
async def _closed_unless_kept(connection: AsyncConnection) -> AsyncIterator[None]:
    try:
        yield
    except BaseException:
        await connection.close()
        raise


def place_of(given: Mapping[str, Any]) -> str:
    """Which database, without user and password."""
    return f"{given.get('dbname') or ''} at {given.get('host') or 'this machine'}"


def first_line(fault: psycopg.Error) -> str:
    """What the server said. It names users and hosts, and never a password."""
    return fault.diag.message_primary or str(fault).strip().splitlines()[-1]
