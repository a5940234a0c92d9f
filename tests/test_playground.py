"""The Playground's side door: who may come in by it, and that the front door stays shut."""

import asyncio
import os
import re
import signal
from asyncio.subprocess import PIPE
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession

from bot.clock import SystemClock
from bot.playground.client import PlaygroundFault, alone, context, open_client
from bot.playground.porter import personal_chat
from bot.playground.run import HOST, Playground, open_playground, people_called, playground_settings, ports_from
from bot.setup.settings import REHEARSAL_APP_ID, REHEARSAL_TENANT, SettingsFault
from bot.teams.faults import ChannelFault, Unreachable
from tests.story import MASTER_KEY
from tests.test_command_line import GUID, in_development, started

METTE = "5f000000-0000-4000-8000-000000000101"
JONAS = "5f000000-0000-4000-8000-000000000102"
SENT = {"x-ms-agents-playground": "true", "Accept": "application/json, text/plain, */*"}


def said(service_url: str, text: str = "noget er sket") -> dict:
    """A message as the Playground sends it, recorded from it."""
    chat = {"conversationType": "personal", "tenantId": REHEARSAL_TENANT, "id": personal_chat(METTE)}
    return {
        "type": "message",
        "text": text,
        "id": "9e6cdf8b-7d46-456f-ab1e-a77c79bd68c8",
        "from": {"id": f"29:{METTE}", "name": "Mette Lund", "aadObjectId": METTE},
        "timestamp": "2026-11-25T20:54:18.927Z",
        "localTimestamp": "2026-11-25T20:54:18.927+00:00",
        "localTimezone": "UTC",
        "serviceUrl": service_url,
        "conversation": chat,
        "recipient": {"id": f"28:{REHEARSAL_APP_ID}", "name": "Værn"},
        "textFormat": "plain",
        "locale": "en-US",
        "entities": [{"type": "clientInfo", "locale": "en-US", "country": "US", "platform": "Web", "timezone": "UTC"}],
        "channelData": {"tenant": {"id": REHEARSAL_TENANT}},
        "channelId": "msteams",
    }


@asynccontextmanager
async def open_door(folder: Path, *names: str):
    """Bot and porter on free ports, and a Playground for each of these people."""
    settings = replace(playground_settings({}), data=folder, port=0)
    running = await open_playground(settings, MASTER_KEY, SystemClock(), people_called(names, settings), 0)
    try:
        async with ClientSession() as somebody:
            yield running, somebody
    finally:
        await running.stop()


@pytest.fixture
async def door(tmp_path):
    """Mette is let in by the porter, and no Playground runs: what it would send is sent by the test."""
    async with open_door(tmp_path) as (running, somebody):
        running.porter.rooms[METTE] = "http://127.0.0.1:9"
        yield running, somebody


def mettes(running: Playground) -> str:
    return running.porter.address_of(METTE)


async def status(somebody: ClientSession, url: str, body: object, **headers: str) -> int:
    async with somebody.post(url, json=body, headers=SENT | headers) as answer:
        return answer.status


# -- the guards ------------------------------------------------------------------------------------------------


async def test_a_bot_that_serves_answers_401_to_what_the_playground_sends(tmp_path):
    async with in_development(tmp_path) as (_, told), ClientSession() as somebody:
        as_it_comes = said("http://localhost:56150/_connector")
        assert await status(somebody, f"{told['listens']}/api/messages", as_it_comes) == 401


async def test_the_bot_behind_the_porter_believes_nobody_but_the_porter(door):
    running, somebody = door

    assert await status(somebody, f"{running.app.url}/api/messages", said(running.porter.origin)) == 401
    assert await status(somebody, mettes(running), said(running.porter.origin)) == 200


@pytest.mark.parametrize(
    "service", ["https://smba.trafficmanager.net/emea/", "http://127.0.0.1:1/", "http://10.0.0.7/"]
)
async def test_a_message_that_wants_its_answer_elsewhere_is_turned_away(door, service):
    running, somebody = door

    assert await status(somebody, mettes(running), said(service)) == 403


async def test_only_a_person_who_sits_at_a_playground_is_let_in(door):
    running, somebody = door

    assert await status(somebody, running.porter.address_of(JONAS), said(running.porter.origin)) == 404


