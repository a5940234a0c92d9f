"""`python -m bot check` with the cases in PostgreSQL: whatever keeps it from working is a line with a remedy."""

import base64
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.checks import State
from bot.checks.telling import found, remedy
from bot.errands.check import exit_code
from bot.keeping.records import Record, Records
from bot.setup.settings import read_settings
from bot.stores import Commit
from bot.stores.postgres_shelf import PostgresShelf
from bot.stores.postgres_store import PostgresCaseStore
from tests.at_a_site import CASE, EN, KEY, NOW, Place, in_order, of
from tests.postgres_server import Server, own_server, server
from tests.test_command_line import ended


@pytest.fixture(scope="module")
def locked() -> Iterator[Server]:
    """A server that asks for a password, of everybody but its administrator."""
    with ExitStack() as stack:
        made = own_server(stack.callback)
        hba = made.folder / "data" / "pg_hba.conf"
        hba.write_text(f"local all vaern scram-sha-256\n{hba.read_text()}")
        with made.connected() as sql:
            sql.execute("select pg_reload_conf()")
            sql.execute("create role vaern login password 'the right one'")
        yield made


@asynccontextmanager
async def kept_in(address: str, folder: Path) -> AsyncIterator[Place]:
    """A Værn whose cases are in that database."""
    async with in_order(folder) as place:
        place.environment |= {"CASE_STORE": "postgres", "VAERN_DATABASE": address}
        yield place


async def lived_in(place: Place, address: str) -> PostgresCaseStore:
    """A case, everybody met, every group connected; the store is open."""
    store = await PostgresCaseStore.open(address, KEY)
    await store.append(CASE, Commit(at=NOW), after=0)
    records = Records(PostgresShelf(store.database, store.master, "conversations"))
    for workplace in read_settings(place.environment).organisation.workplaces:
        for person in (workplace.leader, workplace.stand_in, workplace.leaders_leader):
            await records.save(Record(f"chat-{person}", person=person))
        await records.connect(workplace.id, Record(f"channel-{workplace.id}", kind="channel"))
    return store


async def test_where_everything_is_in_order_every_line_says_so(tmp_path):
    async with kept_in(server().fresh(), tmp_path) as place:
        await (await lived_in(place, place.environment["VAERN_DATABASE"])).close()
        findings = await place.look()

    assert [one for one in findings if one.state is not State.OK] == []
    assert {"key_right", "database_answers", "nothing_set_aside", "person_reached"} <= {one.code for one in findings}


async def test_before_the_first_start_nothing_is_made(tmp_path):
    address = server().fresh()
    async with kept_in(address, tmp_path) as place:
        findings = await place.look()

    assert of(findings, "key_new") and of(findings, "database_answers") and exit_code(findings) == 0
    with server().connected(address) as sql:
        assert sql.execute("select to_regclass('vault')").fetchone() == (None,)


async def test_a_database_that_is_away_is_a_fault_with_what_to_look_at(tmp_path):
    async with kept_in(f"postgresql:///vaern?host={tmp_path}", tmp_path) as place:
        findings = await place.look()

    [told] = of(findings, "database_away")
    assert told.state is State.FAULT and "firewall" in remedy(told, EN) and f"vaern at {tmp_path}" in found(told, EN)
    assert not of(findings, "check_broken")


async def test_a_wrong_password_is_a_fault_and_stands_in_no_line(tmp_path, locked):
    address = f"postgresql://vaern:zzwrongzz@/postgres?host={locked.folder}"
    async with kept_in(address, tmp_path) as place:
        findings = await place.look()

    [told] = of(findings, "database_away")
    assert "password authentication failed" in told.detail and "VAERN_DATABASE" in remedy(told, EN)
    assert "zzwrongzz" not in repr(findings)


async def test_a_role_that_may_not_read_what_is_kept_is_a_fault(tmp_path, locked):
    address = locked.fresh()
    await (await PostgresCaseStore.open(address, KEY)).close()
    schema = address.rpartition("%3D")[2]
    with locked.connected() as sql:
        sql.execute(f"grant usage on schema {schema} to vaern")
    asked = address.replace("&user=postgres", "&user=vaern&password=the%20right%20one")
    async with kept_in(asked, tmp_path) as place:
        findings = await place.look()

    assert "permission denied" in of(findings, "database_away")[0].detail


async def test_a_wrong_master_key_is_a_fault_and_nobody_is_said_to_be_out_of_reach(tmp_path):
    async with kept_in(server().fresh(), tmp_path) as place:
        await (await lived_in(place, place.environment["VAERN_DATABASE"])).close()
        place.environment["VAERN_MASTER_KEY"] = base64.b64encode(b"x" * 32).decode()
        findings = await place.look()

    assert "VAERN_MASTER_KEY" in remedy(of(findings, "database_key_wrong")[0], EN)
    assert of(findings, "people_unknown") and not of(findings, "person_never_met")


async def test_a_store_that_the_bot_has_open_is_asked_of_the_bot_and_stays_open(tmp_path):
    async def ready(_: web.Request) -> web.Response:
        return web.json_response({"ready": True})

    app = web.Application()
    app.router.add_get("/readyz", ready)
    async with kept_in(server().fresh(), tmp_path) as place:
        store = await lived_in(place, place.environment["VAERN_DATABASE"])
        alone = await place.look()
        async with TestServer(app, host="127.0.0.1") as running:
            place.environment["VAERN_PORT"] = str(running.port)
            well = await place.look()
        await store.append(CASE, Commit(at=NOW), after=1)
        await store.close()

    assert of(alone, "store_in_use") and of(alone, "running_silent")[0].state is State.WARNING
    assert of(well, "store_in_use") and of(well, "running_ready") and of(well, "person_reached")


async def test_what_cannot_be_read_is_told_and_only_looked_at(tmp_path):
    address = server().fresh()
    async with kept_in(address, tmp_path) as place:
        await (await lived_in(place, address)).close()
        with server().connected(address) as sql:
            sql.execute("update documents set sealed = 'x'")
            sql.execute("update cases set set_aside = true")
            findings = await place.look()
            marked = sql.execute("select count(*) from documents where set_aside").fetchone()

    assert of(findings, "rows_set_aside")[0].detail == "1" and of(findings, "record_unreadable")
    assert marked == (0,)


async def test_at_the_command_line_it_is_a_line_and_never_a_traceback(tmp_path):
    async with kept_in(f"postgresql:///vaern?host={tmp_path}", tmp_path) as place:
        code, out, complaint = await ended("check", cwd=tmp_path, PATH=os.defpath, **place.environment)

    assert (code, complaint) == (1, "")
    assert "fault    database_away: The database does not let Værn in" in out
