"""Putting a backup back: all of it or none, into an empty place, and what was erased since stays erased."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.keeping.backup import BackupFault, back_up, last_backup
from bot.keeping.restore import restore
from bot.stores import WrongKey
from tests.dying_errands import died_at_every_call, in_order
from tests.kept_store import KEY, MONDAY, House, contents, found, furnish, names


async def backed_up(folder: Path) -> tuple[Path, Path]:
    """A furnished data folder and a backup of it."""
    await furnish(folder / "data")
    return folder / "data", back_up(folder / "data", folder / "backups", MONDAY)


async def test_what_is_put_back_opens_as_it_was(tmp_path: Path):
    data, backup = await backed_up(tmp_path)
    before = await found(data)
    shutil.rmtree(data)

    done = restore(backup, data, KEY)

    assert await found(data) == before
    assert (done.made_at, done.erased, last_backup(data)) == (MONDAY, (), MONDAY)


async def test_what_was_erased_after_the_backup_stays_erased(tmp_path: Path):
    data, backup = await backed_up(tmp_path)
    house = await House.open(data)
    await house.store.erase("VK-PHOTO")
    await house.store.close()
    log = (data / "cases" / "erased").read_bytes()
    shutil.rmtree(data)
    (data / "cases").mkdir(parents=True)
    (data / "cases" / "erased").write_bytes(log)  # the one thing that was carried over

    done = restore(backup, data, KEY)

    assert done.erased == ("VK-PHOTO",)
    assert not [name for name in names(data) if "VK-PHOTO" in name]
    assert (await found(data))["VK-PHOTO text"] == "UnknownCase"


async def test_a_later_backup_beside_it_knows_what_was_erased_too(tmp_path: Path):
    data, first = await backed_up(tmp_path)
    house = await House.open(data)
    await house.store.erase("VK-OPEN")
    await house.store.close()
    back_up(data, tmp_path / "backups", MONDAY.replace(day=24))
    shutil.rmtree(data)

    assert restore(first, data, KEY).erased == ("VK-OPEN",)


async def test_where_a_store_lies_nothing_is_put(tmp_path: Path):
    data, backup = await backed_up(tmp_path)
    before = contents(data)

    with pytest.raises(BackupFault, match="is not empty.*Nothing was touched"):
        restore(backup, data, KEY)

    assert contents(data) == before


async def test_the_master_keys_own_file_may_lie_in_the_place_and_stays(tmp_path: Path):
    data, backup = await backed_up(tmp_path)
    before = await found(data)
    shutil.rmtree(data)
    data.mkdir()
    (data / "key").write_bytes(b"k")

    restore(backup, data, KEY, key_file=data / "key")

    assert (data / "key").read_bytes() == b"k"
    assert await found(data) == before


async def test_with_another_master_key_nothing_is_put(tmp_path: Path):
    _, backup = await backed_up(tmp_path)

    with pytest.raises(WrongKey, match="Nothing was touched"):
        restore(backup, tmp_path / "new", b"w" * 32)

    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["cases/open/VK-OPEN.case", "keys/check", "cases/blobs/VK-PHOTO/photo.blob"])
@pytest.mark.parametrize("damage", ["changed", "gone"])
async def test_a_damaged_backup_is_named_file_by_file_and_not_put_back(tmp_path: Path, name: str, damage: str):
    _, backup = await backed_up(tmp_path)
    if damage == "changed":
        (backup / name).write_bytes((backup / name).read_bytes()[:-1] + b"?")
    else:
        (backup / name).unlink()

    with pytest.raises(BackupFault, match=f"{name}.*take another backup"):
        restore(backup, tmp_path / "new", KEY)

    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "cases/../../outside"])
async def test_a_manifest_that_points_out_of_its_folder_is_refused(tmp_path: Path, name: str):
    _, backup = await backed_up(tmp_path)
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest["files"][name] = "0" * 64
    (backup / "manifest.json").write_text(json.dumps(manifest))

    with pytest.raises(BackupFault, match="not what this version writes"):
        restore(backup, tmp_path / "new", KEY)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"made_at": "today", "files": {}}'])
def test_a_folder_that_is_no_backup_is_refused(tmp_path: Path, text: str):
    (tmp_path / "manifest.json").write_text(text)

    with pytest.raises(BackupFault, match="is no backup"):
        restore(tmp_path, tmp_path / "new", KEY)


# --- death ---


@pytest.fixture(scope="module")
def died(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return died_at_every_call(tmp_path_factory.mktemp("restoring"), "restoring")


def test_a_restore_that_died_is_refused_at_the_start_until_it_is_whole(died: dict[str, Any]):
    """ "other" is the empty place, before anything was put there."""
    states = [death["old"] for death in died["deaths"]]

    assert in_order(states) == ["other", "refused", "whole"]
    assert len(states) == died["calls"]


def test_said_again_after_a_death_it_is_whole_and_leaves_nothing_behind(died: dict[str, Any]):
    assert {death["again"] for death in died["deaths"]} == {"whole"}
    assert all(set(death["files"]) - {"cases/lock"} == set(died["files"]) for death in died["deaths"])
