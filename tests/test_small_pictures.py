"""Small pictures of what people send: upright, and whatever a picture is made to do, it does to nobody but itself."""

import base64
import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from bot.documents.pictures import small_picture
from bot.preview import LIGHT, preview
from tests.crafted import Crafted, press
from tests.story import said, story
from tests.test_documentation import files_of

ROOT = Path(__file__).parent.parent
ORIENTATION = 0x0112


def picture(kind: str, size: tuple[int, int] = (300, 200), turned: bytes = b"") -> bytes:
    """Red to the left, blue to the right."""
    drawn = Image.new("RGB", size, "red")
    drawn.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    out = io.BytesIO()
    drawn.save(out, kind, exif=turned, **({"quality": 95} if kind != "PNG" else {}))
    return out.getvalue()


def lies(kind: int, count: int, value: bytes) -> bytes:
    """EXIF that says how it lies, in a value of that kind."""
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<HHHI4sI", 1, ORIENTATION, kind, count, value, 0)


ON_ITS_SIDE = lies(3, 1, b"\6\0\0\0")


def unfolds(width: int, height: int) -> bytes:
    """A PNG of one colour and four channels: some kilobytes that unfold to `width` x `height` x 4."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    packing, row = zlib.compressobj(9), b"\0" + b"\x7f" * width * 4
    body = b"".join(packing.compress(row) for _ in range(height)) + packing.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def damaged(kind: str) -> bytes:
    """Its head is sound: the beginning is recognised, and what should follow does not."""
    whole = picture(kind)
    sound = whole.index(b"mdat") + 4 if kind == "AVIF" else len(whole) // 2
    return whole[:sound].ljust(len(whole), b"\0")


def opened(uri: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2])))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
async def test_a_picture_that_was_taken_on_its_side_stands_upright(kind):
    found = opened(await preview(picture(kind, turned=ON_ITS_SIDE), f"image/{kind.lower()}"))

    assert found.size == (200, 300)
    top, bottom = found.getpixel((100, 20)), found.getpixel((100, 280))
    assert top[0] > 200 > 60 > top[2] and bottom[2] > 200 > 60 > bottom[0]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize(
    "turned",
    [lies(2, 2, b"x\0"), lies(3, 1, b"\x63\0"), lies(5, 2**31, b"\xff" * 4), lies(99, 0, b""), b"Exif\0\0II*\0\xff"],
    ids=["a word", "99", "far away", "of no kind", "cut off"],
)
async def test_what_a_picture_says_of_how_it_lies_and_cannot_be_read_is_no_reason_to_show_nothing(kind, turned):
    found = await small_picture(f"image/{kind.lower()}", picture(kind, turned=turned))

    with Image.open(io.BytesIO(found)) as drawn:
        assert drawn.size == (300, 200)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "GIF"])
async def test_of_a_damaged_picture_there_is_a_small_one_or_none(kind):
    media_type, content = f"image/{kind.lower()}", damaged(kind)
    found = [await small_picture(media_type, content), await preview(content, media_type)]

    assert all(not one or Image.open(io.BytesIO(one)).format == "JPEG" for one in found[:1])
    assert found[1] == "" or opened(found[1]).format == "JPEG"


def test_a_picture_that_unfolds_to_half_a_gigabyte_takes_none_of_the_houses_memory():
    """240 KB that took 700 MB, of the 768 the house has."""
    program = (
        "import asyncio, resource, sys; from bot.preview import preview;"
        "asyncio.run(preview(sys.stdin.buffer.read(), 'image/png'));"
        "own = next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1];"
        "print(int(own) // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=unfolds(10_000, 6_000), capture_output=True, cwd=ROOT, check=True
    )

    ours, its_own = map(int, done.stdout.split())
    assert ours < 150 and its_own < 600


async def test_what_just_fits_is_drawn_whichever_process_draws_it():
    sides = [int((LIGHT / 4) ** 0.5) + more for more in (-10, 10)]

    assert all([await preview(unfolds(side, side), "image/png") for side in sides])


async def test_one_picture_that_breaks_its_reader_costs_nobody_the_documentation_or_a_look():
    async with story() as s:
        await s.report(s.mette)
        await s.does(s.mette, "add_evidence")
        for kind in ("AVIF", "PNG"):
            await s.mette.upload(f"billede.{kind.lower()}", damaged(kind), f"image/{kind.lower()}")
        await s.settled()
        await s.opened(s.jonas)
        for item in (await s.case()).evidence:
            await press(s.mette, Crafted("open_item", {"item": item.id}), (await s.case()).id)
        await s.jonas.say("hent pdf")
        assert (await s.jonas.answer_file(True)).ok

        assert len(files_of(s.jonas)) == 1 and len((await s.case()).evidence) == 2
        assert "gik i stykker" not in said(s.mette) + said(s.jonas)
