"""The files of a package before it is put together: what is made here, and which originals lie in which part."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.delivering.offered import LARGEST
from bot.documents.originals import PLAIN, as_received, handed_as, has_words_beside, words_name
from bot.documents.sheet import file_name
from bot.packages.manifest import Listed, sha256
from bot.packages.zipped import size_of
from bot.stores import CaseStore
from casework import views as w
from casework.packages import Recipe
from casework.vocabulary import ItemKind

LIST = 512 * 1024
"""Bytes left to the list itself, its signature and its timestamp."""
PART = LARGEST - LIST
ORIGINALS, SEND = "originaler", "send"
"""Folders: what was received; and for Datatilsynet all that they are sent."""


@dataclass(frozen=True)
class Made:
    """A file that was made for the package."""

    name: str
    media_type: str
    content: bytes

    def listed(self) -> Listed:
        return Listed(self.name, self.media_type, len(self.content), sha256(self.content))


@dataclass(frozen=True)
class Original:
    """A piece of evidence with the name it has in the package; or, of one that is read as other words than its bytes,
    those `words`.
    """

    name: str
    piece: w.PieceLine
    words: bool = False

    @property
    def size(self) -> int:
        return len(self.piece.words.encode()) if self.words else self.piece.size

    def listed(self, found: str, part: int) -> Listed:
        """`found`: the fingerprint of what lies in the store now."""
        piece = self.piece
        if self.words:
            return Listed(self.name, PLAIN, self.size, found, part, piece.number)
        head = Listed(self.name, handed_as(piece), piece.size, found, part, piece.number)
        return replace(head, received_at=piece.received_at.isoformat(), received_sha256=piece.sha256)


def originals(recipe: Recipe, pieces: Sequence[w.PieceLine]) -> tuple[Original, ...]:
    """Those that go along as files. Where only some types are taken, words stand in the PDF alone."""
    folder = SEND if recipe.letter else ORIGINALS
    as_files = (one for one in pieces if one.kind is ItemKind.FILE or recipe.takes is None)
    return tuple(file for one in as_files for file in _files(folder, one))


def _files(folder: str, piece: w.PieceLine) -> Iterator[Original]:
    yield Original(f"{folder}/{file_name(piece)}", piece)
    if has_words_beside(piece):
        yield Original(f"{folder}/{words_name(piece)}", piece, words=True)


def in_parts(made: int, files: Sequence[Original]) -> tuple[tuple[tuple[Original, ...], ...], tuple[Original, ...]]:
    """Which lie in which part, in their order, and which are too large for any. `made`: bytes of the first part's own
    files.
    """
    parts: list[list[Original]] = [[]]
    room, too_large = PART - made, []
    for file in files:
        size = size_of([(file.name, file.size)])
        if size > PART:
            too_large.append(file)
            continue
        if size > room:
            parts.append([])
            room = PART
        parts[-1].append(file)
        room -= size
    return tuple(map(tuple, parts)), tuple(too_large)


def told_of(view: w.Documentation, beside: Sequence[Original]) -> w.Documentation:
    """The pages say of each original whether it lies beside them, where it does not lie inside."""
    numbers = {one.piece.number for one in beside if not one.words and size_of([(one.name, one.size)]) <= PART}
    return replace(view, evidence=tuple(replace(one, beside=one.number in numbers) for one in view.evidence))


async def content_of(store: CaseStore, case: str, original: Original) -> bytes:
    """As it was received, or its words."""
    return b"".join([part async for part in _parts_of(store, case, original)])


async def fingerprint(store: CaseStore, case: str, original: Original) -> str:
    """Of what lies in the store now. No more than a part of it is in memory."""
    digest = hashlib.sha256()
    async for part in _parts_of(store, case, original):
        await asyncio.to_thread(digest.update, part)
    return digest.hexdigest()


async def _parts_of(store: CaseStore, case: str, original: Original) -> AsyncIterator[bytes]:
    if original.words:
        yield original.piece.words.encode()
        return
    async for part in as_received(store, case, original.piece):
        yield part
