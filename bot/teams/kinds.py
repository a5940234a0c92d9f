"""What a file is, by what is in it and not by its name. What cannot be evidence is refused at the door.

The first bytes tell most kinds (`filetype`). What they cannot tell is looked for while the rest streams by (`Looking`);
nothing is ever opened, unpacked or run.
"""

from typing import NamedTuple

import filetype

from casework.vocabulary import Refused

HEAD = 64 * 1024
"""Bytes by which a kind is known."""
PICTURES = ("png", "jpg", "gif", "webp", "heic", "avif")
FILMS_AND_SOUND = ("mp4", "mov", "3gp", "m4a", "mp3", "wav", "ogg", "amr", "aac")
TAKEN = (*PICTURES, *FILMS_AND_SOUND, "pdf", "docx", "msg", "txt", "eml")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # a mail of Outlook, an old Word document, an installer
MEDIA_TYPES = {"png": "image/png", "mp4": "video/mp4"}  # of kinds that have several names there
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r\x1b")
TEXTS = {"txt": "text/plain", "eml": "message/rfc822"}
SAME = {
    **{"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "heif": "heic", "apng": "png", "m4v": "mp4", "qt": "mov"},
    **{"opus": "ogg", "oga": "ogg"},
}
BRANDS = {b"hei": ("heic", "image/heic"), b"hev": ("heic", "image/heic"), b"iso": ("mp4", "video/mp4"),
          b"mp4": ("mp4", "video/mp4"), b"avc": ("mp4", "video/mp4"), b"M4V": ("mp4", "video/mp4")}  # fmt: skip
"""Beginnings of the brands a boxed file may have, where `filetype` knows fewer."""

PAGES = ("html", "htm", "xhtml", "mht", "mhtml", "svg", "xml", "url", "webloc")
PAGE_BEGINNINGS = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<?xml", b"<svg", b"<!--")
WITH_MACROS = ("docm", "dotm", "xlsm", "xltm", "pptm")
PROGRAMS = (
    *("exe", "dll", "com", "scr", "msi", "msix", "appx", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "mjs"),
    *("wsf", "hta", "lnk", "jar", "apk", "ipa", "app", "dmg", "pkg", "sh", "bash", "py", "rb", "pl", "php", "reg"),
    *("elf", "wasm", "swf", "nes", "crx", "iso", "chm", "cpl", "scpt", *WITH_MACROS),
)
SCRIPT_BEGINNINGS = (b"#!", b"<?php", b"@echo off")
PROGRAM_BEGINNINGS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
ARCHIVES = (
    *("zip", "rar", "7z", "tar", "tgz", "gz", "bz2", "xz", "z", "lz", "lz4", "lzo", "zst", "br", "cab", "ar", "deb"),
    *("rpm", "epub"),
)
DOCUMENTS = ("doc", "dot", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "pages", "numbers", "key", "ps")


class Kind(NamedTuple):
    ending: str
    """Without its dot, in lower case."""
    media_type: str


def find_kind(head: bytes, name: str) -> Kind:
    """What the first HEAD bytes say it is. `name` decides only between kinds that the bytes cannot tell apart.

    Refused `file_unreadable` when it is not what it says; `file_is_page`, `file_is_program`, `file_is_archive`,
    `file_is_document` or `file_refused` when we take no such. The rest of the content is still to be looked through.
    """
    claimed = ending_of(name)
    is_program = claimed in WITH_MACROS or _looks_like_a_program(head)
    found = None if is_program else recognise(head) or _by_name(head, claimed)
    if found is None:
        raise _not_taken(head, name, claimed)
    return found


def ending_of(name: str) -> str:
    """The ending without its dot, one word for one kind; "" when there is none."""
    stem, dot, ending = name.rpartition(".")
    ending = ending.lower() if stem and dot else ""
    return SAME.get(ending, ending)


def looks_like_a_page(head: bytes) -> bool:
    """HTML or its kin, which some phones and sign-in pages answer with instead of the file."""
    return _words(head).lower().startswith(PAGE_BEGINNINGS)


def recognise(head: bytes) -> Kind | None:
    """What the first bytes alone say it is, among the kinds we take."""
    guess = filetype.guess(head) if head else None
    if guess is not None:
        ending = SAME.get(guess.extension, guess.extension)
        return Kind(ending, MEDIA_TYPES.get(ending, guess.mime)) if ending in TAKEN else None
    return Kind(*BRANDS[head[8:11]]) if head[4:8] == b"ftyp" and head[8:11] in BRANDS else None


def _by_name(head: bytes, claimed: str) -> Kind | None:
    """Kinds that share their first bytes with others, or have none."""
    if head.startswith(b"PK\3\4") and claimed == "docx":  # some programs write the parts in an order of their own
        return Kind("docx", DOCX)
    if head.startswith(OLE) and claimed == "msg":
        return Kind("msg", "application/vnd.ms-outlook")
    if claimed in TEXTS and _is_text(head) and not looks_like_a_page(head):
        return Kind(claimed, TEXTS[claimed]) if claimed == "txt" or _has_headers(head) else None
    return None


def _words(head: bytes) -> bytes:
    """The beginning of a text in one encoding, whatever its marks say."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    return head[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()


def _is_text(head: bytes) -> bool:
    """Whatever it begins with: a message may begin with the letters that programs begin with."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return bool(head) and (wide or not CONTROLS & set(head))


def _has_headers(head: bytes) -> bool:
    """Whether it begins as a mail does: `From: anna@…`."""
    first, colon, _ = _words(head).partition(b"\n")[0].partition(b":")
    return first.startswith(b"From ") or bool(colon) and first.replace(b"-", b"").isalnum()


def _looks_like_a_program(head: bytes) -> bool:
    binary = head.startswith(PROGRAM_BEGINNINGS) and not _is_text(head)
    return binary or _words(head).lower().startswith(SCRIPT_BEGINNINGS)


def _not_taken(head: bytes, name: str, claimed: str) -> Refused:
    guess = filetype.guess(head) if head else None
    found = guess.extension.lower() if guess else ""
    if not head or claimed in TAKEN and found not in (*ARCHIVES, *PROGRAMS) and not _looks_like_a_program(head):
        return Refused("file_unreadable", name=name)
    groups = {"page": PAGES, "program": PROGRAMS, "document": DOCUMENTS, "archive": ARCHIVES}
    for group, endings in groups.items():
        if claimed in endings or found in endings or group == "program" and _looks_like_a_program(head):
            return Refused(f"file_is_{group}", name=name)
    if looks_like_a_page(head):
        return Refused("file_is_page", name=name)
    return Refused("file_refused", name=name, type=claimed or found or "?")


class Looking:
    """Goes along with the content, part by part, for what its first bytes could not tell."""

    NEEDED = {
        "docx": (b"[Content_Types].xml", b"word/document"),
        "msg": ("__properties_version1.0".encode("utf-16-le"),),
    }
    FORBIDDEN = {"docx": (b"vbaProject.bin",)}  # a document with macros is a program

    def __init__(self, kind: Kind, name: str) -> None:
        self._kind, self._name = kind, name
        self._needed = set(self.NEEDED.get(kind.ending, ()))
        self._forbidden = self.FORBIDDEN.get(kind.ending, ())
        self._text = kind.ending in TEXTS
        self._wide, self._tail, self._size = False, b"", 0

    def part(self, part: bytes) -> None:
        """Refused as soon as it is seen."""
        if not self._size:
            self._wide = part.startswith((b"\xff\xfe", b"\xfe\xff"))
        self._size += len(part)
        if self._text and not self._wide and b"\0" in part:
            raise Refused("file_unreadable", name=self._name)
        if self._needed or self._forbidden:
            self._search(self._tail + part)
            self._tail = (self._tail + part)[-64:]

    def _search(self, seen: bytes) -> None:
        if any(word in seen for word in self._forbidden):
            raise Refused("file_is_program", name=self._name)
        self._needed = {word for word in self._needed if word not in seen}

    def end(self) -> None:
        """Refused when something is missing that every file of its kind has."""
        if self._needed or self._wide and self._text and self._size % 2:
            raise Refused("file_unreadable", name=self._name)
