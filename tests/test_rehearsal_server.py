"""The rehearsal page's server: for this machine alone, and nothing secret in what it serves."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from string import Formatter

import aiohttp
import pytest

from bot.clock import MovableClock
from bot.rehearsal.server import PAGE, Cast, PracticeRoom, Room
from tests.test_channel import APP, PNG, SECRET
from tests.test_channel import room as channel_and_bot

HOUR = timedelta(hours=1)


class Rest:
    """What the page asks of the rest of the house, answered by hand."""

    def __init__(self) -> None:
        self.reminder: datetime | None = None
        self.thread: dict = {}
        self.settled_at: list[datetime] = []
        self.clock = MovableClock()

    async def next_reminder(self) -> datetime | None:
        return self.reminder

    async def deadlines(self) -> dict:
        return self.thread

    async def settled(self) -> None:
        self.settled_at.append(self.clock.now())


@asynccontextmanager
async def page():
    rest = Rest()
    async with channel_and_bot() as (channel, bot):
        group = channel.team_channel("nord", "Nord", ("jonas",))
        cast = Cast("mette", "jonas", group, "jonas")
        server = PracticeRoom(channel, rest.clock, Room(cast, rest.next_reminder, rest.deadlines, rest.settled))
        await server.start(port=0)
        async with aiohttp.ClientSession(server.url) as browser:
            try:
                yield browser, channel, bot, rest
            finally:
                await server.stop()


async def test_only_loopback_is_ever_listened_on():
    async with channel_and_bot() as (channel, _):
        rest = Rest()
        cast = Cast("mette", "jonas", channel.chat("mette"), "jonas")
        server = PracticeRoom(channel, rest.clock, Room(cast, rest.next_reminder, rest.deadlines, rest.settled))
        for host in ("0.0.0.0", "::", "192.168.1.4", "example.org", ""):
            with pytest.raises(ValueError, match="Expected 127.0.0.1"):
                await server.start(host=host, port=0)


@pytest.mark.parametrize("header", [{"Host": "example.org"}, {"Origin": "http://example.org"}, {"Origin": "null"}])
async def test_another_name_or_another_page_is_refused(header):
    async with page() as (browser, channel, bot, _):
        async with browser.get("/api/state", headers=header) as response:
            assert response.status == 403
        form = {"chat": channel.chat("mette").id, "text": "x"}
        async with browser.post("/api/say", data=form, headers=header) as response:
            assert response.status == 403
        assert bot.heard == []


async def test_a_form_cannot_pass_for_a_press():
    async with page() as (browser, _, bot, _):
        async with browser.post("/api/press", data=json.dumps({"chat": "a:mette"})) as response:
            assert response.status == 415


async def test_nothing_served_holds_the_apps_secret_or_a_token():
    async with page() as (browser, channel, _, _):
        await channel.chat("mette").say("hej")
        async with browser.get("/api/state") as response:
            told = await response.text()
        async with browser.get("/") as response:
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            told += await response.text()
        assert SECRET not in told and APP not in told and "eyJ" not in told


async def test_nothing_outside_the_page_can_be_fetched():
    async with page() as (browser, *_):
        for path in ("/package.json", "/..%2fserver.py", "/words/..%2fx", "/modules/..%2fx.js", "/api/files/x"):
            async with browser.get(path) as response:
                assert response.status == 404


async def test_words_files_and_presses_go_the_whole_way():
    async with page() as (browser, channel, bot, _):
        chat = channel.chat("mette")
        form = aiohttp.FormData({"chat": chat.id, "text": "se her"})
        form.add_field("file", PNG, filename="a.png", content_type="image/png")
        async with browser.post("/api/say", data=form) as response:
            assert await response.json() == {"ok": True, "status": 202, "words": ""}
        assert bot.heard[-1]["attachments"][0]["name"] == "a.png"

        asked = {"chat": chat.id, "message": chat.messages[-1].id, "data": {"step": "1"}}
        action = {"type": "Action.Execute", "verb": "step.done"}
        async with browser.post("/api/press", json=asked | {"action": action}) as response:
            assert (await response.json())["ok"] and chat.messages[-1].edited


async def test_the_group_is_spoken_for_by_its_member():
    async with page() as (browser, channel, bot, _):
        group = channel.team_channel("nord", "Nord")
        async with browser.post("/api/say", data={"chat": group.id, "text": "tilslut"}) as response:
            assert response.status == 200
        assert bot.heard[-1]["from"]["aadObjectId"] == "jonas"


async def test_the_language_switch_writes_the_bots_own_word():
    async with page() as (browser, channel, bot, _):
        asked = {"language": "en", "chats": [channel.chat("mette").id, channel.chat("jonas").id]}
        async with browser.post("/api/language", json=asked) as response:
            assert response.status == 200
        said = [(heard["from"]["aadObjectId"], heard["text"]) for heard in bot.heard]
        assert said == [("mette", "english"), ("jonas", "english")]


async def test_to_the_next_reminder_moves_there_waits_for_it_and_never_goes_back():
    async with page() as (browser, _, _, rest):
        rest.reminder = datetime.now(UTC) + 30 * HOUR
        async with browser.post("/api/clock", json={"step": "next"}) as response:
            assert (await response.json())["moved"]
        assert rest.settled_at[0] >= rest.reminder

        rest.reminder -= 20 * HOUR
        before = rest.clock.now()
        async with browser.post("/api/clock", json={"step": "next"}) as response:
            assert response.status == 200
        assert rest.clock.now() >= before


async def test_without_a_reminder_in_wait_the_clock_stays():
    async with page() as (browser, _, _, rest):
        async with browser.post("/api/clock", json={"step": "next"}) as response:
            assert (await response.json())["moved"] is False
        assert rest.clock.now() <= datetime.now(UTC)


async def test_the_page_hears_of_every_message_and_of_the_thread():
    async with page() as (browser, channel, _, rest):
        rest.thread = {"began_at": datetime(2026, 11, 21, 13, 10, tzinfo=UTC), "reminders": []}
        async with browser.get("/api/events") as response, asyncio.timeout(5):
            assert (await response.content.readline()).startswith(b"retry")
            await channel.chat("jonas").say("hej")
            told = b""
            while b"event: clock" not in told or b"2026-11-21T13:10:00+00:00" not in told:
                told += await response.content.readline()
        assert b'"text": "hej"' in told


def test_the_pages_words_are_the_same_keys_and_places_in_both_languages():
    danish, english = (json.loads((PAGE / f"words.{name}.json").read_text("utf-8")) for name in ("da", "en"))
    assert danish.keys() == english.keys()
    for key in danish:
        assert places(danish[key]) == places(english[key]), key


def places(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/clock", {"step": ["now"]}),
        ("/api/language", {"language": ["da"]}),
        ("/api/language", {"language": "da", "chats": 5}),
    ],
)
async def test_what_no_page_would_send_is_a_bad_request_and_no_fault(path, body):
    async with page() as (browser, *_), browser.post(path, json=body) as response:
        assert response.status == 400


async def test_a_form_without_a_boundary_and_an_endless_name_are_no_faults():
    async with page() as (browser, *_):
        async with browser.post("/api/say", data=b"x", headers={"Content-Type": "multipart/form-data"}) as response:
            assert response.status == 400
        async with browser.get(f"/{'a' * 5000}.js") as response:
            assert response.status == 404
