"""What every store promises of what has a key of its own: texts that may be destroyed one by one, and uploads."""

from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copytree, rmtree
from typing import Protocol

import pytest

from bot.stores import CaseStore, Commit, UnknownCase, UnreadableFile
from bot.stores.blob_files import BlobFile, label
from bot.stores.postgres_store import PostgresCaseStore
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from tests.every_store import CASE, OTHER, Desk, commit
from tests.found_again import read_with
from tests.postgres_server import server

KEY = b"m" * 32
WORDS, KEPT, FILM = "Han stod her igen.", "Og det her.", b"klip " * 10


def given(hours: float = 0, **texts: str) -> Commit:
    """Texts that may go one by one, each in an event."""
    named = tuple({"item": item} for item in texts)
    return commit(hours, events=named, texts=texts, apart=frozenset(texts))


def gone(*items: str, hours: float = 5) -> Commit:
    return commit(hours, events=({"destroyed": sorted(items)},), destroyed=frozenset(items))


# --- in every store ---


async def test_texts_with_keys_of_their_own_are_read_like_any_others(desk: Desk):
    await desk.store.append(CASE, given(a=WORDS, b="æøå \u202e 😀\n", c=""), after=0)
    await desk.store.append(CASE, commit(1, texts={"d": KEPT}), after=1)
    await desk.store.append(CASE, given(2, a=WORDS, e="Nyt"), after=2)

    for again in (False, True):
        store = await desk.restart() if again else desk.store
        texts = {"a": WORDS, "b": "æøå \u202e 😀\n", "c": "", "d": KEPT, "e": "Nyt"}
        assert (await store.load(CASE)).texts == texts


async def test_one_of_them_is_destroyed_and_the_others_stay(desk: Desk):
    await desk.store.append(CASE, given(a=WORDS, b=KEPT), after=0)
    await desk.store.append(CASE, given(1, a=WORDS, c="Nyt"), after=1)

    await desk.store.append(CASE, gone("a"), after=2)

    for again in (False, True):
        store = await desk.restart() if again else desk.store
        assert (await store.load(CASE)).texts == {"b": KEPT, "c": "Nyt"}


async def test_the_words_of_an_item_stay_when_its_upload_is_taken_back(store: CaseStore):
    await store.put_blob(CASE, "a", FILM)
    await store.append(CASE, given(a=WORDS), after=0)

    await store.take_back(CASE, "a")

    assert (await store.load(CASE)).texts == {"a": WORDS}
    await store.put_blob(CASE, "a", b"again")
    assert await store.get_blob(CASE, "a") == b"again"


async def test_words_can_be_written_again_under_an_id_that_was_destroyed(desk: Desk):
    await desk.store.append(CASE, given(a=WORDS), after=0)
    await desk.store.append(CASE, gone("a"), after=1)
    await desk.store.append(CASE, given(6, a="Igen"), after=2)

    for again in (False, True):
        assert (await (await desk.restart() if again else desk.store).load(CASE)).texts == {"a": "Igen"}


async def test_a_step_on_a_version_that_is_not_the_newest_leaves_the_keys_as_they_were(desk: Desk):
    await desk.store.append(CASE, given(a=WORDS), after=0)
    for late in (given(1, a="Andet", b="Andet"), gone("a")):
        with pytest.raises(Exception, match="version"):
            await desk.store.append(CASE, late, after=0)

    assert (await (await desk.restart()).load(CASE)).texts == {"a": WORDS}


# --- where there are files or rows to look at ---


class Place(Protocol):
    """A store of which a copy is kept and put back, without the keys: those are as they are."""

    async def open(self) -> CaseStore: ...

    def keep_copy(self) -> None: ...

    def put_back(self) -> None: ...

    def lose_own_keys(self) -> None: ...


class Files:
    def __init__(self, folder: Path) -> None:
        self.folder, self.cases, self.copy = folder, folder / "cases", folder / "copy"

    async def open(self) -> CaseStore:
        return await TinyCaseStore.open(self.cases, Vault(self.folder / "keys", KEY))

    def keep_copy(self) -> None:
        copytree(self.cases, self.copy)

    def put_back(self) -> None:
        rmtree(self.cases)
        copytree(self.copy, self.cases)

    def lose_own_keys(self) -> None:
        rmtree(self.folder / "keys" / "items")


