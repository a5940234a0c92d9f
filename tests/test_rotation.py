"""Another master key: at every moment one of the two opens everything, and afterwards only the new one."""

from pathlib import Path
from typing import Any

import pytest

from bot.keeping.rotation import change_master_key
from bot.stores import UnreadableFile, WrongKey
from bot.stores.tinydb_store import StoreInUse
from bot.stores.vault import BadMasterKey, Cipher, Vault, fits
from tests.dying_errands import died_at_every_call, in_order
from tests.kept_store import KEY, NEW_KEY, House, contents, found, furnish


@pytest.fixture(scope="module")
def died(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return died_at_every_call(tmp_path_factory.mktemp("rotating"), "rotating")


async def test_with_the_new_key_everything_is_there_and_the_old_one_opens_nothing(tmp_path: Path):
    await furnish(tmp_path)
    before = await found(tmp_path)

    change_master_key(tmp_path, KEY, NEW_KEY)

    assert await found(tmp_path, NEW_KEY) == before
    for name, wrapped in contents(tmp_path / "keys").items():
        folder, _, last = name.rpartition("/")
        with pytest.raises(UnreadableFile):
            Cipher(KEY).unseal("key" if folder else last, last, wrapped)


def test_death_at_every_system_call_leaves_one_key_that_opens_everything_and_one_that_is_refused(died: dict[str, Any]):
    pairs = [(death["old"], death["new"]) for death in died["deaths"]]

    assert in_order(pairs) == [("whole", "refused"), ("refused", "whole")]
    assert len(pairs) == died["calls"]


def test_said_again_after_a_death_it_ends_what_was_begun_and_leaves_nothing_behind(died: dict[str, Any]):

    assert {death["again"] for death in died["deaths"]} == {"whole"}
    assert all(death["files"] == died["files"] for death in died["deaths"])


def test_a_start_with_the_new_key_ends_what_a_death_broke_off(died: dict[str, Any]):
    begun = [death for death in died["deaths"] if death["new"] == "whole"]

    assert begun and all(death["new, on disk"] == died["files"] for death in begun)


async def test_keys_changed_twice_in_a_row_though_the_first_change_was_broken_off_lose_nothing(tmp_path: Path):
    await furnish(tmp_path)
    before, third = await found(tmp_path), b"3" * 32
    kept = contents(tmp_path / "keys" / "keys")
    vault = Vault(tmp_path / "keys", KEY)
    vault.hand_over(NEW_KEY)
    for name, wrapped in kept.items():
        (tmp_path / "keys" / "keys" / name).write_bytes(wrapped)  # as if it had died before these were rewrapped
    former = Cipher(NEW_KEY).seal("former", "former", KEY)
    (tmp_path / "keys" / "former").write_bytes(former)

    change_master_key(tmp_path, NEW_KEY, third)

    assert await found(tmp_path, third) == before


async def test_while_the_bot_runs_the_key_is_not_changed(tmp_path: Path):
    house = await House.open(tmp_path)

    with pytest.raises(StoreInUse):
        change_master_key(tmp_path, KEY, NEW_KEY)

    assert fits(tmp_path / "keys", KEY)
    await house.store.close()


async def test_with_a_wrong_old_key_nothing_is_touched(tmp_path: Path):
    await furnish(tmp_path)
    before = contents(tmp_path)

    with pytest.raises(WrongKey, match="Nothing was touched"):
        change_master_key(tmp_path, b"w" * 32, NEW_KEY)

    assert {**contents(tmp_path), "cases/lock": b""} == before


async def test_the_same_key_again_is_no_change(tmp_path: Path):
    await furnish(tmp_path)

    with pytest.raises(BadMasterKey, match="Expected another"):
        change_master_key(tmp_path, KEY, KEY)


async def test_a_store_from_before_shelves_had_a_key_of_their_own_opens_and_can_be_given_another_key(tmp_path: Path):
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "check").write_bytes(Cipher(KEY).seal("check", "check", b"vaern"))
    await furnish(tmp_path)
    before = await found(tmp_path)
    assert not (keys / "shelves").exists()

    change_master_key(tmp_path, KEY, NEW_KEY)

    assert await found(tmp_path, NEW_KEY) == before


async def test_a_vault_that_lost_the_shelves_key_is_refused_rather_than_read_as_empty(tmp_path: Path):
    await furnish(tmp_path)
    (tmp_path / "keys" / "shelves").unlink()

    with pytest.raises(WrongKey, match="put it back from a backup"):
        Vault(tmp_path / "keys", KEY)
