"""What a package proves: every change in it is found and named, and what is not proven is said as plainly."""

import base64
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.packages.manifest import MANIFEST, NO_STAMP, SIGNATURE, STAMP, LeftOut, Listed, Manifest, sha256, written
from bot.packages.signing import SigningKey, fingerprint_of, is_signed, signing_key
from bot.packages.stamps import said_by
from bot.packages.telling import lines
from bot.packages.timestamping import TimestampAuthority, read_certificates
from bot.packages.verifying import Findings, State, verify_package
from bot.packages.zipped import Zipped, size_of
from cards.words import Texts
from casework.texts import LANGUAGES, read_catalogue
from tests.shelves import MemoryShelf
from tests.timestamps import authority, made

KEY = SigningKey(bytes(range(32)))
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
FILES = {"dokumentation.pdf": b"%PDF-1.7 pages", "originaler/001.png": b"\x89PNG picture", "originaler/002.txt": b"Ord"}
Content = dict[str, bytes]


def listing(**changed: object) -> Manifest:
    files = tuple(Listed(name, "text/plain", len(content), sha256(content)) for name, content in FILES.items())
    found = Manifest("VK-7Q4M-X2D", "police", "Københavns Kommune", AT, 1, files, (), KEY.public)
    return replace(found, **changed)


def content(manifest: Manifest | None = None, key: SigningKey = KEY) -> Content:
    """A package's files by name, as they are made."""
    listed = written(manifest or listing())
    return {**FILES, MANIFEST: listed, SIGNATURE: base64.b64encode(key.sign(listed)), NO_STAMP: b'{"why": "off"}'}


def package(folder: Path, files: Content) -> Path:
    zipped = Zipped(AT)
    for name, one in files.items():
        zipped.add(name, one)
    path = folder / "package.zip"
    path.write_bytes(zipped.done())
    return path


def found(folder: Path, files: Content, **trust: object) -> Findings:
    return verify_package(package(folder, files), **trust)


def broken(findings: Findings) -> list[tuple[str, object]]:
    return [(one.key, one.values.get("name")) for one in findings.all if one.state is State.BROKEN]


def changed(one: bytes, place: int = -1) -> bytes:
    bytes_ = bytearray(one)
    bytes_[place] ^= 1
    return bytes(bytes_)


# -- as it was made --------------------------------------------------------------------------------------------------


def test_a_package_as_it_was_made_is_proven_to_be_so_for_whoever_knows_the_key(tmp_path):
    findings = found(tmp_path, content(), keys=[KEY.fingerprint])

    states = {one.key: one.state for one in findings.all}
    assert states == {
        "signed": State.PROVEN,
        "no_timestamp_off": State.UNPROVEN,
        "files_whole": State.PROVEN,
    }


@pytest.mark.parametrize(
    ("package", "called"), [("datatilsynet", "Til Datatilsynet"), ("own_copy", "Til dig selv"), ("x.title", "x.title")]
)
def test_a_package_is_called_by_whom_it_is_for_and_another_s_as_it_calls_itself(tmp_path, package, called):
    told = lines(found(tmp_path, content(listing(package=package))), Texts("da", read_catalogue("da")))

    assert next(iter(told)).startswith(f"Pakke »{called}« fra")


def test_without_the_key_it_is_said_that_anybody_could_have_signed(tmp_path):
    findings = found(tmp_path, content())

    assert not findings.broken and findings.of("key_unknown").values["fingerprint"] == KEY.fingerprint


def test_another_key_than_the_one_that_is_known_is_no_signature_of_theirs(tmp_path):
    other = SigningKey(bytes(32))
    findings = found(tmp_path, content(listing(public_key=other.public), other), keys=[KEY.fingerprint])

    assert broken(findings) == [("other_key", None)]


@pytest.mark.parametrize("way", [str, str.upper, lambda key: key.replace(" ", ""), lambda key: key.replace(" ", ":")])
def test_a_fingerprint_is_known_however_it_is_written(tmp_path, way):
    assert found(tmp_path, content(), keys=[way(KEY.fingerprint)]).of("signed")


# -- a changed byte --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", [0, -1])
def test_a_changed_byte_in_a_file_is_found_and_the_file_is_named(tmp_path, name, place):
    files = content()
    findings = found(tmp_path, {**files, name: changed(files[name], place)}, keys=[KEY.fingerprint])

    assert broken(findings) == [("file_changed", name)]


def test_wherever_a_byte_of_the_list_is_changed_it_is_found(tmp_path):
    files = content()
    for place in range(0, len(files[MANIFEST]), 7):
        findings = found(tmp_path, {**files, MANIFEST: changed(files[MANIFEST], place)}, keys=[KEY.fingerprint])
        assert findings.broken, f"byte {place}"


