"""Carrying settings from one place to another: checked whole, the difference told, and then written."""

import difflib
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.keeping.records import Records
from bot.setup.faults import Fault
from bot.setup.organisation import Organisation
from bot.setup.settings_file import ORGANISATION, Bundle, bundle_of, files_inside, write_bundle
from bot.setup.standing import Sources
from bot.stores.vault import replace_file
from casework.vocabulary import WorkplaceId

BEFORE, BEFORE_AGAIN = "settings-before.zip", "settings-before-again.zip"
"""Beside organisation.toml: what an import has replaced; and what was there when one that broke off is done again."""
UNDER_WAY = ".settings-import"
"""Beside it too, as long as files are being replaced: found there, what is here is half of one and half of another."""


@dataclass(frozen=True)
class Before:
    """Where what was here is kept, if there was anything. `cut_off`: and what was before an import that broke off."""

    here: Path | None = None
    cut_off: Path | None = None


@contextmanager
def unpacked(bundle: Bundle) -> Iterator[Sources]:
    """The bundle's files in a folder of their own, to be read and checked as if they were in force."""
    with TemporaryDirectory(prefix="vaern-settings-") as folder:
        place = Path(folder)
        (place / ORGANISATION).write_bytes(bundle.organisation)
        _written(place / "overlay", bundle.overlay)
        yield Sources(place / ORGANISATION, place / "overlay" if bundle.overlay else None)


def homeless(bundle: Bundle, here: Sources) -> tuple[Fault, ...]:
    """Local changes need a folder to go to."""
    if not bundle.overlay or here.overlay is not None:
        return ()
    return (Fault("VAERN_OVERLAY", "is not set", "The file brings local changes: it is the folder they go to."),)


def difference(bundle: Bundle, here: Sources) -> list[str]:
    """What would change, as a unified diff of every file that would."""
    now = bundle_of(here, {}) if here.organisation.exists() else Bundle(b"")
    pairs = {ORGANISATION: (now.organisation, bundle.organisation)}
    for name in sorted({*now.overlay, *bundle.overlay}):
        pairs[f"overlay/{name}"] = now.overlay.get(name, b""), bundle.overlay.get(name, b"")
    return [line for name, (before, after) in pairs.items() for line in _diff(name, before, after)]


def _diff(name: str, before: bytes, after: bytes) -> Iterator[str]:
    old, new = (content.decode("utf-8", "replace").splitlines() for content in (before, after))
    return difflib.unified_diff(old, new, f"{name} (here)", f"{name} (file)", lineterm="")


async def groups_to_add(
    bundle: Bundle, organisation: Organisation, records: Records
) -> tuple[dict[str, str], list[str]]:
    """Which groups can be connected here, and a line for each that cannot. What is connected here stays."""
    chosen, told = {}, []
    for workplace, conversation in bundle.groups.items():
        known, connected = await records.get(conversation), await records.of_group(WorkplaceId(workplace))
        if connected is not None:
            told += [] if connected.id == conversation else [f"{workplace}: its group is connected here already."]
        elif workplace not in organisation.workplaces_by_id:
            told.append(f"{workplace}: there is no such workplace.")
        elif known is None or known.kind == "personal" or known.workplace is not None:
            told.append(f"{workplace}: its channel is not known here. Somebody writes »tilslut« in it.")
        else:
            chosen[workplace] = conversation
    return chosen, told


async def connect_groups(groups: Mapping[str, str], records: Records) -> None:
    """Each in a conversation of its own; the second of two that name the same one is left."""
    for workplace, conversation in groups.items():
        record = await records.get(conversation)
        if record is not None and record.workplace is None:
            await records.connect(WorkplaceId(workplace), record)


async def connected_groups(organisation: Organisation, records: Records) -> dict[str, str]:
    """Where each workplace's group is connected."""
    found = {place.id: await records.of_group(place.id) for place in organisation.workplaces}
    return {workplace: record.id for workplace, record in found.items() if record is not None}


def put_in_place(bundle: Bundle, here: Sources, now: datetime) -> Before:
    """Every file replaced whole. What was there is kept as a file that can be imported, also when it breaks off."""
    before = _kept_before(here, now) if here.organisation.exists() else Before()
    like = here.organisation.stat() if before.here else None
    if here.overlay is not None:
        _replace_files(here.overlay, bundle.overlay, like)
    here.organisation.parent.mkdir(parents=True, exist_ok=True)
    _replace(here.organisation, bundle.organisation, like)
    finished(here)
    return before


def _kept_before(here: Sources, now: datetime) -> Before:
    """What was here whole, before an import broke off, stays what it is, however often it breaks off."""
    mark, whole = here.organisation.with_name(UNDER_WAY), here.organisation.with_name(BEFORE)
    again = here.organisation.with_name(BEFORE_AGAIN)
    broke_off = mark.exists() and whole.exists()
    write_bundle(again if broke_off else whole, bundle_of(here, {}), now)
    replace_file(mark, b"")
    return Before(again, whole) if broke_off else Before(whole)


def finished(here: Sources) -> None:
    """Everything is as the file has it: the next import replaces something whole."""
    here.organisation.with_name(UNDER_WAY).unlink(missing_ok=True)


def _replace(path: Path, content: bytes, like: os.stat_result | None) -> None:
    """Readable for whoever could read the settings before: who imports them need not be who the bot runs as."""
    replace_file(path, content)
    if like is not None:
        os.chmod(path, stat.S_IMODE(like.st_mode))
        if os.geteuid() == 0:
            os.chown(path, like.st_uid, like.st_gid)


def _replace_files(folder: Path, files: Mapping[str, bytes], like: os.stat_result | None) -> None:
    """File by file, for the folder may be a volume that cannot be renamed. What is not among them goes."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        _replace(folder / name, content, like)
    for name in {name for name, _ in files_inside(folder)} - set(files):
        (folder / name).unlink()
    for left in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(left.iterdir()):
            left.rmdir()


def _written(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
