"""What people may write: very much, and everything that a client could take for something else than words.

It is kept as it was written, answered, and shown as words: nothing of it comes alive in a card.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.crafted import Crafted, log_of, press
from tests.story import Story, said, story
from tests.test_malformed import a_case, post, utf8, written

LARGEST_CARD = 28 * 1024  # bytes; Teams refuses more
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "a735812f0000000049454e44ae426082"
)
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
ALIVE = ("](http", "<at>", "**fed**", "<script", "<a href", "{{DATE(2026", "{{TIME(x")
"""What Markdown, mentions, HTML or a template would make of it, were it left as it is in a TextBlock."""


# -- long texts ------------------------------------------------------------------------------------------------------


async def kept(s: Story, name: str = "mette") -> list[str]:
    case = await s.case(name)
    return list((await s.app.office.caseworker.open(case.id)).texts.values())


async def test_a_message_of_a_hundred_thousand_characters_is_kept_whole():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        long = "æ" * 100_000
        activity = written(s, s.mette, long) | {"attachments": []}
        assert await post(s, utf8(activity)) == 200
        assert long in await kept(s)


async def test_a_field_of_a_hundred_thousand_characters_is_kept_whole():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        long = "x" * 100_000
        assert (await s.mette.press("Næste", {"account": long})).ok
        assert long in await kept(s)
        assert cards_too_large(s) == []


@pytest.mark.parametrize(("verb", "field"), [("note_step", "note"), ("set_step_aside", "reason")])
async def test_a_note_or_reason_of_a_hundred_thousand_characters_is_refused_in_words(verb, field):
    async with story() as s:
        case = await a_case(s)
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
        await s.mette.upload(f"{name}.png", PICTURE, "image/png")
    await s.mette.press("Send")
    await s.settled()
    return (await s.case()).id


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
        (
            "record_oral_consent",
            {"person_episode": "|" + s.id("mette"), "answer": "yes", "how": ALL_OF_IT, **moment},
            {"kind": "removal"},
        ),
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
