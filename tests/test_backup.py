"""A backup: consistent although the bot writes on, whole or not there, and put back without what was erased since."""

import asyncio
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from bot.keeping.backup import NOTE, BackupFault, back_up, forget_older, last_backup, note_backup
from bot.stores import Commit
from tests.kept_store import CASES, KEY, House, found, furnish, names

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def test_the_last_backup_is_the_one_that_was_noted(tmp_path: Path):
    note_backup(tmp_path, NOON)

    assert last_backup(tmp_path) == NOON


@pytest.mark.parametrize("found", [None, "", "yesterday", "2026-11-25T12:00:00", "æ"])
def test_a_note_that_says_no_moment_is_no_backup(tmp_path: Path, found: str | None):
    if found is not None:
        (tmp_path / NOTE).write_text(found)

    assert last_backup(tmp_path) is None


# --- the copy ---


async def test_what_a_backup_opens_to_is_what_the_store_was(tmp_path: Path):
    data = tmp_path / "data"
    await furnish(data)

    place = back_up(data, tmp_path / "backups", NOON)

    assert await found(place) == await found(data)
    assert (place.name, last_backup(data)) == ("20261125T120000Z", NOON)


async def test_the_manifest_names_every_file_with_its_hash(tmp_path: Path):
    await furnish(tmp_path / "data")

    place = back_up(tmp_path / "data", tmp_path / "backups", NOON)

    manifest = json.loads((place / "manifest.json").read_text())
    assert manifest["files"] == {
        name: sha256((place / name).read_bytes()).hexdigest() for name in names(place) - {"manifest.json"}
    }
    assert datetime.fromisoformat(manifest["made_at"]) == NOON


async def test_neither_master_key_nor_lock_nor_half_written_files_are_in_it(tmp_path: Path):
    data = tmp_path / "data"
    await furnish(data)
    (data / "master.key").write_bytes(KEY)
    (data / "secret").write_bytes(KEY)
    (data / "cases" / "open" / ".VK-OPEN.case.0.tmp").write_bytes(b"half")

    place = back_up(data, tmp_path / "backups", NOON, key_file=data / "secret")

    assert not {name for name in names(place) if "key" in Path(name).name or "lock" in name or "tmp" in name}
    assert all(KEY not in path.read_bytes() for path in place.rglob("*") if path.is_file())


async def test_a_backup_is_there_whole_or_not_at_all(tmp_path: Path):
    """Broken off after any file: no folder that looks like a backup, no note, and the next one succeeds."""
    data, backups = tmp_path / "data", tmp_path / "backups"
    await furnish(data)
    files = len(names(back_up(data, tmp_path / "whole", NOON))) - 1
    (data / NOTE).unlink()

    for last in range(files):
        with pytest.raises(OSError, match="full"):
            back_up(data, backups, NOON, taken=disk_full_after(last))
        assert [path for path in backups.iterdir() if not path.name.startswith(".")] == []
        assert last_backup(data) is None

    assert len(names(back_up(data, backups, NOON))) == files + 1


def disk_full_after(files: int) -> Callable[[str], None]:
    left = iter(range(files))

    def taken(name: str) -> None:
        if next(left, None) is None:
            raise OSError("the disk is full")

    return taken


# --- while the bot writes ---


async def close(house: House) -> None:
    await house.write("VK-OPEN", closed=True)


async def reopen(house: House) -> None:
    await house.write("VK-CLOSED")


async def reopen_and_close_another(house: House) -> None:
    await house.write("VK-CLOSED")
    await house.write("VK-OPEN", closed=True)


async def begin(house: House) -> None:
    await house.write("VK-AAA", item="first")
    await house.write("VK-ZZZ", item="first")


async def upload(house: House) -> None:
    for case in ("VK-OPEN", "VK-CLOSED", "VK-PHOTO"):
        await house.write(case, item="another", closed=case == "VK-CLOSED")


async def erase(house: House) -> None:
    await house.store.erase("VK-PHOTO")


async def shelve(house: House) -> None:
    await house.shelf.put("anna", {"step": 2})
    await house.shelf.put("bo", {"step": 1})


WRITES = (close, reopen, reopen_and_close_another, begin, upload, erase, shelve)