def test_wherever_a_byte_of_the_signature_is_changed_it_is_found_and_named(tmp_path):
    files, signature = content(), bytearray(KEY.sign(content()[MANIFEST]))
    for place in range(len(signature)):
        wrong = base64.b64encode(changed(bytes(signature), place))
        assert broken(found(tmp_path, {**files, SIGNATURE: wrong})) == [("signature_wrong", None)]


def test_whoever_changes_list_and_file_together_has_not_the_key(tmp_path):
    """Anybody can make a list that fits: what does not fit is the signature, or whose it is."""
    swapped = {**FILES, "originaler/002.txt": b"Andre ord"}
    listed = written(
        listing(files=tuple(Listed(name, "text/plain", len(one), sha256(one)) for name, one in swapped.items()))
    )
    unsigned = {**content(), **swapped, MANIFEST: listed}

    assert broken(found(tmp_path, unsigned)) == [("signature_wrong", None)]


def test_what_was_taken_out_or_put_in_is_named(tmp_path):
    files = content()
    without = {name: one for name, one in files.items() if name != "originaler/001.png"}

    assert broken(found(tmp_path, without)) == [("file_missing", "originaler/001.png")]
    assert broken(found(tmp_path, {**files, "originaler/003.png": b"new"})) == [("file_added", "originaler/003.png")]
    unsigned = {name: one for name, one in files.items() if name != SIGNATURE}
    assert broken(found(tmp_path, unsigned)) == [("no_signature", None)]


def test_what_was_changed_before_it_was_packed_is_told_apart(tmp_path):
    """The list tells what lies there, and what had been received."""
    one = Listed("originaler/001.png", "image/png", 12, sha256(FILES["originaler/001.png"]), number=1)
    files = tuple(
        replace(one, received_sha256="ab" * 32) if file.name == one.name else file for file in listing().files
    )

    assert broken(found(tmp_path, content(listing(files=files)))) == [("changed_before", "originaler/001.png")]


def test_of_several_parts_each_is_looked_at_for_itself(tmp_path):
    files = tuple(replace(file, part=2 if file.name.endswith("txt") else 1) for file in listing().files)
    both = content(listing(files=files, parts=2, left_out=(LeftOut(3, "by_hand"),)))
    first = {name: one for name, one in both.items() if not name.endswith(".txt")}
    second = {name: one for name, one in both.items() if name not in ("dokumentation.pdf", "originaler/001.png")}

    for part, number in ((first, "1"), (second, "2")):
        findings = found(tmp_path, part)
        assert not findings.broken
        assert findings.of("one_part").values == {"part": number, "parts": 2}
        assert findings.of("left_out").values == {"numbers": "3"}


# -- what is no package ----------------------------------------------------------------------------------------------


def test_what_is_no_package_is_said_to_be_none_and_takes_nobody_with_it(tmp_path):
    path, twice = tmp_path / "x", io.BytesIO()
    for bytes_ in (b"", b"PK\x03\x04", b"\0" * 1000, package(tmp_path, content()).read_bytes()[:-40]):
        path.write_bytes(bytes_)
        assert verify_package(path).of("no_package")
    assert verify_package(tmp_path / "nothing").of("no_package")
    assert found(tmp_path, FILES).of("no_list")
    assert found(tmp_path, {**content(), MANIFEST: b"{}"}).of("list_unreadable")
    assert found(tmp_path, {**content(), MANIFEST: b"[" * 100_000}).of("list_unreadable")
    newer = json.loads(content()[MANIFEST]) | {"version": 2}
    assert found(tmp_path, {**content(), MANIFEST: json.dumps(newer).encode()}).of("unknown_version")
    with zipfile.ZipFile(twice, "w") as zipped, pytest.warns(UserWarning):
        zipped.writestr(MANIFEST, content()[MANIFEST])
        zipped.writestr(MANIFEST, b"{}")
    path.write_bytes(twice.getvalue())
    assert verify_package(path).of("twice")


def test_a_bomb_is_read_no_further_than_the_list_says(tmp_path):
    path = package(tmp_path, {name: one for name, one in content().items() if name != "originaler/001.png"})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("originaler/001.png", b"\0" * 50_000_000)

    assert broken(verify_package(path)) == [("file_changed", "originaler/001.png")]


# -- the key ---------------------------------------------------------------------------------------------------------


async def test_the_key_is_made_at_the_first_need_and_is_the_same_ever_after():
    shelf = MemoryShelf()
    first, second = await signing_key(shelf), await signing_key(shelf)

    assert first.public == second.public and is_signed(first.public, second.sign(b"x"), b"x")
    assert not is_signed(first.public, first.sign(b"x"), b"y") and not is_signed("no key", b"", b"x")
    assert (await signing_key(MemoryShelf())).public != first.public
    assert fingerprint_of(first.public) == first.fingerprint and len(first.fingerprint.replace(" ", "")) == 64


