"""`python -m bot verify`: a changed byte in an original or in an event is found and named, beside a bot that runs."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from bot.errands.verify import told
from bot.keeping.verifying import Broken, FilesLookedAt, verified
from bot.stores import codec
from bot.stores.beside import beside
from bot.stores.looked_at import DatabaseLookedAt
from bot.stores.own_keys import of_upload, opened
from bot.stores.postgres_case import key_of, key_of_upload
from bot.stores.vault import MasterKey, Vault
from tests.documenting import keeps
from tests.postgres_server import server
from tests.story import KEPT_IN, MASTER_KEY, Story, story
from tests.test_command_line import ended
from tests.test_stories import PICTURE

KEY = base64.b64encode(MASTER_KEY).decode()


async def a_case(s: Story) -> str:
    """Mette's, with a picture in it, opened by Jonas."""
    await s.mette.say("noget er sket")
    await s.mette.upload("opslag.png", PICTURE, "image/png")
    await s.report(s.mette)
    await s.opened(s.jonas)
    return (await s.case()).id


async def errand(folder: Path, *words: str, **environment: str) -> tuple[int, str, str]:
    organisation = str(Path(__file__).parents[1] / "bot/rehearsal/organisation.toml")
    here = {"VAERN_DATA": str(folder), "VAERN_MASTER_KEY": KEY, "VAERN_ORGANISATION": organisation}
    return await ended("verify", *words, **here, VAERN_DEVELOPMENT="1", **environment)


def rewritten(folder: Path, case: str, change: Callable[[dict], None]) -> None:
    """The case's file with something else in it, by somebody who has the key and knows no chain."""
    vault, path = Vault(folder / "keys", MASTER_KEY), folder / "cases" / "open" / f"{case}.case"
    whole = json.loads(vault.of_case(case).unseal("case", case, path.read_bytes()))
    key_of = vault.of_items(case).key_of
    whole["commits"] = {number: opened(case, commit, key_of) for number, commit in whole["commits"].items()}
    change(whole["commits"])
    path.write_bytes(vault.of_case(case).seal("case", case, codec.packed(whole)))


def said_seen_by_birgit(commits: dict) -> None:
    for commit in commits.values():
        for event in commit["events"]:
            if event["event"] == "case_seen":
                event["by"] = "5f000000-0000-4000-8000-000000000104"


async def test_beside_a_running_bot_it_says_that_all_of_it_holds():
    async with story() as s:
        case = await a_case(s)

        code, out, complaint = await errand(s.folder)
        only = await errand(s.folder, "--case", case.lower())

    assert (code, complaint) == (0, "") and "1 originals. All of it holds." in out
    assert only[0] == 0 and only[1].startswith("1 cases")


async def test_a_changed_fact_is_named_by_case_commit_and_event():
    async with story() as s:
        case = await a_case(s)
        number = next(
            n for n, one in enumerate(await s.app.store.commits(case), 1) if "case_seen" in str(one["events"])
        )
        await s.stop()
        rewritten(s.folder, case, said_seen_by_birgit)

        code, out, _ = await errand(s.folder)

    assert code == 1
    assert f"{case}, commit {number}: the fact case_seen is not the one that was written." in out


async def test_a_changed_byte_in_an_original_is_named(tmp_path):
    async with story() as s:
        case = await a_case(s)
        (item,) = (await s.case()).items
        blob = s.folder / "cases" / "blobs" / case / f"{item}.blob"
        whole = blob.read_bytes()
        await s.stop()

        blob.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        flipped = await errand(s.folder)
        cipher = Vault(s.folder / "keys", MASTER_KEY).of_items(case).key_of(of_upload(item))
        blob.write_bytes(cipher.seal("blob", f"{case}/{item}", PICTURE + b"?"))  # by somebody who has the key
        other = await errand(s.folder)
        blob.unlink()
        gone = await errand(s.folder)

    assert [code for code, _, _ in (flipped, other, gone)] == [1, 1, 1]
    assert f"evidence 1 ({item}) does not open" in flipped[1] and f"{case}, commit" in flipped[1]
    assert f"evidence 1 ({item}) has other bytes than its fingerprint tells." in other[1]
    assert f"evidence 1 ({item}) is gone." in gone[1]


async def test_a_message_of_teams_and_pasted_words_are_originals_too():
    async with story() as s:
        await s.mette.install()
        await keeps(s, s.mette)
        await s.report(s.mette)
        await s.does(s.mette, "add_evidence")
        await s.mette.say("Jeg ved, hvor du bor.")
        await s.settled()
        case, (message, pasted) = (await s.case()).id, tuple((await s.case()).items)
        await s.stop()
        whole = await errand(s.folder)

        blob = s.folder / "cases" / "blobs" / case / f"{message}.blob"
        cipher = Vault(s.folder / "keys", MASTER_KEY).of_items(case).key_of(of_upload(message))
        blob.write_bytes(cipher.seal("blob", f"{case}/{message}", b"Hej"))
        other = await errand(s.folder)
        blob.unlink()
        gone = await errand(s.folder)
        rewritten(s.folder, case, lambda commits: [_says_hello(one, pasted) for one in commits.values()])
        words = await errand(s.folder)

    assert "2 originals. All of it holds." in whole[1]
    assert f"evidence 1 ({message}) has other bytes than its fingerprint tells." in other[1] and other[0] == 1
    assert f"evidence 1 ({message}) is gone." in gone[1]
    assert f"evidence 2 ({pasted}) has other bytes than its fingerprint tells." in words[1]


