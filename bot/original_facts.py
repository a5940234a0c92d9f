"""What a file says of itself: a picture's capture time and device (EXIF), a mail's headers. Read, never believed. B1.

Only from the beginning of the file, which is in memory anyhow, and with parsers that decode no picture and unpack
nothing. A file that cannot be read so says nothing: it is kept all the same.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from io import BytesIO
from typing import Any, NamedTuple

import structlog

from casework.calendar import COPENHAGEN
from casework.original import Clock, MailPart, Original

log = structlog.get_logger(__name__)

READ_FROM = 8 * 1024 * 1024
"""Bytes of a file's beginning that are looked at."""
HEADERS_FROM = 256 * 1024
LONGEST_LINE, LONGEST_DEVICE = 500, 80
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
EXIF_BLOCK = re.compile(rb"(?:Exif\0\0|eXIf|EXIF.{4})(?=II\*\0|MM\0\*)", re.DOTALL)
EXIF_LONGEST = 64 * 1024
MAKE, MODEL, IN_DETAIL = 0x010F, 0x0110, 0x8769
TAKEN_AT = (0x9003, 0x9011), (0x0132, 0x9010)
"""Tags: the moment, and how far its clock was from UTC."""
MAIL, OUTLOOK = "message/rfc822", "application/vnd.ms-outlook"
HEADERS: Mapping[str, MailPart] = {
    "From": MailPart.SENDER,
    "To": MailPart.RECIPIENT,
    "Subject": MailPart.SUBJECT,
    "Date": MailPart.DATE,
    "Message-ID": MailPart.MESSAGE_ID,
    "Received": MailPart.PATH,
}
SENT_ON = re.compile(r"\s*(fwd?|vs|vb|wg|tr)\s*:", re.IGNORECASE)
OUTLOOK_STREAMS = {"From": ("0C1F", "0C1A"), "To": ("0E04",), "Subject": ("0037",), "Message-ID": ("1035",)}
OUTLOOK_HEADERS = "007D"
OUTLOOK_SENT_AT = (0x00390040, 0x0E060040)  # given to the server, delivered


class Said(NamedTuple):
    """Moments and codes, and beside them the words."""

    original: Original | None = None
    device: str = ""
    heading: str = ""


def wanted(media_type: str) -> bool:
    """Whether files of this kind say anything we read."""
    return media_type.startswith("image/") or media_type in (MAIL, OUTLOOK)


def said_by(media_type: str, content: bytes, now: datetime) -> Said | None:
    """What the file says of itself. `content`: its first READ_FROM bytes. For a thread: hostile files take time."""
    read: Callable[[bytes], Said] = {MAIL: _mail, OUTLOOK: _outlook}.get(media_type, _picture)
    try:
        said = read(content)
    except Exception as fault:  # of parsers that read what anybody may have made: nothing here may cost the evidence
        log.info("file_says_nothing", error=type(fault).__name__)
        return None
    said = said._replace(original=_sensible(said.original or Original(), now))
    return None if said == Said(Original()) else said


def _sensible(original: Original, now: datetime) -> Original:
    """A camera whose clock was never set says 1970 or 2080: then it says nothing."""
    if original.taken_at is None or EARLIEST <= original.taken_at <= now + timedelta(days=1):
        return original
    return Original(mail=original.mail, forwarded=original.forwarded)


# --- pictures ---


def _picture(content: bytes) -> Said:
    """Whatever the picture is, the same block of EXIF lies somewhere in it; the picture itself is not looked at."""
    from PIL import Image  # only where a picture comes

    block = EXIF_BLOCK.search(content)
    if block is None:
        return Said()
    exif = Image.Exif()
    exif.load(content[block.end() : block.end() + EXIF_LONGEST])
    at, clock = _taken({**exif, **exif.get_ifd(IN_DETAIL)})
    make, model = (_line(exif.get(tag), LONGEST_DEVICE) for tag in (MAKE, MODEL))
    device = model if model.lower().startswith(make.lower()) else f"{make} {model}"
    return Said(Original(at, clock), device.strip())