@pytest.mark.parametrize("write", WRITES)
async def test_whatever_is_written_between_any_two_files_the_copy_opens_with_nothing_lost(tmp_path: Path, write):
    """Each case is as it was before the write or after it, every upload that it names is there, nothing set aside."""
    await furnish(tmp_path / "template")
    files = len(names(back_up(tmp_path / "template", tmp_path / "backups", NOON))) - 1
    versions = set()

    for moment in range(files):
        data = tmp_path / f"{moment}" / "data"
        shutil.copytree(tmp_path / "template", data)
        place = await written_meanwhile(data, moment, write)
        versions.add(await opened(place, write))

    assert len(versions) > 1 or write is shelve, "some moments lie before the write and some after it"


async def destroy(house: House) -> None:
    gone = frozenset({"photo", "t1"})
    await house.store.append("VK-PHOTO", Commit(NOON, people=frozenset({"anna"}), destroyed=gone), after=2)


async def test_whatever_is_destroyed_between_any_two_files_the_copy_opens_and_has_it_whole_or_not_at_all(
    tmp_path: Path,
):
    await furnish(tmp_path / "template")
    files, texts = len(names(back_up(tmp_path / "template", tmp_path / "backups", NOON))) - 1, set()

    for moment in range(files):
        data = tmp_path / f"{moment}" / "data"
        shutil.copytree(tmp_path / "template", data)
        house = await House.open(await written_meanwhile(data, moment, destroy))
        texts.add(frozenset((await house.store.load("VK-PHOTO")).texts))
        assert await house.store.unreadable() == ()
        await house.store.close()

    assert texts == {frozenset({"t0", "t1"}), frozenset({"t0"})}


async def written_meanwhile(data: Path, moment: int, write) -> Path:
    """A backup in a thread, as in another process; the write is made, whole, after its file number `moment`."""
    house, loop, left = await House.open(data), asyncio.get_running_loop(), iter(range(moment))

    def taken(name: str) -> None:
        if next(left, None) is None and not done:
            done.append(name)
            asyncio.run_coroutine_threadsafe(write(house), loop).result()

    done: list[str] = []
    try:
        return await asyncio.to_thread(back_up, data, data.parent / "backups", NOON, None, taken)
    finally:
        assert done
        await house.store.close()


async def opened(place: Path, write) -> tuple:
    """The versions found in the copy, after everything that must hold has been looked at."""
    seen = await found(place)
    assert seen["aside"] == []
    assert seen["VK-OPEN"] and seen["VK-CLOSED"] and seen["shelf"]
    assert seen["VK-PHOTO"] == 2 and seen["photo"] == 5000 or write in (upload, erase)
    assert (seen["VK-PHOTO"] is None) == (seen["photo"] == -1)
    assert seen["VK-ERASED"] is None
    house = await House.open(place)
    for case in await house.store.cases_of("anna"):
        for event in (await house.store.load(case)).events:
            assert await house.store.get_blob(case, event["item"])
    await house.store.close()
    return tuple(seen[case] for case in CASES), names(place) > {"cases/open/VK-AAA.case"}


async def test_while_the_master_key_is_being_changed_no_backup_is_made(tmp_path: Path):
    await furnish(tmp_path / "data")
    (tmp_path / "data" / "keys" / "former").write_bytes(b"")

    with pytest.raises(BackupFault, match="just being changed"):
        back_up(tmp_path / "data", tmp_path / "backups", NOON)


# --- where to, and how long ---


async def test_a_backup_within_the_data_folder_is_refused(tmp_path: Path):
    await furnish(tmp_path)

    for to in (tmp_path, tmp_path / "backups", tmp_path / "cases" / "open"):
        with pytest.raises(BackupFault, match="Expected a folder outside it"):
            back_up(tmp_path, to, NOON)


def test_a_folder_that_holds_no_store_is_not_backed_up(tmp_path: Path):
    with pytest.raises(BackupFault, match="holds no store"):
        back_up(tmp_path / "data", tmp_path / "backups", NOON)


async def test_backups_that_are_too_old_go_and_nothing_else(tmp_path: Path):
    data, backups = tmp_path / "data", tmp_path / "backups"
    await furnish(data)
    for days in (0, 29, 31):
        back_up(data, backups, NOON - timedelta(days=days))
    (backups / ".20260101T000000Z.part").mkdir()
    (backups / "notes").mkdir()

    gone = forget_older(backups, timedelta(days=30), NOON)

    assert [path.name for path in gone] == [".20260101T000000Z.part", "20261025T120000Z"]
    assert sorted(path.name for path in backups.iterdir()) == ["20261027T120000Z", "20261125T120000Z", "notes"]
