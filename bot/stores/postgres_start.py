"""What is done once, before anything is served: prove the master key, bring the schema up, take stock of every case.

Nothing is touched before the key has been proved, and nothing but the schema before nearly everything was readable.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import AsyncConnection, AsyncCursor

from bot.stores import StoreAway, TooManyUnreadable, UnreadableFile, WrongKey, codec, own_keys
from bot.stores.database import Database, first_line, queries
from bot.stores.postgres_case import Rows
from bot.stores.vault import MASTER_KEY, MasterKey

FEW = 3
"""Fewer unreadable cases than this never stop the start: a small place may have two cases and one bad disk block."""
SCHEMAS = ("postgres_1.sql", "postgres_2.sql", "postgres_3.sql")
SECRET = "what names follow from"  # no case can have that id


@dataclass
class _Stock:
    cases: int = 0
    unreadable: list[str] = field(default_factory=list)
    orphans: dict[str, list[str]] = field(default_factory=dict)


async def prepare(database: Database, key: bytes) -> MasterKey:
    """The proved master key; the store is in order.

    WrongKey, TooManyUnreadable, or StoreAway with what the server refused, otherwise.
    """
    try:
        await prove(database, database.alone, MasterKey(key))
        await _bring_up(database, MasterKey(key))
        master = MasterKey(key, await _secret(database, MasterKey(key)))
        stock = await _take_stock(database.alone, master)
        await _stop_if_most_are_unreadable(database, stock)
        async with database.alone.transaction():
            await _tidy(database.alone, stock)
        return master
    except psycopg.Error as fault:
        raise StoreAway(f"The database {database.place} refuses: {first_line(fault)}") from None


async def prove(database: Database, connection: AsyncConnection, master: MasterKey) -> None:
    """WrongKey unless it is the key in force, or none is yet. Only looked at: the lock may be another's."""
    proof, keys = None, False
    if await queries().has_table(connection, name="vault"):
        proof = await queries().in_vault(connection, name="check")
        keys = await queries().has_keys(connection)
    if proof is None and keys:
        raise WrongKey(f"The check in vault of {database.place} is gone, yet case keys are there. Nothing was touched.")
    if proof is not None and not master.opens(proof):
        raise WrongKey(
            f"The master key is not the one {database.place} was made with (or the check in vault is damaged). "
            f"Nothing was touched; set {MASTER_KEY} to the right one."
        )


async def _bring_up(database: Database, master: MasterKey) -> None:
    connection = database.alone
    async with connection.transaction():
        found = 0
        if await queries().has_table(connection, name="schema_version"):
            found = await queries().schema_found(connection)
        if found > len(SCHEMAS):
            raise StoreAway(f"{database.place} has schema {found}; this version knows {len(SCHEMAS)}. Start a newer.")
        for number, name in enumerate(SCHEMAS[found:], found + 1):
            script = Path(__file__).with_name(name).read_text("utf-8")
            await AsyncCursor(connection).execute(script)  # as text: only so it may be several statements
            await queries().note_schema(connection, version=number)
        if await queries().in_vault(connection, name="check") is None:
            await queries().keep_in_vault(connection, name="secret", sealed=master.new_wrapped(SECRET))
            await queries().keep_in_vault(connection, name="check", sealed=master.proof())


async def _secret(database: Database, master: MasterKey) -> bytes:
    """What hidden names follow from. It stays when the master key is changed."""
    try:
        return master.unwrapped("key", SECRET, await queries().in_vault(database.alone, name="secret") or b"")
    except UnreadableFile:
        found = f"The secret in vault of {database.place} is gone or damaged"
        raise WrongKey(f"{found}. Nothing was touched; put it back from a backup.") from None


async def _take_stock(connection: AsyncConnection, master: MasterKey) -> _Stock:
    stock, uploads = _Stock(), {case: items async for case, items in queries().uploads(connection)}
    async for rows in _each_case(connection):
        stock.cases += 1
        try:
            commits = rows.commits(master)
        except UnreadableFile:
            stock.unreadable.append(rows.case)
            continue
        if lost := [item for item in uploads.get(rows.case, ()) if not codec.mentions(commits, item)]:
            stock.orphans[rows.case] = lost
    return stock


async def _each_case(connection: AsyncConnection) -> AsyncIterator[Rows]:
    """What is there of each; never all cases in memory at once."""
    async with connection.transaction(), connection.cursor("stock", binary=True) as rows:
        await rows.execute(queries().stock.sql)
        found: Rows | None = None
        async for case, version, wrapped, *row in rows:
            if found is None or found.case != case:
                if found:
                    yield found
                found = Rows(case, version, wrapped)
            found.add(*row)
        if found:
            yield found


async def _stop_if_most_are_unreadable(database: Database, stock: _Stock) -> None:
    bad = len(stock.unreadable)
    if bad and not await queries().has_keys(database.alone):
        raise TooManyUnreadable(f"{database.place} holds {bad} cases, and no case key. Nothing was touched.")
    if bad >= FEW and bad * 2 > stock.cases:
        raise TooManyUnreadable(
            f"{bad} of {stock.cases} cases in {database.place} cannot be read. "
            "Nothing was touched; check the server's disk, or put a backup back."
        )


async def _tidy(connection: AsyncConnection, stock: _Stock) -> None:
    await queries().erase_again(connection)
    await queries().set_aside_just(connection, cases=stock.unreadable)
    for case, items in stock.orphans.items():
        names = [own_keys.of_upload(item) for item in items]
        await queries().drop_uploads(connection, case=case, items=items, names=names)
    await queries().drop_lost_chunks(connection)
    await queries().forget_mere_uploads(connection)