@pytest.mark.parametrize("headers", [{"Host": "vaern.example.dk"}, {"Origin": "https://example.dk"}])
async def test_another_name_for_this_machine_and_another_page_are_refused(door, headers):
    running, somebody = door

    assert await status(somebody, mettes(running), said(running.porter.origin), **headers) == 403


async def test_what_is_no_activity_is_told_so(door):
    running, somebody = door

    assert [await status(somebody, mettes(running), body) for body in ([], "noget", {})] == [400, 400, 400]


async def test_only_the_bot_speaks_through_the_porter(door):
    running, somebody = door
    chat = f"{running.porter.origin}/v3/conversations/{personal_chat(METTE)}/activities"

    for headers in ({}, {"Authorization": "Bearer x.y.z"}):
        assert await status(somebody, chat, {"type": "message", "text": "hej"}, **headers) == 401
        assert await status(somebody, f"{running.porter.origin}/v3/conversations", {"members": []}, **headers) == 401


async def test_who_sits_at_no_playground_cannot_be_reached(door):
    running, _ = door
    connector, url = running.app.edge.connector, running.porter.origin

    assert await connector.create_conversation(url, REHEARSAL_TENANT, "28:bot", METTE) == personal_chat(METTE)
    with pytest.raises(Unreachable):
        await connector.create_conversation(url, REHEARSAL_TENANT, "28:bot", JONAS)
    with pytest.raises(Unreachable):
        await connector.send(url, personal_chat(JONAS), {"type": "message", "text": "hej"})


# -- settings --------------------------------------------------------------------------------------------------


def test_it_does_not_run_where_a_real_bot_is_set_up_nor_for_others_than_this_machine():
    with pytest.raises(SettingsFault) as told:
        playground_settings({"MICROSOFT_APP_ID": GUID, "MICROSOFT_APP_PASSWORD": "s", "VAERN_HOST": "0.0.0.0"})

    assert [fault.key for fault in told.value.faults] == ["MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD", "VAERN_HOST"]


def test_people_key_and_folder_are_its_own_whatever_the_environment_says():
    real = {"VAERN_DATA": "real", "VAERN_MASTER_KEY": "real", "VAERN_KEY_FILE": "real", "VAERN_ORGANISATION": "real"}
    settings = playground_settings(real | {"VAERN_PORT": "4000"})

    assert settings == playground_settings({"VAERN_PORT": "4000"})
    assert (settings.host, settings.port, settings.data) == (HOST, 4000, Path("var/playground"))
    assert settings.master_key is None and settings.key_file is None


def test_one_is_somebody_by_first_name():
    settings = playground_settings({})

    found = people_called(("jonas", "METTE", "Jonas"), settings)
    assert [person.name for person in found] == ["Jonas Friis", "Mette Lund"]
    with pytest.raises(SettingsFault, match='--person is "metee". Expected "mette", "jonas"'):
        people_called(("metee",), settings)


def test_a_port_that_cannot_be_is_told():
    assert ports_from(56150, 3) == (56150, 56151, 56152)
    assert ports_from(0, 2) == (0, 0)
    for wrong in (-1, 65535):
        with pytest.raises(SettingsFault, match=f"--port is {wrong}. Expected a port number, 0 to 65534"):
            ports_from(wrong, 2)


def test_the_playground_is_told_who_sits_at_it_with_exactly_five_others():
    settings = playground_settings({})
    mette, *others = settings.organisation.people
    told = context(mette, others[:5], settings)

    assert (told["currentUser"]["aadObjectId"], len(told["users"]), told["tenantId"]) == (METTE, 5, REHEARSAL_TENANT)
    chats = (told["personalChat"], told["groupChat"], told["team"], *told["team"]["channels"])
    assert all(METTE in chat["id"] for chat in chats)  # the porter knows by it whose Playground it is


# -- Microsoft's own program -----------------------------------------------------------------------------------


async def test_the_playground_listens_on_this_machine_only(tmp_path):
    async with open_door(tmp_path, "mette") as (running, somebody):
        url = running.clients[0].url
        async with somebody.get(url) as answer:
            assert answer.status == 200
        with pytest.raises(ClientConnectionError):
            await somebody.get(url.replace(HOST, "127.0.0.2"))  # answered by whatever listens everywhere


