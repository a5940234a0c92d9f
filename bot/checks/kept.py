"""What is kept, only looked at: the bot may be running, and writing there."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.administrator.attention import Attention
from bot.checks import Findings, State, fault, ok
from bot.checks.key import checked_key
from bot.checks.shelf import LookedAtShelf
from bot.keeping.kept import ATTENTION, CONVERSATIONS
from bot.keeping.records import Records
from bot.setup.settings import Settings
from bot.stores import StoreAway, WrongKey
from bot.stores.vault import Vault

if TYPE_CHECKING:
    from bot.stores.beside import Beside

IN_FILES = "tinydb"


@dataclass(frozen=True)
class Kept:
    """None: it cannot be looked at from here. `vault` with the embedded store, `database` with the other."""

    vault: Vault | None = None
    records: Records | None = None
    attention: Attention | None = None
    database: "Beside | None" = None


async def looked_at(stack: AsyncExitStack, settings: Settings) -> tuple[Kept, Findings]:
    """What is kept, as far as it can be reached and the key is its own. Nothing is left open that the stack keeps."""
    if settings.case_store == IN_FILES:
        return _in_files(settings)
    return await _in_postgres(stack, settings)


async def _in_postgres(stack: AsyncExitStack, settings: Settings) -> tuple[Kept, Findings]:
    from bot.stores.beside import beside  # the driver is loaded only where it is used

    try:
        found = await stack.enter_async_context(beside(settings.database, settings.master_key or b""))
    except StoreAway as away:
        return Kept(), (fault("database_away", detail=str(away)),)
    except WrongKey as wrong:
        return Kept(), (fault("database_key_wrong", detail=str(wrong)),)
    if found.master is None:
        return Kept(database=found), (ok("key_new"),)
    conversations, attention = (found.shelf(name) for name in (CONVERSATIONS, ATTENTION))
    return Kept(None, Records(conversations), Attention(attention), found), (ok("key_right"),)


def _in_files(settings: Settings) -> tuple[Kept, Findings]:
    vault, key = checked_key(settings.data / "keys", settings.master_key or b"")
    if key.state is State.FAULT:
        return Kept(), (key,)
    conversations, attention = (LookedAtShelf(settings.data / name, vault, name) for name in (CONVERSATIONS, ATTENTION))
    return Kept(vault, Records(conversations), Attention(attention)), (key,)
