"""The bot of `years.py`, in a process of its own: `two_years <channel> <data>`. It prints what it found, as JSON."""

import json
import sys
import time
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from bot import loop
from bot.app import App
from tests.bench.crowd import NOON
from tests.bench.serve import Asked, opened

END, STEP = NOON + timedelta(days=730), timedelta(hours=1)


async def two_years(app: App) -> dict:
    """From one thing due to the next, an hour at least. RuntimeError when a message is left, or no case is open."""
    began, moments = time.perf_counter(), 0
    while (now := app.clock.now()) < END:
        await app.settled()
        moments += 1
        app.clock.move_to(min(max(await app.store.next_due() or END, now + STEP), END))
    seconds = time.perf_counter() - began
    if not (still_open := await app.store.open_cases()) or await app.store.pending():
        raise RuntimeError("The cases were to stay open, and every message to arrive.")
    return {"seconds": seconds, "moments": moments, "open": still_open, "megabytes": _most()}


def _most() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) / 1024


async def main(channel: str, data: str) -> None:
    async with AsyncExitStack() as closing:
        print(json.dumps(await two_years(await opened(Asked(channel, Path(data)), closing))))


if __name__ == "__main__":
    loop.run(main(*sys.argv[1:]))
