"""What nobody should send, sent with a valid token: each gets a clear answer, and nothing breaks.

Every story fails when anything was logged as broken inside (`tests.story`), so an answer here is never a stumble.
"""

import copy
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.rehearsal.chat import Chat
from cards.verbs import VERBS
from tests.crafted import EXECUTE, SUBMIT, log_of
from tests.story import Story, story

STRANGE = (None, 0, -1, True, 1.5, "", "x", [], ["x"], [None], {}, {"a": 1}, {"id": 7})
"""What stands where something else belongs."""
ANSWERS = (200, 400, 403, 501)
"""Done or answered in words; no activity; from elsewhere; an invoke of a kind that Værn has nothing for."""


async def post(s: Story, body: bytes, **headers: str) -> int:
    """Straight to the endpoint, signed as the channel signs. The status of the answer."""
    token = s.channel.identity.channel_token(s.channel.service_url)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"} | headers
    async with ClientSession() as session, session.post(s.channel.bot_url, data=body, headers=headers) as answer:
        return answer.status


def written(s: Story, chat: Chat, text: str) -> dict[str, Any]:
    id, at = s.channel.stamp()
    return s.channel.sender(chat, None).message(id, at, text, [])


def pressed(s: Story, chat: Chat, data: Any) -> dict[str, Any]:
    id, at = s.channel.stamp()
    return s.channel.sender(chat, None).execute(id, at, {"verb": "x"}, data, chat.messages[-1])


def utf8(activity: Mapping[str, Any]) -> bytes:
    return json.dumps(activity, ensure_ascii=False).encode()


async def still_answers(s: Story, chat: Chat) -> bool:
    before = len(chat.messages)
    return (await chat.say("hjælp")).ok and len(chat.messages) > before + 1


def places(value: Any, path: tuple = ()) -> Iterator[tuple]:
    """Where every field of a document is."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, key)
            yield from places(inner, (*path, key))


def changed(document: Any, path: tuple, to: Any) -> Any:
    found = copy.deepcopy(document)
    inner = found
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = to
    return found


# -- bodies ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b"7", b"\xff\xfe\x00", b'{"type": NaN}', b"[" * 5000 + b"]" * 5000, b'{"id":'],
    ids=["empty", "open", "list", "null", "text", "number", "no utf-8", "nan", "deep", "half"],
)
async def test_a_body_that_is_no_activity_is_turned_away(body):
    async with story() as s:
        await s.mette.install()
        assert await post(s, body) == 400
        assert await still_answers(s, s.mette)


async def test_a_body_that_is_too_large_is_turned_away_and_the_next_is_answered():
    async with story() as s:
        await s.mette.install()
        assert await post(s, utf8(written(s, s.mette, "x" * 300_000))) == 413
        assert await still_answers(s, s.mette)


@pytest.mark.parametrize("kind", ["message", "submit", "execute"])
async def test_a_field_of_the_wrong_kind_never_breaks_anything(kind):
    async with story() as s:
        await s.mette.install()
        (id, at), sender = s.channel.stamp(), s.channel.sender(s.mette, None)
        data = {"press": {"verb": "help", "args": {}}, "x": "y"}
        whole = {
            "message": lambda: sender.message(id, at, "mine sager", []),
            "submit": lambda: sender.submit(id, at, data, s.mette.messages[-1]),
            "execute": lambda: sender.execute(id, at, {"verb": "help"}, data, s.mette.messages[-1]),
        }[kind]()
        broken = []
        for path in places(whole):
            for strange in STRANGE:
                activity = changed(whole, path, strange)
                fresh = written(s, s.mette, "")  # a moment and an id of its own, or it would only be a redelivery
                activity |= {name: fresh[name] for name in ("id", "timestamp") if path[0] != name}
                status = await post(s, utf8(activity))
                broken += [(path, strange, status)] if status not in ANSWERS else []
        assert broken == []
        assert await still_answers(s, s.mette)


# -- what a button carries -------------------------------------------------------------------------------------------


def garbage() -> Iterator[Any]:
    """Data that no card of ours has."""
    deep: Any = "x"
    for _ in range(25):
        deep = {"press": deep}
    yield from ({}, {"press": None}, {"press": "x"}, {"press": []}, {"press": {}}, deep)
    yield {f"key{number}": "x" for number in range(10_000)}
    yield {"press": {"verb": "no_such_verb", "args": {}}}
    yield {"press": {"verb": "open_case", "case": "../../etc", "args": {}}}
    yield {"press": {"verb": "open_case", "case": "x" * 300, "args": {}}}
    yield {"press": {"verb": "open_case", "case": "\x00", "args": {}}}


def variations(verb: str, case: str) -> Iterator[dict[str, Any]]:
    """A button of ours with something missing, too much, or of the wrong kind."""
    spec = VERBS[verb]
    args = dict.fromkeys(spec.args, "x")
    whole = {"press": {"verb": verb, "case": case, "version": 1, "args": args}, **dict.fromkeys(spec.inputs, "x")}
    yield whole
    for strange in (None, 7, [], {"a": 1}, "\x00", "x" * 301):
        yield changed(whole, ("press", "case"), strange)
        yield changed(whole, ("press", "version"), strange)
        yield changed(whole, ("press", "args"), strange)
        yield from (changed(whole, ("press", "args", name), strange) for name in spec.args)
        yield from (changed(whole, (name,), strange) for name in spec.inputs)
    yield changed(whole, ("press", "args"), {})
    yield changed(whole, ("press", "args"), {**args, "more": "x"})


def broke(chat: Chat) -> bool:
    return any("gik i stykker" in text for text in chat.texts[-1:])


async def a_case(s: Story) -> str:
    """Mette's, told to Jonas: its id."""
    await s.connect_group()
    await s.report(s.mette)
    await s.jonas.install()
    return (await s.case()).id


@pytest.mark.parametrize("kind", [EXECUTE, SUBMIT])
async def test_data_that_is_no_button_of_ours_is_answered_in_words(kind):
    async with story() as s:
        case = await a_case(s)
        before, unanswered = await log_of(s, case), []
        for number, data in enumerate(garbage()):
            for chat in (s.mette, s.jonas):
                shown = len(chat.messages)
                answer = await chat.press_with(chat.messages[-1], {"type": kind, "verb": "x"}, data)
                if not (answer.ok and (answer.words or answer.card or len(chat.messages) > shown)):
                    unanswered.append((number, chat.conversation.name, answer.status, answer.body))
        assert unanswered == []
        assert await log_of(s, case) == before


@pytest.mark.parametrize("name", ["mette", "jonas"])
async def test_a_button_with_something_missing_or_of_the_wrong_kind_is_always_answered(name):
    async with story() as s:
        case, chat, unanswered = await a_case(s), getattr(s, name), []
        for verb in VERBS:
            for data in variations(verb, case):
                answer = await chat.press_with(chat.messages[-1], {"type": EXECUTE, "verb": verb}, data)
                if not answer.ok or "gik i stykker" in answer.words or broke(chat):
                    unanswered.append((verb, data, answer.status, answer.body))
        assert unanswered == []
        assert await still_answers(s, chat)
