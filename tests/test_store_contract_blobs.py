"""What every store promises of uploads."""

import pytest

from bot.stores import CaseStore, Commit, UnknownCase
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
