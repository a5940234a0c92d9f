"""Another master key for the cases in PostgreSQL, with the bot stopped: in one transaction, so one of the two holds."""

from psycopg import AsyncConnection

from bot.stores import UnreadableFile, WrongKey
from bot.stores.database import AT_START, Database, queries
from bot.stores.postgres_start import SECRET, prepare
from bot.stores.vault import BadMasterKey, MasterKey


async def change_master_key(address: str, old: bytes, new: bytes, *, wait: float = AT_START) -> None:
    """From then on the new key opens everything and the old one nothing. The new one in force already: nothing.

    StoreInUse while a bot runs; WrongKey when neither is the one in force, and nothing is touched.
    """
    if old == new:
        raise BadMasterKey("The new master key is the old one. Expected another: `openssl rand -base64 32`.")
    database = await Database.open(address, wait=wait)
    try:
        if await _in_force(database.alone, MasterKey(new)):
            return
        await prepare(database, old)
        async with database.alone.transaction():
            await _rewrap(database.alone, MasterKey(old), MasterKey(new))
    finally:
        await database.close()


async def _in_force(connection: AsyncConnection, master: MasterKey) -> bool:
    if not await queries().has_table(connection, name="vault"):
        raise WrongKey("The database holds no store yet, so no master key is in force there. Nothing was touched.")
    return master.opens(await queries().in_vault(connection, name="check") or b"")


async def _rewrap(connection: AsyncConnection, old: MasterKey, new: MasterKey) -> None:
    """Case keys and the secret, then the check. A damaged key stays as it is: it is told when its case is opened."""
    async for case, wrapped in queries().case_keys(connection):
        try:
            fresh = new.wrapped("key", case, old.unwrapped("key", case, wrapped))
        except UnreadableFile:
            continue
        await queries().put_case_key(connection, case=case, wrapped=fresh)
    secret = old.unwrapped("key", SECRET, await queries().in_vault(connection, name="secret"))
    await queries().put_in_vault(connection, name="secret", sealed=new.wrapped("key", SECRET, secret))
    await queries().put_in_vault(connection, name="check", sealed=new.proof())