def test_how_large_a_part_gets_is_known_before_it_is_made():
    zipped, files = Zipped(AT), {f"originaler/{n:03}.png": bytes(n) for n in range(200)}
    for name, one in files.items():
        zipped.add(name, one)

    assert len(zipped.done()) <= size_of((name, len(one)) for name, one in files.items())


# -- timestamps ------------------------------------------------------------------------------------------------------


async def test_a_real_timestamp_is_asked_for_kept_and_checked_offline(tmp_path):
    async with authority(tmp_path / "tsa") as ours, aiohttp.ClientSession() as session:
        trusted, listed = read_certificates(ours.certificate), content()[MANIFEST]
        stamp = await TimestampAuthority(ours.url, trusted, session).stamp(listed)
    assert stamp.response and ours.asked == 1
    stamped = {**content(), STAMP: stamp.response}

    whole = found(tmp_path, stamped, keys=[KEY.fingerprint], authorities=trusted).of("timestamp")
    assert whole.state is State.PROVEN and whole.values["by"] == "Vores tidsstempel"
    assert found(tmp_path, stamped).of("timestamp_unchecked").state is State.UNPROVEN
    stranger = read_certificates(made(tmp_path / "other", "En anden").certificate)
    assert found(tmp_path, stamped, authorities=stranger).of("timestamp_untrusted").state is State.UNPROVEN
    other = written(listing(case="VK-2222-222"))
    moved = {**stamped, MANIFEST: other, SIGNATURE: base64.b64encode(KEY.sign(other))}
    assert broken(found(tmp_path, moved, authorities=trusted)) == [("timestamp_wrong", None)]


async def test_wherever_a_byte_of_the_timestamp_is_changed_it_proves_nothing_any_more(tmp_path):
    async with authority(tmp_path / "tsa") as ours, aiohttp.ClientSession() as session:
        trusted = read_certificates(ours.certificate)
        stamp = await TimestampAuthority(ours.url, trusted, session).stamp(b"the list")
    for place in range(0, len(stamp.response), 29):
        assert not said_by(changed(stamp.response, place), b"the list", trusted).trusted, f"byte {place}"


REFUSED = web.Response(status=503)
A_PAGE = web.Response(text="<html>", content_type="text/html")
NONSENSE = web.Response(body=b"\x30\x03\x02\x01\x02", content_type="application/timestamp-reply")
ENDLESS = web.Response(body=b"\0" * 200_000, content_type="application/timestamp-reply")


@pytest.mark.parametrize(
    ("says", "why"),
    [(REFUSED, "refused"), (A_PAGE, "refused"), (NONSENSE, "unreadable"), (ENDLESS, "refused")],
    ids=["refused", "a page", "nonsense", "endless"],
)
async def test_an_authority_that_is_not_well_gives_none_and_it_is_said_why(tmp_path, says, why):
    async with authority(tmp_path / "tsa") as ours, aiohttp.ClientSession() as session:
        ours.says = says
        stamp = await TimestampAuthority(ours.url, (), session).stamp(b"the list")

    assert (stamp.response, stamp.why) == (None, why)


async def test_one_that_is_not_there_or_of_another_house_gives_none(tmp_path):
    async with authority(tmp_path / "tsa") as ours, aiohttp.ClientSession() as session:
        stranger = read_certificates(made(tmp_path / "other", "En anden").certificate)
        foreign = await TimestampAuthority(ours.url, stranger, session).stamp(b"the list")
    async with aiohttp.ClientSession() as session:
        gone = await TimestampAuthority(ours.url, (), session).stamp(b"the list")
        off = await TimestampAuthority("", (), session).stamp(b"the list")

    assert [one.why for one in (foreign, gone, off)] == ["unreadable", "unreachable", "off"]


# -- in words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_found_is_said_in_words_with_what_it_does_not_prove(tmp_path, language):
    say = Texts(language, read_catalogue(language))
    whole = list(lines(found(tmp_path, content(), keys=[KEY.fingerprint]), say))
    torn = list(lines(found(tmp_path, {**content(), "dokumentation.pdf": b"other"}), say))

    assert whole[0].count("VK-7Q4M-X2D") == 1 and [line[0] for line in whole[2:5]] == ["✓", "–", "✓"]
    assert whole[-1] == say.plain("verify.not_proven")
    assert any(line.startswith("✗") and "dokumentation.pdf" in line for line in torn)
    assert torn[-1] == say.plain("verify.last.broken"), "Of a package that was changed nothing is said to be proven."
