"""Uploads as files: written beside their place under a passing name, moved there when they are whole."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.stores import UnreadableFile
from bot.stores.chunks import Sealing, unsealed_file
from bot.stores.files import draft_of, drop_draft, make_folder, sync_folder, write_all
from bot.stores.sealing import Cipher

BLOB = ".blob"


def label(case: str, item: str) -> str:
    """What an upload's bytes are bound to: this item of this case."""
    return f"{case}/{item}"


class BlobFile:
    """One upload on its way to its place. Blocking: called in threads, one call after the other."""

    def __init__(self, path: Path, cipher: Cipher, name: str, put_key: Callable[[], None]) -> None:
        self._path, self._draft, self._put_key = path, draft_of(path), put_key
        make_folder(path.parent)
        self._descriptor = os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._sealing = Sealing(cipher, "blob", name)
        self._ready = self._sealing.head

    def put(self, chunk: bytes, last: bool) -> None:
        ready, self._ready = self._ready + self._sealing.seal(chunk, last=last), b""
        write_all(self._descriptor, ready)
        if last:
            os.fsync(self._descriptor)

    def keep(self) -> bool:
        """Evidence is never written over: when it is there already, this is a redelivery, and the first one stays."""
        self._close()
        if there := self._path.exists():
            self.drop()
        else:
            self._put_key()
            os.replace(self._draft, self._path)
        sync_folder(self._path.parent)
        return not there

    def drop(self) -> None:
        self._close()
        drop_draft(self._draft)

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


def opened_blob(path: Path, cipher: Cipher, name: str) -> Iterator[bytes]:
    """The content, part by part. UnreadableFile for what the disk does not give back or the key does not open."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            yield from unsealed_file(descriptor, cipher, "blob", name)
        finally:
            os.close(descriptor)
    except OSError as fault:
        if fault.errno != errno.EIO:
            raise
        raise UnreadableFile(f"blob {name}: {fault.strerror}") from fault
