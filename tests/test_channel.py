"""The practice room's channel against a small bot written by hand, which checks tokens as a stranger would."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiohttp
import jwt
import pytest
from aiohttp import web
from jwt import PyJWKSet

from bot.clock import VirtualClock
from bot.rehearsal.channel import LocalChannel
from bot.rehearsal.faults import Fault
from casework.people import Person
from casework.vocabulary import VAERN

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
APP, SECRET, TENANT = "app-1", "not a real one", "tenant-1"
METTE, JONAS = Person("mette", "Mette Lund", mail="mette@example.org"), Person("jonas", "Jonas Friis")
PNG = b"\x89PNG\r\n\x1a\n"


def card_saying(text: str, *fields: dict) -> dict:
    execute = {"type": "Action.Execute", "title": "Klaret", "verb": "step.done", "data": {"step": "1"}}
    submit = {"type": "Action.Submit", "title": "Videre", "data": {"form": "what"}}
    show = {"type": "Action.ShowCard", "title": "Mere", "card": {"type": "AdaptiveCard", "actions": [submit]}}
    return {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": text}, *fields], "actions": [execute, show]}


class SmallBot:
    """Answers a message with a card, a press with another; `heard` is every activity it let in."""

    def __init__(self) -> None:
        self.channel: LocalChannel | None = None
        self.heard: list[dict] = []
        self.statuses: list[int] = []
        self.fields: tuple[dict, ...] = ()

    async def messages(self, request: web.Request) -> web.Response:
        activity = await request.json()
        if not await self.token_holds(request.headers.get("Authorization", ""), activity):
            return web.Response(status=401)
        self.heard.append(activity)
        if activity["type"] == "invoke":
            kind = "application/vnd.microsoft.card.adaptive"
            return web.json_response({"statusCode": 200, "type": kind, "value": card_saying("klaret")})
        if activity["type"] == "message":
            await self.answer(activity)
        return web.Response(status=202)

    async def token_holds(self, header: str, activity: dict) -> bool:
        async with aiohttp.ClientSession() as session:
            metadata = await (await session.get(self.channel.metadata_url)).json()
            keys = PyJWKSet.from_dict(await (await session.get(metadata["jwks_uri"])).json())
        token = header.removeprefix("Bearer ")
        try:
            key = keys[jwt.get_unverified_header(token)["kid"]]
            rules = {"audience": APP, "issuer": metadata["issuer"], "options": {"require": ["exp"]}}
            return jwt.decode(token, key, algorithms=["RS256"], **rules)["serviceurl"] == activity["serviceUrl"]
        except (jwt.InvalidTokenError, KeyError):
            return False

    async def answer(self, activity: dict) -> None:
        kind = "application/vnd.microsoft.card.adaptive"
        attachment = {"contentType": kind, "content": card_saying("hej", *self.fields)}
        body = {"type": "message", "summary": "Nyt", "attachments": [attachment]}
        await self.ask("POST", f"v3/conversations/{activity['conversation']['id']}/activities", body)

    async def ask(self, method: str, path: str, body: dict | None = None, token: str | None = None) -> dict | bytes:
        async with aiohttp.ClientSession() as session:
            headers = {"Authorization": f"Bearer {token or await self.token(session)}"}
            url = path if path.startswith("http") else self.channel.service_url + path
            async with session.request(method, url, json=body, headers=headers) as response:
                self.statuses.append(response.status)
                return await (response.json() if response.content_type == "application/json" else response.read())

    async def token(self, session: aiohttp.ClientSession) -> str:
        form = {"grant_type": "client_credentials", "client_id": APP, "client_secret": SECRET}
        async with session.post(self.channel.token_url, data=form) as response:
            return (await response.json())["access_token"]


@asynccontextmanager
async def room(folder=None):
    bot = SmallBot()
    app = web.Application()
    app.router.add_post("/api/messages", bot.messages)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
    channel = bot.channel = LocalChannel(url, APP, SECRET, TENANT, (METTE, JONAS), VirtualClock(NOON), folder)
    await channel.start()
    try:
        yield channel, bot
    finally:
        await channel.stop()
        await runner.cleanup()


async def test_what_a_person_says_reaches_the_bot_as_teams_sends_it():
    async with room() as (channel, bot):
        assert (await channel.chat("mette").say("hej")).status == 202

    (heard,) = bot.heard
    assert heard["text"] == "hej" and heard["channelId"] == "msteams"
    assert heard["from"] == {"id": "29:mette", "aadObjectId": "mette", "name": "Mette Lund"}
    assert heard["conversation"] == {"id": "a:mette", "conversationType": "personal", "tenantId": TENANT}
    assert heard["recipient"]["id"] == f"28:{APP}" and heard["channelData"] == {"tenant": {"id": TENANT}}
    assert heard["timestamp"] == "2026-11-23T12:00:00.000Z"


async def test_the_answer_stands_in_the_chat_with_its_card_and_summary():
    async with room() as (channel, _):
        chat = channel.chat("mette")
        await chat.say("hej")

        said, answered = chat.messages
        assert (said.sender, said.text) == ("mette", "hej")
        assert (answered.sender, answered.summary) == (VAERN, "Nyt") and answered.at > said.at == NOON
        assert chat.last_card == card_saying("hej")


async def test_a_pressed_button_replaces_its_card_in_place():
    async with room() as (channel, bot):
        chat = channel.chat("mette")
        await chat.say("hej")
        answer = await chat.press("Klaret")

        assert answer.ok and chat.cards == (card_saying("klaret"),)
        assert chat.messages[-1].edited
        assert bot.heard[-1]["value"]["action"] == {
            "type": "Action.Execute", "id": None, "verb": "step.done", "data": {"step": "1"}
        }  # fmt: skip
        assert bot.heard[-1]["replyToId"] == chat.messages[-1].id


async def test_a_submitted_form_carries_what_stands_in_its_fields_and_what_was_typed():
    async with room() as (channel, bot):
        bot.fields = (
            {"type": "Input.Text", "id": "what", "value": "stod der"},
            {"type": "Input.ChoiceSet", "id": "medium", "value": "mail", "choices": []},
            {"type": "Input.Toggle", "id": "still", "title": "Sker stadig"},
            {"type": "Input.Text", "id": "empty"},
        )
        chat = channel.chat("mette")
        await chat.say("hej")
        await chat.press("Videre", {"what": "skrevet"})

        heard = bot.heard[-1]
        assert heard["type"] == "message" and "text" not in heard
        assert heard["value"] == {"form": "what", "what": "skrevet", "medium": "mail", "still": "false"}


async def test_a_button_that_is_not_there_is_told_with_those_that_are():
    async with room() as (channel, _):
        chat = channel.chat("mette")
        await chat.say("hej")
        with pytest.raises(LookupError, match="Klaret"):
            await chat.press("Findes ikke")


async def test_an_uploaded_file_is_fetched_by_its_address_alone():
    async with room() as (channel, bot):
        await channel.chat("mette").upload("skærm.png", PNG, "image/png", text="se her")
        uploaded = bot.heard[-1]["attachments"][0]

        assert uploaded["contentType"] == "application/vnd.microsoft.teams.file.download.info"
        assert uploaded["name"] == "skærm.png" and uploaded["content"]["fileType"] == "png"
        async with aiohttp.ClientSession() as nobody, nobody.get(uploaded["content"]["downloadUrl"]) as response:
            assert await response.read() == PNG


async def test_a_pasted_picture_is_fetched_with_the_bots_token_only():
    async with room() as (channel, bot):
        await channel.chat("mette").paste(PNG, "image/png")
        address = bot.heard[-1]["attachments"][0]["contentUrl"]

        assert await bot.ask("GET", address) == PNG
        await bot.ask("GET", address, token="made up")
        assert bot.statuses[-1] == 401


async def test_a_bot_without_a_token_of_ours_changes_nothing():
    async with room() as (channel, bot):
        chat = channel.chat("mette")
        foreign = channel.identity.channel_token(channel.service_url)
        await bot.ask("POST", f"v3/conversations/{chat.id}/activities", {"type": "message", "text": "x"}, token=foreign)

        assert bot.statuses == [401] and chat.messages == ()


async def test_after_a_key_rotation_the_published_keys_check_the_new_tokens():
    async with room() as (channel, bot):
        channel.identity.rotate()
        assert (await channel.chat("mette").say("hej")).status == 202


async def test_the_bot_edits_and_deletes_its_own_messages_only():
    async with room() as (channel, bot):
        chat = channel.chat("mette")
        await chat.say("hej")
        mine, its = (f"v3/conversations/{chat.id}/activities/{message.id}" for message in chat.messages)

        await bot.ask("PUT", its, {"type": "message", "text": "rettet"})
        assert chat.messages[-1].text == "rettet" and chat.messages[-1].edited
        await bot.ask("DELETE", its)
        assert chat.messages[-1].deleted and chat.messages[-1].text == ""
        await bot.ask("DELETE", mine)
        assert bot.statuses[-1] == 404 and chat.messages[0].text == "hej"


async def test_the_bot_begins_a_conversation_with_somebody_who_never_wrote():
    async with room() as (channel, bot):
        body = {"members": [{"id": "29:jonas"}], "channelData": {"tenant": {"id": TENANT}}}
        made = await bot.ask("POST", "v3/conversations", body)

        assert made["id"] == channel.chat("jonas").id
        assert (await bot.ask("GET", f"v3/conversations/{made['id']}/members"))[0]["aadObjectId"] == "jonas"


async def test_somebody_who_blocked_the_bot_cannot_be_reached():
    async with room() as (channel, bot):
        channel.unreachable.add("jonas")
        body = {"members": [{"id": "29:jonas"}], "channelData": {"tenant": {"id": TENANT}}}
        await bot.ask("POST", "v3/conversations", body)
        assert bot.statuses == [403]


async def test_in_a_channel_several_people_speak_by_mentioning_the_bot():
    async with room() as (channel, bot):
        chat = channel.team_channel("nord", "Arbejdsmiljøgruppe", ("mette", "jonas"))
        await chat.say("tilslut", by="jonas")

        heard = bot.heard[-1]
        assert heard["from"]["aadObjectId"] == "jonas" and heard["text"] == "<at>Værn</at> tilslut"
        assert [e["type"] for e in heard["entities"]] == ["clientInfo", "mention"]
        assert heard["conversation"]["id"] == f"{chat.id};messageid={heard['id']}"
        assert chat.messages[-1].thread == heard["id"]  # the answer stands in the same thread


@pytest.mark.parametrize("status", [429, 412, 503, 403])
async def test_a_fault_answers_instead_of_the_deed_and_then_is_over(status):
    async with room() as (channel, bot):
        channel.faults.append(Fault(status, headers={"Retry-After": "1"}))
        chat = channel.chat("mette")
        await chat.say("en")
        assert bot.statuses == [status] and len(chat.messages) == 1

        await chat.say("to")
        assert bot.statuses == [status, 201]
        assert [r.status for r in channel.received if r.path.endswith("/activities")] == [status, 201]


async def test_a_broken_connection_after_the_deed_leaves_the_message_there():
    async with room() as (channel, bot):
        chat = channel.chat("mette")
        channel.faults.append(Fault("drop_after"))
        with pytest.raises(aiohttp.ClientError):
            await bot.ask("POST", f"v3/conversations/{chat.id}/activities", {"type": "message", "text": "kom frem"})
        assert chat.texts == ("kom frem",)


async def test_a_message_above_the_limit_is_refused_and_a_large_one_noted():
    async with room() as (channel, bot):
        path = f"v3/conversations/{channel.chat('mette').id}/activities"
        await bot.ask("POST", path, {"type": "message", "text": "x" * 30_000})
        await bot.ask("POST", path, {"type": "message", "text": "x" * 60_000})
        assert bot.statuses == [201, 413] and len(channel.warnings) == 1


async def test_redelivery_sends_the_same_activity_with_the_same_or_a_new_id():
    async with room() as (channel, bot):
        chat = channel.chat("mette")
        await chat.say("hej")
        await channel.redeliver(chat)
        await channel.redeliver(chat, new_id=True)

        first, same, new = bot.heard
        assert same == first and new["id"] != first["id"]
        assert new | {"id": first["id"]} == first


async def test_everything_sent_into_a_chat_can_be_searched():
    async with room() as (channel, _):
        mette = channel.chat("mette")
        await mette.say("hej")
        await mette.press("Klaret")

        first, pressed = channel.bytes_sent_to(mette)
        assert first["summary"] == "Nyt" and pressed["value"] == card_saying("klaret")
        assert channel.bytes_sent_to(channel.chat("jonas")) == []


async def test_a_bot_that_is_down_is_an_answer_too():
    async with room() as (channel, _):
        channel.bot_url = "http://127.0.0.1:9/"
        assert (await channel.chat("mette").say("hej")).status == 0


async def test_chats_and_files_survive_a_restart(tmp_path):
    async with room(tmp_path) as (channel, _):
        await channel.chat("mette").upload("brev.pdf", b"%PDF", "application/pdf", text="se")
        before = channel.chat("mette").messages
    async with room(tmp_path) as (channel, _):
        assert channel.chat("mette").messages == before
        assert await channel.conversations.get_file(before[0].files[0].id) == b"%PDF"
        assert channel.stamp()[0] > before[-1].id


async def test_waiting_for_a_message_ends_when_it_comes_and_not_later():
    async with room() as (channel, _):
        chat = channel.chat("mette")
        await chat.say("hej")
        await channel.until(lambda: chat.cards)
        with pytest.raises(TimeoutError):
            await channel.until(lambda: len(chat.cards) > 1, within=0.01)


async def test_a_new_installation_tells_the_bot_twice_as_teams_does():
    async with room() as (channel, bot):
        await channel.chat("mette").install()
        assert [a["type"] for a in bot.heard] == ["installationUpdate", "conversationUpdate"]
        assert bot.heard[1]["membersAdded"] == [{"id": f"28:{APP}"}]
