"""Small pictures for the pages: of a picture itself, and of a PDF's first page. None where it cannot be drawn."""

from pathlib import Path

from bot.apart import Program, asked
from bot.preview import small

THUMBNAIL = (360, 540)  # px
ON_A_PAGE = {"sizes": [THUMBNAIL], "qualities": [60], "most": 1024 * 1024}
PDF = "application/pdf"
FIRST_PAGE = Program(
    Path(__file__).with_name("first_page.py"), memory=512 << 20, work=5, waits=6.0, longest_answer=4 << 20
)
"""Drawing one that is sound takes a third of a second."""


async def small_picture(media_type: str, content: bytes) -> bytes | None:
    """A JPEG no larger than THUMBNAIL. The original is what counts: nothing is said where there is none."""
    if media_type == PDF:
        return await first_page(content)
    return await thumbnail(content) if media_type.startswith("image/") else None


async def thumbnail(content: bytes) -> bytes | None:
    """Of a picture, upright."""
    return await small(content, ON_A_PAGE) or None


async def first_page(content: bytes) -> bytes | None:
    """Of a PDF, drawn by another process: a file made to harm harms that."""
    drawn = await asked(FIRST_PAGE, content, *map(str, THUMBNAIL))
    return await thumbnail(drawn) if drawn else None
