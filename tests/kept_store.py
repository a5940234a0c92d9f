"""A data folder as the bot leaves it, with a bit of everything, and what anybody could find in it."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.keeping.restore import refuse_half_restored
from bot.stores import Commit, UnknownCase, UnreadableFile
from bot.stores.shelf import FileShelf
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault

KEY, NEW_KEY = b"k" * 32, b"n" * 32
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CASES = ("VK-OPEN", "VK-CLOSED", "VK-PHOTO", "VK-ERASED")


class House:
    """Vault, store and shelf where the bot has them."""

    def __init__(self, vault: Vault, store: TinyCaseStore, shelf: FileShelf) -> None:
        self.vault, self.store, self.shelf = vault, store, shelf

    @classmethod
    async def open(cls, data: Path, key: bytes = KEY) -> "House":
        refuse_half_restored(data)
        vault = Vault(data / "keys", key)
        store = await TinyCaseStore.open(data / "cases", vault)
        return cls(vault, store, FileShelf(data / "conversations", vault, "conversations"))

    async def write(self, case: str, *, item: str | None = None, closed: bool = False) -> int:
        """One commit more, after its upload if there is one; the version it made."""
        version = await self.store.version(case) or 0
        if item:
            await self.store.put_blob(case, item, item.encode() * 1000)
        events = ({"type": "evidence_added", "item": item},) if item else ()
        at, due = MONDAY + timedelta(hours=version), MONDAY + timedelta(days=5)
        texts = {f"t{version}": "ord"}
        whose = {"people": frozenset({"anna"}), "apart": frozenset(texts)}
        await self.store.append(case, Commit(at, events, texts, next_due=due, closed=closed, **whose), after=version)
        return version + 1


async def furnish(data: Path, key: bytes = KEY) -> None:
    house = await House.open(data, key)
    for case in CASES:
        await house.write(case)
    await house.write("VK-CLOSED", closed=True)
    await house.write("VK-PHOTO", item="photo")
    await house.store.erase("VK-ERASED")
    await house.shelf.put("anna", {"step": 1})
    await house.store.close()


async def found(data: Path, key: bytes = KEY) -> dict[str, Any]:
    """Everything a start finds: versions, uploads, the shelf, what was set aside."""
    house = await House.open(data, key)
    try:
        seen: dict[str, Any] = {case: await house.store.version(case) for case in CASES}
        seen |= {f"{case} text": await _text(house, case) for case in CASES}
        seen["photo"] = await _photo(house)
        seen["shelf"] = await house.shelf.get("anna")
        seen["aside"] = [*await house.store.unreadable(), *await house.shelf.unreadable()]
        return seen
    finally:
        await house.store.close()


async def _text(house: House, case: str) -> str:
    try:
        return (await house.store.load(case)).texts["t0"]
    except (UnknownCase, UnreadableFile) as fault:
        return type(fault).__name__


async def _photo(house: House) -> int:
    try:
        return len(await house.store.get_blob("VK-PHOTO", "photo"))
    except (UnknownCase, UnreadableFile):
        return -1


def found_now(data: Path, key: bytes = KEY) -> dict[str, Any]:
    return asyncio.run(found(data, key))


def names(folder: Path) -> set[str]:
    """Every file below the folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def contents(folder: Path) -> dict[str, bytes]:
    """The same, with what is in them."""
    return {name: (folder / name).read_bytes() for name in sorted(names(folder))}
