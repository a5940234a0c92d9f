"""The scale-out store: cases in PostgreSQL, every row sealed before it leaves the process.

One statement a write, so that it is there whole or not at all. A write whose answer was lost is done again with the
same sealed bytes, which tell afterwards whether it was ours that got there. Nothing is remembered here between two
questions: what the database says is what is so.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

from psycopg import AsyncConnection

from bot.stores import Commit, Pending, StaleCase, StoredCase, UnknownCase, UnreadableFile, codec
from bot.stores.codec import moment
from bot.stores.database import AT_START, PATIENCE, Database, queries
from bot.stores.postgres_case import (
    hidden_group,
    hidden_notice,
    hidden_person,
    in_utc,
    key_of,
    read_commits,
    read_notice,
    sealed_commit,
)
from bot.stores.postgres_start import prepare
from bot.stores.turns import Turns
from bot.stores.vault import MasterKey, checked_name, is_name

Result = TypeVar("Result")

A_MOMENT = 1.0
"""Seconds that whoever only wants to know whether we are ready waits for the answer."""


class PostgresCaseStore:
    """CaseStore over PostgreSQL. `await PostgresCaseStore.open(address, master_key)`."""

    def __init__(self, database: Database, master: MasterKey) -> None:
        self.database, self.master, self._turns = database, master, Turns()

    @classmethod
    async def open(
        cls, address: str, master_key: bytes, *, wait: float = AT_START, patience: float = PATIENCE
    ) -> "PostgresCaseStore":
        """StoreInUse, StoreAway, WrongKey or TooManyUnreadable, with nothing touched and nothing left open."""
        database = await Database.open(address, wait=wait, patience=patience)
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
        return await self._in_turn(case, lambda: self._load(case))

    async def _load(self, case: str) -> StoredCase:
        rows = await self._ask(lambda to: _all(queries().commits_of(to, case=case)))
        if not rows or not rows[0][0]:
            raise UnknownCase(f"{case}: no such case.")
        _must_be_free(case, await self._head(case))
        version, wrapped, *_ = rows[0]
        sealed = [(number, content) for *_, number, content in rows if number is not None]
        try:
            commits = await asyncio.to_thread(read_commits, self.master, case, version, wrapped, sealed)
        except UnreadableFile:
            await self._ask(lambda to: queries().set_case_aside(to, case=case))
            raise
        return codec.stored(case, commits)

    async def version(self, case: str) -> int | None:
        return await self._ask(lambda to: queries().version_of(to, case=case)) if is_name(case) else None

    async def append(self, case: str, commit: Commit, *, after: int) -> None:
        checked_name(case), moment(commit.at)
        await self._turns.take(case, lambda: self._append(case, commit, after))

    async def _append(self, case: str, commit: Commit, after: int) -> None:
        wrapped = await self._key(case, begin=not after)
        wanted = await self._sealed(case, wrapped, commit, after + 1)
        if not await self._ask(lambda to: self._written(to, wanted)):
            raise StaleCase(f"{case}: version {after} is not the newest. Load it again and decide anew.")

    async def _sealed(self, case: str, wrapped: bytes, commit: Commit, version: int) -> dict[str, Any]:
        try:
            return sealed_commit(self.master, case, wrapped, commit, version)
        except UnreadableFile:  # the key, for nothing else was opened
            await self._ask(lambda to: queries().set_case_aside(to, case=case))
            raise

    @staticmethod
    async def _written(to: AsyncConnection, wanted: dict[str, Any]) -> bool:
        """Done twice it is there once: the second time finds the version taken, by the very same bytes."""
        if await queries().append(to, **wanted):
            return True
        this = {name: wanted[name] for name in ("case", "version", "sealed")}
        return await queries().is_written(to, **this)

    async def erase(self, case: str) -> None:
        if is_name(case):
            await self._in_turn(case, lambda: self._ask(lambda to: queries().erase(to, case=case)))

    # --- uploads ---

    async def put_blob(self, case: str, item: str, content: bytes) -> None:
        checked_name(case), checked_name(item)

        async def write() -> None:
            cipher = key_of(self.master, case, await self._key(case, begin=True))
            sealed = await asyncio.to_thread(cipher.seal, "blob", f"{case}/{item}", content)
            await self._ask(lambda to: queries().put_blob(to, case=case, item=item, sealed=sealed))

        await self._turns.take(case, write)

    async def get_blob(self, case: str, item: str) -> bytes:
        if not (is_name(case) and is_name(item)):
            raise UnknownCase(f"{case} {item}: no case or item can have that id.")
        return await self._in_turn(case, lambda: self._get_blob(case, item))

    async def _get_blob(self, case: str, item: str) -> bytes:
        found = await self._ask(lambda to: queries().blob(to, case=case, item=item))
        if found is None:
            raise UnknownCase(f"{case} {item}: no such case or item.")
        sealed, set_aside, wrapped = found
        if set_aside:
            raise UnreadableFile(f"{case} {item} could not be read and is set aside.")
        try:
            cipher = key_of(self.master, case, wrapped)
            return await asyncio.to_thread(cipher.unseal, "blob", f"{case}/{item}", sealed)
        except UnreadableFile:
            await self._ask(lambda to: queries().set_blob_aside(to, case=case, item=item))
            raise

    # --- outbox ---

    async def pending(self) -> tuple[Pending, ...]:
        rows = await self._ask(lambda to: _all(queries().pending(to)))
        found, damaged = await asyncio.to_thread(self._opened, rows)
        for case, notice in damaged:
            await self._ask(lambda to, row=(case, notice): queries().set_notice_aside(to, case=row[0], notice=row[1]))
        return tuple(found)

    def _opened(self, rows: list[tuple]) -> tuple[list[Pending], list[tuple[str, str]]]:
        found, damaged = [], []
        for row in rows:
            try:
                found.append(read_notice(self.master, row))
            except UnreadableFile:
                damaged.append((row[0], row[1]))
        return found, damaged

    async def settle(self, case: str, *notices: str) -> None:
        names = [hidden_notice(self.master, notice) for notice in notices]
        await self._in_turn(case, lambda: self._ask(lambda to: queries().settle(to, case=case, notices=names)))

    async def put_off(self, case: str, notice: str, *, attempts: int, not_before: datetime) -> None:
        moment(not_before)
        row = {"case": case, "notice": hidden_notice(self.master, notice)}
        later = {"attempts": attempts, "not_before": not_before}
        await self._in_turn(case, lambda: self._ask(lambda to: queries().put_off(to, **row, **later)))

    # --- across cases ---

    async def cases_of(self, person: str) -> tuple[str, ...]:
        return await self._found_by(hidden_person(self.master, person))

    async def cases_of_group(self, workplace: str) -> tuple[str, ...]:
        return await self._found_by(hidden_group(self.master, workplace))

    async def _found_by(self, who: str) -> tuple[str, ...]:
        return await self._ids(lambda to: queries().cases_of(to, who=who))

    async def due(self, now: datetime) -> tuple[str, ...]:
        return await self._ids(lambda to: queries().due(to, now=now))

    async def next_due(self) -> datetime | None:
        return in_utc(await self._ask(lambda to: queries().next_due(to)))

    async def open_cases(self) -> int:
        return await self._ask(lambda to: queries().open_cases(to))

    async def unreadable(self) -> tuple[str, ...]:
        return await self._ids(lambda to: queries().unreadable(to), patience=A_MOMENT)

    # --- how ---

    async def _ids(self, question: Callable[[AsyncConnection], Any], patience: float | None = None) -> tuple[str, ...]:
        rows = await self._ask(lambda to: _all(question(to)), patience)
        return tuple(name for (name,) in rows)

    async def _ask(
        self, work: Callable[[AsyncConnection], Awaitable[Result]], patience: float | None = None
    ) -> Result:
        return await self.database.run(work, patience=patience)

    async def _in_turn(self, case: str, work: Callable[[], Awaitable[Result]]) -> Result:
        """One after the other for one case, each to its end whether or not somebody still waits for it."""
        return await self._turns.take(case, work)

    async def _head(self, case: str) -> tuple:
        return await self._ask(lambda to: queries().head(to, case=case))

    async def _key(self, case: str, *, begin: bool) -> bytes | None:
        """The case's key as it is kept. `begin`: a case that is not there begins here."""
        head = await self._head(case)
        _must_be_free(case, head)
        if head[0] is not None and (begin or head[0]):
            return head[2]
        if not begin:
            raise UnknownCase(f"{case}: no such case.")
        wrapped = self.master.new_wrapped(case)
        await self._ask(lambda to: queries().begin_case(to, case=case, wrapped=wrapped))
        return (await self._head(case))[2]


def _must_be_free(case: str, head: tuple) -> None:
    _, set_aside, _, erased = head
    if erased:
        raise UnknownCase(f"{case} is erased.")
    if set_aside:
        raise UnreadableFile(f"{case} could not be read and is set aside.")


async def _all(rows: Any) -> list[tuple]:
    return [row async for row in rows]
