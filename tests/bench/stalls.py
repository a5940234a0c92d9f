"""The longest time the event loop stood still in any of the stories, and what it was doing.

Every callback of the loop is timed while whole cases go on, in a fresh process, so that whatever is slow only the
first time is in it. The local channel runs in the same loop and is in it too. Left out are the story's own code (it
opens and closes the house, and makes the channel's keys) and the time another process had the processor.
"""

import asyncio
import inspect
import os
import time
from asyncio.events import Handle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.warm import keep_for_good
from tests import test_stories

WAITED = "/proc/thread-self/schedstat"
"""Its second number: nanoseconds this thread was ready to run and had no processor."""


@dataclass
class Stall:
    """Milliseconds, and the coroutine or function that took them. `with_waiting`: other processes' time included."""

    milliseconds: float = 0.0
    with_waiting: float = 0.0
    where: str = ""
    story: str = ""


@contextmanager
def watched(worst: Stall) -> Iterator[None]:
    """Within it, `worst` holds the longest callback of any loop of this thread, the story's own left out."""
    run, waited = Handle._run, os.open(WAITED, os.O_RDONLY)

    def timed(handle: Handle) -> None:
        name, began, before = _name(handle), time.perf_counter(), _milliseconds(waited)
        try:
            run(handle)
        finally:
            taken = (time.perf_counter() - began) * 1000
            own = taken - (_milliseconds(waited) - before)
            if name != worst.story and own > worst.milliseconds:
                worst.milliseconds, worst.with_waiting, worst.where = own, taken, name

    Handle._run = timed
    try:
        yield
    finally:
        Handle._run = run
        os.close(waited)


def _milliseconds(waited: int) -> float:
    return int(os.pread(waited, 64, 0).split()[1]) / 1e6


def _name(handle: Handle) -> str:
    task = getattr(handle._callback, "__self__", None)
    if isinstance(task, asyncio.Task):
        return task.get_coro().__qualname__
    return getattr(handle._callback, "__qualname__", type(handle._callback).__name__)


def stories() -> list[Callable]:
    found = vars(test_stories).items()
    return [each for name, each in found if name.startswith("test_") and inspect.iscoroutinefunction(each)]


def longest_of_each() -> list[Stall]:
    """Every story once, the longest stall of each, the worst first. Memory is as `python -m bot` leaves it."""
    keep_for_good()
    found = []
    for each in stories():
        worst = Stall(story=each.__name__)
        with watched(worst):
            asyncio.run(each())
        found.append(worst)
    return sorted(found, key=lambda stall: -stall.milliseconds)
