"""Every commit hangs on the one before it, in every store; what is destroyed goes, and the chain goes on holding."""

from pathlib import Path

import pytest

from bot.stores import CaseStore, Commit, UnknownCase, codec
from bot.stores.case_file import CaseFile
from bot.stores.chain import Break, first_break, head, linked, without
from bot.stores.vault import Vault
from tests.every_store import CASE, MONDAY, Desk, commit, desk, store  # noqa: F401 - fixtures

SEEN, CLOSED = {"event": "case_seen", "v": 1, "by": "jonas"}, {"event": "case_closed", "v": 1, "by": "jonas"}


def written(*commits: Commit) -> list[dict]:
    """The documents of these commits, each hanging on the one before."""
    found: list[dict] = []
    for one in commits:
        found.append(codec.document(one, head(found)))
    return found


THREE = (
    commit(events=(SEEN,), texts={"note": "Hun er bange."}),
    commit(1, events=(SEEN, CLOSED)),
    commit(2, events=(SEEN,)),
)


def test_what_was_written_holds():
    assert first_break(written(*THREE)) is None


@pytest.mark.parametrize(
    ("commit_number", "change", "found"),
    [
        (1, lambda it: it["events"][0].update(by="birgit"), Break(1, "event", "case_seen")),
        (2, lambda it: it["events"][1].update(by="birgit"), Break(2, "event", "case_closed")),
        (2, lambda it: it["events"].pop(), Break(2, "events")),
        (1, lambda it: it["texts"].update(note="Hun er glad."), Break(1, "text", "note")),
        (1, lambda it: it["texts"].pop("note"), Break(1, "text", "note")),
        (2, lambda it: it["texts"].update(note="Hun er glad."), Break(2, "text", "note")),
        (2, lambda it: it["texts"].update(note="Hun er bange."), Break(2, "text", "note")),
        (2, lambda it: it["texts"].update(other="Hun er glad."), Break(2, "text", "other")),
        (3, lambda it: it.update(at="2026-11-23T12:00:00+00:00"), Break(3, "link")),
        (2, lambda it: it.pop("chain"), Break(2, "link")),
        (2, lambda it: it.update(chain={}), Break(2, "link")),
        (2, lambda it: it["chain"].update(events=None), Break(2, "link")),
    ],
)
def test_what_is_changed_afterwards_is_named(commit_number, change, found):
    documents = written(*THREE)

    change(documents[commit_number - 1])

    assert first_break(documents) == found


def test_whoever_puts_the_hash_of_an_event_right_too_is_found_at_the_link():
    documents, other = written(*THREE), written(commit(1, events=({**SEEN, "by": "birgit"}, CLOSED)))[0]
    documents[1]["events"], documents[1]["chain"]["events"] = other["events"], other["chain"]["events"]

    assert first_break(documents) == Break(2, "link")


def test_other_words_under_an_id_that_has_words_show_even_with_a_link_of_their_own():
    again = written(*THREE, commit(3, events=(SEEN,), texts={"note": "Hun er bange."}))
    forged = written(*THREE, commit(3, events=(SEEN,), texts={"note": "Hun er glad."}))
    old = [{key: value for key, value in one.items() if key != "chain"} for one in forged]

    assert first_break(again) is None  # as a letter's draft that is kept anew with its words
    assert first_break(forged) == first_break(old) == Break(4, "text", "note")
    assert codec.stored(CASE, forged).texts == {"note": "Hun er bange."}


def test_a_commit_taken_out_shows_at_the_next_one():
    documents = written(*THREE)
    del documents[1]

    assert first_break(documents) == Break(2, "link")


def test_two_commits_that_changed_places_show():
    documents = written(*THREE)
    documents[1], documents[2] = documents[2], documents[1]

    assert first_break(documents) == Break(2, "link")


def test_old_commits_without_links_are_held_from_the_next_one_on():
    old = [{key: value for key, value in one.items() if key != "chain"} for one in written(*THREE)]
    assert first_break(old) is None

    documents = [*old, codec.document(commit(3, events=(SEEN,)), head(old))]
    documents.append(codec.document(commit(4, events=(SEEN,)), head(documents)))
    assert first_break(documents) is None

    documents[0]["events"][0]["by"] = "birgit"
    assert first_break(documents) == Break(4, "link")


@pytest.mark.parametrize("old", [False, True])
def test_a_destroyed_text_leaves_the_chain_whole_and_nothing_to_try_words_on(old: bool):
    documents = written(*THREE)
    if old:
        documents = [{key: value for key, value in one.items() if key != "chain"} for one in documents]
    documents = [without(one, frozenset({"note"})) for one in documents]
    documents.append(codec.document(commit(3, destroyed=frozenset({"note"})), head(documents)))

    assert first_break(documents) is None
    assert "bange" not in str(documents) and documents[0].get("chain", {"salts": {}})["salts"] == {}


def test_two_writings_of_the_same_words_have_nothing_in_common():
    one, other = (linked({"at": "", "events": [], "texts": {"a": "ja"}}, "")["chain"]["texts"] for _ in range(2))

    assert one != other


# --- in every store ---


async def test_what_is_destroyed_is_gone_with_the_step_that_says_so(desk: Desk):  # noqa: F811
    await desk.store.put_blob(CASE, "photo", b"pixels")
    told = commit(events=({"item": "photo"},), texts={"photo-name": "hun.png", "kept": "det her"})
    await desk.store.append(CASE, told, after=0)

    gone = frozenset({"photo", "photo-name"})
    await desk.store.append(CASE, commit(1, events=({"destroyed": "photo"},), destroyed=gone), after=1)

    for again in (False, True):
        now = await desk.restart() if again else desk.store
        assert (await now.load(CASE)).texts == {"kept": "det her"}
        assert len((await now.load(CASE)).events) == 2
        with pytest.raises(UnknownCase):
            await now.get_blob(CASE, "photo")


async def test_destroying_what_is_not_there_is_nothing(store: CaseStore):  # noqa: F811
    await store.append(CASE, commit(texts={"kept": "det her"}), after=0)
    await store.append(CASE, commit(1, destroyed=frozenset({"nothing"})), after=1)

    assert (await store.load(CASE)).texts == {"kept": "det her"}


async def test_an_upload_that_a_death_left_after_it_was_destroyed_goes_at_the_next_start(desk: Desk):  # noqa: F811
    await desk.store.append(CASE, commit(events=({"item": "photo"},)), after=0)
    await desk.store.append(CASE, commit(1, destroyed=frozenset({"photo"})), after=1)
    await desk.store.put_blob(CASE, "photo", b"pixels")  # as it lies when the process dies between the two

    store = await desk.restart()  # noqa: F811

    with pytest.raises(UnknownCase):
        await store.get_blob(CASE, "photo")


def test_no_file_on_the_disk_holds_what_was_destroyed(tmp_path: Path):
    """The case's own file is opened with its key here: it is the one place where the words could still lie."""
    vault = Vault(tmp_path / "vault", b"m" * 32)
    vault.make_key(CASE)
    file = CaseFile(CASE, None, vault.of_items(CASE))
    file.append(commit(texts={"note": "Hun er bange."}), 0)
    file.append(commit(1, destroyed=frozenset({"note"})), 1)

    assert b"bange" not in file.content() and first_break(file.commits()) is None and MONDAY
