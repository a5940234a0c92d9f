"""Files laid where the person who gets them keeps theirs: only where the channel says, and only on a host we know."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
from yarl import URL

from bot.teams.settings import ChannelSettings

TIMEOUT = aiohttp.ClientTimeout(total=12, sock_connect=3)  # of all of it: within the fifteen seconds an invoke has
PIECE = 10 * 320 * 1024
"""Bytes of one request. The storage behind Teams takes a file in pieces of whole 320 KiB, one after the other."""


class NotUploaded(Exception):
    """The file does not lie there; the text says why, without the address, which opens the storage."""


class Uploads:
    """Puts a whole file. Never follows a redirect; the address itself is the key, so no token of ours goes along."""

    def __init__(
        self, session: aiohttp.ClientSession, settings: ChannelSettings, *, timeout: aiohttp.ClientTimeout = TIMEOUT
    ) -> None:
        """`session` comes from open_files_session."""
        self.session, self.settings, self.timeout = session, settings, timeout

    async def put(self, url: str, pieces: AsyncIterator[bytes], size: int, media_type: str) -> None:
        """`pieces` of PIECE bytes each, and the rest; `size` of all of them. One is in memory at a time."""
        if not self.settings.lawful_download(url):
            raise NotUploaded("address_not_allowed")
        try:
            async with asyncio.timeout(self.timeout.total):
                begin = 0
                async for piece in pieces:
                    await self._put(url, piece, begin, size, media_type)
                    begin += len(piece)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as fault:
            raise NotUploaded(type(fault).__name__) from fault

    async def _put(self, url: str, piece: bytes, begin: int, size: int, media_type: str) -> None:
        end = begin + len(piece)
        headers = {"Content-Type": media_type, "Content-Range": f"bytes {begin}-{end - 1}/{size}"}
        async with self.session.put(
            URL(url, encoded=True), data=piece, headers=headers, allow_redirects=False, timeout=self.timeout
        ) as response:
            if response.status not in ((200, 201) if end == size else (202,)):
                raise NotUploaded(f"status_{response.status}")
