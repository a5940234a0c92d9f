"""Damaged rows, wrong keys, backups put back, two processes: nothing is lost, and nothing is read as empty."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from bot.stores import Commit, StoreAway, StoreInUse, TooManyUnreadable, UnknownCase, UnreadableFile, WrongKey
from bot.stores.chunks import CHUNK
from bot.stores.postgres_case import key_of
from bot.stores.postgres_shelf import PostgresShelf
from bot.stores.postgres_store import PostgresCaseStore
from tests.postgres_server import server

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KEY = b"m" * 32
TABLES = (
    "schema_version", "vault", "cases", "case_keys", "commits", "found_by", "outbox", "blobs", "blob_chunks", "erased",
    "documents",
)  # fmt: skip
FLIPPED = "set_byte({0}, length({0}) / 2, get_byte({0}, length({0}) / 2) # 1)"
"""SQL for the same bytes with one bit turned."""


@pytest.fixture
def address() -> str:
    return server().fresh()


@pytest.fixture
def sql(address: str) -> Iterator[psycopg.Connection]:
    """Past the store, as an accident would come."""
    with server().connected(address) as connection:
        yield connection


async def opened(address: str, key: bytes = KEY, wait: float = 5) -> PostgresCaseStore:
    return await PostgresCaseStore.open(address, key, wait=wait)


async def kept(address: str, *cases: str) -> None:
    """A store that was closed in good order, with these cases of two commits in it, each with one upload."""
    store = await opened(address)
    for case in cases:
        due, notices = MONDAY + timedelta(hours=1), ({"id": "n", "card": "x"},)
        whole = Commit(MONDAY, ({"item": "photo"},), notices=notices, next_due=due, people=frozenset({"anna"}))
        await store.append(case, whole, after=0)
        await store.append(case, Commit(MONDAY, next_due=due, people=frozenset({"anna"})), after=1)
        await store.put_blob(case, "photo", f"photo of {case}".encode())
    await store.close()


def damage(sql: psycopg.Connection, case: str, table: str = "commits", column: str = "sealed") -> None:
    changed = sql.execute(f"update {table} set {column} = {FLIPPED.format(column)} where case_id = %s", [case])
    assert changed.rowcount


def everything(sql: psycopg.Connection) -> dict[str, list[tuple]]:
    return {table: sorted(sql.execute(f"select * from {table}").fetchall(), key=repr) for table in TABLES}


# --- damaged rows ---


async def test_a_damaged_case_is_set_aside_and_told_and_the_others_go_on(address: str, sql: psycopg.Connection):
    await kept(address, "VK-A", "VK-B", "VK-C")
    damage(sql, "VK-B")
    commits = everything(sql)["commits"]

    store = await opened(address)

    assert await store.unreadable() == ("VK-B.case",)
    with pytest.raises(UnreadableFile):
        await store.load("VK-B")
    with pytest.raises(UnreadableFile):
        await store.append("VK-B", Commit(MONDAY), after=2)
    assert await store.version("VK-B") is None
    assert await store.cases_of("anna") == ("VK-A", "VK-C")
    assert everything(sql)["commits"] == commits, "kept as it was"
    await store.close()


@pytest.mark.parametrize(
    "accident",
    [
        "update commits set sealed = '' where case_id = 'VK-A'",
        "update commits set sealed = '{}' where case_id = 'VK-A'",
        "delete from commits where case_id = 'VK-A'",
        "delete from commits where case_id = 'VK-A' and version = 1",
        "delete from commits where case_id = 'VK-A' and version = 2",
        "update commits set sealed = o.sealed from commits o where commits.case_id = 'VK-A' and o.case_id = 'VK-B'",
        "delete from case_keys where case_id = 'VK-A'",
        "update case_keys k set wrapped = o.wrapped from case_keys o where k.case_id = 'VK-A' and o.case_id = 'VK-B'",
    ],
)
async def test_what_is_no_whole_case_is_never_read_as_one(address: str, sql: psycopg.Connection, accident: str):
    await kept(address, "VK-A", "VK-B")
    store = await opened(address)
    assert sql.execute(accident).rowcount

    with pytest.raises(UnreadableFile):
        await store.load("VK-A")
    assert await store.unreadable() == ("VK-A.case",)
    assert (await store.load("VK-B")).version == 2
    await store.close()


async def test_a_case_damaged_under_way_is_set_aside_when_it_is_next_read(address: str, sql: psycopg.Connection):
    await kept(address, "VK-A", "VK-B")
    store = await opened(address)
    damage(sql, "VK-A")

    for _ in range(2):
        with pytest.raises(UnreadableFile):
            await store.load("VK-A")

    assert await store.unreadable() == ("VK-A.case",)
    assert await store.due(MONDAY + timedelta(days=1)) == ("VK-B",)
    assert [row.case for row in await store.pending()] == ["VK-B"]
    await store.close()


async def test_a_set_aside_case_works_again_when_the_good_rows_are_put_back(address: str, sql: psycopg.Connection):
    await kept(address, "VK-A", "VK-B")
    damage(sql, "VK-A")
    await (await opened(address)).close()
    damage(sql, "VK-A")  # the same bit, turned back

    store = await opened(address)

    assert await store.unreadable() == ()
    assert (await store.load("VK-A")).version == 2
    await store.close()


@pytest.mark.parametrize("table", ["blobs", "blob_chunks", "lost"])
async def test_a_damaged_upload_is_set_aside_and_told_and_its_case_goes_on(
    address: str, sql: psycopg.Connection, table: str
):
    await kept(address, "VK-A")
    store = await opened(address)
    damage(sql, "VK-A", table) if table != "lost" else sql.execute("delete from blob_chunks")

    for _ in range(2):
        with pytest.raises(UnreadableFile):
            await store.get_blob("VK-A", "photo")

    assert await store.unreadable() == ("VK-A.photo.blob",)
    assert (await store.load("VK-A")).version == 2
    await store.close()


async def test_a_damaged_notice_is_set_aside_and_told_and_the_others_are_sent(address: str, sql: psycopg.Connection):
    await kept(address, "VK-A", "VK-B")
    store = await opened(address)
    damage(sql, "VK-A", "outbox")

    assert [row.case for row in await store.pending()] == ["VK-B"]
    assert await store.unreadable() == ("VK-A.1.notice",)
    assert (await store.load("VK-A")).version == 2
    await store.close()


async def test_when_most_cases_cannot_be_read_the_start_stops_and_nothing_is_touched(
    address: str, sql: psycopg.Connection
):
    await kept(address, "VK-A", "VK-B", "VK-C", "VK-D", "VK-E")
    for case in ("VK-A", "VK-B", "VK-C"):
        damage(sql, case)
    before = everything(sql)

    with pytest.raises(TooManyUnreadable, match="3 of 5"):
        await opened(address)

    assert everything(sql) == before


@pytest.mark.parametrize("then", [{"n": 2}, None], ids=["put", "dropped"])
async def test_a_damaged_document_is_never_read_as_none_and_serves_again_once_it_is_put_or_dropped(
    address: str, sql: psycopg.Connection, then: dict | None
):
    store = await opened(address)
    shelf = PostgresShelf(store.database, store.master, "dialogs")
    await shelf.put("anna", {"n": 1})
    await shelf.put("bo", {"n": 3})
    hidden = store.master.hidden("dialogs", "anna")
    sql.execute(f"update documents set sealed = {FLIPPED.format('sealed')} where key = %s", [hidden])

    for _ in range(2):
        with pytest.raises(UnreadableFile):
            await shelf.get("anna")
    assert await shelf.unreadable() == (f"{hidden}.unreadable",)
    assert await shelf.keys() == ("bo",)
    await (shelf.drop("anna") if then is None else shelf.put("anna", then))

    assert await shelf.get("anna") == then
    assert await shelf.unreadable() == ()
    await store.close()


async def test_putting_a_document_that_is_there_already_writes_nothing(address: str, sql: psycopg.Connection):
    store = await opened(address)
    shelf = PostgresShelf(store.database, store.master, "dialogs")
    await shelf.put("anna", {"n": 1})
    before = sql.execute("select xmin from documents").fetchall()

    await shelf.put("anna", {"n": 1})
    assert sql.execute("select xmin from documents").fetchall() == before
    await store.close()


# --- keys ---


async def test_a_wrong_master_key_stops_the_start_and_touches_nothing(address: str, sql: psycopg.Connection):
    await kept(address, "VK-A", "VK-B", "VK-C")
    before = everything(sql)

    with pytest.raises(WrongKey):
        await opened(address, b"w" * 32)

    assert everything(sql) == before


@pytest.mark.parametrize("lost", ["check", "secret"])
async def test_keys_without_their_check_or_secret_stop_the_start(address: str, sql: psycopg.Connection, lost: str):
    await kept(address, "VK-A")
    sql.execute("delete from vault where name = %s", [lost])
    before = everything(sql)

    with pytest.raises(WrongKey, match=f"The {lost} in vault"):
        await opened(address)
    assert everything(sql) == before


async def test_without_any_case_key_the_start_stops(address: str, sql: psycopg.Connection):
    await kept(address, "VK-A")
    sql.execute("delete from case_keys")

    with pytest.raises(TooManyUnreadable, match="no case key"):
        await opened(address)


# --- erasures ---


async def test_erasing_leaves_the_id_in_the_log_and_nothing_else_in_any_table(address: str, sql: psycopg.Connection):
    await kept(address, "VK-A", "VK-B")
    store = await opened(address)

    await store.erase("VK-A")

    found = {table for table, rows in everything(sql).items() if "VK-A" in repr(rows)}
    assert found == {"erased"}
    await store.close()


async def test_a_backup_put_back_does_not_bring_an_erased_case_back(address: str, sql: psycopg.Connection):
    await kept(address, "VK-A", "VK-B")
    sql.execute("insert into erased (case_id) values ('VK-A')")  # as it is when the log is carried over to a backup

    store = await opened(address)

    with pytest.raises(UnknownCase):
        await store.load("VK-A")
    assert [row.case for row in await store.pending()] == ["VK-B"]
    assert "VK-A" not in repr({table: rows for table, rows in everything(sql).items() if table != "erased"})
    await store.close()


# --- one process, one schema, few rights ---


async def test_a_second_process_waits_and_then_says_that_the_store_is_open(address: str):
    store = await opened(address)

    with pytest.raises(StoreInUse, match="already open"):
        await opened(address, wait=0.5)

    await store.close()
    await (await opened(address)).close()


async def test_a_database_of_a_newer_version_is_left_alone(address: str, sql: psycopg.Connection):
    await kept(address, "VK-A")
    sql.execute("insert into schema_version (version) values (4)")
    before = everything(sql)

    with pytest.raises(StoreAway, match="schema 4"):
        await opened(address)

    assert everything(sql) == before


async def test_a_database_of_schema_1_is_brought_up_and_its_uploads_are_read_as_ever(
    address: str, sql: psycopg.Connection
):
    await kept(address, "VK-A")
    store = await opened(address)
    (wrapped,) = sql.execute("select wrapped from case_keys").fetchone()
    whole = key_of(store.master, "VK-A", wrapped).seal("blob", "VK-A/photo", b"sealed whole")
    await store.close()
    sql.execute("delete from schema_version where version > 1")
    sql.execute("drop table blob_chunks, item_keys")
    sql.execute("alter table blobs drop column upload, drop column chunks")
    sql.execute("update blobs set sealed = %s", [whole])

    store = await opened(address)

    assert await store.get_blob("VK-A", "photo") == b"sealed whole"
    await store.put_blob("VK-A", "later", b"in chunks")
    assert await store.get_blob("VK-A", "later") == b"in chunks"
    await store.close()


async def test_chunks_of_an_upload_that_never_came_to_its_end_are_gone_after_a_restart(
    address: str, sql: psycopg.Connection
):
    await kept(address, "VK-A")
    store = await opened(address)
    with pytest.raises(psycopg.errors.UndefinedTable):
        async with store.receiving("VK-A", "film") as arriving:
            await arriving.write(b"x" * 3 * CHUNK)
            sql.execute("alter table blobs rename to away")  # as if the process had died here
            await arriving.keep()
    sql.execute("alter table away rename to blobs")
    await store.close()
    assert sql.execute("select count(*) from blob_chunks").fetchone()[0] > 1

    store = await opened(address)

    assert await store.get_blob("VK-A", "photo") == b"photo of VK-A"
    assert sql.execute("select count(*) from blob_chunks").fetchone() == (1,)
    await store.close()


async def test_a_role_that_may_not_make_tables_is_told_so_without_its_password(address: str, sql: psycopg.Connection):
    schema = sql.execute("select current_schema()").fetchone()[0]
    sql.execute(f"create role poor_{schema} login password 'planted'; grant usage on schema {schema} to poor_{schema}")
    poor = address.replace("user=postgres", f"user=poor_{schema}&password=planted")

    with pytest.raises(StoreAway, match="permission denied") as told:
        await opened(poor)
    assert "planted" not in str(told.value)


async def test_a_role_that_owns_its_schema_and_nothing_else_is_enough(address: str, sql: psycopg.Connection):
    schema = sql.execute("select current_schema()").fetchone()[0]
    sql.execute(f"create role own_{schema} login; alter schema {schema} owner to own_{schema}")
    own = address.replace("user=postgres", f"user=own_{schema}")

    await kept(own, "VK-A")
    store = await opened(own)
    await store.erase("VK-A")
    await store.close()


# --- what lies in the database ---


async def test_nothing_anybody_wrote_and_nobodys_id_can_be_read_in_the_database(address: str, sql: psycopg.Connection):
    store = await opened(address)
    marker = "PLANTED-MARKER"
    people = {"people": frozenset({marker}), "groups": frozenset({marker})}
    await store.append(
        "VK-A", Commit(MONDAY, ({"e": marker},), {"t": marker}, ({"id": marker},), (marker,), **people), after=0
    )
    await store.put_blob("VK-A", "photo", marker.encode())
    await PostgresShelf(store.database, store.master, "dialogs").put(marker, {marker: marker})

    for table, rows in everything(sql).items():
        assert rows or table in ("erased",), table
        assert marker not in repr(rows), table
    await store.close()


async def test_what_is_acknowledged_is_on_the_servers_disk_however_the_server_is_set_up(address: str):
    store = await opened(f"{address}%20-csynchronous_commit%3Doff")

    async def setting(to: psycopg.AsyncConnection) -> str:
        return (await (await to.execute("show synchronous_commit")).fetchone())[0]

    assert await store.database.run(setting) == "on"
    await store.close()
