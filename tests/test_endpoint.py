"""POST /api/messages: whatever comes in is answered, and the bot sees only what it can rely on."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from botbuilder.core import ActivityHandler, CardFactory, InvokeResponse, MessageFactory, TurnContext
from botbuilder.schema import Activity, AdaptiveCardInvokeResponse, ConversationReference
from structlog.testing import capture_logs

from bot.teams.endpoint import MAX_BODY
from bot.teams.wire import read_model, write_json
from tests.teams_world import Answer, World

BROKEN_BODIES: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "half UTF-8": b'{"type": "message", "text": "\xc3"}',
    "not a number": b'{"type": NaN}',
    "an endless number": b'{"type": ' + b"9" * 5000 + b"}",
    "a hundred thousand brackets": b"[" * 100_000,
    "a list": b"[]",
    "null": b"null",
    "text": b'"message"',
}

WRONG_FIELDS: dict[str, dict[str, Any]] = {
    "no type": {"type": None},
    "an empty type": {"type": ""},
    "a type that is a number": {"type": 7},
    "no conversation": {"conversation": None},
    "a conversation that is text": {"conversation": "a:anna"},
    "a conversation without id": {"conversation": {}},
    "a conversation id that is a number": {"conversation": {"id": 7}},
    "a conversation tenant that is a list": {"conversation": {"id": "a:anna", "tenantId": []}},
    "no sender": {"from": None},
    "a sender that is text": {"from": "anna"},
    "a sender without id": {"from": {"name": "Anna"}},
    "a sender whose directory id is a number": {"from": {"id": "29:anna", "aadObjectId": 7}},
    "a recipient that is a list": {"recipient": []},
    "no channel": {"channelId": None},
    "a text that is an object": {"text": {"a": 1}},
    "a text that is true": {"text": True},
    "a value that is a list": {"value": [1]},
    "a value that is text": {"value": "yes"},
    "attachments that are text": {"attachments": "file"},
    "attachments that are an object": {"attachments": {"contentType": "image/png"}},
    "an attachment that is text": {"attachments": ["file"]},
    "an attachment whose type is a number": {"attachments": [{"contentType": 7}]},
    "entities that are an object": {"entities": {}},
    "a mention of nobody": {"entities": [{"type": "mention"}]},
    "a mention of a number": {"entities": [{"type": "mention", "mentioned": {"id": 7}}]},
    "channel data that is text": {"channelData": "tenant"},
    "a tenant that is text": {"channelData": {"tenant": "tenant-1"}},
    "a tenant id that is an object": {"channelData": {"tenant": {"id": {}}}},
    "a moment that is none": {"timestamp": "yesterday"},
    "a moment that is a number": {"timestamp": 7},
    "members that are text": {"membersAdded": "anna"},
    "an invoke without name": {"type": "invoke", "name": None},
    "a value fifty lists deep": {"value": {"a": json.loads("[" * 50 + "]" * 50)}},
}

BROKEN_PRESSES: dict[str, Any] = {
    "no value": None,
    "an empty value": {},
    "an action that is text": {"action": "done"},
    "an action of another type": {"action": {"type": "Action.Submit", "verb": "done"}},
    "a verb that is a number": {"action": {"type": "Action.Execute", "verb": 7}},
    "data that is a list": {"action": {"type": "Action.Execute", "verb": "done", "data": [1]}},
    "a key no function can take": {"self": 1, "action": {"type": "Action.Execute", "verb": "done"}},
}


@pytest.mark.parametrize("case", BROKEN_BODIES)
async def test_a_body_that_is_no_activity_is_answered_400(case: str):
    async with World() as world:
        status, body = await world.post(BROKEN_BODIES[case])

        assert (status, list(body)) == (400, ["error"])
        assert world.bot.activities == []


@pytest.mark.parametrize("case", WRONG_FIELDS)
async def test_a_field_of_the_wrong_shape_is_answered_400(case: str):
    async with World() as world:
        status, body = await world.post(world.message(**WRONG_FIELDS[case]))

        assert (status, list(body)) == (400, ["error"])
        assert world.bot.activities == []


@pytest.mark.parametrize("case", BROKEN_PRESSES)
async def test_a_broken_press_is_answered_as_a_card_client_expects(case: str):
    async with World() as world:
        press = world.message(type="invoke", name="adaptiveCard/action", value=BROKEN_PRESSES[case])

        status, body = await world.post(press)

        assert (status, body["statusCode"], body["type"]) == (200, 400, "application/vnd.microsoft.error")
        assert body["value"]["code"] == "BadRequest"
        assert world.bot.activities == []


async def test_a_body_larger_than_teams_sends_is_answered_413():
    async with World() as world:
        assert (await world.post(world.message(text="a" * MAX_BODY)))[0] == 413
        assert world.bot.activities == []


async def test_a_hundred_thousand_characters_arrive():
    async with World() as world:
        assert (await world.post(world.message(text="a" * 100_000)))[0] == 200

        assert len(world.bot.activities[0].text) == 100_000


async def test_something_else_than_json_is_answered_415():
    async with World() as world:
        assert (await world.post(world.message(), content_type="text/plain"))[0] == 415


async def test_half_an_emoji_does_not_travel_on():
    async with World() as world:
        broken = b'{"text":"a\\ud83d b\\uD83D\\uDE42",' + write_json(world.message(text=None))[1:]
        assert (await world.post(broken))[0] == 200

        assert world.bot.activities[0].text == "a? b\N{SLIGHTLY SMILING FACE}"


async def test_unknown_kinds_of_activity_are_taken_note_of():
    async with World() as world:
        world.bot.does = ActivityHandler().on_turn

        assert (await world.post(world.message(type="somethingNew")))[0] == 200
        assert (await world.post(world.message(type="event", name="application/vnd.microsoft.readReceipt")))[0] == 200


async def test_a_turn_that_fails_is_answered_500_and_logged_without_a_word_of_it():
    async def fails(turn: TurnContext) -> None:
        raise RuntimeError(f"cannot read {turn.activity.text}")

    async with World() as world:
        world.bot.does = fails
        with capture_logs() as lines:
            assert await world.post(world.message(text="SECRET-WORDS")) == (500, "")

        assert [line["event"] for line in lines] == ["turn_failed"]
        assert lines[0]["conversation"] == "a:anna" and lines[0]["error"] == "RuntimeError"
        assert "SECRET-WORDS" not in str(lines)


@pytest.mark.parametrize("body", [{"a": "å"}, [1, {"b": None}], AdaptiveCardInvokeResponse(status_code=200, type="t")])
async def test_an_invoke_is_answered_with_what_the_bot_gives_dict_list_or_model(body: Any):
    async def answers(turn: TurnContext) -> None:
        await turn.send_activity(Activity(type="invokeResponse", value=InvokeResponse(status=200, body=body)))

    async with World() as world:
        world.bot.does = answers
        status, got = await world.post(world.message(type="invoke", name="adaptiveCard/action", value=_press()))

        expected = body if not isinstance(body, AdaptiveCardInvokeResponse) else {"statusCode": 200, "type": "t"}
        assert (status, got) == (200, expected)


async def test_a_handlers_card_for_a_press_reaches_the_client():
    class Handler(ActivityHandler):
        async def on_adaptive_card_invoke(self, turn_context: Any, invoke_value: Any) -> AdaptiveCardInvokeResponse:
            card = {"type": "AdaptiveCard", "body": [invoke_value.action["verb"]]}
            kind = "application/vnd.microsoft.card.adaptive"
            return AdaptiveCardInvokeResponse(status_code=200, type=kind, value=card)

    async with World() as world:
        world.bot.does = Handler().on_turn
        status, body = await world.post(world.message(type="invoke", name="adaptiveCard/action", value=_press()))

        assert (status, body["value"]["body"]) == (200, ["done"])


async def test_an_invoke_nobody_answers_is_501():
    async with World() as world:
        assert (await world.post(world.message(type="invoke", name="something/else")))[0] == 501


async def test_a_turn_sends_updates_and_deletes_through_our_connector():
    async def talks(turn: TurnContext) -> None:
        card = CardFactory.adaptive_card({"type": "AdaptiveCard", "version": "1.5", "body": []})
        sent = await turn.send_activity(MessageFactory.attachment(card))
        await turn.update_activity(Activity(id=sent.id, type="message", text="nyt"))
        await turn.delete_activity(sent.id)

    async with World() as world:
        world.bot.does = talks
        assert (await world.post(world.message()))[0] == 200

        conversation = "/emea/v3/conversations/a%3Aanna/activities"
        assert [(seen.method, seen.path) for seen in world.teams.seen] == [
            ("POST", f"{conversation}/1700000000000"),
            ("PUT", f"{conversation}/activity-9"),
            ("DELETE", f"{conversation}/activity-9"),
        ]
        assert world.teams.seen[0].json["attachments"][0]["content"]["version"] == "1.5"
        assert world.teams.seen[0].json["recipient"]["id"] == "29:anna"
        assert {seen.headers["Authorization"] for seen in world.teams.seen} == {"Bearer token-1"}


async def test_a_form_the_channel_did_not_take_is_sent_again_within_the_turn():
    async def talks(turn: TurnContext) -> None:
        await turn.send_activity("hej")

    async with World() as world:
        world.bot.does = talks
        world.teams.answers = [Answer(429, {}, {"Retry-After": "1"})]

        assert (await world.post(world.message()))[0] == 200
        assert len(world.teams.seen) == 2


async def test_what_the_channel_says_of_mentions_and_tenant_is_where_the_sdk_looks_for_it():
    async with World() as world:
        mention = {"type": "mention", "mentioned": {"id": "28:app-1", "name": "Bot"}, "text": "<at>Bot</at>"}
        await world.post(world.message(text="<at>Bot</at> hej", entities=[mention]))

        activity = world.bot.activities[0]
        assert TurnContext.remove_recipient_mention(activity).strip() == "hej"
        assert activity.conversation.tenant_id == "tenant-1"
        assert activity.timestamp.isoformat() == "2026-11-22T21:00:00.123456+00:00"


async def test_a_conversation_reference_survives_being_written_and_read():
    async with World() as world:
        await world.post(world.message())

        reference = TurnContext.get_conversation_reference(world.bot.activities[0])
        written = write_json(reference)

        again = read_model(ConversationReference, json.loads(written), "reference")
        assert write_json(again) == written
        assert again.user.aad_object_id == "anna"


def _press() -> dict[str, Any]:
    return {"action": {"type": "Action.Execute", "verb": "done", "data": {"step": 1}}, "trigger": "manual"}


def test_what_is_written_reads_back_as_it_was_half_an_emoji_as_a_question_mark():
    moment = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
    written = write_json({"text": "æ\ud83d \N{SLIGHTLY SMILING FACE}", "at": moment, "many": 2**70})

    assert json.loads(written) == {"text": "æ? \N{SLIGHTLY SMILING FACE}", "at": moment.isoformat(), "many": 2**70}
