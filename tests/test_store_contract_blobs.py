"""What every store promises of uploads."""

import asyncio
from hashlib import sha256
from random import Random

import pytest

from bot.stores import CaseStore, Commit, UnknownCase
from bot.stores.chunks import CHUNK
from bot.stores.incoming import Kept
from tests.every_store import CASE, OTHER, Desk, commit


async def test_an_upload_comes_back_byte_for_byte(store: CaseStore):
    content = bytes(range(256)) * 1000
    await store.put_blob(CASE, "photo_1", content)
    await store.put_blob(CASE, "empty", b"")

    assert await store.get_blob(CASE, "photo_1") == content
    assert await store.get_blob(CASE, "empty") == b""


async def test_the_same_item_twice_is_once_and_the_first_stays(store: CaseStore):
    await store.put_blob(CASE, "photo", b"first")
    await store.put_blob(CASE, "photo", b"second")

    assert await store.get_blob(CASE, "photo") == b"first"


async def test_the_same_item_id_in_another_case_is_another_item(store: CaseStore):
    await store.put_blob(CASE, "photo", b"mine")
    await store.put_blob(OTHER, "photo", b"theirs")

    assert await store.get_blob(CASE, "photo") == b"mine"


@pytest.mark.parametrize("item", ["other", "../photo", "", "photo.blob", "../../VK-1"])
async def test_an_item_that_is_not_there_is_unknown(store: CaseStore, item: str):
    await store.put_blob(CASE, "photo", b"x")

    with pytest.raises(UnknownCase):
        await store.get_blob(CASE, item)


@pytest.mark.parametrize(
    "mention",
    [
        commit(events=({"type": "evidence_added", "item": "photo"},)),
        commit(events=({"type": "evidence_added", "items": [{"kind": "file", "id": "photo"}]},)),
        commit(texts={"photo": "What is on it"}),
    ],
    ids=["an event's item", "deep in an event", "a text"],
)
async def test_an_upload_its_case_mentions_is_there_after_a_restart(desk: Desk, mention: Commit):
    await desk.store.put_blob(CASE, "photo", b"x")
    await desk.store.append(CASE, mention, after=0)

    assert await (await desk.restart()).get_blob(CASE, "photo") == b"x"


async def test_an_upload_its_case_never_came_to_mention_is_gone_after_a_restart(desk: Desk):
    await desk.store.append(CASE, commit(events=({"item": "photo"},)), after=0)
    await desk.store.put_blob(CASE, "photo", b"mentioned")
    await desk.store.put_blob(CASE, "lost", b"never acknowledged")

    store = await desk.restart()

    assert await store.get_blob(CASE, "photo") == b"mentioned"
    with pytest.raises(UnknownCase):
        await store.get_blob(CASE, "lost")


async def stream(store: CaseStore, item: str, *parts: bytes) -> Kept:
    async with store.receiving(CASE, item) as arriving:
        for part in parts:
            await arriving.write(part)
        return await arriving.keep()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 77])
async def test_what_streams_in_is_counted_fingerprinted_and_given_back_byte_for_byte(store: CaseStore, size: int):
    content = Random(size).randbytes(size)

    kept = await stream(store, "film", *(content[at : at + 300_007] for at in range(0, size, 300_007)))

    assert kept == (size, sha256(content).hexdigest())
    assert await store.get_blob(CASE, "film") == content


async def test_what_breaks_off_on_its_way_leaves_nothing_and_can_come_again(store: CaseStore):
    with pytest.raises(ConnectionError):
        async with store.receiving(CASE, "film") as arriving:
            await arriving.write(b"x" * 3 * CHUNK)
            raise ConnectionError

    with pytest.raises(UnknownCase):
        await store.get_blob(CASE, "film")
    await stream(store, "film", b"again")
    assert await store.get_blob(CASE, "film") == b"again"


async def test_two_that_stream_in_as_the_same_item_are_one_and_whole(store: CaseStore):
    long, other = b"a" * 2 * CHUNK, b"b" * 3 * CHUNK

    await asyncio.gather(stream(store, "film", long), stream(store, "film", other))

    assert await store.get_blob(CASE, "film") in (long, other)


async def test_what_comes_once_more_as_the_same_item_is_told_the_fingerprint_of_what_lies_there(store: CaseStore):
    first = await stream(store, "film", b"a" * CHUNK, b"b")

    assert await stream(store, "film", b"something else") == first


async def test_an_upload_on_its_way_holds_up_nobody_elses_work_in_the_case(store: CaseStore):
    async with store.receiving(CASE, "film") as arriving:
        await arriving.write(b"x" * 2 * CHUNK)
        await store.append(CASE, commit(), after=0)
        await store.put_blob(CASE, "photo", b"y")
        await arriving.keep()

    assert await store.get_blob(CASE, "film") == b"x" * 2 * CHUNK


async def test_a_case_erased_meanwhile_takes_nothing_in(store: CaseStore):
    await store.append(CASE, commit(), after=0)

    with pytest.raises(UnknownCase):
        async with store.receiving(CASE, "film") as arriving:
            await arriving.write(b"x" * 2 * CHUNK)
            await store.erase(CASE)
            await arriving.keep()

    with pytest.raises(UnknownCase):
        await store.get_blob(CASE, "film")


async def test_an_upload_that_became_no_piece_is_taken_back_and_nothing_else(desk: Desk):
    await desk.store.append(CASE, commit(), after=0)
    for item in ("photo", "other"):
        await desk.store.put_blob(CASE, item, b"x")
    for case, item in ((CASE, "photo"), (CASE, "photo"), (CASE, "../other"), (OTHER, "other"), ("../x", "other")):
        await desk.store.take_back(case, item)

    with pytest.raises(UnknownCase):
        await desk.store.get_blob(CASE, "photo")
    assert await desk.store.get_blob(CASE, "other") == b"x"
    await desk.store.put_blob(CASE, "photo", b"again")
    assert await desk.store.get_blob(CASE, "photo") == b"again"
