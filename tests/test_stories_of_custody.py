"""What becomes of what was given: destroyed before Send, withdrawn after it, held by legal staff, and who saw what."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from bot.stores import UnknownCase
from casework.commands import GiveAccount, Written
from casework.vocabulary import ItemId
from tests.crafted import Crafted, press
from tests.documenting import keeps
from tests.found_again import read_with
from tests.story import MASTER_KEY, Story, said, story
from tests.test_stories import PICTURE

Destroy = Callable[[], Awaitable[object]]

WORDS = "Det her er alligevel for privat."


async def with_a_picture(s: Story) -> None:
    """Mette's case, with a picture in it, which Jonas has opened."""
    await s.mette.say("noget er sket")
    await s.mette.upload("opslag.png", PICTURE, "image/png")
    await s.report(s.mette)
    await s.opened(s.jonas)


def words_on_the_disk(folder: Path, keys: Path | None = None) -> str:
    """All that opens with the master key, and the name of everything there is."""
    return read_with(folder, MASTER_KEY, keys)


async def test_before_send_a_piece_is_destroyed_and_no_file_on_the_disk_has_it_any_more():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.upload("min-hemmelige-fil.png", PICTURE, "image/png")
        case = await s.case()
        (item,) = case.items
        assert item in words_on_the_disk(s.folder) and "min-hemmelige-fil" in words_on_the_disk(s.folder)
        assert f"{item}.blob" in words_on_the_disk(s.folder)

        await s.mette.say("slet bevis 1")

        left = words_on_the_disk(s.folder)
        assert "Bevis 1 er slettet" in said(s.mette)
        assert "min-hemmelige-fil" not in left and f"{item}.blob" not in left
        assert (await s.case()).items == {}
        with pytest.raises(UnknownCase):
            await s.app.store.get_blob(case.id, item)
        await s.restart()
        assert (await s.case()).items == {} and "min-hemmelige-fil" not in words_on_the_disk(s.folder)


async def test_words_taken_out_of_a_draft_are_gone_from_its_file():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        await s.mette.press("Næste", {"account": "Et opslag om mig"})
        await s.mette.say(WORDS)
        await s.mette.press("Næste", {"certainty": "exact", "date": "2026-11-21", "time": "14:10"})
        await s.mette.press("Næste")
        await s.mette.press("Næste", {"recipient": s.id("jonas")})
        assert WORDS in words_on_the_disk(s.folder)

        await s.does(s.mette, "report_drop_piece", item=(await s.case()).account[1])

        assert "account_withdrawn" in await s.facts()
        assert WORDS not in words_on_the_disk(s.folder)


async def test_words_that_were_written_anew_leave_nothing_of_the_old_ones():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me", "danger": "no"})
        await s.mette.press("Næste", {"account": WORDS})
        assert WORDS in words_on_the_disk(s.folder)

        await s.mette.press("Tilbage")
        await s.mette.press("Næste", {"account": "Der står grimme ting om mig."})

        case = await s.case()
        assert WORDS not in (await s.app.office.caseworker.open(case.id)).texts.values()
        assert WORDS not in words_on_the_disk(s.folder)


async def a_picture(s: Story) -> tuple[str, Destroy]:
    await s.mette.upload("min-hemmelige-fil.png", PICTURE, "image/png")
    return "min-hemmelige-fil", lambda: s.mette.say("slet bevis 1")


async def a_text_file(s: Story) -> tuple[str, Destroy]:
    await s.mette.upload("trussel.txt", WORDS.encode(), "text/plain")
    return WORDS, lambda: s.mette.say("slet bevis 1")


async def a_message_of_teams(s: Story) -> tuple[str, Destroy]:
    await keeps(s, s.mette)
    return "se dig for", lambda: s.mette.say("slet bevis 1")


