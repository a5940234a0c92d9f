"""Numbers per quarter in both stores: kept as published, told once, and shown only to those who read them."""

import asyncio
import csv
import io
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime

import pytest

from bot.directory.file import FileDirectory
from cards.numbers_file import MARK, numbers_file
from cards.words import Texts
from casework.people import Workplace
from casework.statistics import Quarter, Table
from casework.texts import read_catalogue
from tests.postgres_server import server
from tests.scenes_numbers import FEW, SHOWN
from tests.story import Story, kept_in, local, said, story

NUMBERS_COME = local(2027, 1, 16, 9)
TITLE = "Tal for 4. kvartal 2026"


@pytest.fixture(params=["files", "postgres"])
def place(request: pytest.FixtureRequest) -> Iterator[None]:
    with kept_in(server().fresh()) if request.param == "postgres" else nullcontext():
        yield


async def some_cases(s: Story, count: int = 5) -> None:
    for _ in range(count):
        await s.report(s.mette)


async def told(s: Story, moment: datetime = NUMBERS_COME) -> None:
    s.clock.move_to(moment)
    await s.app.office.numbers.once()


async def test_the_groups_room_is_told_once_when_the_numbers_come_also_over_a_restart(place):
    async with story() as s:
        await s.connect_group()
        await some_cases(s)
        await s.group.say("tal")
        assert TITLE not in said(s.group)
        await told(s)
        await s.restart()
        await told(s, local(2027, 1, 17))

        assert said(s.group).count(TITLE) == 1
        assert "Sager: 5" in said(s.group) and "Facebook" in said(s.group)


async def test_of_four_cases_nobody_is_told_anything_and_who_asks_reads_that_they_are_too_few(place):
    async with story() as s:
        await s.connect_group()
        await some_cases(s, 4)
        await told(s)
        assert TITLE not in said(s.group)
        await s.group.say("tal")

        assert "for få sager" in said(s.group) and "Sager:" not in said(s.group)


async def test_what_was_published_stays_what_it_was_though_a_case_is_erased(place):
    async with story() as s:
        await some_cases(s)
        await told(s)
        await s.settled()
        await s.app.office.caseworker.erase(await s.case())
        await s.restart()
        await s.sara.say("tal")

        assert "Sager: 5" in said(s.sara)


async def test_a_member_gets_them_as_a_file_with_the_same_numbers(place):
    async with story() as s:
        await some_cases(s)
        await told(s)
        await s.sara.say("tal")
        await s.does(s.sara, "numbers_file")

        assert any("tal-2026-4.csv" in str(sent) for sent in s.sara.messages)


class GraphSilent(FileDirectory):
    """Of no group it is known who is in it now: what the settings list may be old."""

    async def workplaces(self) -> tuple[Workplace, ...]:
        return tuple([replace(place, group_known=False) for place in await super().workplaces()])


async def test_while_nobody_can_say_who_reads_them_no_numbers_are_worked_out_and_none_are_shown():
    async with story() as s:
        await s.connect_group()
        await some_cases(s)
        numbers, known = s.app.office.numbers, s.app.office.numbers.directory
        numbers.directory = GraphSilent(s.settings.organisation)
        await told(s)
        await s.sara.say("tal")
        assert TITLE not in said(s.group) and "Sager: 5" not in said(s.sara)
        numbers.directory = known
        await told(s)

        assert TITLE in said(s.group)


async def test_whoever_is_in_no_group_and_not_named_for_it_reads_no_numbers():
    async with story() as s:
        await some_cases(s)
        await told(s)
        for chat in (s.mette, s.karin, s.eva):
            await chat.say("tal")
            await chat.say("hent tal")
            assert TITLE not in said(chat) and "csv" not in said(chat)


async def test_closed_cases_count_and_one_that_somebody_of_the_group_is_excluded_from_does_not():
    """Jonas is of the group: of a case he was chosen away from he must not see that the number is one higher."""
    async with story() as s:
        await some_cases(s)
        await s.report(s.mette, recipient=s.id("karin"))
        await told(s)
        await s.sara.say("tal")

        assert "Sager: 5" in said(s.sara)


async def test_a_press_on_the_groups_card_leaves_the_card_and_shows_the_numbers_below():
    async with story() as s:
        await s.connect_group()
        await some_cases(s)
        await told(s)
        await s.settled()
        before = len(s.group.messages)
        await s.does(s.group, "numbers", by="sara")

        assert len(s.group.messages) == before + 1 and said(s.group).count(TITLE) == 2


async def test_others_are_answered_while_the_numbers_are_worked_out():
    """Somebody else's turn comes at least once a case."""
    async with story() as s:
        await some_cases(s)
        s.clock.move_to(NUMBERS_COME)
        working = asyncio.create_task(s.app.office.numbers.once())
        turns = 0
        while not working.done():
            turns += 1
            await asyncio.sleep(0)

        assert turns > 5


def test_the_file_holds_the_tables_numbers_and_no_others():
    say = Texts("da", read_catalogue("da"))
    content = numbers_file("Nord", [SHOWN, FEW], say).decode()
    rows = list(csv.reader(io.StringIO(content.removeprefix(MARK)), delimiter=";"))

    assert content.startswith(MARK) and len({len(row) for row in rows}) == 1
    numbers = sorted(int(row[3]) for row in rows[1:] if row[3])
    assert numbers == sorted((SHOWN.cases, *SHOWN.traits.values(), *SHOWN.minutes.values()))


@pytest.mark.parametrize("place", ["=1+1", "+45", "@nord", "-nord"])
def test_no_name_of_a_place_is_a_formula_in_a_spreadsheet(place):
    content = numbers_file(place, [Table(Quarter(2026, 4), 5, {}, {})], Texts("da", read_catalogue("da"))).decode()
    assert f"\n'{place};" in content
