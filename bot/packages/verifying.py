"""Looks through a package, offline: its list, signature, timestamp and every file, and what each of them proves.

A package comes from anywhere: nothing of it is unpacked to a disk, and no more of it is read than its list says.
"""

import base64
import hashlib
import json
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from cryptography import x509

from bot.packages.manifest import AROUND, MANIFEST, NO_STAMP, SIGNATURE, STAMP, BadManifest, Listed, Manifest, read
from bot.packages.signing import fingerprint_of, is_signed
from bot.packages.timestamping import NONE

LARGEST_LIST = 4 * 1024 * 1024
AT_ONCE = 1024 * 1024  # bytes of a file that are in memory at a time
TORN = (
    *(OSError, zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError),
    NotImplementedError,  # what `zipfile` raises for a way of packing or encrypting that it does not know
    *(RuntimeError, ValueError, TypeError, OverflowError, IndexError),
)
"""What reading a zip that is none, or a torn one, may raise."""
ELSEWHERE = frozenset('\\:*?"<>|')
"""Characters by which a name leads out of its folder on some machine, or cannot stand there."""


class State(StrEnum):
    PROVEN = "proven"
    UNPROVEN = "unproven"  # not shown to be wrong, and not shown to be right
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `key` has words under `verify.*`; `values` are filled into them."""

    state: State
    key: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Findings:
    """All of it, in the order it was looked at. `manifest` None: there was none to read."""

    all: tuple[Finding, ...]
    manifest: Manifest | None = None

    @property
    def broken(self) -> bool:
        return any(one.state is State.BROKEN for one in self.all)

    def of(self, key: str) -> Finding | None:
        return next((one for one in self.all if one.key == key), None)


def verify_package(path: Path, *, keys: Sequence[str] = (), authorities: Sequence[x509.Certificate] = ()) -> Findings:
    """`keys`: fingerprints the reader knows to be the organisation's; `authorities`: whose timestamps they trust."""
    try:
        with zipfile.ZipFile(path) as package:
            return _looked_through(package, {_bare(key) for key in keys}, authorities)
    except TORN:
        return Findings((Finding(State.BROKEN, "no_package"),))


def _looked_through(package: zipfile.ZipFile, keys: set[str], authorities: Sequence[x509.Certificate]) -> Findings:
    names = [info.filename for info in package.infolist()]
    if len(set(names)) != len(names):
        return Findings((Finding(State.BROKEN, "twice"),))
    content = _small(package, MANIFEST)
    if content is None:
        return Findings((Finding(State.BROKEN, "no_list"),))
    try:
        manifest = read(content)
    except BadManifest as bad:
        return Findings((Finding(State.BROKEN, "unknown_version" if str(bad) == "version" else "list_unreadable"),))
    found = (
        *_signature(package, content, manifest, keys),
        *_timestamp(package, content, authorities),
        *_files(package, manifest),
    )
    return Findings(found, manifest)


def _signature(package: zipfile.ZipFile, content: bytes, manifest: Manifest, keys: set[str]) -> Iterator[Finding]:
    signature = _small(package, SIGNATURE)
    if signature is None:
        yield Finding(State.BROKEN, "no_signature")
    elif not _fits(signature, content, manifest):
        yield Finding(State.BROKEN, "signature_wrong")
    else:
        yield _whose(manifest, keys)


def _fits(signature: bytes, content: bytes, manifest: Manifest) -> bool:
    try:
        return is_signed(manifest.public_key, base64.b64decode(signature.strip(), validate=True), content)
    except ValueError:
        return False


def _whose(manifest: Manifest, keys: set[str]) -> Finding:
    """Anybody can make a key: only whoever knows the organisation's can tell whose this is."""
    said = {"fingerprint": fingerprint_of(manifest.public_key), "authority": manifest.authority}
    if not keys:
        return Finding(State.UNPROVEN, "key_unknown", said)
    if _bare(said["fingerprint"]) in keys:
        return Finding(State.PROVEN, "signed", said)
    return Finding(State.BROKEN, "other_key", said)


