"""A store keeps; it never judges. What happened and whom it must reach are written together, or neither is.

Documents are JSON-ready dicts: `casework.wire` makes and reads them. All moments are aware and in UTC.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from bot.stores.incoming import Incoming

Document = Mapping[str, Any]


class UnknownCase(Exception):
    """No case has that id: never was, or erased."""


class StaleCase(Exception):
    """Someone else got there first. Load it again and decide anew."""


class UnreadableFile(Exception):
    """A file could not be decrypted or parsed; it is set aside and reported, never read as empty."""


class WrongKey(Exception):
    """The master key is not the one this store was written with. Nothing was touched."""


class StoreInUse(Exception):
    """Another process has the store open. Two would overwrite each other."""


class StoreAway(Exception):
    """The store cannot be reached now. What was being written may be there or not: look, or do it again."""


class TooManyUnreadable(Exception):
    """Most cases cannot be read: the wrong folder of keys or a broken disk. Nothing was touched."""


@dataclass(frozen=True)
class Commit:
    """One indivisible step of a case."""

    at: datetime
    events: tuple[Document, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """Item id → what a person wrote. Beside the log, never in it."""
    notices: tuple[Document, ...] = ()
    """Outbox rows. Each has an "id" unique in the case, and JSON-ready values."""
    handled: tuple[str, ...] = ()
    """Keys of the activity or press this answers, so that a redelivery changes nothing."""
    next_due: datetime | None = None
    """When the case next wants to be asked for reminders. None: not by itself."""
    people: frozenset[str] = frozenset()
    """Everyone the index finds this case by, after this commit."""
    groups: frozenset[str] = frozenset()
    """Workplace ids whose health and safety group the index finds this case by."""
    closed: bool = False
    destroyed: frozenset[str] = frozenset()
    """Items whose texts and uploads go with this step: from every commit before it, and from the disk."""
    apart: frozenset[str] = frozenset()
    """Which of its texts may be destroyed one by one: each is sealed with a key of its own, which goes with it."""
    in_chain: Mapping[str, Any] | None = None
    """Its place in the chain (`bot.stores.chain`) as another store has kept it. None: it gets one when written."""


@dataclass(frozen=True)
class StoredCase:
    """A case as it lies in the store, oldest event first. `version` is the number of commits."""

    id: str
    version: int
    events: tuple[Document, ...]
    texts: Mapping[str, str]
    handled: frozenset[str]


@dataclass(frozen=True)
class Pending:
    """An outbox row that is not settled."""

    case: str
    notice: Document
    queued_at: datetime
    attempts: int = 0
    not_before: datetime | None = None


class CaseStore(Protocol):
    async def load(self, case: str) -> StoredCase:
        """The case; UnknownCase when there is none, UnreadableFile when it is set aside. Any text may be asked for."""

    async def version(self, case: str) -> int | None:
        """Number of commits; None when there is none to load. Cheap: asked before every use of what was loaded once."""

    async def append(self, case: str, commit: Commit, *, after: int) -> None:
        """Write on top of version `after` (0: a new case); StaleCase if someone else got there first.

        Durable on return, and so is that what it destroys is gone. UnknownCase when the case was erased (its id is not
        used again), or never was and `after` is not 0. ValueError when the id is no id (1 to 128 of A-Z, a-z, 0-9, _
        and -) or a moment has no time zone.
        """

    async def erase(self, case: str, *, after: int | None = None) -> None:
        """Destroy key, log, texts, blobs, outbox rows and due entry; note it in the erasure log. Unknown: nothing.

        `after`: only as it stands at that version; StaleCase, with nothing touched, if somebody has written since.
        """

    async def cases_of(self, person: str) -> tuple[str, ...]:
        """Ids of the cases whose people include this person, oldest first, closed ones too."""

    async def cases_of_group(self, workplace: str) -> tuple[str, ...]: ...

    async def every(self) -> tuple[str, ...]:
        """Ids of all cases that can be read, closed ones and drafts too. To be looked at one by one."""

    async def closed(self) -> tuple[str, ...]:
        """Ids of the closed cases that can be read, by id. Cheap: asked every morning, however many are open."""

    async def open_cases(self) -> int:
        """How many cases that are not closed more than one person or group finds. A draft only its author finds."""

    async def due(self, now: datetime) -> tuple[str, ...]:
        """Cases whose next_due is at or before `now`, most overdue first."""

    async def next_due(self) -> datetime | None:
        """The earliest next_due of all, or None."""

    async def pending(self) -> tuple[Pending, ...]:
        """Unsettled outbox rows, oldest first."""

    async def settle(self, case: str, *notices: str) -> None:
        """The rows are done with: delivered, superseded or undeliverable. One write; durable on return; twice is once.
        Rows or a case that are not there: nothing."""

    async def put_off(self, case: str, notice: str, *, attempts: int, not_before: datetime) -> None:
        """The row is tried again, not before that real time."""

    def receiving(self, case: str, item: str) -> AbstractAsyncContextManager["Incoming"]:
        """Content that streams in (`incoming.py`): sealed chunk by chunk, never in memory as a whole.

        Durable when its `keep` returns and before the event that names it; left without that, nothing of it is left.
        The same item twice is once: the first content stays.
        One that no event and no text of its case names when the store is next opened is taken as never received.
        UnknownCase when the case was erased; ValueError when either id is no id.
        """

    def read_blob(self, case: str, item: str) -> AsyncIterator[bytes]:
        """The content as it came, part by part; UnknownCase when there is none, UnreadableFile when it is set aside.

        Damage far into it is found only there: who acts on the first parts must be able to take that back.
        """

    async def take_back(self, case: str, item: str) -> None:
        """An upload that became no piece of its case is gone; durable on return. None there, no such case: nothing."""

    async def put_blob(self, case: str, item: str, content: bytes) -> None:
        """`receiving`, for content that is in memory already."""

    async def get_blob(self, case: str, item: str) -> bytes:
        """`read_blob`, for content that is small enough to hold."""

    async def unreadable(self) -> tuple[str, ...]:
        """Names of what lies set aside, now or since an earlier start, until the administrator takes it away."""

    async def close(self) -> None: ...


class Shelf(Protocol):
    """Small encrypted documents that are no case: one file each, replaced whole or not at all."""

    async def get(self, key: str) -> dict[str, Any] | None: ...

    async def put(self, key: str, document: dict[str, Any]) -> None:
        """Durable on return."""

    async def drop(self, key: str) -> None: ...

    async def keys(self) -> tuple[str, ...]: ...
