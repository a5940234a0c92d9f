"""Small pictures of pictures that people sent, for "Vis" and for the pages. The original stays as it is; what cannot be
shown is simply not shown.

What is light, and of a kind that every evening brings, is drawn here. All else is drawn by another process: a picture
that unfolds to half a gigabyte, or was made to harm its reader, harms that.
"""

import asyncio
import base64
import json
from pathlib import Path
from typing import Any

from bot.apart import Program, asked
from bot.small_picture import drawn

WIDEST = 480  # px
WIDTHS = (WIDEST, WIDEST * 2 // 3, WIDEST // 2)
ON_A_CARD = {
    "sizes": [(width, width * 2) for width in WIDTHS],
    "qualities": (70, 50, 35, 20),
    "most": 10_400,  # bytes: as data URI some 14,000, and the whole card must stay under 28 KB
}
FORMATS = ("JPEG", "PNG", "GIF")
LIGHT = 48 * 1024 * 1024
"""Bytes that a picture may unfold to here: every phone's screenshot, and its photographs."""
DRAWER = Program(
    Path(__file__).with_name("small_picture.py"), memory=512 << 20, work=10, waits=20.0, longest_answer=4 << 20
)


async def small(content: bytes, wish: dict[str, Any], drawer: Program = DRAWER) -> bytes:
    """A JPEG as wished (`small_picture.drawn`); b"" where there is none."""
    try:
        return await asyncio.to_thread(drawn, content, wish, FORMATS, LIGHT)
    except Exception:  # heavy, of another kind, or broken: a picture may make its reader raise anything
        return await asked(drawer, content, json.dumps(wish))


async def preview(content: bytes, media_type: str) -> str:
    """A data URI of a JPEG, or "" when it is no picture, broken, or unfolds too large."""
    found = await small(content, ON_A_CARD) if media_type.startswith("image/") else b""
    return f"data:image/jpeg;base64,{base64.b64encode(found).decode()}" if found else ""
