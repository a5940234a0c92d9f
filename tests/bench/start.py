"""A fresh process until /readyz says 200, and what it then holds in memory: with no cases and with a thousand."""

from pathlib import Path

from tests.bench.cases import seed
from tests.bench.channel import Channel
from tests.bench.crowd import settings
from tests.bench.process import serving
from tests.bench.report import spread

CASES, STARTS = 1000, 5


async def measure(folder: Path) -> dict:
    channel = Channel(settings(folder))
    await channel.start()
    try:
        empty = await _started(channel, folder / "empty")
        await seed(folder / "full", CASES, f"{channel.origin}/")
        return {"start_empty": empty, "start_full": await _started(channel, folder / "full")}
    finally:
        await channel.stop()


async def _started(channel: Channel, data: Path) -> dict:
    seconds, megabytes = [], []
    for _ in range(STARTS):
        async with serving("vaern", channel.origin, data, ready="/readyz") as server:
            seconds.append(server.ready_after)
            megabytes.append(server.memory())
    return {"seconds": spread(seconds), "megabytes": spread(megabytes)}
