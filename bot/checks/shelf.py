"""A shelf that is only looked at: another process may be writing on it. Nothing is made, moved or removed."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.stores import UnreadableFile
from bot.stores.vault import Vault


class LookedAtShelf:
    """`FileShelf`'s documents, read from disk each time. Without a vault there is none yet: nothing stands there."""

    def __init__(self, folder: Path, vault: Vault | None, name: str) -> None:
        self._folder, self._vault, self._name = folder / name, vault, name

    async def get(self, key: str) -> dict[str, Any] | None:
        if self._vault is None:
            return None
        path = self._folder / f"{self._vault.hidden(self._name, key)}.doc"
        if path.with_suffix(".unreadable").exists():
            raise UnreadableFile(f"{path.name} of {self._name} is set aside.")
        return self._read(path)["document"] if path.exists() else None

    async def keys(self) -> tuple[str, ...]:
        if self._vault is None:
            return ()
        found = []
        for path in self._folder.glob("*.doc"):
            with suppress(FileNotFoundError):  # taken away just now
                found.append(self._read(path)["key"])
        return tuple(sorted(found))

    async def put(self, key: str, document: dict[str, Any]) -> None:
        raise PermissionError("This shelf is only looked at.")

    async def drop(self, key: str) -> None:
        raise PermissionError("This shelf is only looked at.")

    def _read(self, path: Path) -> dict[str, Any]:
        try:
            return json.loads(self._vault.of_shelf(self._name).unseal(self._name, path.stem, path.read_bytes()))
        except ValueError as fault:
            raise UnreadableFile(f"{path.name} of {self._name} cannot be read.") from fault
