"""A small picture of a picture, for "Vis". The original stays as it is; what cannot be shown is simply not shown."""

import base64
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Pillow is loaded where a picture is drawn: few evenings need it, and it takes room
    from PIL import Image

WIDEST = 480  # px
LARGEST = 14_000  # bytes as data URI: the whole card must stay under 28 KB
MOST_PIXELS = 60_000_000  # a picture that unfolds to more is not opened at all
QUALITIES = (70, 50, 35, 20)


def preview(content: bytes, media_type: str) -> str:
    """A data URI of a JPEG, or "" when it is no picture, broken, or unfolds too large."""
    if not media_type.startswith("image/"):
        return ""
    from PIL import Image

    try:
        with Image.open(BytesIO(content)) as picture:
            return _small(picture) if picture.width * picture.height <= MOST_PIXELS else ""
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ""


def _small(picture: "Image.Image") -> str:
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(picture).convert("RGB")
    for width in (WIDEST, WIDEST * 2 // 3, WIDEST // 2):
        upright.thumbnail((width, width * 2))
        for quality in QUALITIES:
            uri = _jpeg(upright, quality)
            if len(uri) <= LARGEST:
                return uri
    return ""


def _jpeg(picture: "Image.Image", quality: int) -> str:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()
