"""The timestamp authority as the settings give it: an address, and what its timestamps are checked against."""

from collections.abc import Iterator
from pathlib import Path

from cryptography import x509
from yarl import URL

from bot.setup.faults import Fault, shown, shown_file

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def timestamp_faults(url: str, file: str) -> Iterator[Fault]:
    """It is sent a fingerprint only, but its answer must not be put in on the way: https, or this machine."""
    if url and not _is_safe(url):
        yield Fault("VAERN_TIMESTAMP_URL", shown(url), "Expected an address that begins with https://.")
    if file and not url:
        yield Fault("VAERN_TIMESTAMP_CA", "is set without VAERN_TIMESTAMP_URL", "Expected both, or neither.")
    if file and not _has_certificates(Path(file)):
        expected = "It cannot be read. Expected certificates in PEM."
        yield Fault("VAERN_TIMESTAMP_CA", shown_file(file), expected)


def _is_safe(address: str) -> bool:
    try:
        url = URL(address)
    except ValueError:
        return False
    return bool(url.host) and (url.scheme == "https" or (url.scheme == "http" and url.host in LOOPBACK))


def _has_certificates(file: Path) -> bool:
    try:
        return bool(x509.load_pem_x509_certificates(file.read_bytes()))
    except (OSError, ValueError):
        return False
