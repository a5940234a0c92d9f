"""The embedded store moved into PostgreSQL: everything is there, once, and the files are as they were."""

import base64
import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.keeping.kept import KNOWN_CONDUCT
from bot.keeping.known_conduct import Held, KnownConduct
from bot.keeping.move_store import MoveFault, move_store
from bot.setup.settings import REHEARSAL_ORGANISATION
from bot.stores import Commit, StoreInUse, UnknownCase, WrongKey
from bot.stores.beside import beside
from bot.stores.chain import first_break
from bot.stores.looked_at import DatabaseLookedAt
from bot.stores.postgres_shelf import PostgresShelf
from bot.stores.postgres_store import PostgresCaseStore
from bot.stores.shelf import FileShelf
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from tests.postgres_server import server
from tests.story import MASTER_KEY, SUNDAY, said, story
from tests.test_command_line import GUID, ended
from tests.test_stories import PICTURE


def fingerprint(folder: Path) -> str:
    tree = [(str(path), path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()]
    return hashlib.sha256(repr(tree).encode()).hexdigest()


async def two_cases(data: Path) -> None:
    """A case with an upload and a notice that was put off, and one that is erased."""
    store = await TinyCaseStore.open(data / "cases", Vault(data / "keys", MASTER_KEY))
    await store.put_blob("VK-A", "photo", PICTURE)
    whole = Commit(SUNDAY, ({"item": "photo"},), {"t": "ord"}, ({"id": "a"}, {"id": "b"}), people=frozenset({"anna"}))
    await store.append("VK-A", whole, after=0)
    await store.append("VK-A", Commit(SUNDAY, handled=("press",), notices=({"id": "c"},), closed=True), after=1)
    await store.settle("VK-A", "a")
    await store.put_off("VK-A", "b", attempts=2, not_before=SUNDAY)
    await store.append("VK-GONE", whole, after=0)
    await store.erase("VK-GONE")
    await store.close()


async def test_words_with_a_key_of_their_own_have_one_there_too_and_the_chain_goes_on_holding(tmp_path: Path):
    address, gone = server().fresh(), frozenset({"note"})
    files = await TinyCaseStore.open(tmp_path / "cases", Vault(tmp_path / "keys", MASTER_KEY))
    texts = {"note": "Hun er bange.", "more": "Og så", "plain": "ord"}
    await files.append("VK-A", Commit(SUNDAY, texts=texts, apart=frozenset({"note", "more"})), after=0)
    await files.close()

    await move_store(tmp_path, address, MASTER_KEY)
    store = await PostgresCaseStore.open(address, MASTER_KEY)
    await store.append("VK-A", Commit(SUNDAY, destroyed=gone), after=1)
    await store.close()

    async with beside(address, MASTER_KEY) as found:
        commits = await DatabaseLookedAt(found).commits("VK-A")
    with server().connected(address) as sql:
        left = sql.execute("select name, sealed <> '' from item_keys order by name").fetchall()
    assert commits[0]["texts"] == {"more": "Og så", "plain": "ord"} and first_break(commits) is None
    assert left == [("text/more", True), ("text/note", False)]


async def test_a_case_goes_on_in_postgres_where_it_was_in_files():
    address = server().fresh()
    async with story() as s:
        await s.connect_group()
        await s.mette.say("noget er sket")
        await s.mette.upload("opslag.png", PICTURE, "image/png")
        await s.mette.say("slet kladden")
        await s.does(s.mette, "delete_draft")
        await s.report(s.mette)
        before = await s.case()
        await s.stop()
        moved = await move_store(s.folder, address, MASTER_KEY)
        s.settings = replace(s.settings, case_store="postgres", database=address)
        await s.start()

        assert moved.cases and moved.documents
        assert await s.case() == before
        await s.opened(s.jonas)
        assert "har set det" in said(s.mette)


async def test_wordings_that_somebody_may_have_answered_come_along(tmp_path: Path):
    """Without them nobody would notice that a wording's words were changed after an answer."""
    await two_cases(tmp_path)
    shelf, kept = FileShelf(tmp_path / "wordings", Vault(tmp_path / "keys", MASTER_KEY), "wordings"), {"texts": {}}
    await shelf.put("police.1+nord.1", kept)
    address = server().fresh()

    await move_store(tmp_path, address, MASTER_KEY)

    store = await PostgresCaseStore.open(address, MASTER_KEY)
    assert await PostgresShelf(store.database, store.master, "wordings").get("police.1+nord.1") == kept
    await store.close()


async def test_known_conduct_comes_along_under_the_same_key(tmp_path: Path):
    await two_cases(tmp_path)
    before = KnownConduct(FileShelf(tmp_path / KNOWN_CONDUCT, Vault(tmp_path / "keys", MASTER_KEY), KNOWN_CONDUCT))
    key, held = await before.key("nord"), Held(datetime(2026, 11, 22, tzinfo=UTC), frozenset({"person"}))
    await before.keep("nord", "VK-7Q4M-X2D", {"hash"}, held)
    address = server().fresh()

    await move_store(tmp_path, address, MASTER_KEY)

    store = await PostgresCaseStore.open(address, MASTER_KEY)
    after = KnownConduct(PostgresShelf(store.database, store.master, KNOWN_CONDUCT))
    assert await after.key("nord") == key
    assert await after.sharing("nord", {"hash"}) == {"VK-7Q4M-X2D": held}
    await store.close()


async def test_uploads_what_waits_and_what_was_erased_come_along_and_the_files_stay_as_they_were(tmp_path: Path):
    await two_cases(tmp_path)
    before, address = fingerprint(tmp_path), server().fresh()

    moved = await move_store(tmp_path, address, MASTER_KEY)

    store = await PostgresCaseStore.open(address, MASTER_KEY)
    found, rows = await store.load("VK-A"), await store.pending()
    assert (moved.cases, moved.uploads) == (1, 1)
    assert (found.version, found.texts, found.handled) == (2, {"t": "ord"}, {"press"})
    assert [(row.notice["id"], row.attempts, row.not_before) for row in rows] == [("b", 2, SUNDAY), ("c", 0, None)]
    assert await store.get_blob("VK-A", "photo") == PICTURE
    with pytest.raises(UnknownCase):
        await store.append("VK-GONE", Commit(SUNDAY), after=0)
    assert fingerprint(tmp_path) == before
    await store.close()


async def test_nothing_is_moved_into_a_database_that_holds_something(tmp_path: Path):
    await two_cases(tmp_path)
    address = server().fresh()
    await move_store(tmp_path, address, MASTER_KEY)

    with pytest.raises(MoveFault, match="is not empty"):
        await move_store(tmp_path, address, MASTER_KEY)


async def test_nothing_is_moved_while_a_bot_runs_or_with_another_key_or_from_nowhere(tmp_path: Path):
    await two_cases(tmp_path)
    store = await TinyCaseStore.open(tmp_path / "cases", Vault(tmp_path / "keys", MASTER_KEY))
    with pytest.raises(StoreInUse):
        await move_store(tmp_path, server().fresh(), MASTER_KEY)
    await store.close()
    with pytest.raises(WrongKey):
        await move_store(tmp_path, server().fresh(), bytes(32))
    with pytest.raises(MoveFault, match="holds no embedded store"):
        await move_store(tmp_path / "nowhere", server().fresh(), MASTER_KEY)
    assert not (tmp_path / "nowhere").exists()


async def test_a_case_that_cannot_be_read_holds_the_move_up_before_it_begins(tmp_path: Path):
    await two_cases(tmp_path)
    (tmp_path / "cases" / "closed" / "VK-A.case").write_bytes(b"rubbish")

    with pytest.raises(MoveFault, match="VK-A.case cannot be read"):
        await move_store(tmp_path, address := server().fresh(), MASTER_KEY)
    store = await PostgresCaseStore.open(address, MASTER_KEY)
    assert await store.is_empty()
    await store.close()


async def test_the_command_says_what_it_did_and_what_to_do_next_and_what_is_in_the_way(tmp_path: Path):
    await two_cases(tmp_path)
    live = {
        "MICROSOFT_APP_ID": GUID,
        "MICROSOFT_APP_PASSWORD": "x",
        "MICROSOFT_APP_TENANT_ID": GUID,
        "VAERN_MASTER_KEY": base64.b64encode(MASTER_KEY).decode(),
        "VAERN_ORGANISATION": str(REHEARSAL_ORGANISATION),
        "VAERN_DATA": str(tmp_path),
        "VAERN_DATABASE": server().fresh(),
    }

    code, out, complaint = await ended("move-store", **live)
    assert (code, complaint) == (0, "")
    assert out.startswith("1 cases, 1 uploads and 0 documents are in the database.\nSet CASE_STORE=postgres")
    code, out, complaint = await ended("move-store", **live)
    assert (code, out) == (1, "") and "is not empty" in complaint
    code, out, complaint = await ended("serve", **live | {"CASE_STORE": "postgres", "VAERN_MASTER_KEY": "A" * 43 + "="})
    assert (code, out) == (1, "") and complaint.startswith("The master key is not the one ")


async def test_the_chain_is_moved_as_it_was_links_and_what_was_destroyed(tmp_path: Path):
    store = await TinyCaseStore.open(tmp_path / "cases", Vault(tmp_path / "keys", MASTER_KEY))
    old = Commit(SUNDAY, ({"event": "old"},), {"t": "ord", "d": "væk"}, in_chain={})  # of before there were links
    await store.append("VK-A", old, after=0)
    await store.append("VK-A", Commit(SUNDAY, ({"event": "new"},), {"n": "nyt", "e": "væk"}), after=1)
    await store.append("VK-A", Commit(SUNDAY, destroyed=frozenset({"d", "e"})), after=2)
    before = await store.commits("VK-A")
    await store.close()
    address = server().fresh()

    await move_store(tmp_path, address, MASTER_KEY)

    async with beside(address, MASTER_KEY) as found:
        moved = await DatabaseLookedAt(found).commits("VK-A")
    assert moved == before and first_break(moved) is None
    assert "chain" not in moved[0] and moved[0]["gone"]
