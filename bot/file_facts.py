"""A program of its own: a file's bytes on standard input, what it says of itself as JSON on standard output.

`file_facts.py picture|mail|outlook`: words as they stand there, short, and nothing concluded from them. Run by
`bot/limited.py`; it imports nothing of ours. Every reader looks at no more than it is given room for, and the mail's
headers are cut before anything takes them apart: Python's parser of addresses takes time by the square of their length,
so it is not asked at all.
"""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.errors import MessageError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any

HEADER_BLOCK, LONGEST_HEADER = 64 * 1024, 2048
"""Bytes of a mail that are looked for headers, and of one header: Exchange alone writes some 20 KB of its own."""
WORDS = 500
HEADERS = {name.lower(): name for name in ("From", "To", "Subject", "Date", "Message-ID", "Received")}
MAKE, MODEL, IN_DETAIL = 0x010F, 0x0110, 0x8769
TAKEN_AT = (0x9003, 0x9011), (0x0132, 0x9010)
"""Tags: the moment, and how far its clock was from UTC."""
OUTLOOK_STREAMS = {"From": ("0C1F", "0C1A"), "To": ("0E04",), "Subject": ("0037",), "Message-ID": ("1035",)}
OUTLOOK_HEADERS = "007D"
OUTLOOK_SENT_AT = (0x00390040, 0x0E060040)  # given to the server, delivered
SECTORS = ((9, 6), (12, 6))
"""Sizes of a sector and a small one, as powers of two: there are no others (MS-CFB)."""
Told = dict[str, Any]


def picture(block: bytes) -> Told:
    """Of a block of EXIF: on what, and when as it stands there, each with how far its clock was from UTC."""
    from PIL import Image

    exif = Image.Exif()
    exif.load(block)
    detail = exif.get_ifd(IN_DETAIL)

    def tag(number: int) -> str:
        return on_a_line(detail.get(number) or exif.get(number))

    taken = [[tag(moment), tag(offset)] for moment, offset in TAKEN_AT]
    return {"make": tag(MAKE), "model": tag(MODEL), "taken": taken}


def mail(content: bytes) -> Told:
    headers = {name: on_a_line(_decoded(raw)) for name, raw in header_lines(content).items()}
    return {"headers": {name: line for name, line in headers.items() if line}, "sent": _sent(headers.get("Date", ""))}


def header_lines(content: bytes) -> dict[str, str]:
    """The first of each header that is asked for: cut, and otherwise as it stands."""
    found: dict[str, str] = {}
    parser = BytesHeaderParser()  # with no policy: it looks into no header
    for name, raw in parser.parsebytes(content[:HEADER_BLOCK]).raw_items():
        if known := HEADERS.get(name.lower()):
            found.setdefault(known, raw[:LONGEST_HEADER])
    return found


def _decoded(raw: str) -> str:
    words = " ".join(raw.encode("ascii", "surrogateescape").decode("utf-8", "replace").split())
    try:
        return str(make_header(decode_header(words)))
    except (MessageError, ValueError, LookupError):
        return words


def _sent(date: str) -> str | None:
    """In UTC; None where the zone is not said."""
    try:
        at = parsedate_to_datetime(date)
        return at.astimezone(UTC).isoformat() if at.tzinfo else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def outlook(content: bytes) -> Told:
    """Outlook keeps the headers as they came, where the mail came from outside; else its own fields tell."""
    import olefile

    shifts = int.from_bytes(content[30:32], "little"), int.from_bytes(content[32:34], "little")
    if shifts not in SECTORS:
        return {}
    with olefile.OleFileIO(BytesIO(content)) as box:
        if raw := _stream(box, OUTLOOK_HEADERS, HEADER_BLOCK, len(content)):
            return mail(raw.encode("utf-8", "replace"))
        found = {name: _first(box, streams, len(content)) for name, streams in OUTLOOK_STREAMS.items()}
        return {"headers": {name: line for name, line in found.items() if line}, "sent": _outlook_time(box, content)}


def _first(box: Any, streams: tuple[str, ...], there: int) -> str:
    found = (on_a_line(_stream(box, stream, LONGEST_HEADER, there)) for stream in streams)
    return next((line for line in found if line), "")


def _stream(box: Any, number: str, longest: int, there: int) -> str:
    for ending, encoding in (("001F", "utf-16-le"), ("001E", "cp1252")):
        if raw := _bytes(box, f"__substg1.0_{number}{ending}", longest, there):
            return raw.decode(encoding, "replace").strip("\0")
    return ""


def _bytes(box: Any, name: str, longest: int, there: int) -> bytes:
    """Its beginning. One that claims to be larger than the file it lies in leads in a circle: it is not opened."""
    if not box.exists(name) or box.get_size(name) > there:
        return b""
    return box.openstream(name).read(longest)


def _outlook_time(box: Any, content: bytes) -> str | None:
    """Entries of sixteen bytes behind a head of thirty-two: tag, flags, hundreds of nanoseconds since 1601."""
    entries = _bytes(box, "__properties_version1.0", HEADER_BLOCK, len(content))[32:]
    found = {
        int.from_bytes(entries[at : at + 4], "little"): entries[at + 8 : at + 16] for at in range(0, len(entries), 16)
    }
    ticks = next((int.from_bytes(found[tag], "little") for tag in OUTLOOK_SENT_AT if tag in found), None)
    return (
        None if ticks is None else (datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)).isoformat()
    )


def on_a_line(value: Any) -> str:
    """On one line, with nothing that cannot be seen, and not endless."""
    words = " ".join(str(value or "")[: 2 * LONGEST_HEADER].split())
    return "".join(char for char in words if char.isprintable())[:WORDS]


READERS: Mapping[str, Callable[[bytes], Told]] = {reader.__name__: reader for reader in (picture, mail, outlook)}


def main() -> None:
    sys.stdout.write(json.dumps(READERS[sys.argv[1]](sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
