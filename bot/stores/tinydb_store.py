"""The embedded store: one encrypted file per case, replaced whole or not at all, by one process.

    <folder>/lock                       held by the process that has the store open
    <folder>/open/<case>.case           cases under way
    <folder>/closed/<case>.case         closed ones, so that a look round the folder follows the open ones
    <folder>/blobs/<case>/<item>.blob   what people uploaded
    <folder>/erased                     ids of erased cases, one a line: carry it over when a backup is put back
    <folder>/set_aside/                 what could not be read: never deleted, except by erasing the case

At start, under the lock and once nearly everything has proved readable: cases the erasure log names are erased again,
unreadable files are set aside, half-written files go, and so do blobs that no event and no text of their case mentions
(an upload is durable before the event that names it, so such a blob was never acknowledged).
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot.stores import (
    Commit,
    Pending,
    StaleCase,
    StoredCase,
    StoreInUse,
    TooManyUnreadable,
    UnknownCase,
    UnreadableFile,
)
from bot.stores.blob_files import BlobFile
from bot.stores.case_file import CaseFile, Summary
from bot.stores.case_folder import CaseFolder
from bot.stores.case_index import CaseIndex
from bot.stores.codec import moment
from bot.stores.files import make_folder
from bot.stores.incoming import Incoming, get_whole, in_threads, incoming, put_whole
from bot.stores.turns import Turns
from bot.stores.vault import Vault, checked_name, is_name

__all__ = ["StoreInUse", "TinyCaseStore", "TooManyUnreadable", "alone"]

Result = TypeVar("Result")


class TinyCaseStore:
    """CaseStore over files. `await TinyCaseStore.open(folder, vault)`; everything slow happens in threads."""

    def __init__(self, folder: CaseFolder, lock: int, found: list[Summary]) -> None:
        self._folder, self._lock = folder, lock
        self._turns, self._index = Turns(), CaseIndex()
        for summary in found:
            self._index.put(summary)

    @classmethod
    async def open(cls, folder: Path, vault: Vault) -> "TinyCaseStore":
        """StoreInUse when another process has it; TooManyUnreadable, with nothing touched, when most cannot be read."""
        return await asyncio.to_thread(cls._open, folder, vault)

    @classmethod
    def _open(cls, folder: Path, vault: Vault) -> "TinyCaseStore":
        lock = _locked(make_folder(folder))
        try:
            cases = CaseFolder(folder, vault)
            return cls(cases, lock, cases.take_stock())
        except BaseException:
            os.close(lock)
            raise

    async def close(self) -> None:
        """Waits for what is being written, then lets another process in."""
        await self._turns.finish()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    # --- one case ---

    async def load(self, case: str) -> StoredCase:
        return await self._in_file(case, CaseFile.stored)

    async def version(self, case: str) -> int | None:
        known = self._index.get(case)
        return known and known.version

    async def append(self, case: str, commit: Commit, *, after: int) -> None:
        checked_name(case)
        moment(commit.at)

        async def write() -> None:
            if case not in self._index:
                self._must_be_free(case)
                if after:
                    raise UnknownCase(f"{case}: no such case, so nothing to put on top of version {after}.")
                await asyncio.to_thread(self._folder.vault.make_key, case)
            await self._work_on(case, lambda file: file.append(commit, after))
            if commit.destroyed:  # after the fact that says so: what a death leaves, the start removes
                await asyncio.to_thread(self._folder.destroy_items, case, commit.destroyed)

        await self._turns.take(case, write)

    async def settle(self, case: str, *notices: str) -> None:
        if case in self._index:
            await self._if_still_there(case, lambda file: file.settle(*notices))

    async def put_off(self, case: str, notice: str, *, attempts: int, not_before: datetime) -> None:
        moment(not_before)
        if case in self._index:
            await self._if_still_there(case, lambda file: file.put_off(notice, attempts, not_before))

    async def erase(self, case: str, *, after: int | None = None) -> None:
        async def destroy() -> None:
            if after not in (None, await self.version(case)) and case not in self._folder.erased:
                raise StaleCase(f"{case}: version {after} is not the newest. Nothing was erased.")
            try:
                await asyncio.to_thread(self._folder.erase, case)
            finally:
                if case in self._folder.erased:
                    self._index.forget(case)

        if is_name(case):
            await self._turns.take(case, destroy)

    # --- blobs ---

    def receiving(self, case: str, item: str) -> AbstractAsyncContextManager[Incoming]:
        async def opened() -> "_Place":
            checked_name(case), checked_name(item)
            return _Place(self, case, await self._with_blobs_of(case, lambda: self._folder.new_blob(case, item)))

        return incoming(opened, lambda: self.read_blob(case, item))

    async def read_blob(self, case: str, item: str) -> AsyncIterator[bytes]:
        if not (is_name(case) and is_name(item)):
            raise UnknownCase(f"{case} {item}: no case or item can have that id.")
        run = partial(self._in_thread, case)
        async with in_threads(self._folder.blob(case, item), run) as following:
            while (part := await following()) is not None:
                yield part

    async def take_back(self, case: str, item: str) -> None:
        if is_name(case) and is_name(item):
            await self._in_thread(case, lambda: self._folder.remove_blob(case, item))

    async def put_blob(self, case: str, item: str, content: bytes) -> None:
        await put_whole(self, case, item, content)

    async def get_blob(self, case: str, item: str) -> bytes:
        return await get_whole(self, case, item)

    async def _with_blobs_of(self, case: str, work: Callable[[], Result]) -> Result:
        """In the case's turn, unless it is erased or set aside."""

        async def in_turn() -> Result:
            if case not in self._index:
                self._must_be_free(case)
            return await asyncio.to_thread(work)

        return await self._turns.take(case, in_turn)

    async def _in_thread(self, case: str, work: Callable[[], Result]) -> Result:
        return await self._turns.take(case, lambda: asyncio.to_thread(work))

    # --- across cases ---

    async def cases_of(self, person: str) -> tuple[str, ...]:
        return self._index.cases_of(person)

    async def cases_of_group(self, workplace: str) -> tuple[str, ...]:
        return self._index.cases_of_group(workplace)

    async def closed(self) -> tuple[str, ...]:
        return self._index.closed()

    async def open_cases(self) -> int:
        return self._index.open_cases()

    async def due(self, now: datetime) -> tuple[str, ...]:
        return self._index.due(now)

    async def next_due(self) -> datetime | None:
        return self._index.next_due()

    async def pending(self) -> tuple[Pending, ...]:
        return self._index.pending()

    async def unreadable(self) -> tuple[str, ...]:
        return tuple(sorted(self._folder.set_aside_names))

    # --- to be moved elsewhere ---

    async def every(self) -> tuple[str, ...]:
        return self.cases()

    def cases(self) -> tuple[str, ...]:
        """Every case that can be read."""
        return self._index.cases()

    def items(self, case: str) -> tuple[str, ...]:
        """The ids of its uploads."""
        return self._folder.items(case)

    @property
    def erased(self) -> frozenset[str]:
        return self._folder.erased

    async def commits(self, case: str) -> list[dict[str, Any]]:
        """Its commits as documents, oldest first."""
        return await self._in_file(case, CaseFile.commits)

    # --- how ---

    async def _in_file(self, case: str, work: Callable[[CaseFile], Result]) -> Result:
        async def in_turn() -> Result:
            if case not in self._index:
                self._must_be_free(case)
                raise UnknownCase(f"{case}: no such case.")
            return await self._work_on(case, work)

        return await self._turns.take(case, in_turn)

    async def _if_still_there(self, case: str, work: Callable[[CaseFile], None]) -> None:
        """Outbox rows of a case that was erased meanwhile are gone with it: nothing left to do."""
        with suppress(UnknownCase):
            await self._in_file(case, work)

    def _must_be_free(self, case: str) -> None:
        if case in self._folder.erased:
            raise UnknownCase(f"{case} is erased.")
        if self._folder.is_set_aside(case):
            raise UnreadableFile(f"{case} could not be read and is set aside in {self._folder.set_aside}.")

    async def _work_on(self, case: str, work: Callable[[CaseFile], Result]) -> Result:
        """In the case's turn: the file in a thread, then, when it is durable, the index."""
        known = self._index.get(case)

        def in_thread() -> tuple[Result, Summary]:
            with self._folder.opened(case, new=known is None) as file:
                return work(file), file.summary() if file.changed or known is None else known

        try:
            result, summary = await asyncio.to_thread(in_thread)
        except UnreadableFile:
            self._index.forget(case)  # set aside and told; after a restart it would not be here either
            raise
        except OSError:  # the new file may stand there, though it was not said to be durable
            with suppress(OSError, UnreadableFile):
                self._index.put(await asyncio.to_thread(self._folder.summary, case))
            raise
        if summary is not known:
            self._index.put(summary)
        return result


class _Place:
    """An upload's file. A slow sender holds nobody up: only its beginning and its end take the case's turn."""

    def __init__(self, store: TinyCaseStore, case: str, file: BlobFile) -> None:
        self._store, self._case, self._file = store, case, file

    async def put(self, chunk: bytes, *, last: bool) -> None:
        await asyncio.to_thread(self._file.put, chunk, last)

    async def keep(self) -> bool:
        return await self._store._with_blobs_of(self._case, self._file.keep)

    async def drop(self) -> None:
        await asyncio.to_thread(self._file.drop)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While it lasts no other process opens the case store there; StoreInUse when one has."""
    lock = _locked(make_folder(folder))
    try:
        yield
    finally:
        os.close(lock)


def _locked(folder: Path) -> int:
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # let go by the system when the process ends, however
    except BlockingIOError:
        os.close(descriptor)
        raise StoreInUse(f"The case store in {folder} is already open. Stop that process or name another.") from None
    return descriptor