def _says_hello(commit: dict, item: str) -> None:
    """By somebody who puts the hashes right as well, as far as they can: there is no chain any more."""
    commit.pop("chain")
    if item in commit["texts"]:
        commit["texts"][item] = "Hej"


async def test_a_changed_byte_in_a_cases_file_is_named():
    async with story() as s:
        case = await a_case(s)
        path = s.folder / "cases" / "open" / f"{case}.case"
        await s.stop()
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

        code, out, _ = await errand(s.folder)
        assert path.exists()  # only looked at

    assert code == 1 and f"{case}, it does not open" in out


async def test_a_case_of_before_the_chain_is_held_from_its_next_commit_on():
    async with story() as s:
        case = await a_case(s)
        await s.stop()
        rewritten(s.folder, case, lambda commits: [commit.pop("chain") for commit in commits.values()])
        old = await errand(s.folder)
        await s.start()
        await s.mette.say("mine sager")
        await s.does(s.jonas, "complete_step", step="talk") if s.has(s.jonas, "complete_step", step="talk") else (
            await s.step(s.jonas, "talk")
        )
        await s.stop()
        held = await errand(s.folder)
        rewritten(s.folder, case, said_seen_by_birgit)

        code, out, _ = await errand(s.folder)

    assert (old[0], held[0]) == (0, 0) and "before there was a chain" in held[1]
    assert code == 1 and "it does not hang on the one before it" in out


async def test_where_no_bot_has_run_it_says_so_and_makes_nothing(tmp_path: Path):
    code, out, complaint = await errand(tmp_path / "nowhere")

    assert code == 1 and "holds no keys" in complaint and not out
    assert not (tmp_path / "nowhere").exists()


async def test_an_unknown_case_is_said():
    async with story() as s:
        await a_case(s)
        looked = FilesLookedAt(s.folder / "cases", Vault(s.folder / "keys", MASTER_KEY))

        done = await verified(looked, "VK-0000-000")

    assert done.broken == (Broken("VK-0000-000", "unknown"),)
    assert list(told(done))[0] == "VK-0000-000, there is no such case here."


@pytest.mark.parametrize("what", ["fact", "original"])
async def test_in_postgres_the_same_is_found_beside_the_running_bot(what: str):
    address = server().fresh()
    token = KEPT_IN.set({"CASE_STORE": "postgres", "VAERN_DATABASE": address})
    try:
        async with story() as s:
            case = await a_case(s)
            async with beside(address, MASTER_KEY) as found:
                whole = await verified(DatabaseLookedAt(found))
                spoiled = await _spoil(address, found.master, case, what)
                broken = await verified(DatabaseLookedAt(found))
            code, out, _ = await errand(s.folder, CASE_STORE="postgres", VAERN_DATABASE=address)
    finally:
        KEPT_IN.reset(token)

    assert whole.broken == () and whole.originals == 1
    assert [(one.part, one.which) for one in broken.broken] == [spoiled]
    assert code == 1 and case in out


async def _spoil(address: str, master: MasterKey, case: str, what: str) -> tuple[str, str]:
    """As somebody with the database and the key would; what must be found."""
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as to:
        (wrapped,) = await (await to.execute("select wrapped from case_keys where case_id = %s", (case,))).fetchone()
        cipher = key_of(master, case, bytes(wrapped))
        if what == "original":
            read = "select item, k.sealed from blobs join item_keys k using (case_id) where case_id = %s"
            item, own = await (await to.execute(f"{read} and name = 'blob/' || item", (case,))).fetchone()
            sealed = key_of_upload(master, case, item, bytes(wrapped), bytes(own)).seal(
                "blob", f"{case}/{item}", PICTURE + b"?"
            )
            await to.execute(
                "update blobs set sealed = %s, upload = null, chunks = null where case_id = %s", (sealed, case)
            )
            return "original", f"1 ({item})"
        rows = await (await to.execute("select version, sealed from commits where case_id = %s", (case,))).fetchall()
        for version, sealed in rows:
            one = json.loads(cipher.unseal("commit", f"{case}/{version}", bytes(sealed)))
            said_seen_by_birgit({"1": one})
            again = cipher.seal("commit", f"{case}/{version}", codec.packed(one))
            await to.execute(
                "update commits set sealed = %s where case_id = %s and version = %s", (again, case, version)
            )
        return "event", "case_seen"
