"""What a file says of itself, read at receipt: from pictures as phones make them, from mails, and from hostile ones."""

import base64
import io
import json
import struct
import subprocess
import sys
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from bot.file_facts import HEADER_BLOCK, LONGEST_HEADER, READERS, header_lines, outlook
from bot.original_facts import (
    EXIF_LONGEST,
    HEADERS,
    MAIL,
    OUTLOOK,
    RIFF_CHUNKS,
    Said,
    looked_at,
    said_by,
    understood,
    wanted,
)
from casework.original import Clock, MailPart, Original
from tests.outlook import outlook_mail

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # it says what is wrong with hostile tags
ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TAKEN = datetime(2026, 11, 20, 13, 3, 12, tzinfo=UTC)
HEIC = base64.b64decode(
    "".join(
        """
        AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA
        ADRpbG9jAAAAAERAAAIAAQAAAAAB4QABAAAAAAAAACIAAgAAAAACAwABAAAAAAAAAIYAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAA
        AAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/GlwcnAAAADcaXBjbwAAAHVodmNDAQNwAAAA
        kAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQApQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq
        rprm4CGgwIAAAAyAAAADAIRiAAEABkQBwXPBiQAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAAChjbGFw
        AAAAEAAAAAEAAAAQAAAAAf///9AAAAAC////0AAAAAIAAAAQcGl4aQAAAAADCAgIAAAAGGlwbWEAAAAAAAAAAQABBYECAwWEAAAA
        GmlyZWYAAAAAAAAADmNkc2MAAgABAAEAAACwbWRhdAAAAB4oAa8EEhJM4PgETl9u6DBVASCs6LR0ociXEJO7asAAAAAGRXhpZgAA
        TU0AKgAAAAgAAwEPAAIAAAAGAAAAMgEQAAIAAAAKAAAAOIdpAAQAAAABAAAAQgAAAABBcHBsZQBpUGhvbmUgMTUAAAKQAwACAAAA
        FAAAAGCQEQACAAAABwAAAHQAAAAAMjAyNjoxMToyMCAxNDowMzoxMgArMDE6MDAAAA==
        """.split()
    )
)
"""A white picture of 16 × 16, with the EXIF below."""
MAIL_TEXT = b"""\
Received: from mx.example.org by mail.example.dk; Fri, 20 Nov 2026 14:03:20 +0100
From: =?utf-8?q?S=C3=B8ren?= <soren@example.org>
To: Mette Lund <mette@example.dk>
Subject: Vi finder dig
Date: Fri, 20 Nov 2026 14:03:12 +0100
Message-ID: <1@example.org>
X-Other: what is not asked for

Teksten i mailen
"""


def picture(kind: str, size: tuple[int, int] = (16, 16), **tags: str) -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = tags.get("make", "Apple"), tags.get("model", "iPhone 15")
    detail = exif.get_ifd(0x8769)
    detail[0x9003] = tags.get("taken", "2026:11:20 14:03:12")
    if offset := tags.get("offset", "+01:00"):
        detail[0x9011] = offset
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, exif=exif.tobytes())
    return out.getvalue()


async def said(content: bytes, media_type: str = "image/jpeg") -> Said:
    found = await said_by(media_type, content, NOW)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_picture_says_when_it_was_taken_and_on_what(kind: str):
    assert (await said(picture(kind))) == Said(Original(TAKEN, Clock.ZONE), "Apple iPhone 15")


async def test_a_picture_of_an_iphone_says_it_too():
    assert (await said(HEIC, "image/heic")) == Said(Original(TAKEN, Clock.ZONE), "Apple iPhone 15")


def webp(*parts: tuple[bytes, bytes]) -> bytes:
    chunks = b"".join(name + struct.pack("<I", len(part)) + part + b"\0" * (len(part) % 2) for name, part in parts)
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def bare_exif() -> bytes:
    """As some write it into WebP: without the word Exif before it."""
    jpeg = picture("JPEG")
    at = jpeg.index(b"Exif\0\0") + 6
    return jpeg[at : at + 400]


async def test_a_webp_says_it_without_the_word_before_it_and_after_parts_of_odd_length():
    content = webp((b"VP8X", b"\0" * 10), (b"VP8 ", b"x" * 33), (b"EXIF", bare_exif()))

    assert (await said(content, "image/webp")) == Said(Original(TAKEN, Clock.ZONE), "Apple iPhone 15")


async def test_a_webp_of_nothing_but_parts_is_not_read_to_its_end():
    parts = [(b"junk", b"")] * RIFF_CHUNKS
    within, beyond = webp(*parts[1:], (b"EXIF", bare_exif())), webp(*parts, (b"EXIF", bare_exif()))

    assert await said_by("image/webp", within, NOW) is not None
    assert await said_by("image/webp", beyond, NOW) is None


async def test_a_clock_without_a_zone_is_read_as_danish_and_said_to_be_so():
    assert (await said(picture("JPEG", offset=""))).original == Original(TAKEN, Clock.LOCAL)