async def the_account(s: Story) -> tuple[str, Destroy]:
    async def written_anew() -> None:
        await s.mette.press("Tilbage")
        await s.mette.press("Næste", {"account": "Der står grimme ting om mig."})

    await s.mette.press("Næste", {"account": WORDS})
    return WORDS, written_anew


async def words_on_the_way(s: Story) -> tuple[str, Destroy]:
    await s.mette.press("Næste", {"account": "Et opslag om mig"})
    await s.mette.say(WORDS)
    await s.mette.press("Næste", {"certainty": "exact", "date": "2026-11-21", "time": "14:10"})
    await s.mette.press("Næste")
    await s.mette.press("Næste", {"recipient": s.id("jonas")})
    piece = (await s.case()).account[1]
    return WORDS, lambda: s.does(s.mette, "report_drop_piece", item=piece)


@pytest.mark.parametrize("given", [a_picture, a_text_file, a_message_of_teams, the_account, words_on_the_way])
async def test_of_what_was_destroyed_an_older_copy_of_the_draft_opens_with_no_key_there_is(given, tmp_path: Path):
    """A copy that a backup or a block of the disk still holds, found together with the master key and all the keys."""
    copy = tmp_path / "copy"
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me", "danger": "no"})
        marker, destroy = await given(s)
        copytree(s.folder, copy, ignore=ignore_patterns("keys"))
        assert marker in words_on_the_disk(copy, s.folder / "keys")

        await destroy()

        assert marker not in words_on_the_disk(copy, s.folder / "keys"), "the copy's keys went with it"
        assert marker not in words_on_the_disk(s.folder)
        assert "draft_started" in words_on_the_disk(copy, s.folder / "keys"), "the rest of the copy opens"


async def test_after_send_a_withdrawn_piece_is_closed_to_all_but_the_legal_staff():
    async with story() as s:
        await with_a_picture(s)
        (item,) = (await s.case()).items
        case = (await s.case()).id
        await s.mette.say("hvad er delt")

        await s.does(s.mette, "withdraw_item", {"item": item})

        assert "Du trak bevis 1 tilbage" in said(s.mette) and "Spørg juridisk, hvis du er i tvivl" in said(s.mette)
        assert "trak bevis 1 tilbage" in said(s.jonas) and "lukket for alle andre end juridisk" in said(s.jonas)
        before = len(s.jonas.messages)
        await s.jonas.say("vis bevis 1")
        assert s.jonas.messages[-1].text == "Det bevis er trukket tilbage. Kun juridisk kan åbne det."
        assert len(s.jonas.messages) == before + 3  # what he typed, his case as it stands, and why not
        await s.anne.say(f"sag {case}")
        assert "trak det tilbage" in said(s.anne)
        await s.does(s.anne, "open_item", item=item)
        assert "item_opened" in (await s.facts())[-1:]
        assert await s.app.store.get_blob(case, item) == PICTURE  # closed, and not destroyed


async def test_whoever_asks_to_have_something_destroyed_after_send_is_told_what_can_be_done_and_who_can_be_asked():
    async with story() as s:
        await with_a_picture(s)

        await s.mette.say("slet bevis 1")

        assert "kan ikke slettes for sig" in said(s.mette)
        assert "Juridisk vagt, hverdage kl. 9-15: tlf. 00 00 00 01" in said(s.mette)
        assert "item_destroyed" not in await s.facts() and len((await s.case()).items) == 1


async def test_legal_staff_come_upon_a_case_by_its_number_and_the_employee_reads_that_they_did():
    async with story() as s:
        await with_a_picture(s)
        case = (await s.case()).id

        await s.anne.say(f"sag {case.lower()}")
        await s.does(s.anne, "open_item", item="account")
        await s.mette.say("hvem har set hvad")

        assert "Mette Lund" in said(s.anne)
        assert "Anne Berg fra juridisk så på sagen" in said(s.mette)
        assert "Anne Berg åbnede det, du har fortalt" in said(s.mette)
        assert "Jonas Friis åbnede sagen" in said(s.mette)
        await s.anne.say("mine sager")
        assert case in said(s.anne)


