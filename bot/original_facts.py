"""What a file says of itself: a picture's capture time and device (EXIF), a mail's headers. Read, never believed. B1.

Only from the beginning of the file, which is in memory anyhow, and by another process (`file_facts.py`): the parsers
are others' and what they read may be made to keep them busy, or to fill the memory, for as long as they are let. A file
that cannot be read so says nothing: it is kept all the same.
"""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import structlog

from bot.apart import Program, asked
from bot.file_facts import HEADER_BLOCK, on_a_line
from casework.calendar import COPENHAGEN
from casework.original import Clock, MailPart, Original

log = structlog.get_logger(__name__)

READ_FROM = 8 * 1024 * 1024
"""Bytes of a file's beginning that are looked at."""
READER = Program(
    Path(__file__).with_name("file_facts.py"), memory=512 << 20, work=2, waits=10.0, longest_answer=64 * 1024
)
"""One that is sound takes a tenth of a second and 30 MB."""
LONGEST_DEVICE = 80
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
EXIF_BEGINS = tuple((before, order) for before in (b"Exif\0\0", b"eXIf") for order in (b"II*\0", b"MM\0*"))
"""What stands before the block in JPEG, HEIC and AVIF, and in PNG; and with what the block itself begins."""
EXIF_LONGEST = 64 * 1024
RIFF_CHUNKS = 1000
"""As many parts of a WebP are looked at: it may be made of nothing but parts."""
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


class Said(NamedTuple):
    """Moments and codes, and beside them the words."""

    original: Original | None = None
    device: str = ""
    heading: str = ""


def wanted(media_type: str) -> bool:
    """Whether files of this kind say anything we read."""
    return media_type.startswith("image/") or media_type in (MAIL, OUTLOOK)


async def said_by(media_type: str, content: bytes, now: datetime, reader: Program = READER) -> Said | None:
    """What the file says of itself. `content`: its first READ_FROM bytes."""
    kind, given = looked_at(media_type, content)
    if not given:
        return None
    answer = await asked(reader, given, kind)
    if not answer:  # of parsers that read what anybody may have made: nothing here may cost the evidence
        log.info("file_says_nothing", kind=kind)
    return understood(answer, now)


def looked_at(media_type: str, content: bytes) -> tuple[str, bytes]:
    """Which reader is asked, and what it is given. A picture without EXIF, as most are, needs none."""
    if media_type == MAIL:
        return "mail", content[:HEADER_BLOCK]
    if media_type == OUTLOOK:
        return "outlook", content
    begins = _exif_begins(content)
    return "picture", b"" if begins is None else content[begins : begins + EXIF_LONGEST]


def _exif_begins(content: bytes) -> int | None:
    """Whatever the picture is, the same block lies somewhere in it. `find` takes 20 ms for 8 MB, however it is made."""
    places = ((content.find(before + order), len(before)) for before, order in EXIF_BEGINS)
    return min((at + length for at, length in places if at >= 0), default=_exif_in_webp(content))


def _exif_in_webp(content: bytes) -> int | None:
    at = 12 if content.startswith(b"RIFF") else len(content)
    for _ in range(RIFF_CHUNKS):
        if content[at : at + 4] == b"EXIF":
            return at + 8
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return None


def understood(answer: bytes, now: datetime) -> Said | None:
    """The reader's answer. It has read what may have been made to harm it, so its word is no better than the file's."""
    try:
        told = json.loads(answer)
        said = _of_mail(told) if "headers" in told else _of_picture(told)
        said = said._replace(original=_sensible(said.original or Original(), now))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None
    return None if said == Said(Original()) else said


def _sensible(original: Original, now: datetime) -> Original:
    """A camera whose clock was never set says 1970 or 2080: then it says nothing."""
    if original.taken_at is None or EARLIEST <= original.taken_at <= now + timedelta(days=1):
        return original
    return Original(mail=original.mail, forwarded=original.forwarded)


# --- pictures ---


def _of_picture(told: Mapping[str, Any]) -> Said:
    if not told:
        return Said()
    at, clock = _taken(told["taken"])
    make, model = (on_a_line(told[part])[:LONGEST_DEVICE] for part in ("make", "model"))
    device = model if model.lower().startswith(make.lower()) else f"{make} {model}"
    return Said(Original(at, clock), device.strip())


def _taken(moments: list[list[str]]) -> tuple[datetime | None, Clock | None]:
    """When the shutter was pressed; a screenshot has only when it was made."""
    for moment, offset in moments:
        with suppress(ValueError):
            local = datetime.strptime(moment, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - placed just below
            return _placed(local, offset)
    return None, None


def _placed(local: datetime, offset: str) -> tuple[datetime, Clock]:
    try:
        zone = datetime.strptime(offset, "%z").tzinfo
        return local.replace(tzinfo=zone).astimezone(UTC), Clock.ZONE
    except ValueError:
        return local.replace(tzinfo=COPENHAGEN).astimezone(UTC), Clock.LOCAL


# --- mails ---


def _of_mail(told: Mapping[str, Any]) -> Said:
    headers = {name: line for name in HEADERS if (line := on_a_line(told["headers"].get(name)))}
    sent = datetime.fromisoformat(told["sent"]) if told["sent"] else None
    parts = tuple(part for name, part in HEADERS.items() if name in headers or (sent and part is MailPart.DATE))
    subject = headers.get("Subject", "")
    original = Original(
        sent, sent and Clock.ZONE, mail=parts, forwarded=bool(SENT_ON.match(subject)) if subject else None
    )
    lines = [f"{name}: {line}" for name, line in headers.items() if name != "Received"]
    return Said(original, heading="\n".join(lines))
