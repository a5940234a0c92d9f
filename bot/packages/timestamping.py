"""A timestamp authority's word that a list existed at a moment (RFC 3161). Off until the settings name one.

It gets the list's fingerprint and nothing else. Whatever goes wrong there, the package is made, and says that it has no
timestamp, and why.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from cryptography import x509

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
WAITS = aiohttp.ClientTimeout(total=4, sock_connect=2)
LARGEST = 64 * 1024  # bytes of an answer
NONE = ("off", "unreachable", "refused", "unreadable")
"""Why a package has no timestamp."""


@dataclass(frozen=True)
class Stamp:
    """`response`: as the authority gave it. None: there is none, and `why`: one of NONE."""

    response: bytes | None = None
    why: str = ""


@dataclass(frozen=True)
class TimestampAuthority:
    """`session` None, or no `url`: no timestamps are asked for."""

    url: str = ""
    certificates: tuple[x509.Certificate, ...] = ()
    session: aiohttp.ClientSession | None = None

    async def stamp(self, content: bytes) -> Stamp:
        """Asked once, and not waited for longer than the person can wait."""
        if not self.url or self.session is None:
            return Stamp(why="off")
        from bot.packages.stamps import query_about, said_by  # only where one is asked for

        try:
            answer = await self._asked(self.session, query_about(content))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return Stamp(why="unreachable")
        if answer is None:
            return Stamp(why="refused")
        said = await asyncio.to_thread(said_by, answer, content, self.certificates)
        return Stamp(answer) if said.holds and said.trusted >= bool(self.certificates) else Stamp(why="unreadable")

    async def _asked(self, session: aiohttp.ClientSession, query: bytes) -> bytes | None:
        sent = session.post(self.url, data=query, headers={"Content-Type": QUERY}, allow_redirects=False, timeout=WAITS)
        async with sent as response:
            if response.status != 200 or response.content_type != REPLY:
                return None
            answer = await response.content.read(LARGEST + 1)
        return answer if len(answer) <= LARGEST else None


def read_certificates(file: Path) -> tuple[x509.Certificate, ...]:
    """PEM, one or several. OSError, ValueError when there is none to read."""
    return tuple(x509.load_pem_x509_certificates(file.read_bytes()))
