"""A year of a health and safety group, told through its room and the case clock, in both stores."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from bot.keeping.kept import YEARLY
from bot.keeping.move_store import move_store
from bot.rehearsal.faults import Fault
from bot.room_post import MOST_IN_DOUBT
from bot.setup.organisation import read_organisation
from bot.stores.postgres_shelf import PostgresShelf
from bot.stores.postgres_store import PostgresCaseStore
from casework.vocabulary import PersonId
from tests.local_files import organisation
from tests.postgres_server import server
from tests.story import MASTER_KEY, Story, kept_in, local, said, story
from tests.test_channel_faults import NOT_WAITED_FOR, anything

TITLE, LEFT, DONE = "Årets gennemgang 2027", "I er ikke færdige endnu", "I har talt om det hele"
HOUR = timedelta(hours=1)
BEGINS, A_MONTH_ON = local(2027, 1, 4, 9), local(2027, 2, 3, 9)


@pytest.fixture(params=["files", "postgres"])
def place(request: pytest.FixtureRequest) -> Iterator[None]:
    with kept_in(server().fresh()) if request.param == "postgres" else nullcontext():
        yield


async def note(s: Story, topic: str, talked: str = "yes", by: str = "sara"):
    return await s.does(s.group, "note_review", by=by, topic=topic, talked=talked)


@pytest.mark.duty("I1", "W1")
async def test_every_year_the_group_is_asked_to_talk_of_three_things_and_reminded_once_of_what_is_open(place):
    async with story() as s:
        await s.connect_group()
        await s.until(local(2026, 12, 30, 10))
        assert "Årets gennemgang" not in said(s.group)
        await s.until(BEGINS)
        assert "Hvor kan nogen hos jer blive udsat for digital chikane" in said(s.group)
        assert "www.arbejdsmiljoe.kk.dk/digital-chikane" in said(s.group)
        await note(s, "risks")
        assert "Sara Nygaard har noteret det" in said(s.group)

        await s.until(A_MONTH_ON)
        assert said(s.group).count(LEFT) == 1
        await note(s, "guidelines", by="jonas")
        await note(s, "plan")
        assert DONE in said(s.group) and "Jonas Friis har noteret det" in said(s.group)

        await s.until(local(2027, 12, 30, 10))
        assert said(s.group).count(TITLE) == 2
        await s.until(local(2028, 1, 3, 9))
        assert said(s.group).count("Årets gennemgang 2028") == 1


async def test_it_is_told_once_also_over_a_restart_and_what_was_noted_is_still_there(place):
    async with story() as s:
        await s.connect_group()
        await s.until(BEGINS)
        await note(s, "risks")
        await s.restart()
        await s.until(local(2027, 1, 5, 10))
        await s.group.say("årets gennemgang")

        assert said(s.group).count(TITLE) == 2  # as it came, and as it was asked for
        assert said(s.group).count("Sara Nygaard har noteret det") == 2


async def test_whoever_was_not_reached_is_told_an_hour_later_and_once():
    async with story() as s:
        await s.connect_group()
        s.channel.faults.append(Fault(403, count=20, match=lambda asked: asked.method == "POST"))
        s.clock.move_to(BEGINS)
        assert await s.app.office.yearly.once() is False
        s.channel.faults.clear()
        await s.passes(hours=1)
        await s.passes(hours=1)

        assert said(s.group).count(TITLE) == 1


@pytest.mark.parametrize("what", [503, 500, "timeout"])
async def test_an_hour_in_which_it_is_not_known_whether_anything_arrives_does_not_lose_the_talk(what):
    async with story() as s:
        await s.connect_group()
        await s.until(BEGINS - HOUR)
        s.app.edge.connector.timeout = NOT_WAITED_FOR
        s.channel.faults.append(Fault(what, count=10_000, match=anything))
        await s.until(BEGINS)
        s.channel.faults.clear()
        assert TITLE not in said(s.group)
        for _ in range(3):
            await s.passes(hours=1)

        assert said(s.group).count(TITLE) == 1


async def test_where_every_answer_is_lost_the_room_is_not_written_to_without_end():
    async with story() as s:
        await s.connect_group()
        await s.until(BEGINS - HOUR)
        s.channel.faults.append(Fault("drop_after", count=10_000, match=anything))
        for _ in range(48):
            await s.passes(hours=1)

        assert said(s.group).count(TITLE) == MOST_IN_DOUBT


async def test_everything_can_be_typed_in_the_room_and_a_slip_taken_back():
    async with story() as s:
        await s.connect_group()
        await s.until(BEGINS)
        for words in ("talt om risici", "talt om retningslinjer", "talt om beredskab", "fortryd risici"):
            await s.group.say(words, by=s.id("sara"))

        shown = s.group.last_card
        assert "[Risici]" in said(s.group) and "Fortryd plan" in str(shown) and "Fortryd risici" not in str(shown)


async def test_only_members_may_note_it_or_ask_for_it_and_only_in_their_room():
    async with story() as s:
        await s.connect_group()
        await s.until(BEGINS)
        for chat in (s.sara, s.mette):
            await chat.say("årets gennemgang")
            await chat.say("talt om risici")
            assert "Det kan kun gøres i arbejdsmiljøgruppens kanal." in said(chat) and TITLE not in said(chat)
        answer = await note(s, "risks", by="peter")
        await s.group.say("årets gennemgang", by=s.id("peter"))

        assert "medlem af arbejdsmiljøgruppen" in str(answer)
        assert said(s.group).count(TITLE) == 1 and "har noteret det" not in said(s.group)


async def test_a_group_that_moves_to_another_room_goes_on_where_it_was():
    async with story() as s:
        await s.connect_group()
        await s.until(BEGINS)
        await note(s, "risks")
        new = s.channel.team_channel("amg-2", "amg-2", (PersonId(s.id("sara")),))
        await new.say("tilslut")
        await s.until(A_MONTH_ON)

        assert LEFT in said(new) and "Sara Nygaard har noteret det" in said(new) and LEFT not in said(s.group)


async def test_a_room_that_was_let_go_of_hears_no_more_of_it():
    async with story() as s:
        await s.connect_group()
        await s.group.say("frakobl")
        await s.until(BEGINS)

        assert TITLE not in said(s.group)


def test_the_month_stands_in_the_settings_and_a_thirteenth_is_refused(tmp_path: Path):
    """Before the first table: what comes after one belongs to it."""
    first = 'authority = "Københavns Kommune"'
    months = [read_organisation(organisation(tmp_path, (first, f"{first}\nreview_month = {n}"))) for n in (9, 13)]

    (september, none), (nothing, [fault]) = months
    assert (september.review_month, none, nothing) == (9, (), None)
    assert "review_month" in str(fault) and "Expected a month, 1 to 12." in str(fault)


async def test_what_was_noted_comes_along_into_the_database(tmp_path: Path):
    async with story(folder=tmp_path / "data") as s:
        await s.connect_group()
        await s.until(BEGINS)
        await note(s, "risks")
    address = server().fresh()
    await move_store(tmp_path / "data", address, MASTER_KEY)

    store = await PostgresCaseStore.open(address, MASTER_KEY)
    kept = await PostgresShelf(store.database, store.master, YEARLY).get("borgerservice-nord")
    await store.close()
    assert list(kept["years"]["2027"]["talked"]) == ["risks"] and "told" in kept["years"]["2027"]
