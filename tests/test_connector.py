"""Out to the channel: whoever sends is told plainly whether it was taken, and our token goes nowhere else."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port

from bot.teams.connector import Connector
from bot.teams.faults import Ambiguous, ChannelFault, DefiniteNo, Unreachable
from tests.teams_world import APP, TENANT, Answer, World

HELLO = {"type": "message", "text": "hej"}

MEANINGS = [
    (412, {}, DefiniteNo),
    (429, {}, DefiniteNo),
    (429, {"Retry-After": "7"}, DefiniteNo),
    (503, {"Retry-After": "7"}, DefiniteNo),
    (500, {}, Ambiguous),
    (502, {}, Ambiguous),
    (503, {}, Ambiguous),
    (504, {}, Ambiguous),
    (403, {}, Unreachable),
    (404, {}, Unreachable),
    (400, {}, ChannelFault),
    (413, {}, ChannelFault),
]

UNLAWFUL = [
    "https://evil.example/",
    "http://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net@evil.example/",
    "https://smba.trafficmanager.net.evil.example/",
    "https://smba.trafficmanager.net/emea/?x=https://evil.example",
    "https://smba.trafficmanager.net/#",
    "//smba.trafficmanager.net/",
    "",
]


def breaks_off(world: World) -> Callable[[web.Request], Awaitable[Any]]:
    """The channel takes the request and the connection breaks before its answer."""

    async def answer(request: web.Request) -> web.StreamResponse:
        request.transport.abort()
        return web.Response()

    return answer


async def test_a_message_goes_to_its_conversation_and_its_new_id_comes_back():
    async with World() as world:
        sent = await world.connector.send(world.teams.service_url, "19:æ/b@thread.tacv2;messageid=1", HELLO)

        assert sent == "activity-9"
        path = "/emea/v3/conversations/19%3A%C3%A6%2Fb%40thread.tacv2%3Bmessageid%3D1/activities"
        assert (world.teams.seen[0].path, world.teams.seen[0].json) == (path, HELLO)


@pytest.mark.parametrize("id", ["..", ".", ""])
async def test_an_id_cannot_climb_out_of_its_place(id: str):
    async with World() as world:
        with pytest.raises(ChannelFault):
            await world.connector.send(world.teams.service_url, id, HELLO)

        assert world.teams.seen == []


@pytest.mark.parametrize(("status", "headers", "meaning"), MEANINGS)
async def test_each_refusal_says_what_to_do_next_and_a_message_is_posted_once(
    status: int, headers: dict[str, str], meaning: type[ChannelFault]
):
    async with World() as world:
        world.teams.answers = [Answer(status, {"error": {"code": "SomeCode", "message": "SECRET-WORDS"}}, headers)]

        with pytest.raises(ChannelFault) as told:
            await world.connector.send(world.teams.service_url, "a:anna", HELLO)

        assert type(told.value) is meaning
        assert (told.value.status, told.value.code) == (status, "SomeCode")
        assert "SECRET-WORDS" not in str(vars(told.value)) + str(told.value)
        assert len(world.teams.seen) == 1


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7.0),
        ("Sun, 22 Nov 2026 21:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 20:00:00 GMT", 0.0),
        ("soon", None),
        ("-1", None),
        ("", None),
    ],
)
async def test_how_long_to_wait_is_read_as_seconds_or_as_a_date_on_the_channels_own_clock(said: str, seconds: float):
    async with World() as world:
        headers = {"Retry-After": said, "Date": "Sun, 22 Nov 2026 21:00:00 GMT"}
        world.teams.answers = [Answer(429, {}, headers)]

        with pytest.raises(DefiniteNo) as told:
            await world.connector.send(world.teams.service_url, "a:anna", HELLO)

        assert told.value.retry_after == seconds


async def test_a_channel_that_does_not_listen_has_definitely_taken_nothing():
    async with World() as world:
        nobody = unused_port()

        with pytest.raises(DefiniteNo):
            await world.connector.send(f"http://127.0.0.1:{nobody}/", "a:anna", HELLO)


async def test_a_connection_that_breaks_after_the_message_left_is_ambiguous_and_not_repeated():
    async with World() as world:
        world.teams.answers = [breaks_off(world)]

        with pytest.raises(Ambiguous):
            await world.connector.send(world.teams.service_url, "a:anna", HELLO)

        assert len(world.teams.seen) == 1


async def test_a_channel_that_never_answers_is_ambiguous():
    released = asyncio.Event()

    async def never(_: web.Request) -> web.Response:
        await released.wait()
        return web.Response()

    async with World() as world:
        world.teams.answers = [never]
        short = aiohttp.ClientTimeout(total=0.1)
        hurried = Connector(world.session, world.tokens, world.settings, world.clock, timeout=short)

        with pytest.raises(Ambiguous):
            await hurried.send(world.teams.service_url, "a:anna", HELLO)
        released.set()


@pytest.mark.parametrize("status", [412, 429, 500, 502, 503, 504])
async def test_what_changes_nothing_when_done_twice_is_tried_again(status: int):
    async with World() as world:
        world.teams.answers = [Answer(status, {}), Answer(status, {})]

        await world.connector.update(world.teams.service_url, "a:anna", "activity-9", HELLO)

        assert [seen.method for seen in world.teams.seen] == ["PUT"] * 3
        assert len(world.waited) == 2


async def test_trying_again_ends_and_says_what_it_ended_on():
    async with World() as world:
        world.teams.answers = [Answer(502, {})] * 5

        with pytest.raises(Ambiguous):
            await world.connector.update(world.teams.service_url, "a:anna", "activity-9", HELLO)

        assert len(world.teams.seen) == 3


async def test_a_wait_longer_than_a_turn_may_take_is_left_to_whoever_sends():
    async with World() as world:
        world.teams.answers = [Answer(429, {}, {"Retry-After": "60"})]

        with pytest.raises(DefiniteNo) as told:
            await world.connector.update(world.teams.service_url, "a:anna", "activity-9", HELLO)

        assert told.value.retry_after == 60
        assert world.waited == []


async def test_a_broken_connection_does_not_stop_an_update():
    async with World() as world:
        world.teams.answers = [breaks_off(world)]

        await world.connector.update(world.teams.service_url, "a:anna", "activity-9", HELLO)

        assert world.teams.seen[-1].method == "PUT"


async def test_what_is_deleted_already_is_deleted():
    async with World() as world:
        world.teams.answers = [Answer(404, {})]

        await world.connector.delete(world.teams.service_url, "a:anna", "activity-9")

        assert [seen.method for seen in world.teams.seen] == ["DELETE"]


async def test_a_token_revoked_before_its_time_is_renewed_once():
    async with World() as world:
        world.teams.tokens_that_hold = {"token-2"}

        assert await world.connector.send(world.teams.service_url, "a:anna", HELLO) == "activity-9"

        assert world.teams.tokens_given == 2


async def test_a_channel_that_refuses_the_new_token_too_needs_somebody_to_look():
    async with World() as world:
        world.teams.tokens_that_hold = set()

        with pytest.raises(ChannelFault) as told:
            await world.connector.update(world.teams.service_url, "a:anna", "activity-9", HELLO)

        assert type(told.value) is ChannelFault and told.value.status == 401
        assert len(world.teams.seen) == 2


@pytest.mark.parametrize("url", UNLAWFUL)
async def test_no_token_is_even_asked_for_when_the_service_url_is_not_ours(url: str):
    async with World() as world:
        with pytest.raises(ChannelFault):
            await world.connector.send(url, "a:anna", HELLO)

        assert world.teams.tokens_given == 0


async def test_a_redirect_is_not_followed_so_the_token_stays():
    async with World() as elsewhere, World() as world:
        world.teams.answers = [Answer(307, {}, {"Location": elsewhere.teams.service_url})]

        with pytest.raises(ChannelFault):
            await world.connector.send(world.teams.service_url, "a:anna", HELLO)

        assert elsewhere.teams.seen == []


async def test_a_conversation_with_one_person_is_opened_in_their_tenant():
    async with World() as world:
        world.teams.answers = [Answer(201, {"id": "a:new"})]

        opened = await world.connector.create_conversation(world.teams.service_url, TENANT, f"28:{APP}", "29:anna")

        assert opened == "a:new"
        wanted = world.teams.seen[0].json
        assert (wanted["members"], wanted["tenantId"], wanted["isGroup"]) == ([{"id": "29:anna"}], TENANT, False)


async def test_a_conversation_without_id_is_a_fault():
    async with World() as world:
        world.teams.answers = [Answer(200, {})]

        with pytest.raises(ChannelFault):
            await world.connector.create_conversation(world.teams.service_url, TENANT, f"28:{APP}", "29:anna")


async def test_members_are_read_to_the_last_page():
    async with World() as world:
        anna, leader = {"id": "29:anna"}, {"id": "29:leader"}
        world.teams.answers = [
            Answer(200, {"members": [anna], "continuationToken": "a&b"}),
            Answer(200, {"members": [leader]}),
        ]

        assert await world.connector.members(world.teams.service_url, "19:group") == (anna, leader)
        assert world.teams.seen[1].path.endswith("pagedmembers?pageSize=500&continuationToken=a%26b")