async def test_a_maker_who_stands_in_the_models_name_is_not_said_twice():
    assert (await said(picture("JPEG", make="samsung", model="Samsung Galaxy S24"))).device == "Samsung Galaxy S24"


@pytest.mark.parametrize("taken", ["1970:01:01 00:00:00", "2080:01:01 00:00:00", "0000:00:00 00:00:00", "i går", ""])
async def test_a_clock_that_was_never_set_says_nothing(taken: str):
    assert (await said(picture("JPEG", taken=taken))) == Said(Original(), "Apple iPhone 15")


async def test_a_picture_without_any_of_it_says_nothing():
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, "PNG")

    assert await said_by("image/png", out.getvalue(), NOW) is None


async def test_a_mail_says_who_wrote_to_whom_about_what_and_when():
    found = await said(MAIL_TEXT, MAIL)

    assert set(found.original.mail or ()) == set(MailPart)
    assert (found.original.taken_at, found.original.forwarded, found.device) == (TAKEN, False, "")
    assert found.heading.splitlines() == [
        "From: Søren <soren@example.org>",
        "To: Mette Lund <mette@example.dk>",
        "Subject: Vi finder dig",
        "Date: Fri, 20 Nov 2026 14:03:12 +0100",
        "Message-ID: <1@example.org>",
    ]


@pytest.mark.parametrize("subject", ["VS: Vi finder dig", "Fwd: x", "FW: x", "Vb: x"])
async def test_a_mail_that_was_sent_on_is_told_apart(subject: str):
    assert (await said(MAIL_TEXT.replace(b"Vi finder dig", subject.encode()), MAIL)).original.forwarded


async def test_a_mail_of_outlook_says_the_same_from_the_headers_it_came_with():
    assert (await said(outlook_mail(headers=MAIL_TEXT.decode()), OUTLOOK)) == (await said(MAIL_TEXT, MAIL))


async def test_a_mail_of_outlook_that_never_left_the_house_says_what_outlook_knows():
    found = await said(outlook_mail(sender="karin@example.dk", subject="Se her", sent=TAKEN), OUTLOOK)

    assert found.original == Original(
        TAKEN, Clock.ZONE, mail=(MailPart.SENDER, MailPart.SUBJECT, MailPart.DATE), forwarded=False
    )
    assert found.heading == "From: karin@example.dk\nSubject: Se her"


async def test_words_in_a_header_stay_on_their_line_and_are_not_endless():
    hostile = MAIL_TEXT.replace(b"Vi finder dig", "a\u202eb\r\n x".encode() + b"y" * 20_000)

    lines = (await said(hostile, MAIL)).heading.splitlines()

    assert len(lines) == 5 and max(map(len, lines)) < 600 and "\u202e" not in "".join(lines)


