"""Files that lie ready for somebody who has not answered: kept encrypted, for a day at most."""

from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.delivering.about import About, read_about
from bot.keeping.sweeping import sweep_every
from bot.stores import Shelf
from bot.teams.uploads import PIECE
from casework.vocabulary import CaseId, PersonId

LIVES = timedelta(hours=23)
ROUND = timedelta(hours=1)
LARGEST = 32 * 1024 * 1024
"""Bytes. Storage would take more; it must be laid there while Teams waits for an answer, and is made in memory."""


@dataclass(frozen=True)
class File:
    """A file as its reader gets it. The name may stand on a lock screen: nobody's name is in it."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Waiting:
    """A file that lies ready, without its content."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Offered:
    """`file` None: it was answered already. `card`: the activity that asks. `about` None: nobody knows."""

    id: str
    person: PersonId
    file: Waiting | None
    card: str
    about: About | None

    @property
    def unasked(self) -> bool:
        """Whether no question stands in the chat: whoever put it here did not come so far."""
        return self.file is not None and not self.card


class OfferedFiles:
    """`now` is the machine's time: how long a file lies here is no matter of the case clock."""

    def __init__(self, shelf: Shelf, now: Callable[[], datetime]) -> None:
        self.shelf, self.now = shelf, now

    async def make(self, person: PersonId, id: str, file: File, about: About) -> Offered:
        """The content first, in pieces of its own: what died half-way through was never offered."""
        whose = {"person": person, "at": self.now().isoformat(), "case": about.case}
        kept = {"name": file.name, "media_type": file.media_type, "size": len(file.content)}
        try:
            for place, piece in enumerate(_pieces(file.content)):
                await self.shelf.put(_place(id, place), whose | {"piece": b64encode(piece).decode()})
            await self.shelf.put(id, whose | {"card": "", "file": kept, "about": about.document()})
        except BaseException:  # a full disk, say: pieces that nothing names would lie here until they are swept
            await self._drop_pieces(id, len(file.content))
            raise
        return Offered(id, person, Waiting(**kept), "", about)

    async def content(self, offer: Offered) -> AsyncIterator[bytes]:
        """One piece after the other. LookupError when one is gone."""
        for place in range(_places(offer.file.size if offer.file else 0)):
            document = await self.shelf.get(_place(offer.id, place))
            if document is None:
                raise LookupError("a piece of the file is gone")
            yield b64decode(document["piece"])

    async def find(self, person: PersonId, id: str) -> Offered | None:
        """None: it is another one's, too old, or was never made; or that is a piece of one."""
        document = None if _is_piece(id) else await self.shelf.get(id)
        if document is None or document["person"] != person or self._over(document):
            return None
        return _offered(id, document)

    async def of_case(self, case: CaseId) -> tuple[Offered, ...]:
        """What is of that case and was not answered yet."""
        heads = [(id, await self.shelf.get(id)) for id in await self.shelf.keys() if not _is_piece(id)]
        found = [_offered(id, document) for id, document in heads if document and document.get("case") == case]
        return tuple(offer for offer in found if offer.file is not None)

    async def erase(self, case: CaseId) -> None:
        """All there is of that case, also what was never offered."""
        for id in await self.shelf.keys():
            if ((await self.shelf.get(id)) or {}).get("case") == case:
                await self.shelf.drop(id)

    async def stands_on(self, id: str, card: str) -> None:
        """Which activity asks."""
        await self._change(id, {"card": card})

    async def answered(self, id: str) -> None:
        """The content lies here no more. That it was answered is remembered for a second answer."""
        await self._drop_content(id)
        await self._change(id, {"file": None})

    async def drop(self, id: str) -> None:
        await self._drop_content(id)
        await self.shelf.drop(id)

    async def _drop_content(self, id: str) -> None:
        await self._drop_pieces(id, ((await self.shelf.get(id) or {}).get("file") or {"size": 0})["size"])

    async def _drop_pieces(self, id: str, size: int) -> None:
        for place in range(_places(size)):
            await self.shelf.drop(_place(id, place))

    async def sweep(self) -> None:
        """What nobody answered within a day is erased."""
        for id in await self.shelf.keys():
            document = await self.shelf.get(id)
            if document is not None and self._over(document):
                await self.shelf.drop(id)

    async def run(self) -> None:
        """Never returns; cancelled at the end."""
        await sweep_every(ROUND, self.sweep, "offered_files")

    async def _change(self, id: str, changed: dict[str, Any]) -> None:
        document = await self.shelf.get(id)
        if document is not None:
            await self.shelf.put(id, document | changed)

    def _over(self, document: dict[str, Any]) -> bool:
        return self.now() - datetime.fromisoformat(document["at"]) > LIVES


def _offered(id: str, document: dict[str, Any]) -> Offered:
    about = read_about(document.get("about"))
    return Offered(id, document["person"], _file(document["file"]), document["card"], about)


def _file(kept: dict[str, Any] | None) -> Waiting | None:
    return Waiting(kept["name"], kept["media_type"], kept["size"]) if kept else None


def _pieces(content: bytes) -> Iterator[bytes]:
    yield from (content[begin : begin + PIECE] for begin in range(0, len(content), PIECE))


def _places(size: int) -> int:
    return -(-size // PIECE)


def _place(id: str, place: int) -> str:
    """Where a piece lies. No id ends so."""
    return f"{id}.{place + 1}"


def _is_piece(key: str) -> bool:
    return "." in key
