"""The files of a package before it is put together: what is made here, and which originals lie in which part."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.delivering.offered import LARGEST
from bot.documents.making import ROOM
from bot.documents.sheet import file_name
from bot.packages.manifest import Listed, sha256
from bot.packages.zipped import size_of
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
    """A piece of evidence with the name it has in the package."""

    name: str
    piece: w.PieceLine

    def listed(self, found: str, part: int) -> Listed:
        """`found`: the fingerprint of what lies in the store now."""
        piece = self.piece
        head = Listed(self.name, piece.media_type, piece.size, found, part, piece.number)
        return replace(head, received_at=piece.received_at.isoformat(), received_sha256=piece.sha256)


def originals(recipe: Recipe, pieces: Sequence[w.PieceLine]) -> tuple[Original, ...]:
    """Those that go along as files. Where only some types are taken, words stand in the PDF alone."""
    folder = SEND if recipe.letter else ORIGINALS
    as_files = (one for one in pieces if one.kind is ItemKind.FILE or recipe.takes is None)
    return tuple(Original(f"{folder}/{file_name(one)}", one) for one in as_files)


def in_parts(made: int, files: Sequence[Original]) -> tuple[tuple[tuple[Original, ...], ...], tuple[Original, ...]]:
    """Which lie in which part, in their order, and which are too large for any. `made`: bytes of the first part's own
    files.
    """
    parts: list[list[Original]] = [[]]
    room, too_large = PART - made, []
    for file in files:
        size = size_of([(file.name, file.piece.size)])
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
    """The pages say of each original whether it lies beside them."""
    numbers = {one.piece.number for one in beside if size_of([(one.name, one.piece.size)]) <= PART}
    return replace(view, evidence=tuple(replace(one, beside=one.number in numbers) for one in view.evidence))


def attached(pieces: Sequence[w.PieceLine]) -> Iterator[w.PieceLine]:
    """Those that lie inside the PDF already: the first that fit, as `documents.making` puts them there."""
    size = 0
    for piece in pieces:
        if size + piece.size <= ROOM:
            size += piece.size
            yield piece


async def content_of(store, case: str, original: Original) -> bytes:
    """As it was received; of words, their bytes."""
    if original.piece.kind is ItemKind.TEXT:
        return original.piece.words.encode()
    return await store.get_blob(case, original.piece.item)


async def fingerprint(store, case: str, original: Original) -> str:
    """Of what lies in the store now. One is in memory at a time."""
    return await asyncio.to_thread(sha256, await content_of(store, case, original))
