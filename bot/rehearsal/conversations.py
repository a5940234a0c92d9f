"""Where the practice room keeps its conversations and files: in memory, or one TinyDB file each in a folder.

TinyDB because the cases lie in it too; its own storage writes in place, so the file is replaced whole here instead.
"""

import asyncio
import json
import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage

from bot.rehearsal.messages import Conversation

FILE_ID = re.compile(r"[A-Za-z0-9_-]{20,64}")


class WholeFileStorage(Storage):
    """TinyDB's file, replaced whole or not at all, and read only by its owner."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, Any] | None:
        return json.loads(self._path.read_text("utf-8")) if self._path.exists() else None

    def write(self, data: dict[str, Any]) -> None:
        replace_whole(self._path, json.dumps(data, ensure_ascii=False).encode())


class Conversations:
    """All conversations by id, and the bytes of what people sent. `folder` None: nothing outlives the process."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._files: dict[str, bytes] = {}
        self._writing: dict[str, asyncio.Lock] = {}
        self.by_id: dict[str, Conversation] = {}
        if folder:
            (folder / "files").mkdir(parents=True, exist_ok=True, mode=0o700)
            self.by_id = {c.id: c for c in map(_read, sorted(folder.glob("*.json")))}

    async def keep(self, conversation: Conversation) -> None:
        """Durable on return."""
        self.by_id[conversation.id] = conversation
        if not self._folder:
            return
        async with self._writing.setdefault(conversation.id, asyncio.Lock()):
            path = self._folder / f"{sha256(conversation.id.encode()).hexdigest()[:32]}.json"
            await asyncio.to_thread(_write, path, conversation.document())

    async def put_file(self, file: str, content: bytes) -> None:
        """Durable on return."""
        if self._folder:
            await asyncio.to_thread(replace_whole, self._folder / "files" / file, content)
        else:
            self._files[file] = content

    async def get_file(self, file: str) -> bytes | None:
        """The bytes, or None when there is no such file."""
        if not FILE_ID.fullmatch(file):
            return None
        if not self._folder:
            return self._files.get(file)
        path = self._folder / "files" / file
        return await asyncio.to_thread(lambda: path.read_bytes() if path.exists() else None)


def replace_whole(path: Path, content: bytes) -> None:
    """The whole new file or the whole old one, whatever happens meanwhile."""
    beside = path.with_name(path.name + ".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(path: Path, document: dict[str, Any]) -> None:
    with TinyDB(path, storage=WholeFileStorage) as db:
        db.table("conversation").upsert(document, lambda _: True)


def _read(path: Path) -> Conversation:
    with TinyDB(path, storage=WholeFileStorage) as db:
        (document,) = db.table("conversation").all()
        return Conversation.read(document)
