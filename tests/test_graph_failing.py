"""What becomes of a request when Graph fails, who hears of it, and for how long Graph is then left alone."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from azure.core.exceptions import ClientAuthenticationError

from bot.directory.file import FileDirectory
from bot.directory.graph import GraphDirectory
from bot.directory.graph_calls import LONGEST_REST, REST, GraphCalls
from bot.directory.graph_requests import MAIL, MANAGER, MEMBERS, GraphFault
from bot.setup.settings import read_settings
from tests.graph_world import MAIL_BODY, At, Graph, Heard, local_client, user

PATH, MANAGERS = "/users/mette/manager", {"id": "mette"}
SELECT = {"$select": "id"}
HERE, AWAY = user("jonas", "Jonas Friis"), {"Retry-After": "120"}


@pytest.fixture
def now() -> At:
    return At()


Make = Callable[..., GraphCalls]


@pytest.fixture
async def make(graph: Graph, heard: Heard, now: At) -> AsyncIterator[Make]:
    made = []

    def calls(told: Any = heard, read_within: float = 5.0, **how: Any) -> GraphCalls:
        made.append(GraphCalls(lambda: local_client(graph.url, **how), now, told, read_within, pauses=(0.0, 0.0)))
        return made[-1]

    yield calls
    for each in made:
        await each.close()


async def fails(calls: GraphCalls) -> GraphFault:
    with pytest.raises(GraphFault) as told:
        await calls.read(MANAGER, MANAGERS, SELECT)
    return told.value


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_what_passes_is_tried_twice_more(graph, make, status):
    graph.will_answer(PATH, status, status, HERE)

    assert b"Jonas" in await make().read(MANAGER, MANAGERS, SELECT)
    assert len(graph.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500])
async def test_what_does_not_pass_is_not_tried_again(graph, make, status):
    graph.will_answer(PATH, status, HERE)

    assert (await fails(make())).status == status
    assert len(graph.asked) == 1


async def test_a_short_wait_that_graph_asks_for_is_waited(graph, make):
    graph.will_answer(PATH, (429, {"Retry-After": "0"}), HERE)

    assert b"Jonas" in await make().read(MANAGER, MANAGERS, SELECT)


async def test_a_longer_wait_is_nobodys_to_wait_and_graph_is_left_alone_until_then(graph, make, now):
    graph.will_answer(PATH, (429, AWAY), HERE)
    calls = make()

    assert (await fails(calls)).retry_after == 120
    now.moment += timedelta(seconds=119)
    assert (await fails(calls)).retry_after == 1
    assert len(graph.asked) == 1
    now.moment += timedelta(seconds=1)
    assert b"Jonas" in await calls.read(MANAGER, MANAGERS, SELECT)


async def test_no_answer_of_graph_keeps_us_away_for_hours(graph, make, now):
    graph.will_answer(PATH, (503, {"Retry-After": "86400"}), HERE)
    calls = make()

    await fails(calls)
    now.moment += timedelta(seconds=LONGEST_REST)
    assert b"Jonas" in await calls.read(MANAGER, MANAGERS, SELECT)


@pytest.mark.parametrize("asked", ["", "soon", "-1", "Wed, 21 Oct 2026 07:28:00 GMT"])
async def test_a_wait_that_cannot_be_read_is_unsaid(graph, make, asked):
    graph.will_answer(PATH, (503, {"Retry-After": asked}), HERE)

    assert b"Jonas" in await make().read(MANAGER, MANAGERS, SELECT)


async def test_nobody_waits_twice_for_a_silent_graph(graph, make, now):
    graph.will_answer(PATH, ..., HERE)
    calls = make(read_within=1.0)
    await calls.warm()

    assert (await fails(calls)).status is None
    now.moment += timedelta(seconds=REST - 1)
    assert (await fails(calls)).retry_after == 1
    now.moment += timedelta(seconds=1)
    assert b"Jonas" in await calls.read(MANAGER, MANAGERS, SELECT)


async def test_while_graph_is_left_alone_a_write_still_tries(graph, make):
    graph.will_answer(PATH, (503, AWAY))
    graph.will_answer("/users/box/sendMail", {})
    calls = make()
    await fails(calls)

    await calls.write(MAIL, {"id": "box"}, MAIL_BODY)


@pytest.mark.parametrize("status", [429, 500, 503, 504])
async def test_a_write_is_never_sent_twice(graph, make, status):
    graph.will_answer("/users/box/sendMail", status)

    with pytest.raises(GraphFault):
        await make().write(MAIL, {"id": "box"}, MAIL_BODY)
    assert len(graph.asked) == 1


async def test_a_redirect_carries_nothing_out(graph, make):
    graph.will_answer("/users/box/sendMail", 302)

    with pytest.raises(GraphFault):
        await make().write(MAIL, {"id": "box"}, MAIL_BODY)
    assert len(graph.asked) == 1


async def test_a_missing_permission_is_told_once_by_name_and_taken_back_when_it_is_given(graph, make, heard):
    graph.will_answer(PATH, 403, 403, HERE)
    calls = make()

    assert (await fails(calls)).permission == (await fails(calls)).permission == "User.Read.All"
    assert heard.told == [("permission", "User.Read.All", True)]
    await calls.read(MANAGER, MANAGERS, SELECT)
    assert heard.stands == set()


async def test_each_permission_stands_for_itself(graph, make, heard):
    graph.will_answer("/groups/g/transitiveMembers", 403)
    graph.will_answer("/users/box/sendMail", 403)
    graph.will_answer(PATH, HERE)
    calls = make()

    for asking in (calls.read(MEMBERS, {"id": "g"}, SELECT), calls.write(MAIL, {"id": "box"}, MAIL_BODY)):
        with pytest.raises(GraphFault):
            await asking
    await calls.read(MANAGER, MANAGERS, SELECT)

    assert heard.stands == {("permission", "GroupMember.Read.All"), ("permission", "Mail.Send")}


async def test_a_policy_that_forbids_one_thing_is_not_told_as_a_missing_permission(graph, make, heard):
    graph.will_answer("/users/box/sendMail", 403)

    with pytest.raises(GraphFault) as told:
        await make(roles=("Mail.Send",)).write(MAIL, {"id": "box"}, MAIL_BODY)
    assert told.value.permission == ""
    assert heard.stands == set()


async def test_what_stood_there_from_before_a_restart_is_taken_back_by_the_first_success(graph, make, heard):
    graph.will_answer(PATH, HERE)

    await make().read(MANAGER, MANAGERS, SELECT)
    assert ("permission", "User.Read.All", False) in heard.told and ("directory", "graph", False) in heard.told


@pytest.mark.parametrize("answer", [401, 500, 503, (429, AWAY)])
async def test_a_graph_that_fails_is_told_and_taken_back(graph, make, heard, now, answer):
    graph.will_answer(PATH, answer)
    calls = make()

    await fails(calls)
    assert heard.stands == {("directory", "graph")}
    graph.will_answer(PATH, 404)  # an answer too: that person has no manager
    now.moment += timedelta(seconds=120)
    await fails(calls)
    assert heard.stands == set()


async def test_an_entra_that_gives_no_token_is_a_graph_that_fails(graph, make, heard):
    await fails(make(fails=ClientAuthenticationError("the secret, in words")))

    assert heard.stands == {("directory", "graph")}
    assert graph.asked == []


async def test_a_bot_whose_certificate_is_gone_starts_without_graph_and_says_so(heard, now):
    def broken() -> Any:
        raise OSError("no such file")

    await GraphCalls(broken, now, heard).warmed()

    assert heard.stands == {("directory", "graph")}


async def test_a_list_that_cannot_be_written_stops_nobody_and_is_tried_again(graph, make):
    async def broken(kind: str, about: str, wrong: bool) -> None:
        told.append(about)
        raise OSError("disk full")

    told: list[str] = []
    graph.will_answer(PATH, HERE)
    calls = make(told=broken)

    for _ in range(2):
        assert b"Jonas" in await calls.read(MANAGER, MANAGERS, SELECT)
    assert told.count("graph") == 2


async def test_search_goes_on_without_titles_where_only_names_may_be_read(graph, make, heard, now):
    graph.will_answer("/users", 403, {"value": [user("1", "Mette Å")]})
    directory = GraphDirectory(FileDirectory(read_settings({}, rehearsal=True).organisation), make(), now)

    assert [person.name for person in await directory.search("mette å")] == ["Mette Å"]
    assert [asked.query["$select"] for asked in graph.asked][1] == "id,displayName,mail"
    assert heard.stands == {("permission", "User.Read.All")}
