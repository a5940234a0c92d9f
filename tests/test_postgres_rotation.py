"""Another master key for PostgreSQL: the new one opens everything, the old one nothing, and one of them holds."""

import base64
from datetime import UTC, datetime

import pytest

from bot.setup.settings import REHEARSAL_ORGANISATION
from bot.stores import Commit, StoreInUse, UnreadableFile, WrongKey
from bot.stores.postgres_rotation import change_master_key
from bot.stores.postgres_shelf import PostgresShelf
from bot.stores.postgres_store import PostgresCaseStore
from bot.stores.vault import BadMasterKey
from tests.postgres_server import server
from tests.test_command_line import GUID, ended

OLD, NEW, OTHER = b"o" * 32, b"n" * 32, b"x" * 32
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
async def address() -> str:
    """Two cases, an upload and a document, under the old key."""
    found = server().fresh()
    store = await PostgresCaseStore.open(found, OLD)
    for case in ("VK-A", "VK-B"):
        whole = Commit(MONDAY, ({"item": "photo"},), notices=({"id": "n"},), people=frozenset({"anna"}))
        await store.append(case, whole, after=0)
        await store.put_blob(case, "photo", b"x")
    await PostgresShelf(store.database, store.master, "dialogs").put("anna", {"n": 1})
    await store.close()
    return found


def rows(address: str) -> list[tuple]:
    with server().connected(address) as sql:
        return sql.execute("select case_id, wrapped from case_keys union all select * from vault order by 1").fetchall()


async def test_the_new_key_opens_everything_and_the_old_one_nothing(address: str):
    await change_master_key(address, OLD, NEW)

    with pytest.raises(WrongKey):
        await PostgresCaseStore.open(address, OLD)
    store = await PostgresCaseStore.open(address, NEW)
    assert await store.cases_of("anna") == ("VK-A", "VK-B")
    assert await store.get_blob("VK-A", "photo") == b"x"
    assert await PostgresShelf(store.database, store.master, "dialogs").get("anna") == {"n": 1}
    await store.append("VK-A", Commit(MONDAY), after=1)
    await store.settle("VK-A", "n")
    assert [row.case for row in await store.pending()] == ["VK-B"]
    await store.close()


async def test_asked_again_it_is_done_already(address: str):
    await change_master_key(address, OLD, NEW)
    before = rows(address)

    await change_master_key(address, OLD, NEW)

    assert rows(address) == before


@pytest.mark.parametrize(("old", "new", "fault"), [(OTHER, NEW, WrongKey), (OLD, OLD, BadMasterKey)])
async def test_with_a_wrong_key_or_no_other_nothing_is_touched(address: str, old: bytes, new: bytes, fault: type):
    before = rows(address)

    with pytest.raises(fault):
        await change_master_key(address, old, new)
    assert rows(address) == before


async def test_a_change_that_breaks_off_has_not_begun(address: str):
    with server().connected(address) as sql:
        sql.execute("alter table vault add constraint broken check (name <> 'check') not valid")
    before = rows(address)

    with pytest.raises(Exception, match="broken"):
        await change_master_key(address, OLD, NEW)

    assert rows(address) == before
    await (await PostgresCaseStore.open(address, OLD)).close()


async def test_it_is_not_changed_under_a_running_bot(address: str):
    store = await PostgresCaseStore.open(address, OLD)
    with pytest.raises(StoreInUse):
        await change_master_key(address, OLD, NEW, wait=0.3)
    await store.close()


async def test_a_case_whose_key_was_damaged_stays_set_aside_and_the_others_go_along(address: str):
    with server().connected(address) as sql:
        sql.execute("update case_keys set wrapped = 'rubbish' where case_id = 'VK-A'")

    await change_master_key(address, OLD, NEW)

    store = await PostgresCaseStore.open(address, NEW)
    with pytest.raises(UnreadableFile):
        await store.load("VK-A")
    assert (await store.load("VK-B")).version == 1
    await store.close()


async def test_the_command_puts_the_new_key_in_force_and_says_what_to_do_with_the_old_one(address: str):
    live = {
        "MICROSOFT_APP_ID": GUID,
        "MICROSOFT_APP_PASSWORD": "x",
        "MICROSOFT_APP_TENANT_ID": GUID,
        "VAERN_ORGANISATION": str(REHEARSAL_ORGANISATION),
        "CASE_STORE": "postgres",
        "VAERN_DATABASE": address,
        "VAERN_MASTER_KEY": base64.b64encode(OLD).decode(),
        "VAERN_NEW_MASTER_KEY": base64.b64encode(NEW).decode(),
    }

    code, said, complaint = await ended("rotate-key", **live)

    assert (code, complaint) == (0, "") and "is in force" in said
    await (await PostgresCaseStore.open(address, NEW)).close()
