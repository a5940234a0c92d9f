"""What all who make papers share."""

import asyncio
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary

from bot.packages.signing import SigningKey, signing_key
from bot.packages.timestamping import TimestampAuthority
from bot.stores import Shelf


class PackageRoom:
    """One paper is made at a time, and one picture drawn: each takes memory and a processor for itself. `authority`: as
    the settings say.
    """

    def __init__(self, shelf: Shelf, authority: Callable[[], Awaitable[TimestampAuthority]]) -> None:
        self.one_at_a_time, self.drawing = asyncio.Lock(), asyncio.Lock()
        self._shelf, self.authority = shelf, authority
        self._makings: WeakValueDictionary[tuple[str | None, ...], asyncio.Lock] = WeakValueDictionary()

    def making(self, *what: str | None) -> asyncio.Lock:
        """The same person's same package of the same case is made once at a time."""
        return self._makings.setdefault(what, asyncio.Lock())

    async def key(self) -> SigningKey:
        """The organisation's, made at the first need."""
        return await signing_key(self._shelf)
