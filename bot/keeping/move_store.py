"""The embedded store's content into an empty database, once, while no bot runs. The files are only read.

It goes through the two stores' own doors: each case is appended commit by commit, sealed anew, and compared at the end.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.keeping.kept import LASTING
from bot.stores import codec
from bot.stores.postgres_shelf import PostgresShelf
from bot.stores.postgres_store import PostgresCaseStore
from bot.stores.shelf import FileShelf
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault


class MoveFault(Exception):
    """What stands in the way of the move, in words. The files were not touched."""


@dataclass
class Moved:
    """How many of each."""

    cases: int = 0
    uploads: int = 0
    documents: int = 0


async def move_store(data: Path, address: str, master_key: bytes) -> Moved:
    """Everything the embedded store in this folder keeps, and the ids of erased cases. MoveFault when it cannot be."""
    if not (data / "cases").is_dir():
        raise MoveFault(f"{data} holds no embedded store. Expected the folder that VAERN_DATA names.")
    vault, moved = Vault(data / "keys", master_key), Moved()
    async with _opened(data, vault, address, master_key) as (files, postgres):
        await postgres.note_erased(files.erased)
        for case in files.cases():
            await _move_case(files, postgres, case, moved)
        for name in (name for name in LASTING if (data / name).is_dir()):
            await _move_shelf(FileShelf(data / name, vault, name), postgres, name, moved)
        if await postgres.pending() != await files.pending():
            raise MoveFault("What waits to be sent is not the same in both. Move again, into an empty database.")
    return moved


@asynccontextmanager
async def _opened(
    data: Path, vault: Vault, address: str, master_key: bytes
) -> AsyncIterator[tuple[TinyCaseStore, PostgresCaseStore]]:
    """Both stores, so that no bot can run on either; MoveFault unless all can be read and the database is empty."""
    files = await TinyCaseStore.open(data / "cases", vault)
    try:
        if aside := await files.unreadable():
            raise MoveFault(f"{', '.join(aside)} cannot be read. Put a good copy back, or take it away, and move then.")
        postgres = await PostgresCaseStore.open(address, master_key)
        try:
            if not await postgres.is_empty():
                raise MoveFault(f"{postgres.database.place} is not empty. Expected a schema of its own for the move.")
            yield files, postgres
        finally:
            await postgres.close()
    finally:
        await files.close()


async def _move_case(files: TinyCaseStore, postgres: PostgresCaseStore, case: str, moved: Moved) -> None:
    rows = [row for row in await files.pending() if row.case == case]
    for item in files.items(case):
        await _move_upload(files, postgres, case, item)
        moved.uploads += 1
    commits = [codec.commit(document) for document in await files.commits(case)]
    for version, commit in enumerate(commits):
        queued = tuple(row.notice for row in rows if row.queued_at == commit.at)
        await postgres.append(case, replace(commit, notices=queued), after=version)
    for row in rows:
        if row.not_before:
            await postgres.put_off(case, row.notice["id"], attempts=row.attempts, not_before=row.not_before)
    if await postgres.load(case) != await files.load(case):
        raise MoveFault(f"{case} is not the same in both. Move again, into an empty database.")
    moved.cases += 1


async def _move_upload(files: TinyCaseStore, postgres: PostgresCaseStore, case: str, item: str) -> None:
    async with postgres.receiving(case, item) as arriving:
        async for part in files.read_blob(case, item):
            await arriving.write(part)
        await arriving.keep()


async def _move_shelf(shelf: FileShelf, postgres: PostgresCaseStore, name: str, moved: Moved) -> None:
    target = PostgresShelf(postgres.database, postgres.master, name)
    for key in await shelf.keys():
        await target.put(key, await shelf.get(key))
        moved.documents += 1
    if aside := await shelf.unreadable():
        raise MoveFault(f"{', '.join(aside)} of {name} cannot be read. Take it away, and move into an empty database.")
