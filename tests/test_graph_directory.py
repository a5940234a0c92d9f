"""The Graph directory against a local server: what it asks, whom it trusts, and what it does when nobody answers."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.directory import DirectoryUnreachable
from bot.directory.file import FileDirectory
from bot.directory.graph import GraphDirectory
from bot.directory.graph_calls import GraphCalls
from bot.directory.graph_client import HOST, open_graph
from bot.setup.settings import read_settings
from casework.people import Person
from casework.vocabulary import PersonId, WorkplaceId
from tests.graph_world import At, Graph, local_client, user

METTE, JONAS, KARIN, BIRGIT = (PersonId(f"5f000000-0000-4000-8000-0000000001{n:02}") for n in (1, 2, 3, 4))
LEFT = PersonId("5f000000-0000-4000-8000-000000000998")
NEWCOMER = PersonId("5f000000-0000-4000-8000-000000000999")
NORD, GROUP = WorkplaceId("borgerservice-nord"), "5f000000-0000-4000-8000-000000000777"
SELECT = "id,displayName,jobTitle,mail,mobilePhone,businessPhones"
ORGANISATION = read_settings({}, rehearsal=True).organisation
SOON = (0.0, 0.0)  # no pause between two tries


Make = Callable[..., GraphDirectory]


@pytest.fixture
async def make(graph: Graph) -> AsyncIterator[Make]:
    made = []

    def directory(hosts: tuple[str, ...] = ("127.0.0.1",), now: At | None = None, **how: Any) -> GraphDirectory:
        groups, organisation = how.pop("groups", {}), how.pop("organisation", ORGANISATION)
        now, how = now or At(), {"pauses": SOON} | how
        made.append(GraphCalls(lambda: local_client(graph.url, hosts), now, **how))
        return GraphDirectory(FileDirectory(organisation), made[-1], now, lambda: groups)

    yield directory
    for each in made:
        await each.close()


async def test_the_leader_is_asked_for_as_graph_documents_it(graph, make):
    phones = {"mobilePhone": None, "businessPhones": ["00 00 01 03"]}
    graph.will_answer(f"/users/{METTE}/manager", user(KARIN, "Karin Holm", jobTitle="Leder", mail=None, **phones))

    assert await make().leader(METTE) == Person(KARIN, "Karin Holm", "Leder", "00 00 01 03", "")
    (asked,) = graph.asked
    assert (asked.method, asked.path) == ("GET", f"/v1.0/users/{METTE}/manager")
    assert dict(asked.query) == {"$select": SELECT}
    assert asked.headers["Authorization"] == "Bearer a-token"


async def test_people_are_searched_for_as_graph_documents_it(graph, make):
    rows = [user("3", "Bo Mettesen"), user("2", "Mette Å"), user("1", "Mette Ås"), user("4", "Per (mette)")]
    graph.will_answer("/users", {"value": rows})

    found = await make().search("mette", limit=4)

    assert [person.name for person in found] == ["Mette Å", "Mette Ås", "Bo Mettesen", "Per (mette)"]
    (asked,) = graph.asked
    assert (asked.method, asked.path) == ("GET", "/v1.0/users")
    assert asked.headers["ConsistencyLevel"] == "eventual"
    search = '"displayName:mette" OR "mail:mette"'
    assert dict(asked.query) == {"$search": search, "$select": SELECT, "$top": "25"}


async def test_what_people_type_cannot_change_the_question(graph, make):
    graph.will_answer("/users", {"value": []})

    await make().search('a" OR "mail:b\\&$top=999#?' + "x" * 100)

    (asked,) = graph.asked
    assert asked.query["$search"].count('"') == 4 and "\\" not in asked.query["$search"]
    assert (asked.query["$top"], len(asked.query)) == ("25", 3)


async def test_an_id_cannot_lead_to_another_path(graph, make):
    await make().leader(PersonId("../me?x=/"))

    assert graph.asked[0].raw_path.startswith("/v1.0/users/..%2Fme%3Fx%3D%2F/manager?")


async def test_an_empty_search_asks_nobody(graph, make):
    assert await make().search('  " ') == ()
    assert graph.asked == []


async def test_the_token_goes_to_no_other_host(graph, make):
    await make(hosts=(HOST,)).leader(METTE)

    assert "Authorization" not in graph.asked[0].headers


async def test_a_redirect_is_not_followed(graph, make):
    graph.will_answer(f"/users/{METTE}/manager", 302)

    with pytest.raises(DirectoryUnreachable):
        await make().leader(METTE)
    assert len(graph.asked) == 1


@pytest.mark.parametrize("answer", [{}, [], "text", {"value": [{}]}, {"value": None}])
async def test_an_answer_of_another_shape_is_no_answer(graph, make, answer):
    graph.will_answer(f"/users/{METTE}/manager", answer)

    with pytest.raises(DirectoryUnreachable):
        await make().leader(METTE)


async def test_a_workplace_is_led_by_the_manager_in_entra_and_is_otherwise_as_the_settings_say(graph, make):
    graph.will_answer(f"/users/{METTE}/manager", user(KARIN, "Karin Holm"))
    directory = make()

    found, told = await directory.workplace_of(METTE), await directory.workplace(WorkplaceId("borgerservice-nord"))

    assert (found.leader, found.stand_in, found.leaders_leader) == (KARIN, None, BIRGIT)
    assert (found.id, found.group, found.health_safety_reps) == (told.id, told.group, told.health_safety_reps)


async def test_someone_the_settings_do_not_know_works_where_their_manager_leads(graph, make):
    graph.will_answer(f"/users/{NEWCOMER}/manager", user(JONAS, "Jonas Friis"))

    assert (await make().workplace_of(NEWCOMER)).id == "borgerservice-nord"


async def test_a_manager_who_leads_no_known_place_leaves_the_choice_to_people(graph, make):
    graph.will_answer(f"/users/{NEWCOMER}/manager", user("someone", "Else Dahl"))

    assert await make().workplace_of(NEWCOMER) is None


@pytest.mark.parametrize("answer", [404, {"@odata.type": "#microsoft.graph.orgContact", "id": "1", "displayName": "X"}])
async def test_without_a_manager_in_entra_the_settings_hold(graph, make, answer):
    graph.will_answer(f"/users/{METTE}/manager", answer)
    directory = make()

    assert await directory.leader(METTE) is None
    assert (await directory.workplace_of(METTE)).leader == JONAS


async def test_a_person_is_as_the_settings_say_and_otherwise_as_entra_does(graph, make):
    graph.will_answer(f"/users/{NEWCOMER}", user(NEWCOMER, "Else Dahl", mobilePhone="00 00 09 99"))
    directory = make()

    assert (await directory.person(METTE)).name == "Mette Lund"
    assert await directory.person(NEWCOMER) == Person(NEWCOMER, "Else Dahl", "", "00 00 09 99", "")
    assert await directory.person(LEFT) is None
    assert await directory.person(PersonId("Jonas Friis")) is None  # no id: Entra need not be asked
    assert [asked.path for asked in graph.asked] == [f"/v1.0/users/{NEWCOMER}", f"/v1.0/users/{LEFT}"]


async def test_an_answer_holds_for_a_while_and_is_then_asked_for_again(graph, make):
    graph.will_answer(f"/users/{METTE}/manager", user(JONAS, "Jonas Friis"), user(KARIN, "Karin Holm"))
    now = At()
    directory = make(now=now)

    await directory.leader(METTE)
    now.moment += timedelta(minutes=14)
    assert (await directory.leader(METTE)).id == JONAS
    now.moment += timedelta(minutes=2)
    assert (await directory.leader(METTE)).id == KARIN


async def test_when_entra_fails_the_settings_answer_and_the_failure_is_not_remembered(graph, make):
    graph.will_answer(f"/users/{METTE}/manager", 500, user(KARIN, "Karin Holm"))
    directory = make()

    assert (await directory.workplace_of(METTE)).leader == JONAS
    assert (await directory.workplace_of(METTE)).leader == KARIN


async def test_when_entra_fails_search_answers_from_the_settings(graph, make):
    graph.will_answer("/users", 403)

    assert [person.name for person in await make().search("mette")] == ["Mette Lund"]


async def test_when_nobody_can_answer_that_is_said_and_never_taken_for_no(graph, make):
    graph.will_answer("/users", 500)
    graph.will_answer(f"/users/{NEWCOMER}", 500)
    graph.will_answer(f"/users/{NEWCOMER}/manager", 401)
    directory = make()

    for question in (directory.search("nobody"), directory.person(NEWCOMER), directory.workplace_of(NEWCOMER)):
        with pytest.raises(DirectoryUnreachable):
            await question


async def test_a_silent_entra_is_given_up(graph, make):
    graph.will_answer(f"/users/{METTE}/manager", ...)
    directory = make(read_within=0.05)

    assert (await directory.workplace_of(METTE)).leader == JONAS


async def test_a_client_that_cannot_be_opened_is_unreachable():
    def broken() -> Any:
        raise OSError("no certificate")

    with pytest.raises(DirectoryUnreachable):
        await GraphDirectory(FileDirectory(ORGANISATION), GraphCalls(broken, At()), At()).leader(METTE)


async def test_a_read_is_tried_twice_more(graph, make):
    graph.will_answer(f"/users/{METTE}/manager", 503, 503, user(JONAS, "Jonas Friis"))

    assert (await make().leader(METTE)).id == JONAS
    assert len(graph.asked) == 3


@pytest.mark.parametrize("app_type", ["SingleTenant", "UserAssignedMSI"])
async def test_the_settings_open_the_real_graph_either_way_a_bot_proves_who_it_is(app_type):
    settings = replace(read_settings({}, rehearsal=True), app_type=app_type, app_password="secret")
    client = await asyncio.to_thread(open_graph, settings)

    assert client.adapter.base_url == f"https://{HOST}/v1.0/"
    await client.close()
