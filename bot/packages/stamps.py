"""Timestamps themselves (RFC 3161): the question for one, and what one says. Loaded only where it is used."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

UNREADABLE = (
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    VerificationError,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    UnsupportedAlgorithm,
)
"""What the libraries raise on an answer that is none: an authority is a stranger, too."""


def query_about(content: bytes) -> bytes:
    """What an authority is asked: it holds the fingerprint and a number of its own."""
    return TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).build().as_bytes()


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
    """Offline. Without `trusted` certificates only what it says of itself can be looked at.

    What cannot be read does not hold, wherever in it that is found out.
    """
    try:
        return _said(decode_timestamp_response(response), content, trusted)
    except UNREADABLE:
        return Said(holds=False)


def _said(stamp: TimeStampResponse, content: bytes, trusted: Sequence[x509.Certificate]) -> Said:
    at, by = stamp.tst_info.gen_time, _authority(stamp)
    _is_about(stamp, content)
    if not trusted:
        return Said(holds=True, at=at, by=by)
    try:
        _verifier(trusted).verify_message(stamp, content)
    except UNREADABLE:
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
