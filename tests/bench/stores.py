"""Appends per second: PostgreSQL against files, each durable on return, in rounds one after the other."""

import asyncio
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

from bot.stores import CaseStore, Commit
from bot.stores.postgres_store import PostgresCaseStore
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from tests.bench.crowd import MASTER_KEY
from tests.bench.report import spread
from tests.postgres_server import own_server

AT_ONCE, EACH, ROUNDS = 8, 40, 5
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
COMMIT = Commit(
    at=NOON,
    events=({"event": "step_completed", "by": "jonas", "at": NOON.isoformat(), "step": "talk"},),
    texts={"t": "Der er lagt et opslag op om mig. " * 10},
    notices=({"id": "n", "to": "jonas", "kind": "case", "about": "", "fresh": False, "legal": False},),
    next_due=NOON,
    people=frozenset({"mette", "jonas", "sara"}),
)


async def measure(folder: Path) -> dict:
    """name → appends per second of every round, and the ratio of each pair of rounds."""
    found: dict[str, list[float]] = {"postgres": [], "files": []}
    async with AsyncExitStack() as stack:
        server = own_server(stack.callback, durable=True)
        postgres = await PostgresCaseStore.open(server.fresh(), MASTER_KEY)
        stack.push_async_callback(postgres.close)
        files = await TinyCaseStore.open(folder / "cases", Vault(folder / "keys", MASTER_KEY))
        stack.push_async_callback(files.close)
        for number in range(ROUNDS + 1):
            found["postgres"].append(await _round(postgres, number))
            found["files"].append(await _round(files, number))
    pairs = list(zip(found["postgres"], found["files"], strict=True))[1:]  # the first was for warming up
    return {"postgres": spread([one for one, _ in pairs]), "ratio": spread([one / other for one, other in pairs])}


async def _round(store: CaseStore, number: int) -> float:
    async def one_case(place: int) -> None:
        for version in range(EACH):
            await store.append(f"VK-{number}-{place}", COMMIT, after=version)

    began = time.perf_counter()
    await asyncio.gather(*(one_case(place) for place in range(AT_ONCE)))
    return AT_ONCE * EACH / (time.perf_counter() - began)
