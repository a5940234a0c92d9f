"""What all who make papers share."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.packages.signing import SigningKey, signing_key
from bot.packages.timestamping import TimestampAuthority
from bot.stores import Shelf


class PackageRoom:
    """One paper is made at a time: each takes memory and a processor for itself. `authority`: as the settings say."""

    def __init__(self, shelf: Shelf, authority: Callable[[], Awaitable[TimestampAuthority]]) -> None:
        self.one_at_a_time = asyncio.Lock()
        self._shelf, self.authority = shelf, authority

    async def key(self) -> SigningKey:
        """The organisation's, made at the first need."""
        return await signing_key(self._shelf)
