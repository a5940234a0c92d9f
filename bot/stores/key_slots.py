"""The own keys of one case's texts and uploads as they lie on disk, and how one is destroyed so that it is gone.

    <vault>/items/<case>   slots of 128 bytes: <the key, sealed by the case's key, 61> <SHA-256 of its name, 32> <zeros>

A key is written once, at the end of the file, and the file is never written anew: so no older copy of it lies about in
blocks that were given back. To destroy it, it is overwritten with zeros where it lies; its name stays, and says that it
was. A slot does not cross a sector's border. One that a death left half-written has no name yet, and locks nothing.
"""

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from bot.stores import own_keys
from bot.stores.files import read_file, sync_folder, write_all
from bot.stores.sealing import Cipher

SLOT = 128
_SEALED, _NAME = slice(0, 61), slice(61, 93)
_NOTHING = 0, own_keys.DESTROYED


class KeySlots:
    """As they are when first asked for: made anew for each opening of the case, and for one at a time."""

    def __init__(self, path: Path, case: str, case_cipher: Cipher) -> None:
        self._path, self._case, self._cipher = path, case, case_cipher
        self._read: dict[bytes, tuple[int, bytes]] | None = None

    def make(self, names: Collection[str]) -> None:
        """A key for each, durable on return: before the first thing it locks. One that is there is kept."""
        there = self._slots()
        missing = [name for name in sorted(names) if there.get(_hashed(name), _NOTHING)[1] == own_keys.DESTROYED]
        fresh = [_slot(name, own_keys.drawn(self._cipher, self._case, name).sealed) for name in missing]
        if fresh:
            begun = not self._path.exists()
            self._write(os.O_CREAT, [(None, b"".join(fresh))])
            if begun:
                sync_folder(self._path.parent)

    def put(self, name: str, sealed: bytes) -> None:
        """This key for it from now on, durable on return. One of before locked nothing that is left."""
        self._read = None
        self.destroy([name])
        self._write(os.O_CREAT, [(None, _slot(name, sealed))])
        sync_folder(self._path.parent)

    def key_of(self, name: str) -> Cipher:
        """UnreadableFile when it has none, or it does not open."""
        return own_keys.unsealed(self._cipher, self._case, name, self._slots().get(_hashed(name), (0, None))[1])

    def has(self, name: str) -> bool:
        return _hashed(name) in self._slots()

    def destroy(self, names: Collection[str]) -> None:
        """After this nobody can read what they locked, whatever copies there are. Durable on return; none: nothing."""
        there = [self._slots().get(_hashed(name), _NOTHING) for name in names]
        if wiped := [(at, bytes(len(sealed))) for at, sealed in there if sealed != own_keys.DESTROYED]:
            self._write(0, wiped)

    def _slots(self) -> dict[bytes, tuple[int, bytes]]:
        """By hashed name: where each begins, and its sealed key."""
        if self._read is None:
            content = b""
            with suppress(FileNotFoundError):
                content = read_file(self._path)
            self._read = {slot[_NAME]: (at, _sealed(slot)) for at, slot in _each(content) if any(slot[_NAME])}
        return self._read

    def _write(self, flags: int, parts: list[tuple[int | None, bytes]]) -> None:
        """Each in its place; without one at the end, behind whatever a death left half-written."""
        self._read = None
        descriptor = os.open(self._path, os.O_WRONLY | flags, 0o600)
        try:
            end = -(-os.fstat(descriptor).st_size // SLOT) * SLOT
            for at, content in parts:
                os.lseek(descriptor, end if at is None else at, os.SEEK_SET)
                write_all(descriptor, content)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _slot(name: str, sealed: bytes) -> bytes:
    return (sealed + _hashed(name)).ljust(SLOT, b"\0")


def _sealed(slot: bytes) -> bytes:
    return slot[_SEALED] if any(slot[_SEALED]) else own_keys.DESTROYED


def _each(content: bytes) -> Iterator[tuple[int, bytes]]:
    return ((at, content[at : at + SLOT]) for at in range(0, len(content), SLOT))


def _hashed(name: str) -> bytes:
    return sha256(name.encode()).digest()