class Rows:
    TABLES = ("commits", "blobs", "blob_chunks")

    def __init__(self, address: str) -> None:
        self.address, self.kept = address, {}
        self.sql = server().connected(address)

    async def open(self) -> CaseStore:
        return await PostgresCaseStore.open(self.address, KEY)

    def keep_copy(self) -> None:
        self.sql.execute("create table versions as select id, version from cases")
        for table in self.TABLES:
            self.sql.execute(f"create table {table}_before as select * from {table}")

    def put_back(self) -> None:
        self.sql.execute("update cases set version = v.version from versions v where v.id = cases.id")
        for table in self.TABLES:
            self.sql.execute(f"delete from {table}; insert into {table} select * from {table}_before")

    def lose_own_keys(self) -> None:
        self.sql.execute("delete from item_keys")


@pytest.fixture(params=["files", "rows"])
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    found = Files(tmp_path) if request.param == "files" else Rows(server().fresh())
    yield found
    if isinstance(found, Rows):
        found.sql.close()


async def a_draft(place: Place) -> None:
    """Words that will be destroyed and words that will not, and a film of each kind."""
    store = await place.open()
    for item in ("film", "other-film"):
        await store.put_blob(CASE, item, FILM)
    await store.append(CASE, given(film="navn.mp4", note=WORDS, kept=KEPT), after=0)
    await store.append(CASE, commit(1, events=({"item": "other-film"},)), after=1)
    await store.close()


async def destroyed(place: Place) -> None:
    store = await place.open()
    await store.append(CASE, gone("film", "note"), after=2)
    await store.close()


async def test_an_older_copy_put_back_brings_nothing_back_that_was_destroyed_and_all_the_rest(place: Place):
    await a_draft(place)
    place.keep_copy()
    await destroyed(place)

    place.put_back()
    store = await place.open()

    assert (await store.load(CASE)).version == 2, "it is the older copy"
    assert (await store.load(CASE)).texts == {"kept": KEPT}
    assert await store.get_blob(CASE, "other-film") == FILM
    with pytest.raises(UnknownCase):
        await store.get_blob(CASE, "film")
    assert await store.unreadable() == ()
    await store.close()


async def test_a_text_that_has_lost_its_key_is_damage_and_is_never_read_as_empty(place: Place):
    await a_draft(place)
    place.lose_own_keys()

    try:
        store = await place.open()
        with pytest.raises(UnreadableFile):
            await store.load(CASE)
        assert await store.unreadable() == (f"{CASE}.case",)
    finally:
        await store.close()


async def test_what_was_kept_before_there_were_own_keys_is_read_and_destroyed_as_ever(place: Place):
    store = await place.open()
    await store.append(CASE, commit(texts={"note": WORDS, "kept": KEPT}), after=0)
    await store.append(CASE, given(1, later="Nyt"), after=1)

    await store.append(CASE, gone("note"), after=2)

    assert (await store.load(CASE)).texts == {"kept": KEPT, "later": "Nyt"}
    await store.close()


async def test_an_upload_of_before_stays_readable_also_when_it_comes_again(tmp_path: Path):
    place = Files(tmp_path)
    store = await place.open()
    await store.append(CASE, commit(events=({"item": "film"},)), after=0)
    path = place.cases / "blobs" / CASE / "film.blob"
    before = BlobFile(path, Vault(tmp_path / "keys", KEY).of_case(CASE), label(CASE, "film"), lambda: None)
    before.put(FILM, True)
    before.keep()

    await store.put_blob(CASE, "film", b"again")

    assert await store.get_blob(CASE, "film") == FILM
    await store.close()


async def test_of_an_erased_case_no_key_is_left_and_a_copy_of_everything_but_the_keys_opens_nothing(tmp_path: Path):
    place = Files(tmp_path)
    await a_draft(place)
    place.keep_copy()
    assert WORDS in read_with(place.copy, KEY, tmp_path / "keys")
    store = await place.open()
    await store.append(OTHER, given(a="En anden"), after=0)

    await store.erase(CASE)

    assert {path.name for path in (tmp_path / "keys" / "items").iterdir()} == {OTHER}
    assert all(word not in read_with(place.copy, KEY, tmp_path / "keys") for word in (WORDS, KEPT, "klip"))
    await store.close()


async def test_in_the_database_an_own_key_that_was_destroyed_leaves_an_empty_row(tmp_path: Path):
    place = Rows(server().fresh())
    await a_draft(place)
    await destroyed(place)

    rows = place.sql.execute("select name, sealed = '' from item_keys order by name").fetchall()
    assert rows == [
        ("blob/film", True),
        ("blob/other-film", False),
        *((f"text/{item}", item != "kept") for item in ("film", "kept", "note")),
    ]
    place.sql.close()
