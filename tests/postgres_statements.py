"""A way to PostgreSQL that counts what is asked of the server, and at the n-th statement lets somebody die.

When: `before` the server has seen it, `during` it (sent, and nobody waits), or `after` it (done, its answer lost).
Who: whatever the test gives. Frames of the protocol are read whole, so a statement is one wherever its bytes break.
"""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

from tests.postgres_wire import Way

MOMENTS = ("before", "during", "after")
STATEMENTS = (b"E", b"Q")  # Execute, and a simple query
SYNC, READY, KEY_DATA = b"S", b"Z", b"K"


class Line:
    """One connection: both ends, and the server's process behind it."""

    def __init__(self, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        self.near, self.far, self.backend = near, far, 0
        self.lost, self.done = False, asyncio.Event()

    def cut(self) -> None:
        self.near.close(), self.far.close()

    def kill_backend(self) -> None:
        """The server ends everybody's connection after that, and recovers as after a crash."""
        os.kill(self.backend, signal.SIGKILL)
        self.near.close()


class Statements(Way):
    """`async with Statements(folder) as way:` and `way.folder` is where the server seems to be."""

    def __init__(self, server: Path) -> None:
        super().__init__(server)
        self.asked, self.died, self._at, self._moment = 0, 0, 0, "before"
        self._dies: Callable[[Line], None] = Line.cut

    def count(self, at: int = 0, moment: str = "before", dies: Callable[[Line], None] = Line.cut) -> None:
        """From now on. 0: nobody dies."""
        self.asked, self._at, self._moment, self._dies = 0, at, moment, dies

    async def _carry(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        far, to_far = await asyncio.open_unix_connection(self._server)
        line = Line(to_near, to_far)
        answering = asyncio.create_task(self._answers(far, line))
        try:
            to_far.write(await _first_frame(near))
            while True:
                await self._forward(line, await _frame(near), near)
        except (asyncio.IncompleteReadError, ConnectionError):
            line.cut()
        await asyncio.gather(answering, return_exceptions=True)

    async def _forward(self, line: Line, frame: bytes, near: asyncio.StreamReader) -> None:
        self.asked += frame[:1] in STATEMENTS
        if not (self._at and self.asked == self._at and frame[:1] in STATEMENTS):
            line.far.write(frame)
            return
        self._at = 0
        if self._moment != "before":
            await self._sent(line, frame, near)
        self.died += 1
        self._dies(line)
        raise ConnectionError

    async def _sent(self, line: Line, frame: bytes, near: asyncio.StreamReader) -> None:
        """With all that belongs to it; to `after` also belongs that the server is ready again."""
        line.lost = True
        line.done.clear()
        line.far.write(frame)
        while frame[:1] not in (SYNC, b"Q"):
            frame = await _frame(near)
            line.far.write(frame)
        await line.far.drain()
        if self._moment == "after":
            await line.done.wait()

    @staticmethod
    async def _answers(far: asyncio.StreamReader, line: Line) -> None:
        try:
            while True:
                frame = await _frame(far)
                if frame[:1] == KEY_DATA:
                    line.backend = int.from_bytes(frame[5:9], "big")
                if not line.lost:
                    line.near.write(frame)
                elif frame[:1] == READY:
                    line.done.set()
        except (asyncio.IncompleteReadError, ConnectionError):
            line.cut()


async def _first_frame(reader: asyncio.StreamReader) -> bytes:
    """The only one that has no letter before its length."""
    length = await reader.readexactly(4)
    return length + await reader.readexactly(int.from_bytes(length, "big") - 4)


async def _frame(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readexactly(5)
    return head + await reader.readexactly(int.from_bytes(head[1:], "big") - 4)
