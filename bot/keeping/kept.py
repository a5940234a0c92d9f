"""Opens what is kept, wherever the settings say: cases, and shelves for the rest."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from bot.administrator.attention import Attention
from bot.administrator.orders import ANSWERS, ORDERS
from bot.keeping.known_conduct import KnownConduct
from bot.keeping.records import Records
from bot.keeping.restore import refuse_half_restored
from bot.setup.settings import Settings
from bot.stores import CaseStore, Shelf
from bot.stores.shelf import FileShelf
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault

CONVERSATIONS, ATTENTION, OFFERS, WORDINGS = "conversations", "attention", "offers", "wordings"
DELIVERIES, KNOWN_CONDUCT, NUMBERS, YEARLY = "deliveries", "known_conduct", "numbers", "yearly"
SIGNING = "signing"
LASTING = (CONVERSATIONS, ATTENTION, WORDINGS, KNOWN_CONDUCT, NUMBERS, YEARLY, SIGNING)
"""Shelves that go along wherever the cases go. What lies on the others is over within a day."""
SHELVES = (*LASTING, OFFERS, DELIVERIES, ORDERS, ANSWERS)


@dataclass(frozen=True)
class Kept:
    """Cases, conversations, the administrator's list, and messages and files that somebody was asked about.

    Everything is closed with the stack it was opened on.
    """

    store: CaseStore
    records: Records
    attention: Attention
    offers: Shelf
    deliveries: Shelf
    wordings: Shelf
    orders: tuple[Shelf, Shelf]
    """What is asked of the running bot from beside it, and its answers."""
    known_conduct: KnownConduct
    numbers: Shelf
    """Each quarter's numbers as they were published, and which group was told."""
    yearly: Shelf
    """What each group has talked of in each year."""
    signing: Shelf
    """The organisation's key for what it hands out."""


@dataclass(frozen=True)
class _Opened:
    """The store, and a way to open a shelf beside it."""

    store: CaseStore
    shelf: Callable[[str], Awaitable[Shelf]]


async def open_kept(stack: AsyncExitStack, settings: Settings, master_key: bytes, *, take_over: bool = False) -> Kept:
    """Raises what the stores and the keys raise, with nothing left open that the stack does not close.

    `take_over`: whoever serves from a database now is asked to let us. For the bot; an errand waits until it stops.
    """
    opened = await _opened(stack, settings, master_key, take_over)
    conversations, listed = await opened.shelf(CONVERSATIONS), await opened.shelf(ATTENTION)
    orders = await opened.shelf(ORDERS), await opened.shelf(ANSWERS)
    offers, deliveries = await opened.shelf(OFFERS), await opened.shelf(DELIVERIES)
    wordings, known = await opened.shelf(WORDINGS), KnownConduct(await opened.shelf(KNOWN_CONDUCT))
    rooms = await opened.shelf(NUMBERS), await opened.shelf(YEARLY), await opened.shelf(SIGNING)
    return Kept(
        opened.store, Records(conversations), Attention(listed), offers, deliveries, wordings, orders, known, *rooms
    )


async def _opened(stack: AsyncExitStack, settings: Settings, master_key: bytes, take_over: bool) -> _Opened:
    if settings.case_store == "postgres":
        return await _in_postgres(stack, settings.database, master_key, take_over)
    return await _in_files(stack, settings.data, master_key)


async def _in_files(stack: AsyncExitStack, folder: Path, master_key: bytes) -> _Opened:
    refuse_half_restored(folder)
    vault = await asyncio.to_thread(Vault, folder / "keys", master_key)
    store = await TinyCaseStore.open(folder / "cases", vault)
    stack.push_async_callback(store.close)

    async def shelf(name: str) -> Shelf:
        opened = await asyncio.to_thread(FileShelf, folder / name, vault, name)
        stack.push_async_callback(opened.close)
        return opened

    return _Opened(store, shelf)


async def _in_postgres(stack: AsyncExitStack, address: str, master_key: bytes, take_over: bool) -> _Opened:
    from bot.stores.postgres_shelf import PostgresShelf  # the driver is loaded only where it is used
    from bot.stores.postgres_store import PostgresCaseStore

    store = await PostgresCaseStore.open(address, master_key, take_over=take_over)
    stack.push_async_callback(store.close)

    async def shelf(name: str) -> Shelf:
        opened = PostgresShelf(store.database, store.master, name)
        stack.push_async_callback(opened.close)
        return opened

    return _Opened(store, shelf)
