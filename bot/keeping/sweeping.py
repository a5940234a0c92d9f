"""Going round what lies here for a while only, and erasing what has lain long enough."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

log = structlog.get_logger()


async def sweep_every(time: timedelta, sweep: Callable[[], Awaitable[None]], what: str) -> None:
    """Never returns; cancelled at the end. A store that is away is asked again at the next round."""
    while True:
        try:
            await sweep()
        except Exception as fault:
            log.error("not_swept", what=what, reason=type(fault).__name__)
        await asyncio.sleep(time.total_seconds())
