"""The documentation of a case as a file: what its reader may see, on pages, and the originals that fit."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import structlog

from bot.caseworker import Opened
from bot.delivering.offered import File
from bot.desk import Desk
from bot.documents.originals import as_received, files_of, weight
from bot.documents.pictures import PDF, small_picture
from bot.documents.sheet import sheet
from bot.stores import CaseStore, UnknownCase, UnreadableFile
from cards.scene import Scene
from casework import views as w
from casework.projections.documentation import documentation
from casework.vocabulary import ItemKind, Refused

log = structlog.get_logger(__name__)

LARGEST_PAPER = 16 * 1024 * 1024
PAGES, PICTURES = 512 * 1024, 1024 * 1024
"""Bytes left to the pages themselves and to their small pictures; the rest is room for originals."""
ROOM = LARGEST_PAPER - PAGES - PICTURES
MOST_PICTURES, MOST_FIRST_PAGES = 60, 20
LARGEST_DRAWN = 64 * 1024 * 1024
"""Bytes of an original that is read for its small picture alone."""
Contents = Mapping[int, bytes]
"""Number of a piece → its content."""


async def documented(desk: Desk, opened: Opened) -> File:
    """The file. Refused("not_yours") for whoever may have none."""
    view = documentation(opened.case, desk.person, opened.texts, desk.now())
    if view is None:
        raise Refused("not_yours")
    scene = await desk.scene_of(opened.case, *people_on(view))
    return File(f"{view.case}.pdf", PDF, (await on_paper(desk, view, scene, ROOM)).content)


@dataclass(frozen=True)
class Paper:
    """The PDF, and the numbers of the pieces whose originals lie inside it."""

    content: bytes
    inside: frozenset[int]


async def on_paper(desk: Desk, view: w.Documentation, scene: Scene, room: int) -> Paper:
    """The pages, with originals inside as far as `room` bytes go; 0: without any.

    One at a time in the whole house: each takes memory and a processor for itself.
    """
    async with desk.office.packages.one_at_a_time:
        found = await gathered(desk, view, room)
        content = await asyncio.to_thread(_made, view, scene, found)
        if len(content) > LARGEST_PAPER:  # very many words: they come before everything else
            found = Gathered(found.drawing, unread=found.unread)
            content = await asyncio.to_thread(_made, view, scene, found)
    return Paper(content, frozenset(found.originals))


def people_on(view: w.Documentation) -> tuple:
    """Who is named in it besides those whom the case itself names."""
    others = (person for line in view.custody for person in (line.by,))
    return tuple(dict.fromkeys((*others, *(step.by for step in view.steps if step.by))))


@dataclass
class Gathered:
    """What goes along with the words: small pictures, and originals."""

    drawing: asyncio.Lock
    """Held while one is drawn."""
    pictures: dict[int, bytes] = field(default_factory=dict)
    originals: dict[int, bytes] = field(default_factory=dict)
    first_pages: int = 0
    words: int = 0
    """Bytes of words beside originals that are read as others."""
    unread: set[int] = field(default_factory=set)
    """What the store could not give back. The pages say so; all the rest is handed out."""

    async def draw(self, piece: w.PieceLine, content: bytes) -> None:
        """Its small picture, as long as there is room for one more."""
        if not self.draws(piece):
            return
        self.first_pages += piece.media_type == PDF
        async with self.drawing:
            small = await small_picture(piece.media_type, content)
        if small and size(self.pictures) + len(small) <= PICTURES:
            self.pictures[piece.number] = small

    def draws(self, piece: w.PieceLine) -> bool:
        """Whether one more small picture may be drawn, and of this."""
        full = len(self.pictures) >= MOST_PICTURES
        small = piece.size <= LARGEST_DRAWN
        return (
            drawable(piece) and small and not full and (piece.media_type != PDF or self.first_pages < MOST_FIRST_PAGES)
        )

    def takes(self, more: int, room: int) -> bool:
        """Whether an original of that many bytes still fits."""
        return size(self.originals) + self.words + more <= room

    def attach(self, piece: w.PieceLine, content: bytes, room: int) -> None:
        """It goes along whole, if it still fits."""
        beside = weight(piece) - piece.size
        if self.takes(len(content) + beside, room):
            self.words += beside
            self.originals[piece.number] = content


async def gathered(desk: Desk, view: w.Documentation, room: int) -> Gathered:
    """Small pictures, and the first originals that fit. One piece is in memory at a time, besides those kept, and none
    is read that neither fits nor is drawn."""
    found = Gathered(desk.office.packages.drawing)
    for piece in view.evidence:
        try:
            await _taken_along(desk.office.receiving.store, view.case, piece, found, room)
        except (UnreadableFile, UnknownCase) as fault:
            log.error("original_not_read", case=view.case, item=piece.item, reason=type(fault).__name__)
            found.unread.add(piece.number)
    return found


async def _taken_along(store: CaseStore, case: str, piece: w.PieceLine, found: Gathered, room: int) -> None:
    if piece.kind is ItemKind.FILE and (found.takes(piece.size, room) or found.draws(piece)):
        content = await store.get_blob(case, piece.item)
        await found.draw(piece, content)
        found.attach(piece, content, room)
    elif piece.kind is ItemKind.TEXT:
        found.attach(piece, b"".join([part async for part in as_received(store, case, piece)]), room)


def drawable(piece: w.PieceLine) -> bool:
    """Whether there may be a small picture of it."""
    return piece.media_type == PDF or piece.media_type.startswith("image/")


def size(contents: Contents) -> int:
    """Bytes of all of them."""
    return sum(map(len, contents.values()))


def _made(view: w.Documentation, scene: Scene, gathered: Gathered) -> bytes:
    from bot.documents.typeset import attach, typeset  # only where one is made: 16 MB that few need

    told = (replace(one, unread=one.number in gathered.unread) for one in view.evidence)
    view = replace(view, evidence=tuple(told))
    drawn = sheet(view, scene, gathered.pictures, frozenset(gathered.originals))
    by_number = {piece.number: piece for piece in view.evidence}
    files = {name: file for n, x in gathered.originals.items() for name, file in files_of(by_number[n], x).items()}
    return attach(typeset(drawn, view.made_at), files, view.made_at)