WAYS = ("net.connect(80, HOST)", "net.connect({ port: 80, host: HOST })", "http.get(`http://${HOST}/`)")


@pytest.mark.parametrize("way", WAYS)
async def test_the_playground_reaches_nobody_beyond_this_machine(way):
    """192.0.2.1 is kept for examples: nobody is there. Refused by us it is at once, and by name."""
    for host, expected in (("192.0.2.1", "192.0.2.1 is not this machine"), (HOST, f"connect ECONNREFUSED {HOST}:80")):
        script = f"const HOST = '{host}'; {way}.on('error', (fault) => console.log(fault.message))"
        node = await asyncio.create_subprocess_exec(*alone(), "-e", script, stdin=PIPE, stdout=PIPE)
        said = await asyncio.wait_for(node.stdout.readline(), 30)
        node.stdin.close()  # and with that it ends
        await asyncio.wait_for(node.wait(), 30)

        assert said.decode().strip() == expected


async def test_a_port_that_is_taken_is_told_and_not_exchanged_for_another(tmp_path):
    taken = await asyncio.start_server(lambda *_: None, HOST, 0)
    port = taken.sockets[0].getsockname()[1]
    async with taken, open_door(tmp_path) as (running, _):
        (mette,) = people_called(("mette",), running.app.settings)
        with pytest.raises(SettingsFault, match=f"--port is {port}. It is taken."):
            await running.join(mette, port)
        assert running.clients == []


async def test_a_playground_that_does_not_like_what_it_is_told_says_where_it_says_why(tmp_path):
    async with open_door(tmp_path) as (running, _):
        settings = running.app.settings
        mette, *others = settings.organisation.people
        too_few = replace(settings, organisation=replace(settings.organisation, people=(mette, *others[:2])))
        with pytest.raises(PlaygroundFault) as told:
            await open_client(mette, too_few, running.porter, 0)

        log = tmp_path / "clients" / f"{METTE}.log"
        assert str(told.value) == f"The Playground did not start: see {log}."
        assert "must NOT have fewer than 5 items" in log.read_text(encoding="utf-8")


async def test_what_the_playground_cannot_do_is_told_as_a_fault_and_its_chat_goes_on(tmp_path):
    async with open_door(tmp_path, "mette") as (running, _):
        connector, url, chat = running.app.edge.connector, running.porter.origin, personal_chat(METTE)
        card = await connector.send(url, chat, {"type": "message", "text": "hej"})
        with pytest.raises(ChannelFault):  # TeamsPostman leaves an old card where it cannot be taken away
            await connector.delete(url, chat, card)
        await connector.update(url, chat, card, {"type": "message", "text": "hej igen"})


async def ends(url: str) -> None:
    """Returns when nobody answers there any more."""
    async with ClientSession() as somebody:
        while True:
            try:
                async with somebody.get(url):
                    await asyncio.sleep(0)
            except ClientConnectionError:
                return


@asynccontextmanager
async def from_the_command_line(folder: Path):
    """`python -m bot playground` as a process, and where it says to go."""
    run = await started("playground", "--port", "0", cwd=folder, VAERN_PORT="0")
    try:
        line = (await asyncio.wait_for(run.stdout.readline(), 60)).decode()
        ready = re.fullmatch(r"Playground er klar: Mette Lund (http://127\.0\.0\.1:\d+/) \(stop med Ctrl-C\)\n", line)
        assert ready, line
        yield run, ready[1]
    finally:
        if run.returncode is None:
            run.kill()
            await run.wait()


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
async def test_it_says_where_to_go_and_leaves_nothing_running_when_it_is_stopped(tmp_path, wish):
    async with from_the_command_line(tmp_path) as (run, url):
        run.send_signal(wish)

        assert await asyncio.wait_for(run.wait(), 30) == 0
        await asyncio.wait_for(ends(url), 30)
        assert os.listdir(tmp_path) == ["var"]


async def test_when_it_is_killed_the_playground_ends_too(tmp_path):
    async with from_the_command_line(tmp_path) as (run, url):
        run.kill()

        await asyncio.wait_for(ends(url), 30)
