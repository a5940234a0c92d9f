"""Files laid where the person who gets them keeps theirs: only where the channel says, and only on a host we know."""

import aiohttp
from yarl import URL

from bot.teams.settings import ChannelSettings

TIMEOUT = aiohttp.ClientTimeout(total=9, sock_connect=3)  # within the fifteen seconds an invoke has


class NotUploaded(Exception):
    """The file does not lie there; the text says why, without the address, which opens the storage."""


class Uploads:
    """Puts a whole file. Never follows a redirect; the address itself is the key, so no token of ours goes along."""

    def __init__(
        self, session: aiohttp.ClientSession, settings: ChannelSettings, *, timeout: aiohttp.ClientTimeout = TIMEOUT
    ) -> None:
        """`session` comes from open_files_session."""
        self.session, self.settings, self.timeout = session, settings, timeout

    async def put(self, url: str, content: bytes, media_type: str) -> None:
        if not self.settings.lawful_download(url):
            raise NotUploaded("address_not_allowed")
        last = len(content) - 1
        headers = {"Content-Type": media_type, "Content-Range": f"bytes 0-{last}/{last + 1}"}
        try:
            async with self.session.put(
                URL(url, encoded=True), data=content, headers=headers, allow_redirects=False, timeout=self.timeout
            ) as response:
                if response.status not in (200, 201):
                    raise NotUploaded(f"status_{response.status}")
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as fault:
            raise NotUploaded(type(fault).__name__) from fault
