"""A copy of the data folder that opens as the store was, made while the bot writes on or when it does not run.

Every file is replaced whole, so each is read whole, but for own keys, which are written behind the ones there are or
wiped where they lie. What holds them together is the order in which they are read:

    what is no case   may point to a case: that is read later, and so is there
    cases             one by one, wherever each lies now: open or closed
    uploads           durable before the event that names them; one too many counts as never received
    keys              made before the first file they lock; what was destroyed meanwhile is gone from the copy too
    the erasure log   last: a case that lost its key on the way stands in it

Neither lock nor master key is needed, and neither is in the copy. `manifest.json` names every file with its SHA-256.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import chain
from pathlib import Path

from bot.stores.case_folder import CASE
from bot.stores.files import make_folder, replace_file, sync_folder
from bot.stores.vault import FORMER

CASES, KEYS = "cases", "keys"
ERASED = f"{CASES}/erased"
MANIFEST, NOTE, RESTORING = "manifest.json", "last_backup", "restoring"
# what nobody has said yes to keeping lies there for a day at most: a copy would keep it
NOT_COPIED = re.compile(rf"{CASES}/lock|(offers|deliveries)/.*|master\.key|{NOTE}|(.*/)?\..*\.tmp")
STAMP = "%Y%m%dT%H%M%SZ"
_PART = 1024 * 1024


class BackupFault(Exception):
    """No backup was made, or none can be put back; the text says why and what to do."""


def last_backup(data: Path) -> datetime | None:
    """When the last whole backup of this data folder was made; None when none is known of."""
    with suppress(OSError, ValueError):
        made_at = datetime.fromisoformat((data / NOTE).read_text("ascii").strip())
        return made_at if made_at.utcoffset() is not None else None
    return None


def note_backup(data: Path, made_at: datetime) -> None:
    """Durable on return."""
    replace_file(data / NOTE, f"{made_at.isoformat()}\n".encode())


def back_up(
    data: Path, to: Path, now: datetime, key_file: Path | None = None, taken: Callable[[str], None] = lambda name: None
) -> Path:
    """The folder of the new backup in `to`, named by the moment. `taken` hears of each file as it is copied."""
    _must_be_possible(data, to)
    place = make_folder(to) / f"{now:{STAMP}}"
    draft = to / f".{place.name}.part"
    if place.exists():
        raise BackupFault(f"{place} is there already. Make the backup a second later.")
    shutil.rmtree(draft, ignore_errors=True)
    copy = Copy(data, make_folder(draft), key_file, taken)
    copy.everything()
    manifest = {"version": 1, "made_at": now.isoformat(), "files": copy.files}
    replace_file(draft / MANIFEST, json.dumps(manifest, indent=1).encode())
    os.sync()
    os.rename(draft, place)
    sync_folder(to)
    note_backup(data, now)
    return place


def forget_older(to: Path, age: timedelta, now: datetime) -> tuple[Path, ...]:
    """Removes the backups in `to` that are older than that, and what a broken-off one left. Nothing else there."""
    old = []
    for place in to.iterdir():
        with suppress(ValueError):
            made_at = datetime.strptime(place.name.strip(".").removesuffix(".part"), STAMP).replace(tzinfo=now.tzinfo)
            if made_at < now - age:
                old.append(place)
    for place in old:
        shutil.rmtree(place)
    return tuple(sorted(old))


def _must_be_possible(data: Path, to: Path) -> None:
    if not (data / KEYS / "check").exists():
        raise BackupFault(f"{data} holds no store. Expected the folder that VAERN_DATA names.")
    if (data / RESTORING).exists():
        raise BackupFault(f"{data} is only half restored. Finish that first: `python -m bot restore`.")
    if data.resolve() in (to.resolve(), *to.resolve().parents):
        raise BackupFault(f"{to} lies in {data}. Expected a folder outside it, best on another disk.")


class Copy:
    """The copying of one data folder. `files` is what was copied so far, with its SHA-256."""

    def __init__(self, data: Path, to: Path, key_file: Path | None, taken: Callable[[str], None]) -> None:
        self._data, self._to, self._key_file, self._taken = data, to, key_file, taken
        self.files: dict[str, str] = {}

    def everything(self) -> None:
        """In the order that the module's docstring gives reasons for."""
        self._take_all(path for path in _files(self._data) if self._top(path) not in (CASES, KEYS))
        cases = [case for case in self._cases() if self._take_case(case)]
        for case in cases:
            self._take_all(_files(self._data / CASES / "blobs" / case))
        self._take_all(_files(self._data / CASES / "set_aside"))
        self._take_keys()
        self._take(self._data / ERASED)

    def _top(self, path: Path) -> str:
        return path.relative_to(self._data).parts[0]

    def _cases(self) -> list[str]:
        """Also those that move between the folders while we look: every case has a key."""
        cases = self._data / CASES
        looked = chain((cases / "open").glob(f"*{CASE}"), (cases / "closed").glob(f"*{CASE}"))
        return sorted({path.stem for path in looked} | {path.name for path in _files(self._data / KEYS / "keys")})

    def _take_case(self, case: str) -> bool:
        """It may be closed or opened again just now, so it is looked for once more where it was not."""
        places = [self._data / CASES / folder / f"{case}{CASE}" for folder in ("open", "closed", "open", "closed")]
        return any(self._take(place) for place in places)

    def _take_keys(self) -> None:
        check, former = self._data / KEYS / "check", self._data / KEYS / FORMER
        before = check.read_bytes()
        self._take_all(_files(self._data / KEYS))
        if check.read_bytes() != before or former.exists() or f"{KEYS}/{FORMER}" in self.files:
            raise BackupFault("The master key is just being changed. Make the backup when that is done.")

    def _take_all(self, paths: Iterator[Path]) -> None:
        for path in paths:
            self._take(path)

    def _take(self, path: Path) -> bool:
        """False when it has gone meanwhile, or is nothing to be copied."""
        name = path.relative_to(self._data).as_posix()
        if NOT_COPIED.fullmatch(name) or path == self._key_file:
            return False
        try:
            self.files[name] = copied(path, self._to / name)
        except FileNotFoundError:
            return False
        self._taken(name)
        return True


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def copied(path: Path, to: Path) -> str:
    """Copies one file, whose folder is made, and gives its SHA-256 in hex. On disk only after the next sync."""
    source = os.open(path, os.O_RDONLY)
    try:
        make_folder(to.parent)
        return _poured(source, to)
    finally:
        os.close(source)


def _poured(source: int, to: Path) -> str:
    digest, target = sha256(), os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        while part := os.read(source, _PART):
            digest.update(part)
            rest = memoryview(part)
            while rest:
                rest = rest[os.write(target, rest) :]
    finally:
        os.close(target)
    return digest.hexdigest()
