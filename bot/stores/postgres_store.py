"""The scale-out store: cases in PostgreSQL, every row sealed before it leaves the process.

One statement a write, so that it is there whole or not at all. A write whose answer was lost is done again with the
same sealed bytes, which tell afterwards whether it was ours that got there. Nothing is remembered here between two
questions: what the database says is what is so.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from psycopg import AsyncConnection

from bot.stores import Commit, Pending, StaleCase, StoreAway, StoredCase, UnknownCase, UnreadableFile, chain, codec
from bot.stores.codec import moment
from bot.stores.database import AT_START, PATIENCE, Database, queries
from bot.stores.incoming import Incoming, get_whole, incoming, put_whole
from bot.stores.own_keys import of_both, of_text, of_upload
from bot.stores.postgres_blobs import BlobRows, read_rows
from bot.stores.postgres_case import (
    Rows,
    Sealed,
    destroyed_in,
    hidden_group,
    hidden_notice,
    hidden_person,
    in_utc,
    key_of,
    key_of_upload,
    keys_for,
    link_before,
    read_notices,
    sealed_commit,
)
from bot.stores.postgres_start import prepare, prove
from bot.stores.turns import Turns
from bot.stores.vault import MasterKey, checked_name, is_name

Result = TypeVar("Result")

A_MOMENT = 1.0
"""Seconds that a look at whether we are ready may take."""


class PostgresCaseStore:
    """CaseStore over PostgreSQL. `await PostgresCaseStore.open(address, master_key)`."""

    def __init__(self, database: Database, master: MasterKey) -> None:
        self.database, self.master, self._turns = database, master, Turns()

    @classmethod
    async def open(
        cls,
        address: str,
        master_key: bytes,
        *,
        wait: float = AT_START,
        patience: float = PATIENCE,
        take_over: bool = False,
    ) -> "PostgresCaseStore":
        """StoreInUse, StoreAway, WrongKey or TooManyUnreadable, with nothing touched and nothing left open."""
        looks = partial(prove, master=MasterKey(master_key))
        database = await Database.open(address, wait=wait, patience=patience, take_over=take_over, proved=looks)
        try:
            master = await prepare(database, master_key)
            await database.begin()
        except BaseException:
            await database.close()
            raise
        return cls(database, master)

    async def close(self) -> None:
        """Waits for what is being written, then lets another process in."""
        await self._turns.finish()
        await self.database.close()

    # --- one case ---

    async def load(self, case: str) -> StoredCase:
        if not is_name(case):
            raise UnknownCase(f"{case!r}: no case can have that id.")
        return await self._in_turn(case, lambda: self._load(case))

    async def _load(self, case: str) -> StoredCase:
        return codec.stored(case, await self._commits(case, Rows.commits))

    async def _commits(self, case: str, how: Callable[[Rows, MasterKey], list[dict[str, Any]]]) -> list[dict[str, Any]]:
        rows = await self._ask(lambda to: _all(queries().commits_of(to, case=case)))
        if not rows or not rows[0][0]:
            raise UnknownCase(f"{case}: no such case.")
        _must_be_free(case, set_aside=rows[0][1])
        try:
            return await asyncio.to_thread(how, Rows.of(case, rows), self.master)
        except UnreadableFile:
            await self._ask(lambda to: queries().set_case_aside(to, case=case))
            raise

    async def version(self, case: str) -> int | None:
        return await self._ask(lambda to: queries().version_of(to, case=case)) if is_name(case) else None

    async def append(self, case: str, commit: Commit, *, after: int) -> None:
        checked_name(case), moment(commit.at)
        await self._turns.take(case, lambda: self._append(case, commit, after))

    async def _append(self, case: str, commit: Commit, after: int) -> None:
        version, wrapped, newest = await self._standing(case, begin=not after)
        stale = StaleCase(f"{case}: version {after} is not the newest. Load it again and decide anew.")
        if (version or 0) != after:
            raise stale
        try:
            before = link_before(self.master, case, wrapped, (after, newest) if newest else None)
            commits = await self._commits(case, Rows.kept) if commit.destroyed or before is None else []
            keys = await self._own_keys(case, wrapped, [of_text(item) for item in commit.apart])
            before = chain.head(commits) if before is None else before
            wanted = sealed_commit(self.master, case, wrapped, commit, after + 1, before, keys)
            left = destroyed_in(self.master, case, wrapped, commits, commit.destroyed)
        except UnreadableFile:
            await self._ask(lambda to: queries().set_case_aside(to, case=case))
            raise
        if not await self._ask(lambda to: self._written(to, wanted, left, sorted(commit.destroyed))):
            raise stale

    async def _own_keys(self, case: str, wrapped: bytes | None, names: list[str]) -> dict[str, bytes]:
        found = await self._ask(lambda to: _all(queries().own_keys(to, case=case, names=names))) if names else ()
        return keys_for(self.master, case, wrapped, names, dict(found))

    @staticmethod
    async def _written(to: AsyncConnection, wanted: dict[str, Any], left: list[Sealed], destroyed: list[str]) -> bool:
        """Done twice it is there once: the second time finds the version taken, by the very same bytes."""
        async with to.transaction() if destroyed else nullcontext():
            if await queries().append(to, **wanted):
                for version, sealed in left:
                    await queries().put_commit(to, case=wanted["case"], version=version, sealed=sealed)
                if destroyed:
                    names = of_both(destroyed)
                    await queries().drop_uploads(to, case=wanted["case"], items=destroyed, names=names)
                return True
        this = {name: wanted[name] for name in ("case", "version", "sealed")}
        return await queries().is_written(to, **this)

    async def erase(self, case: str, *, after: int | None = None) -> None:
        def ask() -> Awaitable[bool]:
            return self._ask(lambda to: queries().erase(to, case=case, after=after))

        if is_name(case) and not await self._in_turn(case, ask):
            raise StaleCase(f"{case}: version {after} is not the newest. Nothing was erased.")

    # --- uploads ---

    def receiving(self, case: str, item: str) -> AbstractAsyncContextManager[Incoming]:
        async def opened() -> BlobRows:
            checked_name(case), checked_name(item)
            wrapped = await self._in_turn(case, lambda: self._key(case, begin=True))
            return BlobRows(self.database, key_of(self.master, case, wrapped), case, item)

        return incoming(opened, lambda: self.read_blob(case, item))

    async def read_blob(self, case: str, item: str) -> AsyncIterator[bytes]:
        if not (is_name(case) and is_name(item)):
            raise UnknownCase(f"{case} {item}: no case or item can have that id.")
        asked = {"case": case, "item": item, "name": of_upload(item)}
        found = await self._in_turn(case, lambda: self._ask(lambda to: queries().blob(to, **asked)))
        if found is None:
            raise UnknownCase(f"{case} {item}: no such case or item.")
        head, set_aside, wrapped, own, *chunks = found
        if set_aside:
            raise UnreadableFile(f"{case} {item} could not be read and is set aside.")
        try:
            cipher = key_of_upload(self.master, case, item, wrapped, own)
            async for part in read_rows(self.database, cipher, case, item, (head, *chunks)):
                yield part
        except UnreadableFile:
            await self._ask(lambda to: queries().set_blob_aside(to, case=case, item=item))
            raise

    async def take_back(self, case: str, item: str) -> None:
        gone = {"case": case, "items": [item], "names": [of_upload(item)]}
        if is_name(case) and is_name(item):
            await self._in_turn(case, lambda: self._ask(lambda to: queries().drop_uploads(to, **gone)))

    async def put_blob(self, case: str, item: str, content: bytes) -> None:
        await put_whole(self, case, item, content)

    async def get_blob(self, case: str, item: str) -> bytes:
        return await get_whole(self, case, item)

    # --- outbox ---

    async def pending(self) -> tuple[Pending, ...]:
        rows = await self._ask(lambda to: _all(queries().pending(to)))
        found, damaged = await asyncio.to_thread(read_notices, self.master, rows)
        for case, notice in damaged:
            await self._ask(lambda to, row=(case, notice): queries().set_notice_aside(to, case=row[0], notice=row[1]))
        return tuple(found)

    async def settle(self, case: str, *notices: str) -> None:
        names = [hidden_notice(self.master, notice) for notice in notices]
        if is_name(case):
            await self._in_turn(case, lambda: self._ask(lambda to: queries().settle(to, case=case, notices=names)))

    async def put_off(self, case: str, notice: str, *, attempts: int, not_before: datetime) -> None:
        moment(not_before)
        row = {"case": case, "notice": hidden_notice(self.master, notice)}
        later = {"attempts": attempts, "not_before": not_before}
        if is_name(case):
            await self._in_turn(case, lambda: self._ask(lambda to: queries().put_off(to, **row, **later)))

    # --- across cases ---

    async def cases_of(self, person: str) -> tuple[str, ...]:
        return await self._found_by(hidden_person(self.master, person))

    async def cases_of_group(self, workplace: str) -> tuple[str, ...]:
        return await self._found_by(hidden_group(self.master, workplace))

    async def every(self) -> tuple[str, ...]:
        return await self._ids(lambda to: queries().every(to))

    async def closed(self) -> tuple[str, ...]:
        return await self._ids(lambda to: queries().closed(to))

    async def _found_by(self, who: str) -> tuple[str, ...]:
        return await self._ids(lambda to: queries().cases_of(to, who=who))

    async def due(self, now: datetime) -> tuple[str, ...]:
        return await self._ids(lambda to: queries().due(to, now=now))

    async def next_due(self) -> datetime | None:
        return in_utc(await self._ask(lambda to: queries().next_due(to)))

    async def open_cases(self) -> int:
        return await self._ask(lambda to: queries().open_cases(to))

    async def unreadable(self) -> tuple[str, ...]:
        """Whoever asks whether we are ready is answered in a moment, even where a server has frozen in mid-answer."""
        asking = asyncio.ensure_future(self._ids(lambda to: queries().unreadable(to)))
        done, _ = await asyncio.wait({asking}, timeout=A_MOMENT)
        if not done:
            asking.cancel()
            raise StoreAway(f"The database {self.database.place} does not answer.")
        return asking.result()

    # --- to be moved into ---

    async def is_empty(self) -> bool:
        return await self._ask(lambda to: queries().is_empty(to))

    async def note_erased(self, cases: frozenset[str]) -> None:
        """These ids are not used again."""
        await self._ask(lambda to: queries().note_erased(to, cases=sorted(cases)))

    # --- how ---

    async def _ids(self, question: Callable[[AsyncConnection], Any]) -> tuple[str, ...]:
        rows = await self._ask(lambda to: _all(question(to)))
        return tuple(name for (name,) in rows)

    async def _ask(self, work: Callable[[AsyncConnection], Awaitable[Result]]) -> Result:
        return await self.database.run(work)

    async def _in_turn(self, case: str, work: Callable[[], Awaitable[Result]]) -> Result:
        """One after the other for one case, each to its end whether or not somebody still waits for it."""
        return await self._turns.take(case, work)

    async def _head(self, case: str) -> tuple:
        return await self._ask(lambda to: queries().head(to, case=case))

    async def _key(self, case: str, *, begin: bool) -> bytes | None:
        """The case's key as it is kept. `begin`: a case that is not there begins here."""
        return (await self._standing(case, begin=begin))[1]

    async def _standing(self, case: str, *, begin: bool) -> tuple[int | None, bytes | None, bytes | None]:
        """How many commits, the case's key, and the newest commit."""
        version, set_aside, wrapped, erased, newest = await self._head(case)
        _must_be_free(case, set_aside=set_aside, erased=erased)
        if version is not None and (begin or version):
            return version, wrapped, newest
        if not begin:
            raise UnknownCase(f"{case}: no such case.")
        fresh = self.master.new_wrapped(case)
        await self._ask(lambda to: queries().begin_case(to, case=case, wrapped=fresh))
        version, _, wrapped, _, newest = await self._head(case)
        return version, wrapped, newest


def _must_be_free(case: str, *, set_aside: bool | None, erased: bool = False) -> None:
    if erased:
        raise UnknownCase(f"{case} is erased.")
    if set_aside:
        raise UnreadableFile(f"{case} could not be read and is set aside.")


async def _all(rows: Any) -> list[tuple]:
    return [row async for row in rows]