async def test_a_number_typed_by_anybody_else_is_a_case_that_does_not_exist():
    async with story() as s:
        await with_a_picture(s)
        case = (await s.case()).id
        answers = []
        for typed in (f"sag {case}", "sag VK-2222-222"):
            await s.peter.say(typed)
            answers.append(s.peter.messages[-1].text)

        assert answers[0] == answers[1] and "findes ikke blandt dine" in answers[0]
        assert "case_consulted" not in await s.facts()


async def test_legal_staff_who_are_shut_out_of_a_case_learn_nothing_by_its_number():
    async with story() as s:
        await s.report(s.mette, originator="workplace", colleague="Anne Berg")
        case = (await s.case()).id
        answers = []
        for typed in (f"sag {case}", "sag VK-2222-222"):
            await s.anne.say(typed)
            answers.append(s.anne.messages[-1].text)

        assert answers[0] == answers[1]
        assert "case_consulted" not in await s.facts()


async def test_a_hold_is_set_and_lifted_with_a_reason_and_everybody_it_concerns_reads_it():
    async with story() as s:
        await with_a_picture(s)
        await s.anne.say(f"sag {(await s.case()).id}")
        await s.does(s.anne, "set_hold", {"reason": ""})
        assert "hold_set" not in await s.facts()

        await s.does(s.anne, "set_hold", {"reason": "Der er rejst en sag ved retten."})
        await s.mette.say("hvad er delt")

        for name in ("mette", "jonas", "anne"):
            assert "Intet må slettes. Det besluttede Anne" in said(getattr(s, name))
        assert "Der er rejst en sag ved retten." in said(s.mette)
        await s.anne.say("ophæv hold: Sagen er afgjort.")
        assert (await s.facts())[-1] == "hold_lifted" and (await s.case()).custody.hold is None


async def test_of_several_affected_nobody_reads_what_another_has_withdrawn():
    async with story() as s:
        await s.report(s.mette, whom="several", people="Lise Bech")
        await s.opened(s.jonas)
        await s.step(s.jonas, "talk")
        await s.does(s.lise, "add_evidence")
        await s.lise.upload("lises.png", PICTURE, "image/png")
        await s.lise.say("stop")
        (item,) = (await s.case()).items
        await s.lise.say("træk bevis 1 tilbage")

        await s.mette.say("hvem har set hvad")

        assert "item_withdrawn" in await s.facts() and (await s.case()).custody.withdrawn[item].by == s.id("lise")
        assert "Lise" not in said(s.mette)[said(s.mette).index("Hvem har set hvad") :]


async def test_one_of_the_legal_staff_who_reported_it_reads_the_others_words_with_a_trace():
    async with story() as s:
        await s.report(s.anne, whom="colleague", people="Mette Lund")
        case = (await s.case("anne")).id
        await s.opened(s.jonas)
        await s.step(s.jonas, "talk")
        mine = Written(ItemId("mettes-words"), "Mettes egne ord.")
        await s.app.office.caseworker.carry_out(GiveAccount(case=case, by=s.id("mette"), account=mine))

        await press(s.anne, Crafted("open_item", {"item": "account"}), case)
        await s.settled()

        assert "Mettes egne ord." in said(s.anne) and (await s.facts("anne"))[-1] == "item_opened"


async def test_a_piece_that_was_deleted_before_send_is_said_to_be_deleted():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.upload("opslag.png", PICTURE, "image/png")
        (item,) = (await s.case()).items
        receipt, saves = s.button(s.mette, "describe_evidence")
        await s.mette.say("slet bevis 1")
        assert item not in (await s.case()).items

        await s.mette.press(saves, {"shows": "time"}, card=receipt)

        assert s.mette.messages[-1].text == "Det bevis er slettet."
