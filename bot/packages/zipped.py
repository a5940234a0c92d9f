"""A package's part as bytes: files laid uncompressed, one after the other, with the moment it was made on each."""

import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from casework.calendar import local

EARLIEST = 1980  # the year a zip begins to count from


class Zipped:
    """Grows in memory alone: what it holds must not lie open on a disk. Each file once."""

    def __init__(self, made_at: datetime) -> None:
        self._out, self._at = BytesIO(), local(made_at).timetuple()[:6]
        self._zip = zipfile.ZipFile(self._out, "w", zipfile.ZIP_STORED)

    def add(self, name: str, content: bytes) -> None:
        """`name` with `/` between folders."""
        info = zipfile.ZipInfo(name, (max(self._at[0], EARLIEST), *self._at[1:]))
        info.external_attr = 0o644 << 16
        self._zip.writestr(info, content)

    def done(self, *last: tuple[str, bytes]) -> bytes:
        """The whole, with these files at its end."""
        for name, content in last:
            self.add(name, content)
        self._zip.close()
        return self._out.getvalue()


def size_of(files: Iterable[tuple[str, int]]) -> int:
    """Bytes that files of these names and sizes take up in it, and its own ends."""
    return sum(size + 2 * len(name.encode()) + 140 for name, size in files) + 64
