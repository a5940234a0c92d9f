"""Putting a backup back: checked file by file, into an empty place only, and never a case that was erased since.

While it goes on the place carries a mark, and no bot starts on it. A death on the way costs nothing: said again, it
begins anew. The log of erasures is put together from the backup, the place, and the other backups beside it.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path, PurePosixPath

from bot.keeping.backup import CASES, ERASED, KEYS, MANIFEST, NOTE, RESTORING, BackupFault, copied, note_backup
from bot.stores import UnreadableFile, WrongKey
from bot.stores.erasure_log import read_erasure_log, write_erasure_log
from bot.stores.files import make_folder, remove_file, remove_leftovers, replace_file
from bot.stores.vault import ITEMS, fits

STAYS = re.compile(rf"{ERASED}|{NOTE}|{RESTORING}|{CASES}/lock|master\.key|\.{RESTORING}\..*|lost\+found(/.*)?")
"""What may lie in the place: nothing of a store but its log of erasures."""
MOST_TOLD = 5


@dataclass(frozen=True)
class Restored:
    """How much was put back, and which cases of the backup were left out because they are erased."""

    made_at: datetime
    files: int
    erased: tuple[str, ...]


def restore(backup: Path, data: Path, master_key: bytes, key_file: Path | None = None) -> Restored:
    """BackupFault or WrongKey with nothing touched, unless the backup is whole, the key fits and the place is empty."""
    made_at, files = _whole(backup)
    if not fits(backup / KEYS, master_key):
        raise WrongKey(f"The master key is not the one {backup} was made with. Nothing was touched.")
    _must_be_empty(data, key_file)
    erased = _erased(backup, data)
    kept = {name: digest for name, digest in files.items() if not set(_ids(name)) & erased}
    left_out = {case for name in files for case in _ids(name)} & erased
    replace_file(make_folder(data) / RESTORING, b"")
    _cleared(data, key_file)
    write_erasure_log(make_folder(data / CASES) / "erased", erased)
    _put(backup, data, kept)
    note_backup(data, made_at)
    remove_leftovers(data)
    remove_file(data / RESTORING)
    return Restored(made_at, len(kept), tuple(sorted(left_out)))


def refuse_half_restored(data: Path) -> None:
    """BackupFault when a restore was broken off here: what is there is not the whole."""
    if (data / RESTORING).exists():
        raise BackupFault(f"{data} is only half restored. Nothing was touched; say `python -m bot restore` again.")


def _whole(backup: Path) -> tuple[datetime, dict[str, str]]:
    """When it was made, and its files with their SHA-256, each of which has been read."""
    try:
        manifest = json.loads((backup / MANIFEST).read_text("utf-8"))
        made_at, files = datetime.fromisoformat(manifest["made_at"]), dict(manifest["files"])
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupFault(f"{backup} is no backup: {MANIFEST} there cannot be read.") from None
    if manifest.get("version") != 1 or f"{KEYS}/check" not in files or not all(_lies_within(name) for name in files):
        raise BackupFault(f"{backup / MANIFEST} is not what this version writes. Use the version that made it.")
    if wrong := [name for name, digest in files.items() if _digest(backup / name) != digest]:
        more = f" and {len(wrong) - MOST_TOLD} more" if len(wrong) > MOST_TOLD else ""
        named = ", ".join(wrong[:MOST_TOLD])
        raise BackupFault(f"{backup} is damaged: {named}{more}. Nothing was touched; take another backup.")
    return made_at, files


def _lies_within(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _must_be_empty(data: Path, key_file: Path | None) -> None:
    found = [] if (data / RESTORING).exists() else list(_in_the_way(data, key_file))
    if found:
        raise BackupFault(
            f"{data} is not empty: it holds {found[0].relative_to(data)}. Nothing was touched. Stop the bot, move what "
            f"is there away, and leave only {ERASED}, so that what was erased stays erased."
        )


def _in_the_way(data: Path, key_file: Path | None) -> Iterator[Path]:
    for path in sorted(data.rglob("*")):
        if path.is_file() and path != key_file and not STAYS.fullmatch(path.relative_to(data).as_posix()):
            yield path


def _cleared(data: Path, key_file: Path | None) -> None:
    """What a restore that was broken off had put there."""
    for path in _in_the_way(data, key_file):
        path.unlink()


def _erased(backup: Path, data: Path) -> frozenset[str]:
    """Everything known to be erased; a later backup beside this one knows more than this one."""
    logs = [data / ERASED, backup / ERASED, *backup.resolve().parent.glob(f"*/{ERASED}")]
    try:
        return frozenset().union(*map(read_erasure_log, logs))
    except UnreadableFile as fault:
        raise BackupFault(str(fault)) from None


def _ids(name: str) -> Iterator[str]:
    """The case that a file in the backup belongs to, if any."""
    folder, _, rest = name.partition("/")
    if folder == KEYS and rest.startswith(("keys/", f"{ITEMS}/")):
        yield rest.split("/")[1]
    elif folder == CASES and "/" in rest:
        yield rest.split("/")[1].split(".")[0]


def _put(backup: Path, data: Path, files: dict[str, str]) -> None:
    for name, digest in files.items():
        if name != ERASED and copied(backup / name, data / name) != digest:
            raise BackupFault(f"{name} was changed while it was put back. Say `python -m bot restore` again.")
    os.sync()
