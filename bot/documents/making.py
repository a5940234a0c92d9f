"""The documentation of a case as a file: what its reader may see, on pages, and the originals that fit."""

import asyncio
from collections.abc import Mapping
from io import BytesIO

from PIL import Image, ImageOps

from bot.caseworker import Opened
from bot.delivering.offered import LARGEST, File
from bot.desk import Desk
from bot.documents.sheet import file_name, sheet
from bot.preview import MOST_PIXELS
from cards.scene import Scene
from casework import views as w
from casework.projections.documentation import documentation
from casework.vocabulary import ItemKind, Refused

PAGES, PICTURES = 512 * 1024, 1024 * 1024
"""Bytes left to the pages themselves and to their small pictures; the rest is room for originals."""
ROOM = LARGEST - PAGES - PICTURES
THUMBNAIL = (360, 540)  # px
MOST_PICTURES = 60
MEDIA_TYPE = "application/pdf"
Contents = Mapping[int, bytes]
"""Number of a piece → its content."""


async def documented(desk: Desk, opened: Opened) -> File:
    """The file. Refused("not_yours") for whoever may have none."""
    view = documentation(opened.case, desk.person, opened.texts, desk.now())
    if view is None:
        raise Refused("not_yours")
    scene = await desk.scene_of(opened.case, *_people(view))
    thumbnails, originals = await _gathered(desk, view)
    content = await asyncio.to_thread(_made, view, scene, thumbnails, originals)
    if len(content) > LARGEST:  # very many words: they come before everything else
        content = await asyncio.to_thread(_made, view, scene, {}, {})
    return File(f"{view.case}.pdf", MEDIA_TYPE, content)


def _people(view: w.Documentation) -> tuple:
    others = (person for line in view.custody for person in (line.by,))
    return tuple(dict.fromkeys((*others, *(step.by for step in view.steps if step.by))))


async def _gathered(desk: Desk, view: w.Documentation) -> tuple[Contents, Contents]:
    """Small pictures, and the first originals that fit. One piece is in memory at a time, besides those kept."""
    thumbnails: dict[int, bytes] = {}
    originals: dict[int, bytes] = {}
    for piece in view.evidence:
        if piece.kind is not ItemKind.FILE:
            continue
        content = await desk.office.receiving.store.get_blob(view.case, piece.item)
        if piece.media_type.startswith("image/") and len(thumbnails) < MOST_PICTURES:
            small = await asyncio.to_thread(_thumbnail, piece.number, content)
            thumbnails |= small if _size(thumbnails) + _size(small) <= PICTURES else {}
        if _size(originals) + len(content) <= ROOM:
            originals[piece.number] = content
    return thumbnails, originals


def _size(contents: Contents) -> int:
    return sum(map(len, contents.values()))


def _thumbnail(number: int, content: bytes) -> Contents:
    """Nothing when it cannot be drawn: the original is what counts."""
    try:
        with Image.open(BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return {}
            small = ImageOps.exif_transpose(picture).convert("RGB")
            small.thumbnail(THUMBNAIL)
            out = BytesIO()
            small.save(out, "JPEG", quality=60, optimize=True)
            return {number: out.getvalue()}
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return {}


def _made(view: w.Documentation, scene: Scene, thumbnails: Contents, originals: Contents) -> bytes:
    from bot.documents.typeset import attach, typeset  # only where one is made: 16 MB that few need

    drawn = sheet(view, scene, thumbnails, frozenset(originals))
    by_number = {piece.number: piece for piece in view.evidence}
    files = {file_name(by_number[number]): (by_number[number].media_type, x) for number, x in originals.items()}
    return attach(typeset(drawn, view.made_at), files, view.made_at)
