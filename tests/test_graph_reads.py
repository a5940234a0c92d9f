"""What is read of people and groups in Entra beside who leads whom, and how long an answer serves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.directory import DirectoryUnreachable, Photo
from bot.directory.file import FileDirectory
from bot.directory.graph import LARGEST_PHOTO, GraphDirectory
from bot.directory.graph_calls import GraphCalls
from bot.directory.graph_memory import FRESH_FOR, STANDS_IN_FOR
from bot.setup.settings import read_settings
from casework.vocabulary import PersonId, WorkplaceId
from tests.graph_world import At, Graph, local_client, user
from tests.test_stories import PICTURE

ORGANISATION = read_settings({}, rehearsal=True).organisation
METTE, JONAS, KARIN, SARA = (PersonId(f"5f000000-0000-4000-8000-0000000001{n:02}") for n in (1, 2, 3, 5))
NORD, GROUP = WorkplaceId("borgerservice-nord"), "5f000000-0000-4000-8000-000000000777"
MEMBERS, PHOTO = f"/groups/{GROUP}/transitiveMembers", f"/users/{METTE}/photos/96x96/$value"

Make = Callable[..., GraphDirectory]


@pytest.fixture
async def make(graph: Graph) -> AsyncIterator[Make]:
    made = []

    def directory(now: At | None = None, **changes: Any) -> GraphDirectory:
        now = now or At()
        made.append(GraphCalls(lambda: local_client(graph.url), now, pauses=(0.0, 0.0)))
        behind = FileDirectory(replace(ORGANISATION, **changes))
        return GraphDirectory(behind, made[-1], now, lambda: {NORD: GROUP})

    yield directory
    for each in made:
        await each.close()


def members(*people: str, **more: Any) -> dict[str, Any]:
    return {"value": [user(person, "") for person in people], **more}


def listed() -> tuple[PersonId, ...]:
    return next(place.group for place in ORGANISATION.workplaces if place.id == NORD)


async def test_the_group_is_who_is_in_the_entra_group_that_the_settings_name(graph, make):
    graph.will_answer(MEMBERS, members(SARA, KARIN))
    directory = make()

    assert (await directory.workplace(NORD)).group == (SARA, KARIN)
    assert [place.group for place in await directory.workplaces()][0] == (SARA, KARIN)
    assert (await directory.workplace_of(METTE)).group == (SARA, KARIN)
    assert [asked.path for asked in graph.asked].count(f"/v1.0{MEMBERS}") == 1


async def test_a_workplace_without_an_entra_group_has_the_listed_one_and_asks_nobody(graph, make):
    place = (await make().workplaces())[-1]

    assert place.id != NORD
    assert place.group == next(known.group for known in ORGANISATION.workplaces if known.id == place.id)


async def test_only_people_are_members_not_the_groups_and_devices_among_them(graph, make):
    others = [{"@odata.type": f"#microsoft.graph.{kind}", "id": kind} for kind in ("group", "device", "orgContact")]
    graph.will_answer(MEMBERS, {"value": [*others, user(SARA, "")]})

    assert await make().members(GROUP) == (SARA,)


@pytest.mark.parametrize("answer", [404, 403, 500, {"value": [{"id": "1"}]}, members(SARA, **{"@odata.nextLink": "x"})])
async def test_without_a_usable_answer_the_listed_members_hold(graph, make, answer):
    graph.will_answer(MEMBERS, answer)

    assert (await make().workplace(NORD)).group == listed()


async def test_while_graph_is_down_the_last_known_members_stand_in_for_a_day_and_no_longer(graph, make):
    graph.will_answer(MEMBERS, members(SARA), 500)
    now = At()
    directory = make(now)
    await directory.workplace(NORD)

    now.moment += STANDS_IN_FOR - timedelta(minutes=1)
    assert (await directory.workplace(NORD)).group == (SARA,)
    now.moment += timedelta(minutes=1)
    assert (await directory.workplace(NORD)).group == listed()


async def test_who_has_left_the_group_has_lost_it_when_the_answer_is_no_longer_fresh(graph, make):
    graph.will_answer(MEMBERS, members(SARA, KARIN), members(SARA))
    now = At()
    directory = make(now)

    assert await directory.members(GROUP) == (SARA, KARIN)
    now.moment += FRESH_FOR
    assert await directory.members(GROUP) == (SARA,)


async def test_many_who_want_the_same_at_once_ask_once(graph, make):
    graph.will_answer(MEMBERS, members(SARA))
    directory = make()

    assert set(await asyncio.gather(*(directory.members(GROUP) for _ in range(8)))) == {(SARA,)}
    assert len(graph.asked) == 1


async def test_entra_fills_what_the_settings_leave_empty_and_nothing_else(graph, make):
    mette = next(person for person in ORGANISATION.people if person.id == METTE)
    known = tuple(replace(mette, phone="", title="") if person is mette else person for person in ORGANISATION.people)
    graph.will_answer(f"/users/{METTE}", user(METTE, "M. Lund", businessPhones=["00 00 00 77"], mail="x@example.dk"))

    assert await make(people=known).person(METTE) == replace(mette, phone="00 00 00 77", title="")


@pytest.mark.parametrize("answer", [500, 404])
async def test_a_person_the_settings_know_is_known_without_entra(graph, make, answer):
    mette = next(person for person in ORGANISATION.people if person.id == METTE)
    graph.will_answer(f"/users/{METTE}", answer)

    assert await make(people=(replace(mette, phone=""),)).person(METTE) == replace(mette, phone="")


async def test_a_photo_is_small_and_of_the_kind_that_it_is(graph, make):
    graph.will_answer(PHOTO, PICTURE)

    assert await make().photo(METTE) == Photo(PICTURE, "image/png")
    assert graph.asked[0].raw_path == f"/v1.0/users/{METTE}/photos/96x96/$value"


@pytest.mark.parametrize("answer", [404, 403, 500, 302, b"", b"<html>", PICTURE + bytes(LARGEST_PHOTO)])
async def test_without_a_usable_photo_there_is_none_and_nothing_fails(graph, make, answer):
    graph.will_answer(PHOTO, answer)

    assert await make().photo(METTE) is None


async def test_the_settings_alone_have_no_photos_and_ask_nobody(graph):
    assert await FileDirectory(ORGANISATION).photo(METTE) is None
    assert graph.asked == []


async def test_last_known_people_stand_in_too(graph, make):
    newcomer = PersonId("5f000000-0000-4000-8000-000000000999")
    graph.will_answer(f"/users/{newcomer}", user(newcomer, "Else Dahl"), 500)
    now = At()
    directory = make(now)
    await directory.person(newcomer)

    now.moment += FRESH_FOR
    assert (await directory.person(newcomer)).name == "Else Dahl"
    now.moment += STANDS_IN_FOR
    with pytest.raises(DirectoryUnreachable):
        await directory.person(newcomer)
