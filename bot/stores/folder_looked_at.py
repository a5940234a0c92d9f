"""The folder of cases, looked at from outside while a bot may be running: nothing is written and nothing set aside."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from bot.stores import UnknownCase, UnreadableFile
from bot.stores.blob_files import label, opened_blob
from bot.stores.case_folder import CASE, CaseFolder
from bot.stores.erasure_log import read_erasure_log


class FolderLookedAt(CaseFolder):
    """A file is replaced whole or not at all, so whoever reads one reads it as it was at some moment."""

    def cases(self) -> tuple[str, ...]:
        """Every case there is a file of, but those that are erased."""
        found = {path.stem for folder in (self._open, self._closed) for path in folder.glob(f"*{CASE}")}
        return tuple(sorted(found - self.erased))

    def erased_by_now(self) -> frozenset[str]:
        """A bot may have erased some since this was made."""
        return read_erasure_log(self._erasure_log)

    def commits(self, case: str) -> list[dict[str, Any]]:
        """Oldest first; UnreadableFile when it does not open. A bot may be moving it, or destroying words and their
        keys: looked for twice."""
        with suppress(UnreadableFile):
            return self._read(self._path(case)).commits()
        return self._read(self._path(case)).commits()

    def content(self, case: str, item: str) -> Iterator[bytes]:
        """An upload, part by part. UnknownCase: there is none. UnreadableFile: it does not open."""
        path = self._blob(case, item)
        if not path.exists():
            raise UnknownCase(f"{case} {item}: no such case or item.")
        yield from opened_blob(path, self._cipher(case, item), label(case, item))