def _taken(tags: Mapping[int, Any]) -> tuple[datetime | None, Clock | None]:
    """When the shutter was pressed; a screenshot has only when it was made."""
    for moment, offset in TAKEN_AT:
        with suppress(ValueError):
            local = datetime.strptime(_line(tags.get(moment)), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - placed just below
            return _placed(local, _line(tags.get(offset)))
    return None, None


def _placed(local: datetime, offset: str) -> tuple[datetime, Clock]:
    try:
        zone = datetime.strptime(offset, "%z").tzinfo
        return local.replace(tzinfo=zone).astimezone(UTC), Clock.ZONE
    except ValueError:
        return local.replace(tzinfo=COPENHAGEN).astimezone(UTC), Clock.LOCAL


# --- mails ---


def _mail(content: bytes) -> Said:
    return _of_headers(BytesHeaderParser(policy=policy.default).parsebytes(content[:HEADERS_FROM]))


def _of_headers(headers: EmailMessage) -> Said:
    there = [name for name in HEADERS if headers.get(name)]
    lines = [f"{name}: {_line(headers[name])}" for name in there if name != "Received"]
    subject, sent = str(headers.get("Subject") or ""), _sent_at(headers)
    forwarded = bool(SENT_ON.match(subject)) if subject else None
    original = Original(
        sent,
        sent and Clock.ZONE,
        mail=tuple(HEADERS[name] for name in there),
        forwarded=forwarded,
    )
    return Said(original, heading="\n".join(lines))


def _sent_at(headers: EmailMessage) -> datetime | None:
    sent = getattr(headers.get("Date"), "datetime", None)
    return sent.astimezone(UTC) if sent is not None and sent.tzinfo is not None else None


def _outlook(content: bytes) -> Said:
    """Outlook keeps the headers as they came, where the mail came from outside; else its own fields tell."""
    import olefile  # only where such a mail comes

    with olefile.OleFileIO(BytesIO(content)) as box:
        if raw := _stream(box, OUTLOOK_HEADERS):
            return _mail(raw.encode("utf-8", "replace"))
        mail = EmailMessage(policy=policy.compat32)
        for name, streams in OUTLOOK_STREAMS.items():
            if value := next((found for stream in streams if (found := _stream(box, stream))), ""):
                mail[name] = _line(value)
        sent = _outlook_time(box)
        said = _of_headers(mail)
        parts = (*said.original.mail, *((MailPart.DATE,) if sent else ()))
        return said._replace(
            original=Original(sent, sent and Clock.ZONE, mail=parts, forwarded=said.original.forwarded)
        )


def _stream(box: Any, number: str) -> str:
    for ending, encoding in (("001F", "utf-16-le"), ("001E", "cp1252")):
        name = f"__substg1.0_{number}{ending}"
        if box.exists(name):
            return box.openstream(name).read(HEADERS_FROM).decode(encoding, "replace").strip("\0")
    return ""


def _outlook_time(box: Any) -> datetime | None:
    """Entries of sixteen bytes behind a head of thirty-two: tag, flags, hundreds of nanoseconds since 1601."""
    entries = box.openstream("__properties_version1.0").read(HEADERS_FROM)[32:]
    found = {
        int.from_bytes(entries[at : at + 4], "little"): entries[at + 8 : at + 16] for at in range(0, len(entries), 16)
    }
    ticks = next((int.from_bytes(found[tag], "little") for tag in OUTLOOK_SENT_AT if tag in found), None)
    return None if ticks is None else datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)


def _line(value: Any, longest: int = LONGEST_LINE) -> str:
    """On one line, with nothing that cannot be seen, and not endless."""
    words = " ".join(str(value or "").split())
    return "".join(char for char in words if char.isprintable())[:longest]
