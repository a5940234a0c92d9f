"""Receiving a file against plainly writing the same bytes, and the memory it takes.

`python -m tests.bench.receiving <address> <folder> <rounds>` is the process that receives: fetches over HTTP, hashes,
seals and keeps, as the bot does, and prints what it found as JSON.
"""

import asyncio
import hashlib
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from bot.teams.files import DOWNLOAD_INFO, Files, open_files_session
from tests.bench.crowd import MASTER_KEY
from tests.bench.report import spread
from tests.teams_world import LocalTeams

MEGABYTE = 1024 * 1024
USUAL, LARGE, ROUNDS = 25 * MEGABYTE, 200 * MEGABYTE, 9
HEAD = b"\0\0\0\x18ftypisom\0\0\0\0isommp42"
PART = 4 * MEGABYTE


async def measure(folder: Path) -> dict:
    """`ratio` of each pair of rounds; `memory`: megabytes more at most, while a large one came."""
    async with _sender() as origin:
        usual = await _in_a_process(f"{origin}/{USUAL}", folder / "usual", ROUNDS)
        large = await _in_a_process(f"{origin}/{LARGE}", folder / "large", 1)
    pairs = list(zip(usual["received"], usual["plain"], strict=True))[1:]  # the first was for warming up
    return {
        "ratio": spread([one / other for one, other in pairs]),
        "milliseconds": spread([one * 1000 for one, _ in pairs]),
        "plain": spread([other * 1000 for _, other in pairs]),
        "memory": large["megabytes_more"],
    }


@asynccontextmanager
async def _sender() -> AsyncIterator[str]:
    """A storage that gives a film of as many bytes as its address says."""

    async def film(request: web.Request) -> web.StreamResponse:
        size = int(request.path[1:])
        response = web.StreamResponse(headers={"Content-Type": "video/mp4", "Content-Length": str(size)})
        await response.prepare(request)
        for at in range(0, size, PART):
            await response.write(_part(at, min(PART, size - at)))
        return response

    app = web.Application()
    app.router.add_get("/{size}", film)
    async with TestServer(app, host="127.0.0.1") as server:
        yield f"http://127.0.0.1:{server.port}"


def _part(at: int, size: int) -> bytes:
    return (HEAD * (at == 0) + bytes(size))[:size]


async def _in_a_process(address: str, folder: Path, rounds: int) -> dict:
    command = (sys.executable, "-m", "tests.bench.receiving", address, str(folder), str(rounds))
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"receiving {address} ended with {process.returncode}")
    return json.loads(out)


async def receive(address: str, folder: Path, rounds: int) -> dict:
    """In rounds: what was received, then the same bytes written plainly. Memory is of the receiving alone."""
    found: dict[str, list[float]] = {"received": [], "plain": []}
    settings = LocalTeams().settings()
    store = await TinyCaseStore.open(folder / "cases", Vault(folder / "keys", MASTER_KEY))
    async with open_files_session(settings) as session:
        files = Files(session, None, settings, max_bytes=LARGE)
        before, most = _memory("VmRSS"), 0.0
        for number in range(rounds):
            began = time.perf_counter()
            size = await _received(files, store, address, f"film-{number}")
            found["received"].append(time.perf_counter() - began)
            most = max(most, _memory("VmHWM")) if not number else most
            found["plain"].append(_written_plainly(folder / f"plain-{number}", bytes(size)) if rounds > 1 else 1.0)
    await store.close()
    return found | {"megabytes_more": most - before}


async def _received(files: Files, store: TinyCaseStore, address: str, item: str) -> int:
    attachment = {"contentType": DOWNLOAD_INFO, "name": "film.mp4", "content": {"downloadUrl": address}}
    async with files.arriving(attachment, service_url="") as arriving, store.receiving("VK-A", item) as incoming:
        async for part in arriving.parts:
            await incoming.write(part)
        return (await incoming.keep()).size


def _written_plainly(path: Path, content: bytes) -> float:
    began = time.perf_counter()
    hashlib.sha256(content).hexdigest()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)
    os.close(descriptor)
    return time.perf_counter() - began


def _memory(what: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(f"{what}:")).split()[1]) / 1024


if __name__ == "__main__":
    print(json.dumps(asyncio.run(receive(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))))
