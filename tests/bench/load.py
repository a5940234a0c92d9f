"""Many people at once against one server. Everything they send is signed and written out before the clock starts.

Over plain streams: an HTTP client of the ordinary kind would be slower than the servers it is to measure.
"""

import asyncio
import json
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Request = bytes


@dataclass(frozen=True)
class Round:
    """What one round came to. `times`: milliseconds of every request, sorted."""

    seconds: float
    times: tuple[float, ...]
    answers: tuple[bytes, ...]

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    def within(self, share: float) -> float:
        """Milliseconds within which that share of the requests was answered."""
        return self.times[min(int(len(self.times) * share), len(self.times) - 1)]


def request(url: str, token: str, activity: Any) -> Request:
    body = json.dumps(activity, ensure_ascii=False).encode()
    head = (
        f"POST /api/messages HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def run(url: str, people: Sequence[Sequence[Request]]) -> Round:
    """Each person sends theirs one after another on a connection of their own, all people side by side."""
    where = urlsplit(url)
    lines = [await asyncio.open_connection(where.hostname, where.port) for _ in people]
    began = time.perf_counter()
    done = await asyncio.gather(*(_one(*line, own) for line, own in zip(lines, people, strict=True)))
    seconds = time.perf_counter() - began
    for _, writer in lines:
        writer.close()
    times = sorted(ms for own in done for ms, _ in own)
    return Round(seconds, tuple(times), tuple(answer for own in done for _, answer in own))


async def _one(reader: StreamReader, writer: StreamWriter, requests: Sequence[Request]) -> list[tuple[float, bytes]]:
    taken = []
    for each in requests:
        began = time.perf_counter()
        writer.write(each)
        answer = await _answer(reader)
        taken.append(((time.perf_counter() - began) * 1000, answer))
    return taken


async def _answer(reader: StreamReader) -> bytes:
    """The body; RuntimeError when the server did not take it, for then there is nothing to measure."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    body = await reader.readexactly(int(length or 0))
    if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
        raise RuntimeError(f"{head.splitlines()[0]!r} {body[:200]!r}")
    return body
