"""What lies in a package, as a list that can be signed: names, sizes, fingerprints, times. Pure."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

FORMAT, VERSION = "vaern-package", 1
MANIFEST, SIGNATURE, STAMP, NO_STAMP = "manifest.json", "manifest.sig", "manifest.tsr", "manifest.no-timestamp.json"
"""Files of a package that the list itself cannot name: the list, and what is said of it afterwards."""
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
    """BadManifest when it cannot be."""
    try:
        document = json.loads(content)
        if (document["format"], document["version"]) != (FORMAT, VERSION):
            raise BadManifest("version")
        return Manifest(
            **{name: _text(document[name]) for name in ("case", "package", "authority", "public_key")},
            made_at=datetime.fromisoformat(document["made_at"]),
            parts=int(document["parts"]),
            files=tuple(_listed(document["files"])),
            left_out=tuple(LeftOut(int(one["number"]), _text(one["why"])) for one in document["left_out"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadManifest("unreadable") from None


def _listed(documents: list[Mapping[str, Any]]) -> Iterator[Listed]:
    for one in documents:
        file = Listed(**one)
        if not all(isinstance(text, str) for text in (file.name, file.media_type, file.sha256)):
            raise ValueError("no text")
        yield file


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def sha256(content: bytes) -> str:
    """Lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()
