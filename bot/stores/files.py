"""Files that are replaced whole or not at all, and are on disk when it is said that they are."""

import contextlib
import os
import secrets
import shutil
from pathlib import Path

_LEFTOVER = ".tmp"
_AT_ONCE = 1 << 20


def read_file(path: Path) -> bytes:
    """All of it in three calls of the system, where `read_bytes` makes eight: after each, a thread waits its turn."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        content = part = os.read(descriptor, _AT_ONCE)
        while len(part) == _AT_ONCE:
            part = os.read(descriptor, _AT_ONCE)
            content += part
        return content
    finally:
        os.close(descriptor)


def replace_file(path: Path, content: bytes) -> None:
    """Puts the content in the path's place. Durable on return; a death on the way leaves the old file or the new."""
    draft = draft_of(path)
    try:
        write_durably(draft, content)
        os.replace(draft, path)
    except BaseException:
        drop_draft(draft)
        raise
    sync_folder(path.parent)


def draft_of(path: Path) -> str:
    """A name beside it for what is not whole yet: `remove_leftovers` knows it after a death.

    A plain string, since pathlib interns every name it hears, and no other is drawn as often.
    """
    return f"{path.parent}/.{path.name}.{secrets.token_hex(4)}{_LEFTOVER}"


def drop_draft(draft: str) -> None:
    """It is not to become anything any more; gone already: nothing."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(draft)


def write_durably(path: Path | str, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        write_all(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def move_file(path: Path, to: Path) -> None:
    """Moves a file or folder within one disk. Durable on return."""
    os.replace(path, to)
    sync_folder(to.parent)
    sync_folder(path.parent)


def remove_file(path: Path) -> None:
    """Durable on return; no such file: nothing."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
        sync_folder(path.parent)


def wipe_file(path: Path) -> None:
    """Overwritten where it lies, then removed: for what must not be found in a block that was given back."""
    with contextlib.suppress(FileNotFoundError):
        descriptor = os.open(path, os.O_WRONLY)
        try:
            write_all(descriptor, bytes(os.fstat(descriptor).st_size))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        remove_file(path)


def remove_folder(folder: Path) -> None:
    """With all that is in it. Durable on return; no such folder: nothing."""
    if folder.is_dir():
        shutil.rmtree(folder)
        sync_folder(folder.parent)


def make_folder(folder: Path) -> Path:
    """The folder, for its owner alone. Durable on return; there already: nothing."""
    if not folder.is_dir():
        make_folder(folder.parent)
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder, 0o700)
        sync_folder(folder.parent)
    return folder


def remove_leftovers(folder: Path) -> None:
    """Half-written files of a process that died. Only for the one process that writes here: others' would go too."""
    for draft in folder.glob(f".*{_LEFTOVER}"):
        draft.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
