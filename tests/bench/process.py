"""A server in a process of its own: started, asked whether it is ready, measured, stopped."""

import asyncio
import sys
import time
from asyncio.subprocess import PIPE, Process
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession


@dataclass
class Server:
    """`url` is where it listens; `ready_after` the seconds from its start until it said so."""

    process: Process
    url: str
    ready_after: float

    def memory(self, what: str = "VmRSS") -> float:
        """Megabytes in memory now, or with "VmHWM" at the most so far."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith(f"{what}:")).split()[1]) / 1024

    def processor_seconds(self) -> float:
        """Seconds of processor time used so far, by all its threads, in the system and outside."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100

    async def idle(self) -> None:
        """Returns when it has stopped working: no processor time within half a second."""
        used = -1.0
        while used != self.processor_seconds():
            used = self.processor_seconds()
            await asyncio.sleep(0.5)


@asynccontextmanager
async def serving(which: str, channel: str, data: Path, ready: str = ""):
    """`ready`: the path that answers 200 when it is; empty: when it listens."""
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.serve", which, channel, str(data), stdin=PIPE, stdout=PIPE
    )
    try:
        url = (await process.stdout.readline()).decode().strip()
        await _ready(f"{url}{ready}") if ready else None
        yield Server(process, url, time.perf_counter() - began)
    finally:
        process.stdin.close()
        await process.wait()


async def _ready(url: str) -> None:
    async with ClientSession() as session, session.get(url) as response:
        if response.status != 200:
            raise RuntimeError(f"{url} says {response.status}")
