"""Small documents that are no case: what every shelf promises, and then what lies on disk."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.stores import Shelf, UnreadableFile
from bot.stores.database import Database
from bot.stores.postgres_shelf import PostgresShelf
from bot.stores.postgres_start import prepare
from bot.stores.shelf import FileShelf
from bot.stores.vault import Vault
from tests.postgres_server import server

Open = Callable[..., FileShelf]


@pytest.fixture
def on_disk(tmp_path: Path) -> Open:
    """Opens a shelf on the same folder each time: the second is a restart."""
    return lambda name="dialogs": FileShelf(tmp_path / "shelves", Vault(tmp_path / "vault", b"m" * 32), name)


@pytest.fixture(params=["files", "postgres"])
async def opened(request: pytest.FixtureRequest, on_disk: Open) -> AsyncIterator[Callable[..., Shelf]]:
    """Opens a shelf on the same files or database each time."""
    async with AsyncExitStack() as stack:
        if request.param == "files":
            yield on_disk
            return
        database = await Database.open(server().fresh())
        stack.push_async_callback(database.close)
        master = await prepare(database, b"m" * 32)
        await database.begin()
        yield lambda name="dialogs": PostgresShelf(database, master, name)


async def test_what_is_put_is_there_now_and_after_a_restart(opened):
    shelf = opened()
    await shelf.put("anna", {"text": "æ 😀", "list": [1, None, {"deep": 1.5}]})

    for each in (shelf, opened()):
        assert await each.get("anna") == {"text": "æ 😀", "list": [1, None, {"deep": 1.5}]}
        assert await each.get("bo") is None


@pytest.mark.parametrize("key", ["../../x", "", "a/b\\c", "19:meeting@thread.v2;messageid=1", "æ" * 300, "\u202e\n"])
async def test_a_key_may_hold_anything(opened, key: str):
    await opened().put(key, {"found": True})

    assert await opened().get(key) == {"found": True}
    assert await opened().keys() == (key,)


async def test_changing_what_get_gave_changes_nothing_kept(opened):
    shelf = opened()
    mine = {"steps": [1]}
    await shelf.put("anna", mine)
    mine["steps"].append(2)
    (await shelf.get("anna"))["steps"].append(3)

    assert await shelf.get("anna") == {"steps": [1]}


async def test_what_is_dropped_is_gone_and_dropping_twice_is_once(opened):
    shelf = opened()
    await shelf.put("anna", {"n": 1})
    await shelf.drop("anna")
    await shelf.drop("anna")

    for each in (shelf, opened()):
        assert await each.get("anna") is None
        assert await each.keys() == ()


async def test_shelves_do_not_see_each_others_documents(opened):
    await opened("dialogs").put("anna", {"n": 1})

    assert await opened("language").get("anna") is None


async def test_of_many_puts_at_once_the_last_asked_for_stands(opened):
    shelf = opened()
    await asyncio.gather(*(shelf.put("anna", {"n": n}) for n in range(20)))

    assert await shelf.get("anna") == await opened().get("anna") == {"n": 19}


async def test_what_json_would_not_give_back_is_refused_and_the_old_stands(opened):
    shelf = opened()
    await shelf.put("anna", {"n": 1})

    for value in ({1}, b"x", float("inf")):
        with pytest.raises((TypeError, ValueError)):
            await shelf.put("anna", {"n": value})

    assert await shelf.get("anna") == {"n": 1}


# --- on disk ---


def files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "shelves").rglob("*") if path.is_file())


async def test_one_file_a_key_and_none_when_it_is_dropped(on_disk: Open, tmp_path: Path):
    await on_disk().put("../../x", {"n": 1})
    assert len(files(tmp_path)) == 1

    await on_disk().drop("../../x")
    assert files(tmp_path) == []


async def test_putting_what_is_there_already_writes_nothing(on_disk: Open, tmp_path: Path):
    shelf = on_disk()
    await shelf.put("anna", {"n": 1})
    before = files(tmp_path)[0].stat().st_ino

    await shelf.put("anna", {"n": 1})
    assert files(tmp_path)[0].stat().st_ino == before


async def test_a_damaged_document_is_set_aside_and_told_and_never_read_as_none(on_disk: Open, tmp_path: Path):
    await on_disk().put("anna", {"n": 1})
    await on_disk().put("bo", {"n": 2})
    shelf = on_disk()
    damaged = next(path for path in files(tmp_path) if path.stem == shelf._vault.hidden("dialogs", "anna"))
    damaged.write_bytes(b"rubbish")

    for each in (shelf, shelf, on_disk()):
        with pytest.raises(UnreadableFile):
            await each.get("anna")
    assert await shelf.unreadable() == (f"{damaged.stem}.unreadable",)
    assert await shelf.keys() == ("bo",)
    assert damaged.with_suffix(".unreadable").read_bytes() == b"rubbish"


@pytest.mark.parametrize("then", [{"n": 2}, None], ids=["put", "dropped"])
async def test_a_key_set_aside_serves_again_once_it_is_put_or_dropped(on_disk: Open, tmp_path: Path, then: dict | None):
    await on_disk().put("anna", {"n": 1})
    files(tmp_path)[0].write_bytes(b"")
    shelf = on_disk()
    with pytest.raises(UnreadableFile):
        await shelf.get("anna")

    await (shelf.drop("anna") if then is None else shelf.put("anna", then))

    assert await shelf.get("anna") == await on_disk().get("anna") == then


async def test_one_document_put_in_anothers_place_does_not_open(on_disk: Open, tmp_path: Path):
    await on_disk().put("anna", {"n": 1})
    await on_disk().put("bo", {"n": 2})
    one, other = files(tmp_path)
    one.write_bytes(other.read_bytes())

    assert len(await on_disk().keys()) == 1
    assert len(await on_disk().unreadable()) == 1


async def test_nothing_of_key_or_document_can_be_read_on_disk(on_disk: Open, tmp_path: Path):
    await on_disk().put("PLANTED-KEY", {"PLANTED-NAME": "PLANTED-VALUE"})

    assert all(b"PLANTED" not in path.read_bytes() and "PLANTED" not in path.name for path in files(tmp_path))
