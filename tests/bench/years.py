"""Two simulated years with 10,000 open cases: what becomes due in them is said and arrives. The longest part of bench.

On the files a real bot keeps, through a channel outside it. `make years CASES=100` is this alone, with fewer.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.cases import measure_goes_on, plan_followed, seed, seen
from tests.bench.channel import Channel
from tests.bench.crowd import settings
from tests.bench.quiet import quiet

OUT = Path("var/years.json")
HUNDRED = {seen: 1, measure_goes_on: 9, plan_followed: 90}
"""Of every hundred cases."""


async def measure(folder: Path, cases: int) -> dict:
    """What was sent or changed in chats, how much a second of wall time, and the most megabytes the bot had."""
    channel = Channel(settings(folder))
    await channel.start()
    try:
        await seed(folder, cases, f"{channel.origin}/", HUNDRED)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.two_years", channel.origin, str(folder), stdout=PIPE
        )
        found = json.loads((await process.communicate())[0])
    finally:
        await channel.stop()
    return found | {"cases": cases, "messages": channel.replies, "per_second": channel.replies / found["seconds"]}


def main(cases: str = "10000") -> None:
    quiet()
    print(f"Two simulated years with {int(cases):,} open cases: every thousand takes some minutes.", flush=True)
    with TemporaryDirectory(prefix="vaern-years-") as folder:
        found = asyncio.run(measure(Path(folder), int(cases)))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(found, indent=2))
    for name, value in found.items():
        print(f"{name:12} {value:12,.1f}")
    print(f"Written to {OUT}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
