"""What a file is, by its first bytes. Evidence is kept untouched, so what cannot be evidence is refused at the door."""

from typing import NamedTuple

import filetype

from casework.vocabulary import Refused

PICTURES = ("png", "jpg", "gif", "webp", "heic", "avif")
OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
WITH_MACROS = ("docm", "dotm", "xlsm", "xltm", "pptm")
FILMS_AND_SOUND = ("mp4", "m4v", "mov", "3gp", "m4a", "mp3", "wav", "ogg", "amr", "aac")
RECOGNISED = (*PICTURES, *OFFICE, *FILMS_AND_SOUND, "pdf", "odt", "ods", "odp")
OLD_OFFICE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
OLD_OFFICE = {
    "msg": "application/vnd.ms-outlook",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
}
TEXTS = {"txt": "text/plain", "eml": "message/rfc822"}
SAME = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "heif": "heic", "opus": "ogg", "oga": "ogg", "qt": "mov"}
PAGE_BEGINNINGS = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<?xml", b"<svg", b"<!--")


class Kind(NamedTuple):
    ending: str
    """Without its dot, in lower case."""
    media_type: str


def find_kind(content: bytes, name: str) -> Kind:
    """What the content is; Refused `file_unreadable` when it is not what it says, `file_refused` when we take no such.

    `name` decides only between kinds the bytes cannot tell apart.
    """
    claimed = ending_of(name)
    if claimed in WITH_MACROS:
        raise Refused("file_refused", name=name, type=claimed)
    found = recognise(content, claimed) or _by_name(content, claimed)
    if found is None:
        raise _not_taken(content, name, claimed)
    return found


def ending_of(name: str) -> str:
    """The ending without its dot, one word for one kind; "" when there is none."""
    stem, dot, ending = name.rpartition(".")
    ending = ending.lower() if stem and dot else ""
    return SAME.get(ending, ending)


def looks_like_a_page(content: bytes) -> bool:
    """HTML or its kin, which some phones and sign-in pages answer with instead of the file."""
    start = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith(PAGE_BEGINNINGS)


def recognise(content: bytes, claimed: str = "") -> Kind | None:
    """What the first bytes alone say it is, among the kinds we take; `claimed` is the ending it came with."""
    guess = filetype.guess(content) if content else None
    if guess is None:
        return None
    if guess.extension == "zip" and claimed in OFFICE and b"[Content_Types].xml" in content:
        return Kind(claimed, OFFICE[claimed])  # some programs write the parts in an order of their own
    return Kind(guess.extension, guess.mime) if guess.extension in RECOGNISED else None


def _by_name(content: bytes, claimed: str) -> Kind | None:
    """Kinds that share their first bytes with others, or have none."""
    if content.startswith(OLD_OFFICE_MAGIC) and claimed in OLD_OFFICE:
        return Kind(claimed, OLD_OFFICE[claimed])
    if claimed in TEXTS and _is_text(content) and not looks_like_a_page(content):
        return Kind(claimed, TEXTS[claimed])
    return None


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return len(content) % 2 == 0
    return bool(content) and b"\0" not in content and filetype.guess(content) is None


def _not_taken(content: bytes, name: str, claimed: str) -> Refused:
    expected = claimed in RECOGNISED or claimed in OLD_OFFICE or claimed in TEXTS
    if not content or expected:
        return Refused("file_unreadable", name=name)
    guess = filetype.guess(content)
    return Refused("file_refused", name=name, type=claimed or (guess.extension if guess else "?"))
