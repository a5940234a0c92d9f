"""The server dies, a connection breaks, another process takes the lock: nothing acknowledged is lost or doubled."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from random import Random

import psycopg
import pytest
from aiohttp import ClientSession

from bot.stores import Commit, StaleCase, StoreAway, StoreInUse, WrongKey
from bot.stores.postgres_store import PostgresCaseStore
from tests.crafted import Crafted, press
from tests.documenting import documents, word
from tests.postgres_server import Server, own_server, server
from tests.postgres_wire import Lost, Wire
from tests.story import kept_in, said, story
from tests.test_stories_packages import fetched, with_evidence

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KEY = b"m" * 32
KILLS = 40 if os.environ.get("VAERN_SOAK") else 4
WRITERS = 4
UNSURE = "Noget gik i stykker hos Værn"
LOCKED = "select pid from pg_locks where locktype = 'advisory' and granted"
LOCK = "hashtextextended('vaern ' || current_schema(), 0)"


@pytest.fixture(scope="module")
def mortal() -> Iterator[Server]:
    """A server of our own, to be killed."""
    with ExitStack() as stack:
        yield own_server(stack.callback)


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with Wire(server().folder) as wire:
        yield wire


def numbered(number: int) -> Commit:
    return Commit(MONDAY, ({"n": number},), notices=({"id": f"{number}"},), handled=(f"press-{number}",))


async def until_away(store: PostgresCaseStore) -> None:
    """That its connection with the lock has ended is heard a moment later; from then on nothing is let through."""
    with pytest.raises(StoreAway):
        while True:
            await store.unreadable()


def holder(sql: psycopg.Connection) -> int:
    """Whose the lock is, as soon as the connections of earlier tests have ended with theirs."""
    while len(held := sql.execute(LOCKED).fetchall()) != 1:
        pass
    return held[0][0]


def queued(sql: psycopg.Connection) -> None:
    """Returns when somebody stands in line for the lock."""
    while not sql.execute("select from pg_locks where locktype = 'advisory' and not granted").fetchall():
        pass


# --- the connection breaks ---


@pytest.mark.parametrize("lost", ["question", "answer"])
async def test_a_commit_whose_answer_was_lost_is_there_once(wire: Wire, lost: Lost):
    store = await PostgresCaseStore.open(server().fresh().replace(str(server().folder), str(wire.folder)), KEY)
    await store.append("VK-A", numbered(0), after=0)
    wire.breaks_at(b"insert into commits", lost)

    await store.append("VK-A", numbered(1), after=1)

    found = await store.load("VK-A")
    assert wire.broken == 1
    assert (found.version, found.events) == (2, ({"n": 0}, {"n": 1}))
    assert [row.notice["id"] for row in await store.pending()] == ["0", "1"]
    await store.close()


async def test_a_commit_that_lost_its_answer_and_then_its_race_is_stale(wire: Wire):
    store = await PostgresCaseStore.open(server().fresh().replace(str(server().folder), str(wire.folder)), KEY)
    await store.append("VK-A", numbered(0), after=0)
    await store.append("VK-A", numbered(1), after=1)
    wire.breaks_at(b"insert into commits", "question")

    with pytest.raises(StaleCase):
        await store.append("VK-A", numbered(2), after=1)

    assert (await store.load("VK-A")).events == ({"n": 0}, {"n": 1})
    await store.close()


@pytest.mark.parametrize("marker", [b"insert into blobs", b"insert into case_keys", b"delete from cases"])
@pytest.mark.parametrize("lost", ["question", "answer"])
async def test_uploads_and_erasures_are_done_again_and_are_done_once(wire: Wire, marker: bytes, lost: Lost):
    store = await PostgresCaseStore.open(server().fresh().replace(str(server().folder), str(wire.folder)), KEY)
    wire.breaks_at(marker, lost)

    await store.put_blob("VK-A", "photo", b"x")
    assert await store.get_blob("VK-A", "photo") == b"x"
    await store.append("VK-A", numbered(0), after=0)
    await store.erase("VK-A")

    assert wire.broken == 1
    assert await store.version("VK-A") is None
    await store.close()


# --- many writers ---


async def test_of_many_stale_writers_on_many_connections_one_wins_each_version():
    """Past the turns of one process: as several processes would."""
    address = server().fresh()
    store = await PostgresCaseStore.open(address, KEY)
    others = [PostgresCaseStore(store.database, store.master) for _ in range(8)]
    await store.append("VK-A", numbered(0), after=0)

    for version in range(1, 11):
        tries = (other.append("VK-A", numbered(100 * version + n), after=version) for n, other in enumerate(others))
        outcomes = await asyncio.gather(*tries, return_exceptions=True)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType"] + ["StaleCase"] * 7

    found = await store.load("VK-A")
    assert (found.version, len(found.events)) == (11, 11)
    assert len(await store.pending()) == 11
    await store.close()


# --- the server is killed ---


async def test_writers_go_on_through_the_deaths_of_the_server_and_every_commit_is_there_once(mortal: Server):
    store = await PostgresCaseStore.open(mortal.fresh(), KEY, patience=60)
    random, written, goal = Random(20261122), [0] * WRITERS, asyncio.Condition()
    over = asyncio.Event()

    async def write(place: int) -> None:
        while not over.is_set():
            await store.append(f"VK-{place}", numbered(written[place]), after=written[place])
            written[place] += 1  # acknowledged
            async with goal:
                goal.notify_all()

    async def kill_now_and_then() -> None:
        for _ in range(KILLS):
            wanted = sum(written) + random.randint(1, 60)
            async with goal:
                await goal.wait_for(lambda wanted=wanted: sum(written) >= wanted)
            await asyncio.to_thread(mortal.kill)
            await asyncio.to_thread(mortal.start)
        over.set()

    async with asyncio.TaskGroup() as everybody:
        everybody.create_task(kill_now_and_then())
        for place in range(WRITERS):
            everybody.create_task(write(place))

    for place in range(WRITERS):
        found = await store.load(f"VK-{place}")
        assert found.events == tuple({"n": number} for number in range(written[place]))
        assert found.handled == {f"press-{number}" for number in range(written[place])}
    assert len(await store.pending()) == sum(written)
    await store.close()


async def test_while_the_server_is_away_the_store_says_so_and_afterwards_everything_is_there(mortal: Server):
    store = await PostgresCaseStore.open(mortal.fresh(), KEY, patience=60)
    await store.append("VK-A", numbered(0), after=0)
    mortal.kill()
    store.database.patience = 0.3

    for asked in (store.load("VK-A"), store.append("VK-A", numbered(1), after=1), store.unreadable(), store.pending()):
        with pytest.raises(StoreAway):
            await asked
    mortal.start()
    store.database.patience = 60

    assert (await store.load("VK-A")).events == ({"n": 0},)
    await store.close()


async def test_what_mette_writes_while_the_database_restarts_is_answered_and_ready_means_ready(mortal: Server):
    with kept_in(mortal.fresh()):
        async with story(breaks=True) as s, ClientSession() as browser:
            await s.mette.say("noget er sket")
            mortal.kill()
            async with browser.get(f"{s.app.url}/readyz") as answer:
                assert (answer.status, await answer.json()) == (503, {"ready": False, "waits_for": "case_store"})
            async with browser.get(f"{s.app.url}/healthz") as answer:
                assert answer.status == 200
            writing = asyncio.create_task(s.mette.press("Næste", {"whom": "me"}))
            await asyncio.to_thread(mortal.start)
            await writing

            async with browser.get(f"{s.app.url}/readyz") as answer:
                assert answer.status == 200
            assert "Hvad er der sket?" in said(s.mette)


async def test_while_the_server_is_away_every_press_and_every_word_is_answered_in_words_and_afterwards_it_goes_on(
    mortal: Server,
):
    """Not even who wrote in which language can be looked up then: the words follow the person's client."""
    with kept_in(mortal.fresh()):
        async with story(breaks=True) as s:
            await with_evidence(s)
            case, police = (await s.case()).id, Crafted("make_package", {"package": "police"})
            before, kept = await s.facts(), (await s.case()).evidence[0].id
            s.app.store.database.patience = 0.3
            await asyncio.to_thread(mortal.kill)
            withdrawing = Crafted("withdraw_item", {}, {"item": kept})
            pressed, withdrawn = await press(s.jonas, police, case), await press(s.mette, withdrawing, case)
            assert UNSURE in pressed.words and UNSURE in withdrawn.words
            window = await documents(s, s.mette, locale="en-GB")
            assert "Something broke in Værn" in word(window)
            await s.lise.say("noget er sket")
            assert UNSURE in s.lise.texts[-1]
            await asyncio.to_thread(mortal.start)
            s.app.store.database.patience = 60
            await press(s.jonas, police, case)
            await s.settled()

            assert await s.facts() == [*before, "package_made"]
            assert len(await fetched(s, s.jonas)) == 1


