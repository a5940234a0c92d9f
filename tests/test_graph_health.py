"""Whether Graph is there and what it lets us do, for whoever looks after the bot."""

from dataclasses import replace
from typing import Any

import pytest
from azure.core.exceptions import ClientAuthenticationError

from bot.directory.graph_health import NEEDED, GraphHealth, graph_health, look, permissions_in, roles_of, used_by
from bot.setup.settings import read_settings
from tests.graph_world import Graph, local_client, with_graph

SETTINGS = with_graph(read_settings({}, rehearsal=True))


@pytest.fixture(autouse=True)
def somebody(graph: Graph) -> None:
    graph.will_answer("/users", {"value": [{"id": "1"}]})


async def asked(graph: Graph, **how: Any) -> GraphHealth:
    return await graph_health(SETTINGS, lambda: local_client(graph.url, **how))


async def test_each_permission_this_set_up_uses_is_told_of(graph):
    health = await asked(graph, roles=NEEDED)

    assert health.reachable
    assert health.permissions == dict.fromkeys(used_by(SETTINGS), True)
    assert {(request.method, request.path) for request in graph.asked} == {("GET", "/v1.0/users")}


async def test_a_running_bot_looks_through_the_client_it_has_and_leaves_it_open(graph):
    client = local_client(graph.url, roles=NEEDED)

    for _ in range(2):
        assert (await look(client)).permissions == dict.fromkeys(NEEDED, True)
    await client.close()


async def test_a_missing_permission_is_told_by_name(graph):
    health = await asked(graph, roles=tuple(set(NEEDED) - {"GroupMember.Read.All"}))

    assert [name for name, given in health.permissions.items() if given is False] == ["GroupMember.Read.All"]


async def test_a_wider_permission_holds_the_narrower_ones(graph):
    permissions = (await asked(graph, roles=("User.Read.All", "Directory.Read.All"))).permissions

    assert {name for name, given in permissions.items() if given} == {
        "User.Read.All",
        "User.ReadBasic.All",
        "GroupMember.Read.All",
    }


async def test_what_may_be_given_for_one_mailbox_alone_is_never_said_to_be_missing(graph):
    permissions = (await asked(graph, roles=("User.Read.All",))).permissions

    assert {name for name, given in permissions.items() if given is None} == {"Mail.Send", "Calendars.ReadWrite"}


async def test_no_token_is_told_apart_from_no_graph(graph):
    refused = ClientAuthenticationError("AADSTS7000222: The provided client secret keys for app are expired.")

    assert await asked(graph, fails=refused) == GraphHealth("token", code="AADSTS7000222")
    assert await asked(graph, fails=OSError("no network")) == GraphHealth("token")
    assert graph.asked == []


@pytest.mark.parametrize("status", [403, 503])
async def test_what_graph_answers_instead_is_told_by_its_status(graph, status):
    graph.will_answer("/users", status)

    assert (await asked(graph, roles=NEEDED)).fault == str(status)


async def test_a_graph_that_cannot_be_reached_is_silent():
    health = await graph_health(SETTINGS, lambda: local_client("http://127.0.0.1:9/v1.0", roles=NEEDED))

    assert (health.fault, health.permissions["User.Read.All"]) == ("silent", True)


async def test_a_certificate_that_cannot_be_read_gives_no_token():
    def broken() -> Any:
        raise OSError("gone")

    assert await graph_health(SETTINGS, broken) == GraphHealth("token")


@pytest.mark.parametrize("token", ["", "abc", "a.b.c", "eyJhbGciOiJub25lIn0.eyJyb2xlcyI6ICJ4In0."])
def test_a_token_that_tells_nothing_gives_nothing(token):
    assert roles_of(token) == frozenset()
    assert True not in permissions_in(token).values()


def test_a_set_up_uses_no_more_permissions_than_it_has_ways():
    bare = replace(read_settings({}, rehearsal=True), directory="graph")
    assert used_by(replace(bare, directory="file")) == set()
    assert used_by(bare) == {"User.Read.All", "User.ReadBasic.All"}
    assert used_by(SETTINGS) == set(NEEDED) - {"ProfilePhoto.Read.All"}  # no card draws a photo yet
