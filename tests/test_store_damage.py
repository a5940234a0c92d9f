"""Damaged files, wrong keys, backups put back, two processes: nothing is lost, and nothing is read as empty."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.stores import Commit, UnknownCase, UnreadableFile, WrongKey
from bot.stores.tinydb_store import StoreInUse, TinyCaseStore, TooManyUnreadable
from bot.stores.vault import Vault

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def opened(folder: Path, key: bytes = b"m" * 32, vault: str = "vault") -> TinyCaseStore:
    return await TinyCaseStore.open(folder / "cases", Vault(folder / vault, key))


async def kept(folder: Path, *cases: str) -> Path:
    """A store that was closed in good order, with these cases in it, each with one upload."""
    store = await opened(folder)
    for case in cases:
        due, notices = MONDAY + timedelta(hours=1), ({"id": "n"},)
        whole = Commit(MONDAY, ({"item": "photo"},), notices=notices, next_due=due, people=frozenset({"anna"}))
        await store.append(case, whole, after=0)
        await store.put_blob(case, "photo", f"photo of {case}".encode())
    await store.close()
    return folder


def case_file(folder: Path, case: str) -> Path:
    return folder / "cases" / "open" / f"{case}.case"


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def under(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def fingerprint(folder: Path) -> str:
    """Every name and every byte under the folder."""
    tree = [(str(path), path.read_bytes() if path.is_file() else b"") for path in under(folder)]
    return hashlib.sha256(repr(tree).encode()).hexdigest()


# --- damaged files ---


async def test_a_damaged_case_is_set_aside_and_told_and_the_others_go_on(tmp_path: Path):
    await kept(tmp_path, "VK-A", "VK-B", "VK-C")
    damage(case_file(tmp_path, "VK-B"))
    bytes_found = case_file(tmp_path, "VK-B").read_bytes()

    store = await opened(tmp_path)

    assert await store.unreadable() == ("VK-B.case",)
    with pytest.raises(UnreadableFile):
        await store.load("VK-B")
    with pytest.raises(UnreadableFile):
        await store.append("VK-B", Commit(MONDAY), after=0)
    assert await store.cases_of("anna") == ("VK-A", "VK-C")
    assert (tmp_path / "cases" / "set_aside" / "VK-B.case").read_bytes() == bytes_found
    await store.close()


@pytest.mark.parametrize("content", [b"", b"\x01", b"{}", b"\x01" + b"0" * 500])
async def test_an_empty_or_foreign_file_is_never_read_as_an_empty_case(tmp_path: Path, content: bytes):
    await kept(tmp_path, "VK-A", "VK-B")
    case_file(tmp_path, "VK-A").write_bytes(content)

    store = await opened(tmp_path)

    assert await store.unreadable() == ("VK-A.case",)
    await store.close()


async def test_a_case_damaged_under_way_is_set_aside_when_it_is_next_read(tmp_path: Path):
    store = await opened(await kept(tmp_path, "VK-A", "VK-B"))
    damage(case_file(tmp_path, "VK-A"))

    for _ in range(2):
        with pytest.raises(UnreadableFile):
            await store.load("VK-A")

    assert await store.unreadable() == ("VK-A.case",)
    assert await store.due(MONDAY + timedelta(days=1)) == ("VK-B",)
    assert [row.case for row in await store.pending()] == ["VK-B"]
    await store.close()


async def test_a_file_put_in_anothers_place_is_set_aside(tmp_path: Path):
    await kept(tmp_path, "VK-A", "VK-B")
    case_file(tmp_path, "VK-A").write_bytes(case_file(tmp_path, "VK-B").read_bytes())

    store = await opened(tmp_path)

    assert await store.unreadable() == ("VK-A.case",)
    assert (await store.load("VK-B")).version == 1
    await store.close()


async def test_what_lies_set_aside_is_told_after_a_restart_too_and_keeps_its_uploads(tmp_path: Path):
    await kept(tmp_path, "VK-A", "VK-B")
    damage(case_file(tmp_path, "VK-A"))
    await (await opened(tmp_path)).close()

    store = await opened(tmp_path)

    assert await store.unreadable() == ("VK-A.case",)
    with pytest.raises(UnreadableFile):
        await store.load("VK-A")
    assert await store.get_blob("VK-A", "photo") == b"photo of VK-A"
    await store.close()


async def test_a_set_aside_case_works_again_when_a_good_copy_is_put_back(tmp_path: Path):
    await kept(tmp_path, "VK-A", "VK-B")
    good = case_file(tmp_path, "VK-A").read_bytes()
    damage(case_file(tmp_path, "VK-A"))
    await (await opened(tmp_path)).close()
    case_file(tmp_path, "VK-A").write_bytes(good)

    store = await opened(tmp_path)

    assert (await store.load("VK-A")).version == 1
    await store.close()


async def test_a_damaged_upload_is_set_aside_and_told_and_its_case_goes_on(tmp_path: Path):
    store = await opened(await kept(tmp_path, "VK-A"))
    damage(tmp_path / "cases" / "blobs" / "VK-A" / "photo.blob")

    for _ in range(2):
        with pytest.raises(UnreadableFile):
            await store.get_blob("VK-A", "photo")

    assert await store.unreadable() == ("VK-A.photo.blob",)
    assert (await store.load("VK-A")).version == 1
    await store.close()


async def test_uploads_whose_case_file_has_vanished_are_set_aside_not_removed(tmp_path: Path):
    await kept(tmp_path, "VK-A", "VK-B")
    case_file(tmp_path, "VK-A").unlink()

    store = await opened(tmp_path)

    assert await store.unreadable() == ("VK-A",)
    assert (tmp_path / "cases" / "set_aside" / "VK-A" / "photo.blob").exists()
    await store.close()


async def test_when_most_cases_cannot_be_read_the_start_stops_and_nothing_is_touched(tmp_path: Path):
    await kept(tmp_path, "VK-A", "VK-B", "VK-C", "VK-D", "VK-E")
    for case in ("VK-A", "VK-B", "VK-C"):
        damage(case_file(tmp_path, case))
    before = fingerprint(tmp_path)

    with pytest.raises(TooManyUnreadable, match="3 of 5"):
        await opened(tmp_path)

    assert fingerprint(tmp_path) == before


async def test_when_half_of_them_can_be_read_the_start_goes_on(tmp_path: Path):
    await kept(tmp_path, "VK-A", "VK-B", "VK-C", "VK-D", "VK-E", "VK-F")
    for case in ("VK-A", "VK-B", "VK-C"):
        damage(case_file(tmp_path, case))

    store = await opened(tmp_path)

    assert len(await store.unreadable()) == 3
    await store.close()


# --- keys ---


async def test_a_wrong_master_key_stops_the_start_and_touches_nothing(tmp_path: Path):
    await kept(tmp_path, "VK-A", "VK-B", "VK-C")
    (tmp_path / "cases" / "open" / ".VK-A.case.0.tmp").write_bytes(b"half")
    before = fingerprint(tmp_path)

    with pytest.raises(WrongKey):
        await opened(tmp_path, key=b"w" * 32)

    assert fingerprint(tmp_path) == before


async def test_another_folder_of_keys_stops_the_start_and_no_case_is_touched(tmp_path: Path):
    await kept(tmp_path, "VK-A")
    before = fingerprint(tmp_path / "cases")

    with pytest.raises(TooManyUnreadable, match="no case key"):
        await opened(tmp_path, vault="new_vault")

    assert fingerprint(tmp_path / "cases") == before


async def test_a_missing_case_key_is_no_erasure_the_case_is_set_aside(tmp_path: Path):
    await kept(tmp_path, "VK-A", "VK-B")
    (tmp_path / "vault" / "keys" / "VK-A").unlink()

    store = await opened(tmp_path)

    assert await store.unreadable() == ("VK-A.case",)
    with pytest.raises(UnreadableFile):
        await store.load("VK-A")
    await store.close()


# --- erasures ---


def everything_but_the_log(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "erased"}


async def test_a_backup_put_back_does_not_bring_an_erased_case_back(tmp_path: Path):
    await kept(tmp_path, "VK-A", "VK-B")
    backup = everything_but_the_log(tmp_path)
    store = await opened(tmp_path)
    await store.erase("VK-A")
    await store.close()
    for path, content in backup.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    store = await opened(tmp_path)

    with pytest.raises(UnknownCase):
        await store.load("VK-A")
    assert [path for path in under(tmp_path) if "VK-A" in path.name] == []
    assert (await store.load("VK-B")).version == 1
    await store.close()


async def test_erasing_takes_what_lies_set_aside_too(tmp_path: Path):
    store = await opened(await kept(tmp_path, "VK-A", "VK-B"))
    damage(case_file(tmp_path, "VK-A"))
    with pytest.raises(UnreadableFile):
        await store.load("VK-A")

    await store.erase("VK-A")

    assert await store.unreadable() == ()
    assert [path for path in under(tmp_path) if "VK-A" in path.name] == []
    await store.close()


async def test_an_erasure_log_that_makes_no_sense_stops_the_start(tmp_path: Path):
    await kept(tmp_path, "VK-A")
    (tmp_path / "cases" / "erased").write_text("../../somewhere\n")
    before = fingerprint(tmp_path)

    with pytest.raises(UnreadableFile, match="no case id"):
        await opened(tmp_path)

    assert fingerprint(tmp_path) == before


# --- one process ---


async def test_the_store_opens_once_at_a_time_and_the_message_names_the_folder(tmp_path: Path):
    store = await opened(tmp_path)

    with pytest.raises(StoreInUse, match=str(tmp_path / "cases")):
        await opened(tmp_path)

    await store.close()
    await (await opened(tmp_path)).close()


# --- what lies on disk ---


async def test_nothing_anybody_wrote_can_be_read_on_disk_or_by_other_users(tmp_path: Path):
    store = await opened(tmp_path)
    marker = "PLANTED-MARKER"
    whole = Commit(MONDAY, ({"e": marker},), {"t": marker}, ({"id": marker},), (marker,), people=frozenset({marker}))
    await store.append("VK-A", whole, after=0)
    await store.put_blob("VK-A", "photo", marker.encode())

    for path in under(tmp_path):
        assert path.stat().st_mode & 0o077 == 0, path
        assert path.is_dir() or marker.encode() not in path.read_bytes(), path
    await store.close()


async def test_the_file_follows_the_case_between_open_and_closed(tmp_path: Path):
    store = await opened(await kept(tmp_path, "VK-A"))

    def lies() -> list[str]:
        return [path.parent.name for path in tmp_path.rglob("VK-A.case")]

    await store.append("VK-A", Commit(MONDAY, closed=True), after=1)
    assert lies() == ["closed"]
    await store.append("VK-A", Commit(MONDAY), after=2)
    assert lies() == ["open"]
    await store.close()


@pytest.mark.parametrize("newer_in", ["open", "closed"])
async def test_of_two_files_of_one_case_the_newer_counts_and_the_other_is_set_aside(tmp_path: Path, newer_in: str):
    await kept(tmp_path, "VK-A")
    old = case_file(tmp_path, "VK-A").read_bytes()
    store = await opened(tmp_path)
    await store.append("VK-A", Commit(MONDAY, closed=newer_in == "closed", events=({"item": "later"},)), after=1)
    await store.put_blob("VK-A", "later", b"x")
    await store.close()
    older_in = {"open": "closed", "closed": "open"}[newer_in]
    (tmp_path / "cases" / older_in / "VK-A.case").write_bytes(old)

    store = await opened(tmp_path)

    assert (await store.load("VK-A")).version == 2
    assert await store.unreadable() == ("VK-A.case",)
    assert await store.get_blob("VK-A", "later") == b"x"
    await store.close()


async def test_a_full_disk_leaves_the_case_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store = await opened(await kept(tmp_path, "VK-A"))
    before = fingerprint(tmp_path)

    with monkeypatch.context() as full:
        full.setattr("os.write", _no_space)
        with pytest.raises(OSError, match="No space"):
            await store.append("VK-A", Commit(MONDAY, people=frozenset({"bo"})), after=1)

    assert fingerprint(tmp_path) == before
    assert await store.cases_of("bo") == ()
    await store.append("VK-A", Commit(MONDAY), after=1)
    await store.close()


def _no_space(*_: object) -> int:
    raise OSError(28, "No space left on device")
