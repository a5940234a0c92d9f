"""What streams into a store: cut into chunks, counted and fingerprinted on the way, and in the end there or not at all.

While one chunk is hashed, sealed and written in a thread, the next is already being received.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, Protocol, TypeVar

from bot.stores import CaseStore
from bot.stores.chunks import CHUNK

Part = TypeVar("Part")


class Kept(NamedTuple):
    """What lies in the store now: how many bytes, and their SHA-256 in hex."""

    size: int
    sha256: str


class Place(Protocol):
    """Where the chunks go, in order."""

    async def put(self, chunk: bytes, *, last: bool) -> None: ...

    async def keep(self) -> bool:
        """Durable on return, and only now an item. False: one that was there before stays instead."""

    async def drop(self) -> None:
        """Nothing is left of it. After `keep`: nothing."""


class Incoming:
    """`await write(part)` as often as there is something, then `await keep()`."""

    def __init__(self, place: Place, stored: Callable[[], AsyncIterator[bytes]]) -> None:
        self._place, self._stored, self._waiting, self._size = place, stored, bytearray(), 0
        self._digest, self._underway = hashlib.sha256(), None

    async def write(self, part: bytes) -> None:
        self._waiting += part
        while len(self._waiting) > CHUNK:  # a full one may be the last, so it waits for what comes after it
            chunk = bytes(memoryview(self._waiting)[:CHUNK])
            del self._waiting[:CHUNK]
            await self._send(chunk, last=False)

    async def keep(self) -> Kept:
        """The content is in the store, durably: this, or what was the item before. What is raised: it is not there."""
        chunk, self._waiting = bytes(self._waiting), bytearray()
        await self._send(chunk, last=True)
        await self._sent()
        if await self._place.keep():
            return Kept(self._size, self._digest.hexdigest())
        return await _fingerprint(self._stored())

    async def _send(self, chunk: bytes, *, last: bool) -> None:
        await self._sent()
        self._size += len(chunk)
        self._underway = asyncio.ensure_future(self._put(chunk, last))

    async def _put(self, chunk: bytes, last: bool) -> None:
        await asyncio.gather(asyncio.to_thread(self._digest.update, chunk), self._place.put(chunk, last=last))

    async def _sent(self) -> None:
        if self._underway:
            await asyncio.shield(self._underway)

    async def end(self) -> None:
        """A thread that still writes is waited for; then nothing is left, unless it was kept."""
        if self._underway:
            await asyncio.gather(self._underway, return_exceptions=True)
        await self._place.drop()


@asynccontextmanager
async def incoming(
    opened: Callable[[], Awaitable[Place]], stored: Callable[[], AsyncIterator[bytes]]
) -> AsyncIterator[Incoming]:
    """Left without `keep`, nothing of it is left behind. `stored` reads what lies there as that item."""
    arriving = Incoming(await opened(), stored)
    try:
        yield arriving
    finally:
        await asyncio.shield(arriving.end())


async def _fingerprint(parts: AsyncIterator[bytes]) -> Kept:
    digest, size = hashlib.sha256(), 0
    async for part in parts:
        await asyncio.to_thread(digest.update, part)
        size += len(part)
    return Kept(size, digest.hexdigest())


async def put_whole(store: CaseStore, case: str, item: str, content: bytes) -> None:
    async with store.receiving(case, item) as arriving:
        await arriving.write(content)
        await arriving.keep()


async def get_whole(store: CaseStore, case: str, item: str) -> bytes:
    return b"".join([part async for part in store.read_blob(case, item)])


@asynccontextmanager
async def in_threads(
    parts: Generator[Part, None, None], run: Callable[[Callable[[], Any]], Awaitable[Any]]
) -> AsyncIterator[Callable[[], Awaitable[Part | None]]]:
    """Asks a blocking generator for one more each time; None when there are no more. `run` takes it into a thread."""
    try:
        yield lambda: run(lambda: next(parts, None))
    finally:
        await asyncio.shield(run(parts.close))
