"""The folder of cases on disk: where each file lies, what is done with one that cannot be read, and how one is erased.

Nothing here waits or takes turns: `TinyCaseStore` calls it in threads, one at a time for one case.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, count
from pathlib import Path
from threading import Lock

from bot.stores import TooManyUnreadable, UnknownCase, UnreadableFile, own_keys
from bot.stores.blob_files import BLOB, BlobFile, label, opened_blob
from bot.stores.case_file import CaseFile, Summary
from bot.stores.erasure_log import read_erasure_log, write_erasure_log
from bot.stores.files import (
    make_folder,
    move_file,
    read_file,
    remove_file,
    remove_folder,
    remove_leftovers,
    replace_file,
)
from bot.stores.vault import Cipher, Vault, is_name

CASE = ".case"
FEW = 3
"""Fewer unreadable files than this never stop the start: a small place may have two cases and one bad disk block."""


@dataclass
class _Stock:
    """What a look round the folder has found, before anything is done about it."""

    found: dict[str, tuple[Summary, Path]] = field(default_factory=dict)
    unreadable: list[Path] = field(default_factory=list)
    superseded: list[Path] = field(default_factory=list)
    orphans: dict[str, list[str]] = field(default_factory=dict)
    destroyed: dict[str, frozenset[str]] = field(default_factory=dict)


class CaseFolder:
    """Reads, replaces, sets aside and erases; `tinydb_store.py` shows what lies where."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self.vault, self._folder = vault, folder
        self._open, self._closed = folder / "open", folder / "closed"
        self._blobs, self.set_aside = folder / "blobs", folder / "set_aside"
        self._erasure_log = folder / "erased"
        self._one_at_a_time = Lock()  # the erasure log and the list of what is set aside are of all cases
        self.erased: frozenset[str] = read_erasure_log(self._erasure_log)
        self.set_aside_names: frozenset[str] = frozenset()

    # --- at start ---

    def take_stock(self) -> list[Summary]:
        """Reads every case, then puts the folder in order. TooManyUnreadable before anything is touched."""
        stock = self._look_round()
        self._stop_if_most_are_unreadable(stock)
        for folder in (self._open, self._closed, self._blobs, self.set_aside):
            make_folder(folder)
        self._tidy(stock)
        return [summary for summary, _ in stock.found.values()]

    def _look_round(self) -> _Stock:
        stock = _Stock()
        for path in (*_files(self._open, CASE), *_files(self._closed, CASE)):
            if path.stem in self.erased:
                continue
            try:
                self._note(stock, path)
            except UnreadableFile:
                stock.unreadable.append(path)
        return stock

    def _note(self, stock: _Stock, path: Path) -> None:
        file, case = self._read(path), path.stem
        summary, there = file.summary(), stock.found.get(case)
        if there and there[0].version >= summary.version:
            stock.superseded.append(path)  # the same case in both folders: somebody put a backup back
            return
        if there:
            stock.superseded.append(there[1])
        stock.found[case] = summary, path
        stock.orphans[case] = [item for item in self.items(case) if not file.mentions(item)]
        stock.destroyed[case] = file.destroyed()

    def _stop_if_most_are_unreadable(self, stock: _Stock) -> None:
        bad, all_of_them = len(stock.unreadable), len(stock.unreadable) + len(stock.found)
        if bad and not self.vault.has_keys():
            raise TooManyUnreadable(
                f"{self._folder} holds {bad} cases, but {self.vault.folder} holds no case key. "
                "Nothing was touched; name the folder of keys that belongs to them."
            )
        if bad >= FEW and bad * 2 > all_of_them:
            raise TooManyUnreadable(
                f"{bad} of {all_of_them} case files in {self._folder} cannot be read. "
                "Nothing was touched; check the disk and the folder of keys, or put a backup back."
            )

    def _tidy(self, stock: _Stock) -> None:
        self.set_aside_names = frozenset(path.name for path in self.set_aside.iterdir())
        for case in self.erased:
            self._destroy(case)
        for path in (*stock.unreadable, *stock.superseded):
            self._put_aside(path)
        for case in stock.found:
            self.destroy_items(case, stock.destroyed[case])
            for item in stock.orphans[case]:
                self.remove_blob(case, item)
        for summary, path in stock.found.values():
            self._put_in_its_folder(path, summary.closed)
        self._tidy_blobs(set(stock.found))
        self._remove_leftovers()

    def _tidy_blobs(self, found: set[str]) -> None:
        for folder in [path for path in self._blobs.iterdir() if path.is_dir()]:
            if not any(folder.iterdir()):
                os.rmdir(folder)
            elif folder.name not in found and not self.is_set_aside(folder.name):
                self._put_aside(folder)  # a case that lost its file? Nobody but a person can tell

    def _remove_leftovers(self) -> None:
        self.vault.tidy()
        for folder in (self._folder, self._open, self._closed, *self._blobs.glob("*/")):
            remove_leftovers(folder)

    # --- one case ---

    @contextmanager
    def opened(self, case: str, *, new: bool) -> Iterator[CaseFile]:
        """The case, written when the block ends well; UnreadableFile when it cannot be read, and by then set aside."""
        path = self._path(case)
        try:
            cipher = self.vault.of_case(case)
            file = CaseFile(case, None, self.vault.of_items(case)) if new else self._read(path)
            yield file
        except UnreadableFile:
            self._put_aside(path)
            raise
        if file.changed:
            replace_file(path, cipher.seal("case", case, file.content()))  # this, and nothing else, is the commit
            with suppress(OSError):  # found wherever it lies, and moved at the next start
                self._put_in_its_folder(path, file.closed)

    def summary(self, case: str) -> Summary:
        return self._read(self._path(case)).summary()

    def _read(self, path: Path) -> CaseFile:
        if not is_name(path.stem):
            raise UnreadableFile(f"{path.name} is no case's name")
        try:
            sealed = read_file(path)
        except OSError as fault:
            if fault.errno not in (errno.ENOENT, errno.EIO):
                raise  # out of file handles, not allowed: says nothing about the file
            raise UnreadableFile(f"{path.name}: {fault.strerror}") from fault
        content = self.vault.of_case(path.stem).unseal("case", path.stem, sealed)
        return CaseFile(path.stem, content, self.vault.of_items(path.stem))

    def _path(self, case: str) -> Path:
        name = f"{case}{CASE}"
        return self._closed / name if (self._closed / name).exists() else self._open / name

    def _put_in_its_folder(self, path: Path, closed: bool) -> None:
        right = self._closed if closed else self._open
        if path.parent != right:
            move_file(path, right / path.name)

    # --- blobs ---

    def new_blob(self, case: str, item: str) -> BlobFile:
        """Under a key of its own, which is put in its place just before the upload is."""
        self.vault.make_key(case)
        name = own_keys.of_upload(item)
        own = own_keys.drawn(self.vault.of_case(case), case, name)
        put_key = partial(self.vault.of_items(case).put, name, own.sealed)
        return BlobFile(self._blob(case, item), own.cipher, label(case, item), put_key)

    def _cipher(self, case: str, item: str) -> Cipher:
        """Its own key; of before uploads had one, the case's. UnknownCase when it was destroyed."""
        keys, name = self.vault.of_items(case), own_keys.of_upload(item)
        try:
            return keys.key_of(name) if keys.has(name) else self.vault.of_case(case)
        except own_keys.Destroyed as gone:
            raise UnknownCase(str(gone)) from None

    def remove_blob(self, case: str, item: str) -> None:
        """The upload and its key. Durable on return; no such upload: nothing."""
        if self.vault.has_key(case):
            self.vault.of_items(case).destroy([own_keys.of_upload(item)])
        remove_file(self._blob(case, item))

    def destroy_items(self, case: str, items: frozenset[str]) -> None:
        """The keys of their words and uploads, and the uploads. Durable on return; done twice it is done once."""
        if items:
            self.vault.of_items(case).destroy(own_keys.of_both(items))
        for item in sorted(items):
            remove_file(self._blob(case, item))

    def blob(self, case: str, item: str) -> Iterator[bytes]:
        """Its content, part by part. One that turns out to be damaged is set aside."""
        path = self._blob(case, item)
        if case in self.erased or not path.exists():
            if self._is_aside(f"{case}.{item}", BLOB):
                raise UnreadableFile(f"{case} {item} could not be read and is set aside in {self.set_aside}.")
            raise UnknownCase(f"{case} {item}: no such case or item.")
        try:
            yield from opened_blob(path, self._cipher(case, item), label(case, item))
        except UnreadableFile:
            self._put_aside(path, name=f"{case}.{item}{BLOB}")
            raise

    def _blob(self, case: str, item: str) -> Path:
        return self._blobs / case / f"{item}{BLOB}"

    def items(self, case: str) -> tuple[str, ...]:
        return tuple(path.stem for path in _files(self._blobs / case, BLOB))

    # --- set aside, erase ---

    def is_set_aside(self, case: str) -> bool:
        return self._is_aside(case, CASE)

    def _is_aside(self, stem: str, suffix: str) -> bool:
        return any(name.startswith(f"{stem}.") and name.endswith(suffix) for name in self.set_aside_names)

    def _put_aside(self, path: Path, name: str | None = None) -> None:
        """Out of the way and on the administrator's list. A file that has vanished altogether is only listed."""
        with self._one_at_a_time:
            target = self._free_place(Path(name or path.name))
            if path.exists():
                move_file(path, target)
            self.set_aside_names |= {target.name}

    def _free_place(self, name: Path) -> Path:
        names = chain([name.name], (f"{name.stem}.{number}{name.suffix}" for number in count(2)))
        return next(place for one in names if not (place := self.set_aside / one).exists())

    def erase(self, case: str) -> None:
        """The log first: whatever happens after that line, the next start finishes the work. Unknown: nothing."""
        if case not in self.erased and self._anything_of(case):
            with self._one_at_a_time:
                entries = self.erased | {case}
                write_erasure_log(self._erasure_log, entries)
                self.erased = entries
        if case in self.erased:
            self._destroy(case)

    def _anything_of(self, case: str) -> bool:
        there = self._path(case).exists() or (self._blobs / case).exists()
        return there or self.vault.has_key(case) or bool(self._aside_of(case))

    def _aside_of(self, case: str) -> frozenset[str]:
        return frozenset(name for name in self.set_aside_names if name == case or name.startswith(f"{case}."))

    def _destroy(self, case: str) -> None:
        self.vault.destroy_key(case)
        remove_file(self._open / f"{case}{CASE}")
        remove_file(self._closed / f"{case}{CASE}")
        remove_folder(self._blobs / case)
        for name in self._aside_of(case):
            place = self.set_aside / name
            remove_folder(place) if place.is_dir() else remove_file(place)
        with self._one_at_a_time:
            self.set_aside_names -= self._aside_of(case)


def _files(folder: Path, suffix: str) -> list[Path]:
    return sorted(folder.glob(f"*{suffix}"))
