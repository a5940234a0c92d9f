"""A way to PostgreSQL that breaks at a chosen moment: a socket between the store and the real server."""

import asyncio
from abc import ABC, abstractmethod
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal, Self

SOCKET = ".s.PGSQL.5432"
Lost = Literal["question", "answer"]


class Way(ABC):
    """A socket in `folder`, where the server seems to be; what comes there is `_carry`'s."""

    def __init__(self, server: Path) -> None:
        self.folder, self._server = Path(mkdtemp(prefix="vaern-wire-")), server / SOCKET

    async def __aenter__(self) -> Self:
        self._listening = await asyncio.start_unix_server(self._carry, self.folder / SOCKET)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listening.close()
        (self.folder / SOCKET).unlink(missing_ok=True)
        self.folder.rmdir()

    @abstractmethod
    async def _carry(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        """What comes in, wherever it goes."""


class Wire(Way):
    """Carries bytes both ways. `breaks_at(marker, lost)`: the next question that holds the marker, or its answer, is
    lost, and the connection with it."""

    def __init__(self, server: Path) -> None:
        super().__init__(server)
        self._marker, self._lost = b"", "answer"
        self.broken = 0

    def breaks_at(self, marker: bytes, lost: Lost) -> None:
        self._marker, self._lost = marker, lost

    async def _carry(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        far, to_far = await asyncio.open_unix_connection(self._server)
        answering = asyncio.create_task(self._answers(far, to_near))
        while asked := await near.read(1 << 20):
            if not (self._marker and self._marker in asked):
                to_far.write(asked)
                continue
            self._marker, self.broken = b"", self.broken + 1
            answering.cancel()
            if self._lost == "answer":
                to_far.write(asked)
                await far.read(1)  # the server has done it
            break
        to_far.close(), to_near.close()

    @staticmethod
    async def _answers(far: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        while answer := await far.read(1 << 20):
            to_near.write(answer)
        to_near.close()
