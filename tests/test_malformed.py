"""What nobody should send, sent with a valid token: each gets a clear answer, nothing breaks, nothing comes alive.

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
from tests.crafted import EXECUTE, SUBMIT, Crafted, log_of, press
from tests.story import Story, said, story

LARGEST_CARD = 28 * 1024  # bytes; Teams refuses more
STRANGE = (None, 0, -1, True, 1.5, "", "x", [], ["x"], [None], {}, {"a": 1}, {"id": 7})
"""What stands where something else belongs."""
NASTY = (
    "[klik](http://evil.example/a)",
    "![b](http://evil.example/b.png)",
    "<at>Jonas Friis</at> **fed** _skrå_ `kode`",
    "<script>alert(1)</script><a href='http://evil.example'>x</a>&lt;",
    "\u202egninnalp\u202c \u200bnul\u200d \u2066x\u2069 👩‍👩‍👧‍👦 \U0001f9d1\U0001f3fd",
    "før\x00efter\x07\x1b[31m",
    "{name} {0} %s ${x} {{DATE(2026-11-21,SHORT)}} {{TIME(x)}}",
    "# overskrift\n- punkt\n1. tal\n\n> citat\n---",
)
ALL_OF_IT = " ".join(NASTY)
ANSWERS = (200, 400, 403, 501)
"""Done or answered in words; no activity; from elsewhere; an invoke of a kind that Værn has nothing for."""
ALIVE = ("](http://evil", "<at>", "**fed**", "<script", "<a href", "{{DATE(2026", "{{TIME(x")
"""What Markdown, mentions, HTML or a template would make of it, were it left as it is in a TextBlock."""


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


async def _case(s: Story) -> str:
    await s.connect_group()
    await s.report(s.mette)
    await s.jonas.install()
    return (await s.case()).id


@pytest.mark.parametrize("kind", [EXECUTE, SUBMIT])
async def test_data_that_is_no_button_of_ours_is_answered_in_words(kind):
    async with story() as s:
        case = await _case(s)
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
        case, chat, unanswered = await _case(s), getattr(s, name), []
        for verb in VERBS:
            for data in variations(verb, case):
                answer = await chat.press_with(chat.messages[-1], {"type": EXECUTE, "verb": verb}, data)
                if not answer.ok or "gik i stykker" in answer.words or broke(chat):
                    unanswered.append((verb, data, answer.status, answer.body))
        assert unanswered == []
        assert await still_answers(s, chat)


# -- long texts ------------------------------------------------------------------------------------------------------


async def kept(s: Story, name: str = "mette") -> list[str]:
    case = await s.case(name)
    return list((await s.app.office.caseworker.open(case.id)).texts.values())


async def test_a_message_of_a_hundred_thousand_characters_is_kept_whole_or_refused_in_words():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        long = "æ" * 100_000
        activity = written(s, s.mette, long) | {"attachments": []}
        assert await post(s, utf8(activity)) == 200
        assert long in await kept(s) or "100.000" in said(s.mette) or "tegn" in s.mette.texts[-1]


async def test_a_field_of_a_hundred_thousand_characters_is_kept_whole_or_refused_in_words():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        long = "x" * 100_000
        assert (await s.mette.press("Næste", {"account": long})).ok
        assert long in await kept(s) or "tegn" in said(s.mette)
        assert cards_too_large(s) == []


@pytest.mark.parametrize(("verb", "field"), [("note_step", "note"), ("set_step_aside", "reason")])
async def test_a_note_or_reason_of_a_hundred_thousand_characters_is_refused_in_words(verb, field):
    async with story() as s:
        case = await _case(s)
        before = await log_of(s, case)
        answer = await press(s.jonas, Crafted(verb, {"step": "help"}, {field: "x" * 100_000}), case)
        assert answer.ok
        assert "for lang" in said(s.jonas) or "længere" in said(s.jonas)
        assert await log_of(s, case) == before


# -- what comes alive ------------------------------------------------------------------------------------------------


def cards_of(s: Story) -> Iterator[Mapping[str, Any]]:
    """Every card that was sent to anybody."""
    for chat in s.channel.chats:
        for body in s.channel.bytes_sent_to(chat):
            if isinstance(body, Mapping):
                yield from (found["content"] for found in body.get("attachments") or () if found.get("content"))
                if isinstance(body.get("value"), Mapping):
                    yield body["value"]


def cards_too_large(s: Story) -> list[int]:
    sizes = [len(json.dumps(card, ensure_ascii=False).encode()) for card in cards_of(s)]
    return [size for size in sizes if size >= LARGEST_CARD]


def interpreted(element: Any) -> Iterator[str]:
    """The texts of a card in which a client reads Markdown, mentions or addresses."""
    if isinstance(element, Mapping):
        kind = element.get("type")
        names = {"TextBlock": ("text",), "Image": ("url",), "Action.OpenUrl": ("url", "title")}.get(kind, ("title",))
        if kind not in ("TextRun", "RichTextBlock"):
            yield from (str(element[name]) for name in names if name in element)
        yield from (text for key, inner in element.items() if key != "data" for text in interpreted(inner))
    elif isinstance(element, list):
        yield from (text for inner in element for text in interpreted(inner))


def alive(s: Story) -> list[str]:
    return [text for card in cards_of(s) for text in interpreted(card) if any(part in text for part in ALIVE)]


async def _told_nastily(s: Story) -> str:
    """A report with all of it in every field, and in the name of a file."""
    await s.connect_group()
    await s.jonas.install()
    await s.mette.say("noget er sket")
    for fields in (
        {"whom": "several", "people": "Peter Vang"},
        {"account": ALL_OF_IT, "forms": "threats"},
        {"certainty": "exact", "date": "2026-11-21", "time": "14:10"},
        {"originator": "identifier_only", "identifier": ALL_OF_IT, "links": ALL_OF_IT, "colleague": ALL_OF_IT},
        {"recipient": s.id("jonas"), "other": ALL_OF_IT},
    ):
        await s.mette.press("Næste", fields)
    for name in NASTY:
        await s.mette.upload(f"{name.replace('/', '_')}.png", PICTURE, "image/png")
    await s.mette.press("Send")
    await s.settled()
    return (await s.case()).id


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "a735812f0000000049454e44ae426082"
)


async def _handled_nastily(s: Story, case: str) -> None:
    moment = {"date": "2026-11-22", "time": "10:30"}
    question = f"{next(iter((await s.case()).episodes))}|{s.id('mette')}"
    for verb, inputs, args in (
        ("mark_seen", {}, {}),
        ("open_item", {}, {"item": "account"}),
        ("note_step", {"note": ALL_OF_IT}, {"step": "talk"}),
        ("set_step_aside", {"reason": ALL_OF_IT}, {"step": "help"}),
        ("offer_step", {"to": ALL_OF_IT}, {"step": "documentation"}),
        ("name_affected", {"people": ALL_OF_IT}, {}),
        ("complete_step", {}, {"step": "talk"}),
        ("complete_step", {}, {"step": "legal_staff"}),
        ("assess_police", {"assessment": "not_sure", "reason": ALL_OF_IT}, {}),
        ("record_oral_consent", {"person_episode": "|" + s.id("mette"), "answer": "yes", "how": ALL_OF_IT, **moment},
            {"kind": "removal"}),
        ("record_outcome", {"question": question, "outcome": "exemption_asked", "reason": ALL_OF_IT}, {}),
        ("open_step", {}, {"step": "talk"}),
        ("show_plan", {}, {}),
        ("show_evidence", {}, {}),
    ):
        await press(s.jonas, Crafted(verb, args, inputs), case)
    for item in (item for one in [await s.case()] for item in (one.originator.identifier, one.originator.links)):
        await press(s.jonas, Crafted("open_item", {"item": item}), case)
    for chat in (s.mette, s.jonas):
        for verb in ("show_case", "what_shared"):
            await press(chat, Crafted(verb), case)
    await s.settled()


async def test_nothing_anybody_wrote_comes_alive_in_a_card():
    async with story() as s:
        await _handled_nastily(s, await _told_nastily(s))
        assert "](http://evil" in json.dumps(list(cards_of(s)))  # it is shown, as the words it is
        assert alive(s) == []


async def test_what_was_written_is_kept_as_it_was_written():
    async with story() as s:
        await _told_nastily(s)
        texts = await kept(s)
        assert texts.count(ALL_OF_IT) == 3  # the account, the identifier and the links
        assert len((await s.case()).evidence) == len(NASTY)


async def test_cards_stay_small_whatever_is_written():
    async with story() as s:
        await _handled_nastily(s, await _told_nastily(s))
        assert cards_too_large(s) == []


@pytest.mark.parametrize("nasty", NASTY)
async def test_a_message_with_anything_in_it_is_answered_and_kept(nasty):
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        assert (await s.mette.say(nasty)).ok
        assert nasty.strip() in await kept(s)
