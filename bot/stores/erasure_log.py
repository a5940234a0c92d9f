"""Which cases were erased: a file of ids, one a line, that goes along when a backup is put back."""

from pathlib import Path

from bot.stores import UnreadableFile
from bot.stores.files import replace_file
from bot.stores.vault import is_name


def read_erasure_log(path: Path) -> frozenset[str]:
    """Ids of the cases that are erased; UnreadableFile when it holds anything else. No such file: none."""
    entries = frozenset(path.read_text("ascii", "replace").split()) if path.exists() else frozenset()
    if strange := sorted(entry for entry in entries if not is_name(entry)):
        raise UnreadableFile(f"{path}: {strange[0]!r} is no case id. Expected one id a line. Nothing was touched.")
    return entries


def write_erasure_log(path: Path, entries: frozenset[str]) -> None:
    """Durable on return."""
    replace_file(path, "".join(f"{entry}\n" for entry in sorted(entries)).encode())
