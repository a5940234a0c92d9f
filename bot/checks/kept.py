"""What is kept, only looked at: the bot may be running, and writing there."""

from dataclasses import dataclass

from bot.attention import Attention
from bot.checks import Findings, State
from bot.checks.key import checked_key
from bot.checks.shelf import LookedAtShelf
from bot.records import Records
from bot.settings import Settings
from bot.stores.vault import Vault

IN_FILES = "tinydb"
SHELVES = ("conversations", "attention")


@dataclass(frozen=True)
class Kept:
    """None: it cannot be looked at from here. A vault is there once the store is."""

    vault: Vault | None = None
    records: Records | None = None
    attention: Attention | None = None


def looked_at(settings: Settings) -> tuple[Kept, Findings]:
    """What lies in the data folder, if that is where it is kept and the key is its own."""
    if settings.case_store != IN_FILES:
        return Kept(), ()
    vault, key = checked_key(settings.data / "keys", settings.master_key or b"")
    if key.state is State.FAULT:
        return Kept(), (key,)
    conversations, attention = (LookedAtShelf(settings.data / name, vault, name) for name in SHELVES)
    return Kept(vault, Records(conversations), Attention(attention)), (key,)
