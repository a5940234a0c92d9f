"""The directory from the settings: people are found as one would type them, workplaces as they are."""

from dataclasses import replace

import pytest

from bot.directory.file import FileDirectory
from bot.setup.settings import read_settings
from casework.people import Person
from casework.vocabulary import PersonId, WorkplaceId

ORGANISATION = read_settings({}, rehearsal=True).organisation
METTE, JONAS, BIRGIT = (PersonId(f"5f000000-0000-4000-8000-0000000001{n}") for n in ("01", "02", "04"))


@pytest.fixture
def directory() -> FileDirectory:
    return FileDirectory(ORGANISATION)


async def names(directory: FileDirectory, text: str, limit: int = 5) -> list[str]:
    return [person.name for person in await directory.search(text, limit)]


@pytest.mark.parametrize("text", ["Mette", "mette l", "LUND", "lund mette", " met ", "mette.lund@example.dk"])
async def test_a_person_is_found_by_the_beginning_of_any_part_of_the_name_or_of_the_mail(directory, text):
    assert await names(directory, text) == ["Mette Lund"]


@pytest.mark.parametrize("text", ["åse", "Aase", "ase", "A\u030ase", "møller", "moller", "moeller", "aase.moe"])
async def test_danish_letters_are_found_however_they_are_typed(directory, text):
    assert await names(directory, text) == ["Åse Møller"]


async def test_accents_and_hyphens_make_no_difference():
    anne = Person(PersonId("a"), "Anne-Zoë Blixen")
    directory = FileDirectory(replace(ORGANISATION, people=(anne,)))

    assert await names(directory, "zoe") == await names(directory, "anne zoe") == ["Anne-Zoë Blixen"]


@pytest.mark.parametrize("text", ["", "  ", "ette", "und", "xx", "example.dk", "mette vang"])
async def test_the_middle_of_a_word_finds_nobody(directory, text):
    assert await names(directory, text) == []


async def test_first_names_come_before_last_names_and_each_in_order_of_name(directory):
    assert await names(directory, "h") == ["Henrik Bro", "Karin Holm"]
    assert await names(directory, "s") == ["Sara Nygaard", "Søren Kjær", "Ida Skov"]
    assert await names(directory, "s", limit=1) == ["Sara Nygaard"]


async def test_an_employee_works_where_the_settings_say_with_everyone_who_belongs_there(directory):
    workplace = await directory.workplace_of(METTE)

    assert workplace == await directory.workplace(WorkplaceId("borgerservice-nord"))
    assert (workplace.leader, workplace.leaders_leader) == (JONAS, BIRGIT)
    assert workplace.leader in workplace.group


async def test_nobody_is_proposed_as_their_own_leader(directory):
    assert (await directory.workplace_of(JONAS)).leader == BIRGIT


async def test_what_nobody_knows_is_none(directory):
    assert await directory.person(PersonId("left")) is None
    assert await directory.workplace_of(PersonId("left")) is None
    assert await directory.workplace_of(BIRGIT) is None
    assert await directory.workplace(WorkplaceId("closed")) is None


async def test_there_is_another_workplace_with_another_leader_to_choose(directory):
    assert len({workplace.leader for workplace in await directory.workplaces()}) == 2
