"""What lies in a package, as a list that can be signed: names, sizes, fingerprints, times. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

FORMAT, VERSION = "vaern-package", 1
MANIFEST, SIGNATURE, STAMP, NO_STAMP = "manifest.json", "manifest.sig", "manifest.tsr", "manifest.no-timestamp.json"
"""Files of a package that the list itself cannot name: the list, and what is said of it afterwards."""
MOST = 2**53
"""The largest number that every reader of JSON reads the same."""
AROUND = frozenset({MANIFEST, SIGNATURE, STAMP, NO_STAMP})


@dataclass(frozen=True)
class Listed:
    """A file of the package. `number`, `received_at`, `received_sha256`: of an original, as it was received."""

    name: str
    media_type: str
    size: int
    sha256: str
    part: int = 1
    number: int | None = None
    received_at: str | None = None
    received_sha256: str | None = None


@dataclass(frozen=True)
class LeftOut:
    """A piece that is not in it. `why`: by_hand, type, too_large."""

    number: int
    why: str


@dataclass(frozen=True)
class Manifest:
    """Of a package as a whole: the same list lies in each of its parts."""

    case: str
    package: str
    authority: str
    made_at: datetime
    parts: int
    files: tuple[Listed, ...]
    left_out: tuple[LeftOut, ...]
    public_key: str
    """Base64 of 32 bytes; Ed25519."""


class BadManifest(Exception):
    """It is none of ours, or of a version this code does not know."""


def written(manifest: Manifest) -> bytes:
    """The bytes that are signed."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        **{name: getattr(manifest, name) for name in ("case", "package", "authority", "parts", "public_key")},
        "made_at": manifest.made_at.astimezone(UTC).isoformat(timespec="seconds"),
        "hash": "SHA-256",
        "signature": "Ed25519",
        "files": [_without_nothing(asdict(file)) for file in manifest.files],
        "left_out": [asdict(one) for one in manifest.left_out],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _without_nothing(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if value is not None}


def read(content: bytes) -> Manifest:
    """BadManifest when it cannot be: nothing is believed of it, and no field is taken for what it is not."""
    try:
        document = json.loads(content)
        if (document["format"], document["version"]) != (FORMAT, VERSION):
            raise BadManifest("version")
        return Manifest(
            **{name: _text(document[name]) for name in ("case", "package", "authority", "public_key")},
            made_at=_moment(document["made_at"]),
            parts=_number(document["parts"], least=1),
            files=tuple(_listed(one) for one in document["files"]),
            left_out=tuple(LeftOut(_number(one["number"]), _text(one["why"])) for one in document["left_out"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        raise BadManifest("unreadable") from None


def _listed(document: Mapping[str, Any]) -> Listed:
    file = Listed(**document)
    for text in (file.name, file.media_type, file.sha256):
        _text(text)
    for number in (file.size, file.part, file.number or 0):
        _number(number)
    for text in (file.received_at, file.received_sha256):
        _text(text or "")
    return file


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def _number(value: object, least: int = 0) -> int:
    if type(value) is not int or not least <= value <= MOST:
        raise ValueError("no number")
    return value


def _moment(value: object) -> datetime:
    """Aware, and one that can be told in UTC."""
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment.astimezone(UTC)


def sha256(content: bytes) -> str:
    """Lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()