def png_of(width: int, height: int) -> bytes:
    """A picture that says it is that large, and is not there."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + b"\0" * 4


async def test_a_picture_of_50000_by_50000_is_never_decoded():
    exif = picture("PNG")
    at = exif.index(b"eXIf") - 4
    huge = png_of(50_000, 50_000) + exif[at:]

    assert (await said(huge, "image/png")).device == "Apple iPhone 15"


TIFF = b"Exif\0\0II*\0\x08\0\0\0"
HOSTILE = {
    "tags that lead to themselves": (TIFF + struct.pack("<HHHII", 1, 0x8769, 4, 1, 8), "image/jpeg"),
    "a tag of four thousand million": (TIFF + struct.pack("<HHHII", 1, 0x010F, 2, 2**32 - 1, 0), "image/jpeg"),
    "a mail of headers alone": (b"".join(b"X-%d: y\n" % n for n in range(40_000)), MAIL),
    "a mail of one endless header": (b"Subject: " + b"=?utf-8?q?=41?= " * 20_000, MAIL),
    "an Outlook mail that is cut off": (outlook_mail(subject="x")[:700], OUTLOOK),
    "an Outlook mail in a circle": (outlook_mail(subject="x").replace(b"\xfe\xff\xff\xff", b"\0\0\0\0"), OUTLOOK),
    "nothing": (b"", MAIL),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
async def test_what_is_made_to_harm_a_reader_says_next_to_nothing_and_does_not_cost_the_evidence(name: str):
    content, media_type = HOSTILE[name]

    found = await said_by(media_type, content, NOW)

    assert found is None or found.original.taken_at is None and not found.device


@given(st.binary(max_size=2000), st.sampled_from(["image/png", MAIL, OUTLOOK]), st.booleans())
@example(b"Date: Fri, 99 Nov 2026 14:03:12 +9999\n", MAIL, False)
@example(b"From: \xff\xfe\n", MAIL, False)
@example(b"To: a:b:c;;;<<<@>\n", MAIL, False)
def test_whatever_a_reader_tells_is_understood(content: bytes, media_type: str, in_place: bool):
    kind, given_to_it = looked_at(media_type, TIFF + content if in_place else content)
    try:
        told = READERS[kind](given_to_it)
    except Exception:  # there it ends a process that nothing hangs on
        told = {}

    found = understood(json.dumps(told).encode(), NOW)

    assert found is None or "\n" not in found.device


STRINGS = st.text(max_size=30) | st.sampled_from(["2026-11-20T13:03:12", "2026:11:20 14:03:12", "From", "\ud800"])
JSON = st.recursive(st.none() | st.integers() | STRINGS, lambda of: st.lists(of) | st.dictionaries(STRINGS, of))
TOLD = st.fixed_dictionaries({"headers": st.dictionaries(st.sampled_from(["From", "Subject"]), JSON), "sent": JSON})


@given(st.binary() | (JSON | TOLD).map(lambda told: json.dumps(told).encode()))
@example(b'{"headers": {}, "sent": "2026-11-20T13:03:12"}')
@example(b'{"headers": {"From": "\\ud800\\nTo: x"}, "sent": null}')
@example(b"[" * 60_000)
def test_a_reader_that_was_taken_over_can_say_nothing_that_harms(answer: bytes):
    found = understood(answer, NOW)

    assert found is None or len(found.heading.encode().splitlines()) <= len(HEADERS)


def test_headers_are_cut_before_anything_takes_them_apart_and_behind_a_point_no_more_are_looked_for():
    found = header_lines(b"From: " + b"(a)" * 10_000 + b"\nSubject: x\n")
    late = header_lines(b"X: " + b"y" * HEADER_BLOCK + b"\nFrom: late\n")

    assert {name: len(line) for name, line in found.items()} == {"From": LONGEST_HEADER, "Subject": 1}
    assert late == {} and looked_at(MAIL, b"x" * 10 * HEADER_BLOCK) == ("mail", b"x" * HEADER_BLOCK)


def test_pythons_parser_of_addresses_is_not_asked():
    """It takes time by the square of what it is given: minutes for 30 KB of `(a)(a)(a)`."""
    program = (
        "import sys; from bot.file_facts import mail;"
        "told = mail(b'From: (a)(a)\\nTo: <x>, y\\nDate: Fri, 20 Nov 2026 14:03:12 +0100\\n');"
        "print(len(told['headers']), 'email._header_value_parser' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)

    assert done.stdout.split() == ["3", "False"]


async def test_a_mail_made_to_keep_a_reader_busy_says_what_stands_in_it():
    found = await said(b"From: " + b"(a)" * 10_000 + b"\r\nSubject: Vi finder dig\r\n\r\nx", MAIL)

    assert found.heading.splitlines()[1] == "Subject: Vi finder dig" and len(found.heading) < 600


def bomb(shift: int, chain: int) -> bytes:
    """An Outlook mail of four sectors whose one stream is `chain` sectors long: each of them the same."""
    sector, free, end = 1 << shift, 0xFFFFFFFF, 0xFFFFFFFE
    head = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<5H6x", 0x3E, 4, 0xFFFE, shift, 6)
    head += struct.pack("<9I", 0 if shift == 9 else 1, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack(
        "<109I", 0, *[free] * 108
    )
    fat = struct.pack(f"<{sector // 4}I", 0xFFFFFFFD, end, 2, *[free] * (sector // 4 - 3))
    names = {"Root Entry": (5, 1, 0), "__substg1.0_007D001F": (2, free, sector * chain)}
    entries = b"".join(
        (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0")
        + struct.pack("<HBB3I36xIQ", 2 * len(name) + 2, kind, 1, free, free, child, 2 if size else end, size)
        for name, (kind, child, size) in names.items()
    )
    return b"".join(part.ljust(sector, b"\0") for part in (head, fat, entries, b"x"))


@pytest.mark.parametrize(("shift", "chain"), [(9, 200_000), (12, 25_000), (20, 100), (16, 1600)])
async def test_a_mail_of_outlook_that_leads_in_a_circle_takes_no_memory(shift: int, chain: int):
    """Each would be read as 100 MB."""
    content = bomb(shift, chain)
    tracemalloc.start()
    try:
        told = outlook(content)
        taken = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    found = await said_by(OUTLOOK, content, NOW)
    assert not told.get("headers") and taken < 8 << 20
    assert found is None or found == Said(Original(mail=()))


@pytest.mark.parametrize("shift", [8, 10, 16, 20])
def test_a_mail_of_outlook_in_sectors_of_a_size_there_is_not_is_not_taken_apart(shift: int):
    assert outlook(bomb(shift, 1)) == {}


async def test_a_picture_whose_tags_are_all_the_whole_block_says_nothing_and_the_house_stands():
    tags = b"".join(struct.pack("<HHII", 0x8000 + n, 7, 64_000, 8) for n in range(5000))
    block = TIFF + struct.pack("<H", 5000) + tags

    found = await said_by("image/jpeg", block.ljust(EXIF_LONGEST, b"\0"), NOW)

    assert found is None or found.device == ""


def test_films_and_documents_are_not_read():
    assert [kind for kind in ("video/mp4", "application/pdf", "audio/mpeg", "text/plain") if wanted(kind)] == []
    assert all(map(wanted, ("image/heic", MAIL, OUTLOOK)))
