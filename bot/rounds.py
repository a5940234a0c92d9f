"""What goes on as long as the bot does and depends on the time alone: done, and looked at again when it may be due."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock

log = structlog.get_logger()

IN_VAIN = timedelta(hours=1)


async def rounds(clock: Clock, what: str, once: Callable[[], Awaitable[bool]], again: Callable[[], datetime]) -> None:
    """Never returns; cancelled at the end. What could not be done, or not all of it, is tried again in an hour."""
    while True:
        done = False
        try:
            done = await once()
        except Exception as fault:  # a store that is away, a directory that is silent: the loop must outlive it
            log.warning("round_put_off", what=what, reason=type(fault).__name__)
        await clock.wait_until(again() if done else clock.now() + IN_VAIN, whatever_happens=True)