def _timestamp(package: zipfile.ZipFile, content: bytes, authorities: Sequence[x509.Certificate]) -> Iterator[Finding]:
    stamp = _small(package, STAMP)
    if stamp is None:
        yield Finding(State.UNPROVEN, f"no_timestamp_{_why(package)}")
        return
    from bot.packages.stamps import said_by  # only where there is one

    said = said_by(stamp, content, authorities)
    values = {"at": said.at, "by": said.by}
    if not said.holds:
        yield Finding(State.BROKEN, "timestamp_wrong")
    elif said.trusted:
        yield Finding(State.PROVEN, "timestamp", values)
    else:
        yield Finding(State.UNPROVEN, "timestamp_untrusted" if authorities else "timestamp_unchecked", values)


def _why(package: zipfile.ZipFile) -> str:
    """Why there is none, as the package itself says."""
    try:
        why = json.loads(_small(package, NO_STAMP) or b"{}").get("why")
    except (ValueError, AttributeError, RecursionError):
        why = ""
    return why if why in NONE else "unknown"


# -- the files -------------------------------------------------------------------------------------------------------


def _files(package: zipfile.ZipFile, manifest: Manifest) -> Iterator[Finding]:
    """Those of this part, which is the one whose files lie here; each by name."""
    there = {info.filename: info for info in package.infolist() if info.filename not in AROUND}
    parts = {file.part for file in manifest.files if file.name in there} or {1}
    expected = [file for file in manifest.files if file.part in parts]
    found = [finding for file in expected if (finding := _of_one(package, there.get(file.name), file))]
    names = {file.name for file in expected}
    found += [
        Finding(State.BROKEN, "file_unlawful", {"name": one.filename}) for one in package.infolist() if _leads(one)
    ]
    found += [Finding(State.BROKEN, "file_added", {"name": name}) for name in sorted(there.keys() - names)]
    yield from found or [Finding(State.PROVEN, "files_whole", {"count": len(expected)})]
    if manifest.parts > 1:
        yield Finding(State.UNPROVEN, "one_part", {"part": _listed(parts), "parts": manifest.parts})
    if manifest.left_out:
        yield Finding(State.UNPROVEN, "left_out", {"numbers": _listed(one.number for one in manifest.left_out)})


def _leads(info: zipfile.ZipInfo) -> bool:
    """Whether it leads somewhere: out of the folder it is unpacked in, or to another file; or is no file at all."""
    mode, name = info.external_attr >> 16, info.orig_filename
    parts = name.split("/")
    special = stat.S_IFMT(mode) not in (0, stat.S_IFREG)
    return special or not {"", ".", ".."}.isdisjoint(parts) or not ELSEWHERE.isdisjoint(name) or not name.isprintable()


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))


def _of_one(package: zipfile.ZipFile, info: zipfile.ZipInfo | None, file: Listed) -> Finding | None:
    if wrong := _wrong(package, info, file.size, file.sha256):
        return Finding(State.BROKEN, wrong, {"name": file.name})
    if file.received_sha256 not in (None, file.sha256):
        return Finding(State.BROKEN, "changed_before", {"name": file.name, "number": file.number})
    return None


def _wrong(package: zipfile.ZipFile, info: zipfile.ZipInfo | None, size: int, sha256: str) -> str:
    """Key of what is wrong with it; "" for nothing. Read only as far as the list says it goes."""
    if info is None:
        return "file_missing"
    if info.file_size != size:
        return "file_changed"
    digest, read_bytes = hashlib.sha256(), 0
    try:
        with package.open(info) as content:
            while (piece := content.read(AT_ONCE)) and read_bytes <= size:
                digest.update(piece)
                read_bytes += len(piece)
    except TORN:
        return "file_changed"
    return "" if digest.hexdigest() == sha256 else "file_changed"


def _small(package: zipfile.ZipFile, name: str) -> bytes | None:
    """A file beside the list, or the list. None: it is not there, or too large to be one."""
    try:
        info = package.getinfo(name)
        if info.file_size > LARGEST_LIST:
            return None
        with package.open(info) as content:
            return content.read(LARGEST_LIST)
    except KeyError:
        return None
    except TORN:
        return b""  # damaged: what is read of it will not fit


def _bare(fingerprint: str) -> str:
    return "".join(fingerprint.split()).replace(":", "").lower()
