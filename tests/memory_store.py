"""A store that keeps everything in memory: months of a case in seconds. It keeps the promises of `bot.stores`."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.stores import Commit, Pending, StaleCase, StoredCase, UnknownCase
from bot.stores.codec import document, mentions, packed
from bot.stores.incoming import Incoming, get_whole, incoming, put_whole

ID = re.compile(r"[A-Za-z0-9_-]{1,128}")


@dataclass
class Lying:
    """One case as it lies here."""

    commits: list[Commit] = field(default_factory=list)
    waiting: dict[str, Pending] = field(default_factory=dict)


class MemoryCaseStore:
    """As `bot.stores.CaseStore`. `commits` of a case may be looked at, and nothing else here."""

    def __init__(self) -> None:
        self.cases: dict[str, Lying] = {}
        self.blobs: dict[tuple[str, str], bytes] = {}
        self.erased: set[str] = set()
        self.written = 0
        """How many commits there have been."""

    def commits(self, case: str) -> tuple[Commit, ...]:
        return tuple(self._lying(case).commits)

    async def load(self, case: str) -> StoredCase:
        commits = self._lying(case).commits
        events = tuple(event for commit in commits for event in commit.events)
        texts: dict[str, str] = {}
        for commit in reversed(commits):
            texts |= commit.texts
        return StoredCase(case, len(commits), events, texts, frozenset(key for one in commits for key in one.handled))

    async def version(self, case: str) -> int | None:
        return len(self.cases[case].commits) if case in self.cases else None

    async def append(self, case: str, commit: Commit, *, after: int) -> None:
        _sound(case, commit)
        if case in self.erased or (after and case not in self.cases):
            raise UnknownCase(case)
        lying = self.cases.get(case, Lying())
        if len(lying.commits) != after:
            raise StaleCase(f"{case}: expected version {after}, found {len(lying.commits)}.")
        self.cases[case] = lying
        gone = commit.destroyed
        lying.commits = [
            replace(one, texts={k: v for k, v in one.texts.items() if k not in gone}) for one in lying.commits
        ]
        self.blobs = {key: held for key, held in self.blobs.items() if key[0] != case or key[1] not in gone}
        lying.commits.append(commit)
        self.written += 1
        lying.waiting |= {row["id"]: Pending(case, row, commit.at) for row in commit.notices}

    async def erase(self, case: str, *, after: int | None = None) -> None:
        if after not in (None, await self.version(case)) and case not in self.erased:
            raise StaleCase(case)
        if self.cases.pop(case, None):
            self.erased.add(case)
            self.blobs = {key: content for key, content in self.blobs.items() if key[0] != case}

    async def cases_of(self, person: str) -> tuple[str, ...]:
        return tuple(case for case, lying in self._oldest_first() if person in lying.commits[-1].people)

    async def cases_of_group(self, workplace: str) -> tuple[str, ...]:
        return tuple(case for case, lying in self._oldest_first() if workplace in lying.commits[-1].groups)

    async def every(self) -> tuple[str, ...]:
        return tuple(sorted(self.cases))

    async def closed(self) -> tuple[str, ...]:
        return tuple(sorted(case for case, lying in self.cases.items() if lying.commits[-1].closed))

    async def open_cases(self) -> int:
        newest = [lying.commits[-1] for lying in self.cases.values()]
        return sum(not one.closed and len(one.people) + len(one.groups) > 1 for one in newest)

    async def due(self, now: datetime) -> tuple[str, ...]:
        return tuple(case for at, case in sorted(self._due()) if at <= now)

    async def next_due(self) -> datetime | None:
        return min((at for at, _ in self._due()), default=None)

    async def pending(self) -> tuple[Pending, ...]:
        rows = [row for lying in self.cases.values() for row in lying.waiting.values()]
        return tuple(sorted(rows, key=lambda row: row.queued_at))

    async def settle(self, case: str, *notices: str) -> None:
        for notice in notices if case in self.cases else ():
            self.cases[case].waiting.pop(notice, None)

    async def put_off(self, case: str, notice: str, *, attempts: int, not_before: datetime) -> None:
        waiting = self.cases[case].waiting if case in self.cases else {}
        if notice in waiting:
            waiting[notice] = replace(waiting[notice], attempts=attempts, not_before=not_before)

    def receiving(self, case: str, item: str) -> AbstractAsyncContextManager[Incoming]:
        async def opened() -> "InMemory":
            if not (ID.fullmatch(case) and ID.fullmatch(item)):
                raise ValueError(f"{case!r} or {item!r} is no id.")
            self.must_not_be_erased(case)
            return InMemory(self, case, item)

        return incoming(opened, lambda: self.read_blob(case, item))

    async def read_blob(self, case: str, item: str) -> AsyncIterator[bytes]:
        if (case, item) not in self.blobs:
            raise UnknownCase(f"{case}, {item}")
        yield self.blobs[case, item]

    async def take_back(self, case: str, item: str) -> None:
        self.blobs.pop((case, item), None)

    async def put_blob(self, case: str, item: str, content: bytes) -> None:
        await put_whole(self, case, item, content)

    async def get_blob(self, case: str, item: str) -> bytes:
        return await get_whole(self, case, item)

    def must_not_be_erased(self, case: str) -> None:
        if case in self.erased:
            raise UnknownCase(case)

    async def unreadable(self) -> tuple[str, ...]:
        return ()

    async def close(self) -> None:
        return

    def _lying(self, case: str) -> Lying:
        if case not in self.cases:
            raise UnknownCase(case)
        return self.cases[case]

    def _oldest_first(self) -> list[tuple[str, Lying]]:
        return sorted(self.cases.items(), key=lambda one: one[1].commits[0].at)

    def reopened(self) -> None:
        """What a case never came to mention is gone."""
        known = {case: [document(commit) for commit in lying.commits] for case, lying in self.cases.items()}
        self.blobs = {
            key: one for key, one in self.blobs.items() if key[0] in known and mentions(known[key[0]], key[1])
        }

    def _due(self) -> list[tuple[datetime, str]]:
        newest = {case: lying.commits[-1].next_due for case, lying in self.cases.items()}
        return [(at, case) for case, at in newest.items() if at]


def _sound(case: str, commit: Commit) -> None:
    """ValueError or TypeError for what a file would not give back."""
    if not ID.fullmatch(case):
        raise ValueError(f"{case!r} is no id.")
    packed([document(commit), [dict(row) for row in commit.notices]])


class MemoryShelf:
    """As `bot.stores.Shelf`: what is put there is copied, as a file would be."""

    def __init__(self) -> None:
        self.documents: dict[str, dict[str, Any]] = {}

    async def get(self, key: str) -> dict[str, Any] | None:
        found = self.documents.get(key)
        return _copied(found) if found is not None else None

    async def put(self, key: str, document: Mapping[str, Any]) -> None:
        self.documents[key] = _copied(document)

    async def drop(self, key: str) -> None:
        self.documents.pop(key, None)

    async def keys(self) -> tuple[str, ...]:
        return tuple(self.documents)

    async def close(self) -> None:
        return


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(part) for key, part in value.items()}
    return [_copied(part) for part in value] if isinstance(value, list | tuple) else value


class InMemory:
    """An upload on its way."""

    def __init__(self, store: MemoryCaseStore, case: str, item: str) -> None:
        self.store, self.case, self.item, self.content = store, case, item, b""

    async def put(self, chunk: bytes, *, last: bool) -> None:
        self.content += chunk

    async def keep(self) -> bool:
        self.store.must_not_be_erased(self.case)
        return self.store.blobs.setdefault((self.case, self.item), self.content) is self.content

    async def drop(self) -> None: ...
