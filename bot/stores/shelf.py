"""Small documents that are no case, on disk: drafts, dialog state, conversation references, language, connected groups.

One sealed file per key. Keys may be anything (a conversation's id, a person's), so a file is named by a keyed hash and
the key stands inside. Built after the case store is open: its lock is what keeps a second process away from here too.
"""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from bot.stores import UnreadableFile
from bot.stores.codec import packed
from bot.stores.files import make_folder, move_file, remove_file, remove_leftovers, replace_file
from bot.stores.turns import Turns
from bot.stores.vault import Vault, checked_name

REMEMBERED = 10_000
"""Documents kept in memory at most; the one not asked for longest goes first."""
LARGEST_REMEMBERED = 256 * 1024
"""Bytes: a piece of a file that waits for an answer is read once, and would only fill the memory."""
_SUFFIX, _ASIDE = ".doc", ".unreadable"


class FileShelf:
    """Shelf over files. What `get` gives is the caller's own copy; putting what is there already writes nothing.

    A document that cannot be read is set aside and its key raises UnreadableFile until it is put or dropped.
    """

    def __init__(self, folder: Path, vault: Vault, name: str, *, tidy: bool = True) -> None:
        """`tidy`: what a death left half-written goes. Not for whoever is not the one process that runs here."""
        self._name, self._vault = checked_name(name), vault
        self._folder, self._cipher = make_folder(folder / name), vault.of_shelf(name)
        self._turns = Turns()
        self._remembered: dict[str, bytes | None] = {}  # as JSON: a copy for each reader is one parse
        if tidy:
            remove_leftovers(self._folder)

    async def get(self, key: str) -> dict[str, Any] | None:
        if key in self._remembered:
            content = self._remembered[key]
            self._remember(key, content)  # now the last to be forgotten
        else:
            content = await self._turns.take(key, lambda: self._recall(key))
        return None if content is None else orjson.loads(content)

    async def put(self, key: str, document: dict[str, Any]) -> None:
        content = packed(document)
        if self._turns.free(key) and self._remembered.get(key) == content:
            return

        async def write() -> None:
            if self._remembered.get(key) != content:
                await self._changed(key, lambda: self._write(key, content))
                self._remember(key, content)

        await self._turns.take(key, write)

    async def drop(self, key: str) -> None:
        async def remove() -> None:
            await self._changed(key, lambda: self._remove(key))
            self._remember(key, None)

        await self._turns.take(key, remove)

    async def keys(self) -> tuple[str, ...]:
        """Every key that can be read, sorted; what cannot is set aside and told by `unreadable`."""
        return await asyncio.to_thread(self._keys)

    async def unreadable(self) -> tuple[str, ...]:
        """Names of the files set aside, now or since an earlier start, for the administrator."""
        return tuple(sorted(path.name for path in self._folder.glob(f"*{_ASIDE}")))

    async def close(self) -> None:
        await self._turns.finish()

    async def _changed(self, key: str, change: Callable[[], None]) -> None:
        """What a disk that failed has kept is read from it when it is next asked for: it may be either."""
        try:
            await asyncio.to_thread(change)
        except OSError:
            self._remembered.pop(key, None)
            raise

    async def _recall(self, key: str) -> bytes | None:
        if key in self._remembered:  # somebody before us in the queue may have asked the same
            return self._remembered[key]
        content = await asyncio.to_thread(self._read_key, key)
        self._remember(key, content)
        return content

    def _remember(self, key: str, content: bytes | None) -> None:
        self._remembered.pop(key, None)
        if content is not None and len(content) > LARGEST_REMEMBERED:
            return
        self._remembered[key] = None if content is None else bytes(memoryview(content))  # orjson's own are far roomier
        if len(self._remembered) > REMEMBERED:
            del self._remembered[next(iter(self._remembered))]

    # --- in threads ---

    def _path(self, key: str) -> Path:
        return self._folder / f"{self._vault.hidden(self._name, key)}{_SUFFIX}"

    def _read_key(self, key: str) -> bytes | None:
        path = self._path(key)
        if path.exists():
            return packed(self._read(path)["document"])
        if path.with_suffix(_ASIDE).exists():
            raise UnreadableFile(f"{path.name} of {self._name} could not be read, and is set aside.")
        return None

    def _read(self, path: Path) -> dict[str, Any]:
        try:
            return orjson.loads(self._cipher.unseal(self._name, path.stem, path.read_bytes()))
        except (UnreadableFile, ValueError) as fault:
            with suppress(FileNotFoundError):  # another reader was quicker
                move_file(path, path.with_suffix(_ASIDE))
            raise UnreadableFile(f"{path.name} of {self._name} could not be read, and is set aside.") from fault

    def _write(self, key: str, content: bytes) -> None:
        path = self._path(key)
        kept = b'{"key":%b,"document":%b}' % (json.dumps(key).encode(), content)
        replace_file(path, self._cipher.seal(self._name, path.stem, kept))

    def _remove(self, key: str) -> None:
        path = self._path(key)
        remove_file(path)
        remove_file(path.with_suffix(_ASIDE))

    def _keys(self) -> tuple[str, ...]:
        found = []
        for path in self._folder.glob(f"*{_SUFFIX}"):
            try:
                found.append(self._read(path)["key"])
            except (FileNotFoundError, UnreadableFile):
                continue  # dropped just now, or set aside and told
        return tuple(sorted(found))
