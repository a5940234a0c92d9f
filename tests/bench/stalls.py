"""The longest time the event loop stood still in any of the stories, and what it was doing.

Every callback of the loop is timed, and so is everything in it: the bot, and the local channel and the test beside it
in the same loop. So it is an upper bound for the bot.
"""

import asyncio
import inspect
import time
from asyncio.events import Handle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests import test_stories


@dataclass
class Stall:
    """Milliseconds, and the coroutine or function that took them."""

    milliseconds: float = 0.0
    where: str = ""
    story: str = ""


@contextmanager
def watched(worst: Stall) -> Iterator[None]:
    """Within it, `worst` holds the longest callback of any loop."""
    run = Handle._run

    def timed(handle: Handle) -> None:
        began = time.perf_counter()
        try:
            run(handle)
        finally:
            taken = (time.perf_counter() - began) * 1000
            if taken > worst.milliseconds:
                worst.milliseconds, worst.where = taken, _name(handle)

    Handle._run = timed
    try:
        yield
    finally:
        Handle._run = run


def _name(handle: Handle) -> str:
    task = getattr(handle._callback, "__self__", None)
    if isinstance(task, asyncio.Task):
        return task.get_coro().__qualname__
    return getattr(handle._callback, "__qualname__", repr(handle._callback))


def stories() -> list:
    found = vars(test_stories).items()
    return [each for name, each in found if name.startswith("test_") and inspect.iscoroutinefunction(each)]


def longest_of_each() -> list[Stall]:
    """Every story once, the longest stall of each, the worst first."""
    found = []
    for each in stories():
        worst = Stall(story=each.__name__)
        with watched(worst):
            asyncio.run(each())
        found.append(worst)
    return sorted(found, key=lambda stall: -stall.milliseconds)
