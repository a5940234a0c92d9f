"""What a file is, told by what is in it: what can be evidence is known, all else is refused with its reason."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.kinds import HEAD, TAKEN, Kind, Looking, find_kind
from casework.vocabulary import Refused

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 60
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
OUTLOOK = OLE + "__properties_version1.0".encode("utf-16-le") + b"\0" * 40
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def packed(*names: str, content: bytes = b"<x/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return out.getvalue()


def docx(*more: str, content: bytes = b"<x/>") -> bytes:
    return packed("[Content_Types].xml", "_rels/.rels", "word/document.xml", *more, content=content)


def boxed(brand: bytes, others: bytes = b"") -> bytes:
    return (16 + len(others)).to_bytes(4, "big") + b"ftyp" + brand + b"\0\0\0\0" + others + b"\0" * 60


def known(content: bytes, name: str) -> Kind:
    """As a file that streams by, in parts of an awkward size."""
    kind = find_kind(content[:HEAD], name)
    looking = Looking(kind, name)
    for at in range(0, len(content), 1009):
        looking.part(content[at : at + 1009])
    looking.end()
    return kind


KNOWN = {
    "a.png": (PNG, "image/png"),
    "moving.png": (PNG[:8] + b"\0\0\0\x08acTL" + b"\0" * 60, "image/png"),
    "a.jpeg": (b"\xff\xd8\xff\xe1\0\x10Exif\0" + b"\0" * 60, "image/jpeg"),
    "a.gif": (b"GIF89a" + b"\0" * 60, "image/gif"),
    "a.webp": (b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 60, "image/webp"),
    "a.HEIC": (boxed(b"heic", b"mif1heic"), "image/heic"),
    "ten bits.heic": (boxed(b"heix", b"mif1heix"), "image/heic"),
    "a.pdf": (b"%PDF-1.7\n" + b"x" * 60, "application/pdf"),
    "a.docx": (docx(), WORD),
    "parts in another order.docx": (packed("docProps/x", "word/document.xml", "[Content_Types].xml"), WORD),
    "a.mp4": (boxed(b"isom", b"isommp42"), "video/mp4"),
    "of a phone.mp4": (boxed(b"avc1", b"avc1iso6"), "video/mp4"),
    "b.m4v": (boxed(b"M4V ", b"M4V mp42"), "video/mp4"),
    "a.mov": (boxed(b"qt  ", b"qt  "), "video/quicktime"),
    "a.m4a": (boxed(b"M4A ", b"M4A mp42"), "audio/mp4"),
    "a.mp3": (b"ID3\3\0\0\0\0\0\x21" + b"\0" * 60, "audio/mpeg"),
    "untagged.mp3": (b"\xff\xfb\x90\x44" + b"\0" * 60, "audio/mpeg"),
    "a.wav": (b"RIFF\x10\0\0\0WAVEfmt " + b"\0" * 60, "audio/x-wav"),
    "a voice message.opus": (b"OggS" + b"\0" * 60, "audio/ogg"),
    "a.msg": (OUTLOOK, "application/vnd.ms-outlook"),
    "a.txt": ("Han skrev: æøå".encode("cp1252"), "text/plain"),
    "from Mads Z.txt": (b"MZ skrev til mig", "text/plain"),
    "of the same letters.txt": (b"BM skrev til mig", "text/plain"),
    "wide.txt": ("Han skrev: æøå".encode("utf-16"), "text/plain"),
    "a.eml": (b"From: a@example.dk\r\nSubject: x\r\n\r\nhej", "message/rfc822"),
    "with its way first.eml": (b"Received: from x\r\n by y\r\nFrom: a@example.dk\r\n\r\nhej", "message/rfc822"),
}

REFUSED = {
    "a.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "file_is_page"),
    "b.svg": (b"<?xml version='1.0'?>\n<svg/>", "file_is_page"),
    "a.html": (b"<html></html>", "file_is_page"),
    "a.htm": (b"Hej <b>du</b>", "file_is_page"),
    "a.exe": (b"MZ" + b"\0" * 60, "file_is_program"),
    "a.js": (b"alert(1)", "file_is_program"),
    "a.ps1": (b"Get-Item", "file_is_program"),
    "a.bat": (b"@echo off", "file_is_program"),
    "script.txt": (b"#!/bin/sh\nrm -rf ~", "file_is_program"),
    "program.txt": (b"MZ" + b"\0" * 60, "file_is_program"),
    "program.png": (b"\x7fELF" + b"\0" * 60, "file_is_program"),
    "a.docm": (docx("word/vbaProject.bin"), "file_is_program"),
    "macros.docx": (docx("word/vbaProject.bin"), "file_is_program"),
    "a.zip": (packed("a.png"), "file_is_archive"),
    "an archive.png": (packed("a.png"), "file_is_archive"),
    "a.7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 60, "file_is_archive"),
    "a.tgz": (b"\x1f\x8b\x08" + b"\0" * 60, "file_is_archive"),
    "a.xlsx": (packed("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"), "file_is_document"),
    "a.doc": (OLE, "file_is_document"),
    "without ending": (b"what is this", "file_refused"),
    "a.xyz": (b"\1\2\3\4" * 20, "file_refused"),
    "a.bmp": (b"BM" + b"\0" * 60, "file_refused"),
    "page.txt": (b"\xef\xbb\xbf  <!DOCTYPE html><html></html>", "file_unreadable"),
    "wide page.txt": ("<html></html>".encode("utf-16"), "file_unreadable"),
    "page.eml": (b"\n<!DOCTYPE html><html></html>", "file_unreadable"),
    "no mail.eml": (b"alert(1)", "file_unreadable"),
    "binary.txt": (b"ord\0ord", "file_unreadable"),
    "binary at its end.txt": (b"o" * 200_000 + b"\0", "file_unreadable"),
    "odd.txt": (b"\xff\xfea\0b", "file_unreadable"),
    "a.png": (b"not a picture", "file_unreadable"),
    "a.pdf": (b"", "file_unreadable"),
    "an archive.docx": (packed("a.png"), "file_unreadable"),
    "installer.msg": (OLE, "file_unreadable"),
}


@pytest.mark.parametrize("name", KNOWN)
def test_what_can_be_evidence_is_known_by_what_is_in_it(name: str):
    content, media_type = KNOWN[name]

    assert known(content, name).media_type == media_type


def test_every_kind_that_is_taken_is_known_under_its_own_name():
    assert {find_kind(content[:HEAD], name).ending for name, (content, _) in KNOWN.items()} >= set(TAKEN) - {
        *("avif", "3gp", "amr", "aac")
    }


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_evidence_is_refused_by_name_and_with_its_reason(name: str):
    content, key = REFUSED[name]

    with pytest.raises(Refused) as told:
        known(content, name)

    assert (told.value.key, told.value.details["name"]) == (key, name)
    assert ("type" in told.value.details) == (key == "file_refused")


@pytest.mark.parametrize("name", [name for name in KNOWN if not name.endswith((".txt", ".eml", ".msg", ".docx"))])
def test_a_name_that_says_something_else_changes_nothing(name: str):
    content, media_type = KNOWN[name]

    assert known(content, "a.pdf").media_type == media_type


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PNG + b"<script>alert(1)</script>", "image/png"),
        (b"GIF89a/*" + b"\0" * 60 + b"*/=alert(1)", "image/gif"),
        (b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj", "application/pdf"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 60 + packed("evil.class"), "image/jpeg"),
        (b"%PDF-1.7\n" + packed("evil.exe"), "application/pdf"),
    ],
    ids=["PNG and script", "GIF and script", "PDF with script", "JPEG and JAR", "PDF and ZIP"],
)
def test_what_is_two_things_at_once_is_kept_as_the_harmless_one_and_never_opened(content: bytes, media_type: str):
    assert known(content, "a.xyz").media_type == media_type


def test_a_document_that_would_unpack_to_a_thousand_times_its_size_is_kept_as_it_is():
    bomb = docx("word/media/image1.png", content=b"\0" * 20_000_000)
    assert len(bomb) < 100_000

    assert known(bomb, "a.docx").media_type == WORD


@given(
    st.binary(max_size=4000), st.sampled_from(["a." + ending for ending in TAKEN] + ["a", "a.exe", "a.zip", "a.svg"])
)
def test_whatever_comes_is_either_known_or_refused(content: bytes, name: str):
    try:
        assert known(content, name).ending in TAKEN
    except Refused as refused:
        assert refused.key.startswith("file_")
