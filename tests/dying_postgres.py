"""Dies at every statement of a write in PostgreSQL, one after the other, and says what the next start finds.

`python -m tests.dying_postgres <folder of the server> <operation>` prints one JSON object: `before`, `after`, and for
each statement and moment what a death there left. Children are forked: a child is the process that is killed (-9).
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from bot.stores import CaseStore, Commit, UnknownCase
from bot.stores.chunks import CHUNK
from bot.stores.postgres_store import PostgresCaseStore
from tests.dying import in_a_child
from tests.postgres_statements import MOMENTS, Line, Statements

KEY, CASE = b"m" * 32, "VK-A"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FILM, MANY = b"film", 5 * CHUNK // 2
KILLED = -signal.SIGKILL
COUNTED = {
    "commits": "select count(*) from commits where case_id = %s",
    "uploads": "select count(*) from blobs where case_id = %s",
    "chunks": "select count(*) from blob_chunks where case_id = %s",
    "keys": "select count(*) from item_keys where case_id = %s and sealed <> ''",
}


async def begun(store: CaseStore, case: str) -> None:
    """A draft with a picture and words."""
    await store.put_blob(case, "photo", b"photo")
    events, texts = ({"type": "evidence_added", "item": "photo"},), {"name": "hun.png", "kept": "det her"}
    await store.append(case, Commit(MONDAY, events, texts, apart=frozenset(texts)), after=0)


async def receiving(store: CaseStore, case: str) -> None:
    """A file of three chunks, and then the fact that makes it a piece of the case, with its name."""
    async with store.receiving(case, "film") as arriving:
        for _ in range(MANY // (CHUNK // 2)):
            await arriving.write(FILM * (CHUNK // 2 // len(FILM)))
        await arriving.keep()
    events, texts = ({"type": "evidence_added", "item": "film"},), {"film-name": "film.mp4"}
    await store.append(case, Commit(MONDAY, events, texts, apart=frozenset(texts)), after=1)


async def destroying(store: CaseStore, case: str) -> None:
    gone = frozenset({"photo", "name"})
    await store.append(case, Commit(MONDAY, ({"type": "destroyed"},), destroyed=gone), after=1)


WRITES: dict[str, Callable[[CaseStore, str], Awaitable[None]]] = {"receiving": receiving, "destroying": destroying}


def address(folder: Path, schema: str) -> str:
    return f"postgresql:///postgres?host={folder}&user=postgres&options=-csearch_path%3D{schema}"


async def portraits(folder: Path, schema: str, *cases: str) -> list[dict[str, Any]]:
    """What the next start finds of each of them, and how many rows there are."""
    store = await PostgresCaseStore.open(address(folder, schema), KEY)
    seen = [await _portrait(store, case) for case in cases]
    assert await store.unreadable() == ()
    await store.close()
    with psycopg.connect(address(folder, schema), autocommit=True) as sql:
        rows = [{name: sql.execute(query, [case]).fetchone()[0] for name, query in COUNTED.items()} for case in cases]
    return [one | counted for one, counted in zip(seen, rows, strict=True)]


async def _portrait(store: CaseStore, case: str) -> dict[str, Any]:
    found = await store.load(case)
    there = {item: await _bytes(store, case, item) for item in ("photo", "film")}
    return {"version": found.version, "texts": dict(sorted(found.texts.items())), **there}


async def _bytes(store: CaseStore, case: str, item: str) -> int | None:
    try:
        content = await store.get_blob(case, item)
    except UnknownCase:
        return None
    assert item == "photo" or content == FILM * (len(content) // len(FILM))
    return len(content)


async def furnish(folder: Path, schema: str, *cases: str) -> None:
    with psycopg.connect(address(folder, schema), autocommit=True) as sql:
        sql.execute(f"create schema {schema}")
    store = await PostgresCaseStore.open(address(folder, schema), KEY)
    for case in cases:
        await begun(store, case)
    await store.close()


def killed(_: Line) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def doomed(folder: Path, schema: str, operation: str, at: int, moment: str) -> None:
    async with Statements(folder) as way:
        store = await PostgresCaseStore.open(address(way.folder, schema), KEY)
        way.count(at, moment, killed)
        await WRITES[operation](store, CASE)
        await store.close()


def deaths(folder: Path, operation: str) -> dict[str, Any]:
    asyncio.run(furnish(folder, f"{operation}_before", CASE))
    (before,), found = asyncio.run(portraits(folder, f"{operation}_before", CASE)), []
    for moment in MOMENTS:
        at, code = 0, KILLED
        while code == KILLED:
            at += 1
            schema = f"{operation}_{moment}_{at}"
            asyncio.run(furnish(folder, schema, CASE))
            code = in_a_child(lambda: doomed(folder, schema, operation, at, moment))  # noqa: B023 - run at once
            (state,) = asyncio.run(portraits(folder, schema, CASE))
            found.append({"moment": moment, "at": at, **state})
        if code:
            raise SystemExit(f"{operation} failed by itself at statement {at}, {moment}")
        after = found.pop()
    return {"before": before, "after": {name: after[name] for name in before}, "deaths": found}


if __name__ == "__main__":
    print(json.dumps(deaths(Path(sys.argv[1]), sys.argv[2])))
