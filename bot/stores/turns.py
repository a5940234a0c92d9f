"""One at a time for one key, and every piece of work to its end."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from weakref import WeakValueDictionary

Result = TypeVar("Result")


class Turns:
    """Work on the same key waits for its turn, first come first served; different keys go on side by side.

    Whoever asked may be cancelled (a client that hung up, a time limit) while a thread is writing. The work then goes
    on and keeps its turn until it is done, so that nobody else opens a file that is being replaced.
    """

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._underway: set[asyncio.Task[object]] = set()

    async def take(self, key: str, work: Callable[[], Awaitable[Result]]) -> Result:
        return await asyncio.shield(self._begun(key, work))

    def later(self, key: str, work: Callable[[], Awaitable[None]]) -> None:
        """The same without waiting for it: for whoever has a turn of their own, which this one may be waiting for."""
        self._begun(key, work)

    def free(self, key: str) -> bool:
        """Whether nobody has a turn there, or waits for one."""
        return key not in self._locks

    def _begun(self, key: str, work: Callable[[], Awaitable[Result]]) -> asyncio.Task[Result]:
        lock = self._locks.setdefault(key, asyncio.Lock())
        task = asyncio.get_running_loop().create_task(self._in_turn(lock, work))
        self._underway.add(task)  # the loop itself holds tasks only weakly
        task.add_done_callback(self._underway.discard)
        return task

    async def _in_turn(self, lock: asyncio.Lock, work: Callable[[], Awaitable[Result]]) -> Result:
        async with lock:
            return await work()

    async def finish(self) -> None:
        """Waits for everything under way, whether or not somebody still waits for its answer."""
        await asyncio.gather(*self._underway, return_exceptions=True)
