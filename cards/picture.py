"""The progress bar as a picture, for clients without one: a PNG drawn here, so that nothing is fetched."""

import base64
import struct
import zlib
from functools import cache

PETROL, EDGE, CLEAR = b"\x2f\x8b\x91\xff", b"\x6d\x80\x86\x60", b"\x00\x00\x00\x00"
WIDTH, HEIGHT, GAP = 680, 10, 4  # pixels; shown as wide as the card


@cache
def bar(value: int, maximum: int) -> str:
    """`maximum` parts with the first `value` filled, as a data URI."""
    line = b"".join(_pixel(x, value, max(1, maximum)) for x in range(WIDTH))
    pixels = zlib.compress((b"\x00" + line) * HEIGHT, 9)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 6, 0, 0, 0)
    parts = (_chunk(b"IHDR", header), _chunk(b"IDAT", pixels), _chunk(b"IEND", b""))
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(parts)).decode()


def _pixel(x: int, value: int, maximum: int) -> bytes:
    part = x * maximum // WIDTH
    end = (part + 1) * WIDTH // maximum
    if part < maximum - 1 and end - x <= GAP:
        return CLEAR
    return PETROL if part < value else EDGE


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
