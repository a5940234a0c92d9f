"""`verify --anchor FILE`: what no chain can tell, a line that was kept elsewhere does."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.keeping.anchoring import HEAD, AnchorFault, Reached, read_anchor, write_anchor
from bot.keeping.verifying import FilesLookedAt, verified
from bot.stores import chain, codec
from bot.stores.vault import Vault
from tests.postgres_server import server
from tests.story import KEPT_IN, MASTER_KEY, Story, story
from tests.test_verify import a_case, errand, said_seen_by_birgit

Commits = dict[str, dict[str, Any]]


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[tuple[Story, str, Path]]:
    """A case that stands still, and an anchor of it."""
    async with story() as s:
        case, anchor = await a_case(s), tmp_path / "anchor"
        await s.stop()
        code, out, _ = await errand(s.folder, "--anchor", str(anchor))
        assert code == 0 and "Keep it away from here" in out
        yield s, case, anchor


def changed(folder: Path, case: str, change: Callable[[Commits], Commits]) -> None:
    """By somebody who has the master key."""
    vault, path = Vault(folder / "keys", MASTER_KEY), folder / "cases" / "open" / f"{case}.case"
    whole = json.loads(vault.of_case(case).unseal("case", case, path.read_bytes()))
    whole["commits"] = change(whole["commits"])
    path.write_bytes(vault.of_case(case).seal("case", case, codec.packed(whole)))


def without_the_newest(commits: Commits) -> Commits:
    return dict(list(commits.items())[:-2])


def worked_out_anew(commits: Commits) -> Commits:
    """One fact is another, and every link is put right. Hashes of texts stay what they were."""
    said_seen_by_birgit(commits)
    before = ""
    for commit in commits.values():
        fresh = chain.linked({**commit, "texts": {}}, "")["chain"]
        commit["chain"]["events"] = fresh["events"]
        commit["chain"]["link"] = before = chain._link(commit, commit["chain"], before)
    return commits


async def test_the_anchor_holds_ids_numbers_and_hashes_and_moves_on_with_the_cases(kept):
    s, case, anchor = kept
    first = read_anchor(anchor)
    await s.start()
    await s.step(s.jonas, "talk")
    await s.stop()

    code, out, _ = await errand(s.folder, "--anchor", str(anchor))

    assert set(first) == {case} and anchor.read_text().count("\n") == 2
    assert code == 0 and "All of it holds." in out
    assert read_anchor(anchor)[case].commit > first[case].commit


@pytest.mark.parametrize(
    ("change", "word"),
    [(without_the_newest, "the newest are missing"), (worked_out_anew, "it is not what it was when the anchor")],
)
async def test_what_holds_in_itself_and_is_not_what_it_was_is_found_and_the_anchor_stays(kept, change, word: str):
    s, case, anchor = kept
    before = anchor.read_bytes()
    changed(s.folder, case, change)

    alone, against = await errand(s.folder), await errand(s.folder, "--anchor", str(anchor), "--case", case)
    whole = await errand(s.folder, "--anchor", str(anchor))

    assert word not in alone[1]
    for code, out, _ in (against, whole):
        assert code == 1 and case in out and word in out and f"{anchor} was left as it is." in out
    assert anchor.read_bytes() == before
    if change is without_the_newest:
        assert alone[0] == 0, "no chain can tell"


async def test_a_case_that_is_gone_is_missed_unless_it_was_erased(kept):
    s, case, anchor = kept
    await s.start()
    await s.peter.say("noget er sket")
    await s.stop()
    await errand(s.folder, "--anchor", str(anchor))
    with_draft = set(read_anchor(anchor)) - {case}
    await s.start()
    await s.peter.say("slet kladden")
    await s.does(s.peter, "delete_draft")
    await s.stop()

    rightly = await errand(s.folder, "--anchor", str(anchor))
    (s.folder / "cases" / "open" / f"{case}.case").unlink()
    wrongly = await errand(s.folder, "--anchor", str(anchor))

    assert len(with_draft) == 1
    assert rightly[0] == 0 and set(read_anchor(anchor)) == {case}
    assert wrongly[0] == 1 and f"{case}, it had" in wrongly[1] and "neither here nor among the erased" in wrongly[1]


async def test_a_piece_destroyed_since_changes_nothing_of_where_a_case_had_come_to(tmp_path: Path):
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me", "danger": "no"})
        await s.mette.press("Næste", {"account": "Det var ikke sådan."})
        await s.stop()
        looked = FilesLookedAt(s.folder / "cases", Vault(s.folder / "keys", MASTER_KEY))
        anchor = (await verified(looked)).reached
        await s.start()
        await s.mette.press("Tilbage")
        await s.mette.press("Næste", {"account": "Det var sådan."})

        assert (await verified(looked, anchor=anchor)).broken == ()


async def test_in_postgres_the_newest_steps_are_missed_too(tmp_path: Path):
    address, anchor = server().fresh(), tmp_path / "anchor"
    token = KEPT_IN.set(where := {"CASE_STORE": "postgres", "VAERN_DATABASE": address})
    try:
        async with story() as s:
            case = await a_case(s)
            await s.stop()
            first = await errand(s.folder, "--anchor", str(anchor), **where)
            with server().connected(address) as sql:
                sql.execute("delete from commits using cases where id = case_id and commits.version = cases.version")
                sql.execute("update cases set version = version - 1")
            alone = await errand(s.folder, **where)
            code, out, _ = await errand(s.folder, "--anchor", str(anchor), **where)
            with server().connected(address) as sql:
                sql.execute("delete from cases")
            gone = await errand(s.folder, "--anchor", str(anchor), **where)
            with server().connected(address) as sql:
                sql.execute("insert into erased values (%s)", [case])
            erased = await errand(s.folder, "--anchor", str(anchor), **where)
    finally:
        KEPT_IN.reset(token)

    assert (first[0], alone[0], code, gone[0], erased[0]) == (0, 0, 1, 1, 0)
    assert f"{case}, it had" in out and "the newest are missing" in out
    assert "neither here nor among the erased" in gone[1]


# --- the file ---


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"something else\n",
        HEAD.format(count=2).encode() + b"\nVK-A 3 " + b"a" * 64 + b"\n",
        HEAD.format(count=1).encode() + b"\nVK-A 0 " + b"a" * 64 + b"\n",
        HEAD.format(count=1).encode() + b"\n../A 3 " + b"a" * 64 + b"\n",
        HEAD.format(count=1).encode() + b"\nVK-A 3 " + b"a" * 63 + b"\n",
        b"\xff\xfe",
    ],
)
def test_a_file_that_is_no_whole_anchor_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "anchor").write_bytes(content)

    with pytest.raises(AnchorFault, match="Expected what verify has written"):
        read_anchor(tmp_path / "anchor")


async def test_the_refusal_is_said_in_words_and_the_file_is_left(tmp_path: Path):
    anchor = tmp_path / "anchor"
    anchor.write_bytes(b"something else")

    code, out, complaint = await errand(tmp_path, "--anchor", str(anchor))

    assert code == 1 and str(anchor) in complaint and "Traceback" not in complaint and not out
    assert anchor.read_bytes() == b"something else"


def test_what_is_written_is_read_again_and_where_nothing_can_be_written_that_is_said(tmp_path: Path):
    anchor = {"VK-B": Reached(3, "b" * 64), "VK-A": Reached(14, "a" * 64)}
    write_anchor(tmp_path / "anchor", anchor)

    assert read_anchor(tmp_path / "anchor") == anchor and read_anchor(tmp_path / "none") == {}
    with pytest.raises(AnchorFault, match="cannot be written"):
        write_anchor(tmp_path / "nowhere" / "anchor", anchor)