async def test_whether_it_is_ready_is_answered_even_where_the_server_has_frozen():
    store = await PostgresCaseStore.open(server().fresh(), KEY)
    await store.append("VK-A", numbered(0), after=0)
    with server().connected() as sql:
        frozen = [pid for (pid,) in sql.execute("select pid from pg_stat_activity where application_name = 'vaern'")]
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(StoreAway):
            await store.unreadable()
    finally:
        for pid in frozen:
            os.kill(pid, signal.SIGCONT)

    assert await store.unreadable() == ()
    await store.close()


async def test_a_database_that_is_not_there_stops_the_start_in_words(tmp_path):
    with pytest.raises(StoreAway, match="does not let us in"):
        await PostgresCaseStore.open(f"postgresql:///vaern?host={tmp_path}", KEY, wait=0.5)


# --- the lock ---


async def test_a_process_that_lost_its_lock_keeps_away_until_it_has_it_again():
    address = server().fresh()
    store = await PostgresCaseStore.open(address, KEY, patience=60)
    await store.append("VK-A", numbered(0), after=0)
    with server().connected(address) as other, server().connected() as sql:
        ours = await asyncio.to_thread(holder, sql)
        taking = asyncio.create_task(asyncio.to_thread(other.execute, f"select pg_advisory_lock({LOCK})"))
        await asyncio.to_thread(queued, sql)
        sql.execute("select pg_terminate_backend(%s)", [ours])
        await taking

        store.database.patience = 0.3
        await until_away(store)
        with pytest.raises(StoreAway):
            await store.append("VK-A", numbered(1), after=1)

    store.database.patience = 60
    await store.append("VK-A", numbered(1), after=1)
    assert (await store.load("VK-A")).version == 2
    await store.close()


