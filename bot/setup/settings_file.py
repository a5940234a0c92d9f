"""Settings as one file to carry elsewhere: organisation.toml, local changes, connected groups. No secret, no case."""

import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bot.setup.faults import Fault, shown
from bot.setup.standing import Sources
from bot.stores.files import replace_file

FORMAT = 1
ORGANISATION, OVERLAY, GROUPS, ABOUT = "organisation.toml", "overlay/", "groups.json", "about.json"
MOST_FILES, LARGEST = 500, 2 * 1024 * 1024  # a guide's worth of files, and bytes of one
BROKEN = (zipfile.BadZipFile, EOFError, lzma.LZMAError, zlib.error, ValueError, NotImplementedError, RuntimeError)
"""A zip that is damaged, locked, or packed strangely; each way of packing has a fault of its own."""
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file inside, so that the same settings make the same file


@dataclass(frozen=True)
class Bundle:
    """`overlay`: file by path inside its folder. `groups`: the conversation each workplace's group is connected in."""

    organisation: bytes
    overlay: Mapping[str, bytes] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)


def bundle_of(sources: Sources, groups: Mapping[str, str]) -> Bundle:
    """What lies there now."""
    return Bundle(sources.organisation.read_bytes(), dict(files_inside(sources.overlay)), groups)


def files_inside(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    """Each file by its path in the folder; hidden ones and what editors leave behind are passed over."""
    for file in sorted(folder.rglob("*")) if folder and folder.exists() else ():
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.is_file() and not hidden and not file.name.endswith("~"):
            yield file.relative_to(folder).as_posix(), file.read_bytes()


def write_bundle(file: Path, bundle: Bundle, now: datetime) -> None:
    """The zip. `about.json` says which Værn wrote it, and when."""
    about = {"format": FORMAT, "vaern": version("vaern"), "exported_at": now.isoformat()}
    file.parent.mkdir(parents=True, exist_ok=True)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _files(bundle, about).items():
            packed.writestr(zipfile.ZipInfo(name, FIRST_MOMENT), content, zipfile.ZIP_DEFLATED)
    replace_file(file, whole.getvalue())  # for its owner alone: people's names and numbers are in it


def _files(bundle: Bundle, about: Mapping[str, Any]) -> dict[str, bytes]:
    return {
        ABOUT: json.dumps(about, indent=2).encode(),
        ORGANISATION: bundle.organisation,
        GROUPS: json.dumps(dict(bundle.groups), indent=2, sort_keys=True).encode(),
        **{f"{OVERLAY}{name}": content for name, content in bundle.overlay.items()},
    }


def read_bundle(file: Path) -> tuple[Bundle | None, tuple[Fault, ...]]:
    """The settings in a zip, or None and why they cannot be had. What they say is not looked at here."""
    try:
        with zipfile.ZipFile(file) as packed:
            faults = (*_strange(packed.infolist(), file.name), *_missing(packed.namelist(), file.name))
            return (None, faults) if faults else _bundle(packed, file.name)
    except OSError:
        return None, (Fault(file.name, "cannot be read", f"Expected a file at {file} that `settings export` wrote."),)
    except BROKEN:
        return None, (Fault(file.name, "is damaged", "Expected a zip that `settings export` wrote."),)


def _strange(entries: list[zipfile.ZipInfo], file: str) -> Iterator[Fault]:
    """Nothing is unpacked that would lie outside its folder, or is larger than settings are."""
    if len(entries) > MOST_FILES:
        yield Fault(file, f"holds {len(entries)} files", f"Expected at most {MOST_FILES}.")
    for entry in entries:
        if entry.filename not in (ORGANISATION, GROUPS, ABOUT) and not _in_overlay(entry.filename):
            yield Fault(entry.filename, "does not belong there", f"Expected {ORGANISATION}, {OVERLAY}… only.", file)
        elif entry.file_size > LARGEST:
            yield Fault(entry.filename, f"is {entry.file_size} bytes", f"Expected at most {LARGEST}.", file)


def _in_overlay(name: str) -> bool:
    """As it is written and no other way: `overlay//etc/passwd` would be an absolute path inside the folder."""
    parts = name.split("/")
    plain = all(part and not part.startswith(".") for part in parts)
    return name.startswith(OVERLAY) and len(parts) > 1 and plain and "\\" not in name


def _missing(names: list[str], file: str) -> Iterator[Fault]:
    for name in (ORGANISATION, ABOUT):
        if name not in names:
            yield Fault(name, "is missing", "Expected a zip that `settings export` wrote.", file)


def _bundle(packed: zipfile.ZipFile, file: str) -> tuple[Bundle | None, tuple[Fault, ...]]:
    names = packed.namelist()
    about = json.loads(packed.read(ABOUT))
    groups = json.loads(packed.read(GROUPS)) if GROUPS in names else {}
    found = about.get("format") if isinstance(about, dict) else None
    if found != FORMAT:
        return None, (Fault(f"{ABOUT}: format", shown(found), f"This Værn reads format {FORMAT}.", file),)
    if not isinstance(groups, dict) or not all(isinstance(value, str) for value in groups.values()):
        return None, (Fault(GROUPS, "has another shape", "Expected a conversation for each workplace.", file),)
    overlay = {name.removeprefix(OVERLAY): packed.read(name) for name in names if name.startswith(OVERLAY)}
    return Bundle(packed.read(ORGANISATION), overlay, groups), ()
