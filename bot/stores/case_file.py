"""One case as it lies on disk: a small TinyDB of its own, sealed whole, read once and written once per opening.

commits   one document per commit: events, texts, handled, next due, people, groups, closed; and nothing twice
outbox    one document per row that is not settled
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from tinydb import TinyDB, where
from tinydb.storages import Storage
from tinydb.table import Table

from bot.stores import Commit, Pending, StaleCase, StoredCase, UnreadableFile, chain, codec, own_keys
from bot.stores.codec import moment, moment_or_none
from bot.stores.key_slots import KeySlots


@dataclass(frozen=True)
class Summary:
    """What the store must know of a case without opening it."""

    case: str
    version: int
    began_at: datetime
    next_due: datetime | None
    people: frozenset[str]
    groups: frozenset[str]
    closed: bool
    pending: tuple[Pending, ...]


class WholeContent(Storage):
    """TinyDB's storage over content that is in memory: the store unseals it before and seals it after."""

    def __init__(self, content: bytes | None) -> None:
        self._content = content
        self._data: dict[str, dict[str, Any]] | None = None
        self.changed = False

    def read(self) -> dict[str, dict[str, Any]] | None:
        if self._data is None and self._content is not None:
            self._data = orjson.loads(self._content)
        return self._data

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        self._data, self.changed = data, True

    def content(self) -> bytes:
        return codec.packed(self._data)


class CaseFile:
    """An opened case. What is changed here is on disk only when the store has replaced the file."""

    def __init__(self, case: str, content: bytes | None, keys: KeySlots) -> None:
        self._case, self._new, self._storage, self._keys = case, content is None, WholeContent(content), keys
        self._db = TinyDB(storage=lambda: self._storage)
        self._check()

    def _check(self) -> None:
        try:
            commits = self._commits.all()
        except (ValueError, TypeError, AttributeError) as fault:
            raise UnreadableFile(f"case {self._case} is no document this version wrote") from fault
        codec.check(self._case, commits)
        if not (self._new or commits):
            raise UnreadableFile(f"case {self._case} holds no commit")

    @property
    def _commits(self) -> Table:
        return self._db.table("commits", cache_size=0)

    @property
    def _outbox(self) -> Table:
        return self._db.table("outbox", cache_size=0)

    @property
    def changed(self) -> bool:
        return self._storage.changed

    def content(self) -> bytes:
        return self._storage.content()

    @property
    def version(self) -> int:
        return len(self._commits)

    @property
    def closed(self) -> bool:
        return self._commits.all()[-1]["closed"]

    def append(self, commit: Commit, after: int) -> None:
        if self.version != after:
            raise StaleCase(
                f"{self._case}: expected version {after}, found {self.version}. Load it again and decide anew."
            )
        self._destroy(commit.destroyed)
        self._commits.insert(self._closed(codec.document(commit, chain.head(self._commits.all())), commit.apart))
        self.settle(*(notice["id"] for notice in commit.notices))  # one that is there already begins anew
        new = {"queued_at": moment(commit.at), "attempts": 0, "not_before": None}
        self._outbox.insert_multiple({"notice": dict(notice), **new} for notice in commit.notices)

    def _closed(self, document: dict[str, Any], apart: frozenset[str]) -> dict[str, Any]:
        """The keys are durable before anything they lock: one too many locks nothing."""
        if not apart:
            return document
        self._keys.make([own_keys.of_text(item) for item in apart])
        return own_keys.closed(self._case, document, apart, self._keys.key_of)

    def _destroy(self, items: frozenset[str]) -> None:
        """Their words go from every commit there is; the commit that says so comes after."""
        for commit in self._commits.all() if items else ():
            if items & commit["texts"].keys():
                self._commits.update(lambda old: old.update(chain.without(old, items)), doc_ids=[commit.doc_id])

    def settle(self, *notices: str) -> None:
        if self._outbox.contains(where("notice")["id"].one_of(notices)):
            self._outbox.remove(where("notice")["id"].one_of(notices))

    def put_off(self, notice: str, attempts: int, not_before: datetime) -> None:
        if self._outbox.contains(where("notice")["id"] == notice):
            later = {"attempts": attempts, "not_before": moment(not_before)}
            self._outbox.update(later, where("notice")["id"] == notice)

    def commits(self) -> list[dict[str, Any]]:
        """As they were written. UnreadableFile when a text of them has lost its key."""
        return [own_keys.opened(self._case, commit, self._keys.key_of) for commit in self._commits.all()]

    def stored(self) -> StoredCase:
        return codec.stored(self._case, self.commits())

    def summary(self) -> Summary:
        commits = self._commits.all()
        first, last = commits[0], commits[-1]
        return Summary(
            case=self._case,
            version=len(commits),
            began_at=datetime.fromisoformat(first["at"]),
            next_due=moment_or_none(last["next_due"]),
            people=frozenset(last["people"]),
            groups=frozenset(last["groups"]),
            closed=last["closed"],
            pending=tuple(self._pending()),
        )

    def _pending(self) -> Iterator[Pending]:
        for row in self._outbox:
            queued_at, not_before = datetime.fromisoformat(row["queued_at"]), moment_or_none(row["not_before"])
            yield Pending(self._case, row["notice"], queued_at, row["attempts"], not_before)

    def destroyed(self) -> frozenset[str]:
        """What has not been written again since: such words would lie here."""
        commits = self._commits.all()
        there = {item for commit in commits for item in commit["texts"]}
        return frozenset(item for commit in commits for item in commit.get("destroyed", ())) - there

    def mentions(self, item: str) -> bool:
        return codec.mentions(self._commits.all(), item)
