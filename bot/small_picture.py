"""A program of its own: a picture on standard input, a small JPEG of it on standard output, upright, in plain colours.

Run by `bot/limited.py`; it imports nothing of ours. What is light is drawn by `drawn` in the bot itself: see
`bot/preview.py`.
"""

import json
import sys
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # Pillow is loaded where a picture is drawn: few evenings need it, and it takes room
    from PIL import Image

MOST_PIXELS = 60_000_000  # a picture that unfolds to more is not drawn at all
TURNED = 0x0112
TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
"""How it lies, by its EXIF → Pillow's number of what puts it upright."""


class TooHeavy(Exception):
    """It would take more memory than it may."""


def drawn(
    content: bytes, wish: dict[str, Any], formats: tuple[str, ...] | None = None, heaviest: int = 4 * MOST_PIXELS
) -> bytes:
    """The largest of the `sizes` in the best of the `qualities` that takes no more than `most` bytes; b"": none does.

    Whatever the picture makes its reader raise, and TooHeavy for one that unfolds to more than `heaviest` bytes.
    """
    upright = _upright(content, max(wish["sizes"][0]), formats, heaviest)
    for size in wish["sizes"]:
        upright.thumbnail(size)
        for quality in wish["qualities"]:
            out = BytesIO()
            upright.save(out, "JPEG", quality=quality, optimize=True)
            if len(out.getvalue()) <= wish["most"]:
                return out.getvalue()
    return b""


def _upright(content: bytes, longest: int, formats: tuple[str, ...] | None, heaviest: int) -> "Image.Image":
    """No longer or wider than that. Made small before it is turned: so it is large once."""
    from PIL import Image

    with Image.open(BytesIO(content), formats=formats) as picture:
        pixels = picture.width * picture.height
        if pixels > MOST_PIXELS or pixels * len(picture.getbands()) > heaviest:
            raise TooHeavy
        picture.draft("RGB", (2 * longest, 2 * longest))
        turn = _turn(picture)
        plain = picture.convert("RGB")
    plain.thumbnail((longest, longest))
    return plain if turn is None else plain.transpose(Image.Transpose(turn))


def _turn(picture: "Image.Image") -> int | None:
    """What its EXIF says of it, if that can be read: one that cannot is no reason to show nothing."""
    with suppress(Exception):
        return TURNS.get(picture.getexif().get(TURNED))
    return None


def main() -> None:
    sys.stdout.buffer.write(drawn(sys.stdin.buffer.read(), json.loads(sys.argv[1])))


if __name__ == "__main__":
    main()
