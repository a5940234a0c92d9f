"""Files that lie ready for somebody who has not answered: kept encrypted, for a day at most."""

import asyncio
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.stores import Shelf
from casework.vocabulary import PersonId

log = structlog.get_logger()

LIVES = timedelta(hours=23)
ROUND = timedelta(hours=1)
LARGEST = 4 * 1024 * 1024
"""Bytes: what storage takes in one piece."""


@dataclass(frozen=True)
class File:
    """A file as its reader gets it. The name may stand on a lock screen: nobody's name is in it."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Offered:
    """`file` None: it was answered already. `card`: the activity that asks."""

    id: str
    person: PersonId
    file: File | None
    card: str


class OfferedFiles:
    """`now` is the machine's time: how long a file lies here is no matter of the case clock."""

    def __init__(self, shelf: Shelf, now: Callable[[], datetime]) -> None:
        self.shelf, self.now = shelf, now

    async def make(self, person: PersonId, id: str, file: File) -> Offered:
        content = b64encode(file.content).decode()
        kept = {"name": file.name, "media_type": file.media_type, "content": content}
        await self.shelf.put(id, {"person": person, "at": self.now().isoformat(), "card": "", "file": kept})
        return Offered(id, person, file, "")

    async def find(self, person: PersonId, id: str) -> Offered | None:
        """None: it is another one's, too old, or was never made."""
        document = await self.shelf.get(id)
        if document is None or document["person"] != person or self._over(document):
            return None
        return Offered(id, person, _file(document["file"]), document["card"])

    async def stands_on(self, id: str, card: str) -> None:
        """Which activity asks."""
        await self._change(id, {"card": card})

    async def answered(self, id: str) -> None:
        """The content lies here no more. That it was answered is remembered for a second answer."""
        await self._change(id, {"file": None})

    async def drop(self, id: str) -> None:
        await self.shelf.drop(id)

    async def sweep(self) -> None:
        """What nobody answered within a day is erased."""
        for id in await self.shelf.keys():
            document = await self.shelf.get(id)
            if document is not None and self._over(document):
                await self.shelf.drop(id)

    async def run(self) -> None:
        """Never returns; cancelled at the end. A store that is away is asked again in an hour."""
        while True:
            try:
                await self.sweep()
            except Exception as fault:
                log.error("offered_files_not_swept", reason=type(fault).__name__)
            await asyncio.sleep(ROUND.total_seconds())

    async def _change(self, id: str, changed: dict[str, Any]) -> None:
        document = await self.shelf.get(id)
        if document is not None:
            await self.shelf.put(id, document | changed)

    def _over(self, document: dict[str, Any]) -> bool:
        return self.now() - datetime.fromisoformat(document["at"]) > LIVES


def _file(kept: dict[str, str] | None) -> File | None:
    return File(kept["name"], kept["media_type"], b64decode(kept["content"])) if kept else None
