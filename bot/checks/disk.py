"""The disk under the data folder: room, whether it takes writes and keeps them, and whether locks hold on it."""

import asyncio
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from bot.checks import Finding, Findings, fault, ok, warning
from bot.checks.site import MEGABYTE, Ground, Site
from bot.checks.store import reason

SPACE = "\\040"  # as the machine writes it in its list of mounts
SHARED = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.blobfuse", "fuse.s3fs", "davfs")
"""Beginnings of the names of file systems that several machines write to."""


async def disk(site: Site) -> Findings:
    """The folder itself, or the nearest above it that is there. With a database the folder may be any, or none."""
    if not site.in_files:
        return ()
    return await asyncio.to_thread(_looked_at, site.settings.data, site.ground)


def _looked_at(data: Path, ground: Ground) -> Findings:
    folder = _nearest(data)
    if not folder.is_dir():
        return (fault("disk_no_folder", str(folder)),)
    return _room(folder, ground), *_writing(folder), *_network(folder, ground)


def _nearest(data: Path) -> Path:
    return next(place for place in (data, *data.absolute().parents) if place.exists())


def _room(folder: Path, ground: Ground) -> Finding:
    free = shutil.disk_usage(folder).free
    size = f"{free // MEGABYTE} MB"
    if free < ground.no_space:
        return fault("disk_full", str(folder), size)
    return warning("disk_low", str(folder), size) if free < ground.little_space else ok("disk_room", detail=size)


def _writing(folder: Path) -> Findings:
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".check-") as file:
            file.write(b"vaern")
            file.flush()
            os.fsync(file.fileno())
            locks = _locks_hold(Path(file.name))
    except OSError as broken:
        return (fault("disk_not_writable", str(folder), reason(broken)),)
    return ok("disk_writes"), *(() if locks else (warning("disk_locks", str(folder)),))


def _locks_hold(file: Path) -> bool:
    """Whether who comes second is kept out: only one process may have the store open."""
    first, second = (os.open(file, os.O_RDWR) for _ in range(2))
    try:
        fcntl.flock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(first), os.close(second)
    return False


def _network(folder: Path, ground: Ground) -> Findings:
    kind = _kind(folder.resolve(), ground.mounts)
    return (warning("disk_network", str(folder), kind),) if kind.startswith(SHARED) else ()


def _kind(folder: Path, mounts: Path) -> str:
    """The file system of the longest mount point above the folder; empty where the machine does not say."""
    if not mounts.exists():
        return ""
    rows = (line.split() for line in mounts.read_text("utf-8", "replace").splitlines())
    found = [(row[1], row[2]) for row in rows if len(row) > 2 and folder.is_relative_to(row[1].replace(SPACE, " "))]
    return max(reversed(found), key=lambda row: len(row[0]), default=("", ""))[1]  # the later hides the earlier
