"""Small pictures for the pages: of a picture itself, and of a PDF's first page. None where it cannot be drawn."""

import asyncio
from io import BytesIO
from pathlib import Path

from bot.apart import Program, asked
from bot.preview import MOST_PIXELS

THUMBNAIL = (360, 540)  # px
PDF = "application/pdf"
FIRST_PAGE = Program(
    Path(__file__).with_name("first_page.py"), memory=1_500_000_000, work=5, waits=6.0, longest_answer=4 << 20
)
"""Drawing one that is sound takes a third of a second."""


async def small_picture(media_type: str, content: bytes) -> bytes | None:
    """A JPEG no larger than THUMBNAIL. The original is what counts: nothing is said where there is none."""
    if media_type == PDF:
        return await first_page(content)
    return await asyncio.to_thread(thumbnail, content) if media_type.startswith("image/") else None


def thumbnail(content: bytes) -> bytes | None:
    """Of a picture, upright."""
    from PIL import Image, ImageOps  # only where a picture comes

    try:
        with Image.open(BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            small = ImageOps.exif_transpose(picture).convert("RGB")
            small.thumbnail(THUMBNAIL)
            out = BytesIO()
            small.save(out, "JPEG", quality=60, optimize=True)
            return out.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


async def first_page(content: bytes) -> bytes | None:
    """Of a PDF, drawn by another process: a file made to harm harms that."""
    drawn = await asked(FIRST_PAGE, content, *map(str, THUMBNAIL))
    return await asyncio.to_thread(thumbnail, drawn) if drawn else None