async def test_a_newer_process_takes_over_and_the_one_before_stands_by_until_it_has_ended():
    address = server().fresh()
    old = await PostgresCaseStore.open(address, KEY, patience=60)
    old.database.stand_by = 4
    await old.append("VK-A", numbered(0), after=0)

    new = await PostgresCaseStore.open(address, KEY, take_over=True)
    await new.append("VK-A", numbered(1), after=1)
    old.database.patience = 0.3
    with pytest.raises(StoreAway):
        await old.append("VK-A", numbered(2), after=2)
    await new.close()
    old.database.patience = 60

    await old.append("VK-A", numbered(2), after=2)
    assert (await old.load("VK-A")).version == 3
    await old.close()


async def test_a_bot_that_starts_beside_another_serves_in_its_place():
    """As an update does: the new one is up before the old one is stopped."""
    with kept_in(server().fresh()):
        async with story(breaks=True) as s:
            await s.report(s.mette)
            old, s.app = s.app, None
            await s.start()
            await s.opened(s.jonas)

            assert "har set det" in said(s.mette)
            async with ClientSession() as browser, browser.get(f"{old.url}/readyz") as answer:
                assert answer.status == 503
            await old.stop()
            assert (await s.case()).seen_at is not None


async def test_a_start_with_a_wrong_key_does_not_take_the_lock_from_whoever_serves():
    address = server().fresh()
    serving = await PostgresCaseStore.open(address, KEY, patience=1, take_over=True)
    for _ in range(3):  # started again and again, as a container is
        with pytest.raises(WrongKey):
            await PostgresCaseStore.open(address, b"x" * 32, take_over=True)
        assert await serving.open_cases() == 0
    await serving.close()


async def test_whoever_does_not_ask_for_the_lock_is_refused_and_the_bot_serves_on():
    address = server().fresh()
    serving = await PostgresCaseStore.open(address, KEY, patience=1, take_over=True)
    with pytest.raises(StoreInUse):
        await PostgresCaseStore.open(address, KEY, wait=1)

    assert await serving.open_cases() == 0
    await serving.close()
