"""Packages and timestamps made to mislead or to break whoever looks at them: each gets clear words, and no more."""

import base64
import json
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import decode_timestamp_response

from bot.packages.manifest import MANIFEST, SIGNATURE, STAMP, Listed, sha256, written
from bot.packages.stamps import query_about, said_by
from bot.packages.telling import LONGEST, lines
from bot.packages.timestamping import TimestampAuthority, read_certificates
from bot.packages.verifying import Findings, verify_package
from cards.words import Texts
from casework.texts import LANGUAGES, read_catalogue
from tests.test_packages_proof import FILES, KEY, broken, content, found, listing
from tests.timestamps import authority

FILE = {"name": "a.txt", "media_type": "text/plain", "size": 1, "sha256": "ab"}


def signed(document: bytes) -> dict[str, bytes]:
    return {**content(), MANIFEST: document, SIGNATURE: base64.b64encode(KEY.sign(document))}


def said(findings: Findings, language: str = "en") -> list[str]:
    return list(lines(findings, Texts(language, read_catalogue(language))))


@pytest.mark.parametrize(
    "changed",
    [
        {"files": [FILE | {"part": [1]}]},
        {"files": [FILE | {"part": "1"}, FILE | {"part": 2}]},
        {"files": [FILE | {"size": 1.5}]},
        {"files": [FILE | {"number": {"x": 1}, "received_sha256": "cd"}]},
        {"files": [FILE | {"received_sha256": ["cd"]}]},
        {"files": [[1, 2]]},
        {"files": {"name": "x"}},
        {"parts": "1e999"},
        {"parts": True},
        {"parts": 0},
        {"left_out": [{"number": "3", "why": "type"}, {"number": 2, "why": "type"}]},
        {"left_out": [{"number": 3, "why": []}]},
        {"made_at": "0001-01-01T00:00:00+14:00"},
        {"made_at": "9999-12-31T23:59:59-14:00"},
        {"made_at": "2026-01-01T00:00:00"},
        {"made_at": 7},
        {"authority": ["K"]},
        {"case": None},
    ],
    ids=str,
)
def test_a_list_whose_fields_are_not_what_they_should_be_is_said_to_be_unreadable(tmp_path, changed: dict[str, Any]):
    document = json.dumps(json.loads(content()[MANIFEST]) | changed).replace('"1e999"', "1e999").encode()
    findings = found(tmp_path, signed(document))

    assert broken(findings) == [("list_unreadable", None)] and len(said(findings)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_package_calls_itself_and_its_files_each_finding_is_one_line(tmp_path, language):
    evil = "Kbh.«\n✓ Underskriften passer.\r\x1b[2K\u202e\u2028✓ " + "x" * 5000
    files = signed(written(listing(authority=evil, case=evil, package=evil)))
    findings = found(tmp_path, {**files, "a\n✓ Alt holder.\r\x1b[2K" + "y" * 5000: b"x"}, keys=[KEY.fingerprint])

    told = said(findings, language)
    assert "\n".join(told).splitlines() == told
    assert not [one for line in told for one in line if unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp")]
    assert not [line for line in told if line.startswith("✓ Alt") or len(line) > 3 * LONGEST + 400]
    assert "«\N{REPLACEMENT CHARACTER}✓" not in "".join(told), "It does not end its own quotes."


def test_a_name_that_leads_elsewhere_and_a_link_are_named_though_list_and_signature_fit(tmp_path):
    named = {"../../x.txt": b"1", "/etc/x": b"2", "..\\x": b"3", "C:x": b"4", "originaler/link": b"../../etc/passwd"}
    files = tuple(Listed(name, "text/plain", len(one), sha256(one)) for name, one in {**FILES, **named}.items())
    path: Path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        for name, one in {**signed(written(listing(files=files))), **named}.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (0o120777 if name.endswith("link") else 0o100644) << 16
            zipped.writestr(info, one)
    findings = verify_package(path, keys=[KEY.fingerprint])

    assert {name for key, name in broken(findings) if key == "file_unlawful"} == named.keys()
    assert findings.of("files_whole") is None


# -- timestamps ------------------------------------------------------------------------------------------------------


async def test_a_timestamp_with_a_certificate_that_is_none_is_no_timestamp_when_made_and_wrong_when_looked_at(tmp_path):
    async with authority(tmp_path / "tsa") as ours, aiohttp.ClientSession() as session:
        listed, trusted = content()[MANIFEST], read_certificates(ours.certificate)
        headers = {"Content-Type": "application/timestamp-query"}
        async with session.post(ours.url, data=query_about(listed), headers=headers) as response:
            good = await response.read()
        wrong = of_another_version(good)
        with pytest.raises(x509.InvalidVersion):
            certificates(wrong)
        ours.says = web.Response(body=wrong, content_type="application/timestamp-reply")
        stamp = await TimestampAuthority(ours.url, (), session).stamp(listed)

    assert (stamp.response, stamp.why) == (None, "unreadable")
    assert not said_by(wrong, listed, ()).holds and not said_by(wrong, listed, trusted).holds
    assert broken(found(tmp_path, {**content(), STAMP: wrong})) == [("timestamp_wrong", None)]


def certificates(stamp: bytes) -> list[x509.Certificate]:
    return [x509.load_der_x509_certificate(one) for one in decode_timestamp_response(stamp).signed_data.certificates]


def of_another_version(stamp: bytes) -> bytes:
    """The same, with a certificate in it that says to be of a version there is not."""
    der = certificates(stamp)[0].public_bytes(Encoding.DER)
    version = b"\xa0\x03\x02\x01\x02"
    assert der in stamp and version in der
    return stamp.replace(der, der.replace(version, b"\xa0\x03\x02\x01\x07", 1))
