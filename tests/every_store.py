"""Every store there is, opened for the tests that hold for all of them. A new one is one more line in STORES."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.stores import CaseStore, Commit
from bot.stores.postgres_store import PostgresCaseStore
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from tests.memory_store import MemoryCaseStore
from tests.postgres_server import server

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CASE, OTHER, THIRD = "VK-7Q4M-X2D", "VK-0000-AAA", "VK-9ZZZ-BBB"


Open = Callable[[], Awaitable[CaseStore]]


def tinydb(folder: Path) -> Open:
    return lambda: TinyCaseStore.open(folder / "cases", Vault(folder / "vault", b"m" * 32))


def postgres(folder: Path) -> Open:
    address = server().fresh()
    return lambda: PostgresCaseStore.open(address, b"m" * 32)


def memory(folder: Path) -> Open:
    """The tests' own. It is closed and opened again by going on."""
    store = MemoryCaseStore()

    async def the_same() -> CaseStore:
        store.reopened()
        return store

    return the_same


STORES: dict[str, Callable[[Path], Open]] = {"tinydb": tinydb, "postgres": postgres, "memory": memory}


class Desk:
    """The store under test, and the way to close it and open it again on what it has kept."""

    def __init__(self, open_it: Open) -> None:
        self._open_it = open_it
        self.store: CaseStore

    async def open(self) -> "Desk":
        self.store = await self._open_it()
        return self

    async def restart(self) -> CaseStore:
        await self.store.close()
        return (await self.open()).store


@pytest.fixture(params=STORES)
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    desk = await Desk(STORES[request.param](tmp_path)).open()
    yield desk
    await desk.store.close()


@pytest.fixture
def store(desk: Desk) -> CaseStore:
    return desk.store


def commit(hours: float = 0, *, due: float | None = None, **parts: object) -> Commit:
    next_due = None if due is None else MONDAY + timedelta(hours=due)
    return Commit(at=MONDAY + timedelta(hours=hours), next_due=next_due, **parts)  # type: ignore[arg-type]


def told(*notices: str, hours: float = 0, **parts: object) -> Commit:
    return commit(hours, notices=tuple({"id": notice, "card": "leader.case"} for notice in notices), **parts)


async def waiting(store: CaseStore) -> list[tuple[str, str]]:
    return [(row.case, row.notice["id"]) for row in await store.pending()]
