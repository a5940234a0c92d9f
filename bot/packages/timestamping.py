"""A timestamp authority's word that a list existed at a moment (RFC 3161). Off until the settings name one.

It gets the list's fingerprint and nothing else. Whatever goes wrong there, the package is made, and says that it has no
timestamp, and why.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import aiohttp
from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
WAITS = aiohttp.ClientTimeout(total=4, sock_connect=2)
LARGEST = 64 * 1024  # bytes of an answer
NONE = ("off", "unreachable", "refused", "unreadable")
"""Why a package has no timestamp."""


@dataclass(frozen=True)
class Stamp:
    """`response`: as the authority gave it. None: there is none, and `why`: one of NONE."""

    response: bytes | None = None
    why: str = ""


@dataclass(frozen=True)
class TimestampAuthority:
    """`session` None, or no `url`: no timestamps are asked for."""

    url: str = ""
    certificates: tuple[x509.Certificate, ...] = ()
    session: aiohttp.ClientSession | None = None

    async def stamp(self, content: bytes) -> Stamp:
        """Asked once, and not waited for longer than the person can wait."""
        if not self.url or self.session is None:
            return Stamp(why="off")
        request = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).build()
        try:
            answer = await self._asked(self.session, request.as_bytes())
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return Stamp(why="unreachable")
        if answer is None:
            return Stamp(why="refused")
        said = await asyncio.to_thread(said_by, answer, content, self.certificates)
        return Stamp(answer) if said.holds and said.trusted >= bool(self.certificates) else Stamp(why="unreadable")

    async def _asked(self, session: aiohttp.ClientSession, query: bytes) -> bytes | None:
        sent = session.post(self.url, data=query, headers={"Content-Type": QUERY}, allow_redirects=False, timeout=WAITS)
        async with sent as response:
            if response.status != 200 or response.content_type != REPLY:
                return None
            answer = await response.content.read(LARGEST + 1)
        return answer if len(answer) <= LARGEST else None


@dataclass(frozen=True)
class Said:
    """What a timestamp says. `holds`: it is about this content, and nothing in it is broken; `trusted`: by whom we
    trust; `by`: whom it names as its authority, "" when that cannot be read.
    """

    holds: bool
    trusted: bool = False
    at: datetime | None = None
    by: str = ""


def said_by(response: bytes, content: bytes, trusted: Sequence[x509.Certificate]) -> Said:
    """Offline. Without `trusted` certificates only what it says of itself can be looked at."""
    try:
        stamp = decode_timestamp_response(response)
        at, by = stamp.tst_info.gen_time, _authority(stamp)
        _is_about(stamp, content)
    except (ValueError, VerificationError, TypeError, AttributeError):
        return Said(holds=False)
    if not trusted:
        return Said(holds=True, at=at, by=by)
    try:
        _verifier(trusted).verify_message(stamp, content)
    except (VerificationError, ValueError):
        return Said(holds=not _names_one_of(stamp, trusted), at=at, by=by)
    return Said(holds=True, trusted=True, at=at, by=by)


def _verifier(trusted: Sequence[x509.Certificate]):
    builder = VerifierBuilder()
    for certificate in trusted:
        builder = builder.add_root_certificate(certificate)
    return builder.build()


def _is_about(stamp: TimeStampResponse, content: bytes) -> None:
    imprint = stamp.tst_info.message_imprint
    hashes = {algorithm(content).digest() for algorithm in (hashlib.sha256, hashlib.sha384, hashlib.sha512)}
    if imprint.message not in hashes:
        raise VerificationError("it is about something else")


def _names_one_of(stamp: TimeStampResponse, trusted: Sequence[x509.Certificate]) -> bool:
    """Whether it says that it is by one we trust: then what does not fit is broken, and not merely unknown."""
    names = {certificate.subject for certificate in trusted}
    own = [x509.load_der_x509_certificate(one) for one in stamp.signed_data.certificates]
    return any(certificate.issuer in names or certificate.subject in names for certificate in own)


def _authority(stamp: TimeStampResponse) -> str:
    names = [x509.load_der_x509_certificate(one).subject for one in stamp.signed_data.certificates]
    common = [str(part.value) for name in names for part in name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)]
    return common[0] if common else ""


def read_certificates(file: Path) -> tuple[x509.Certificate, ...]:
    """PEM, one or several. OSError, ValueError when there is none to read."""
    return tuple(x509.load_pem_x509_certificates(file.read_bytes()))
