"""Everything anybody wrote carries a marker of its own; then every byte sent to each person is searched for them.

Lise reports for Mette and Nadia, and names Birgit, of the same workplace, as being behind it. Jonas handles it, Ali
takes over a step, Sara of the health and safety group another. Peter and Ida have nothing to do with it.
"""

import asyncio
import base64
import io
import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.rehearsal.chat import Chat
from casework.plan import read_plan
from casework.vocabulary import CaseId
from tests.access_cases import IDA, MEMORY
from tests.crafted import Crafted, press
from tests.story import SUNDAY, Story, story

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)
NOW = {"date": "2026-11-22", "time": "10:30"}
PRIVATE = ("mette", "nadia", "lise", "jonas", "ali", "sara", "peter", "birgit", "tom")

MAY_SEE = {
    "lise_account": {"lise", "jonas", "sara"},
    "lise_more": {"lise", "jonas", "sara"},
    "lise_file": {"lise", "jonas"},
    "lise_text": {"lise", "jonas"},
    "lise_identifier": {"lise", "jonas"},
    "lise_links": {"lise", "jonas"},
    "mette_more": {"mette", "jonas", "sara"},
    "mette_file": {"mette", "jonas"},
    "mette_text": {"mette", "jonas"},
    "nadia_more": {"nadia", "jonas", "sara"},
    "nadia_file": {"nadia", "jonas"},
    "nadia_text": {"nadia", "jonas"},
    "jonas_note": {"jonas"},
    "jonas_reason": {"jonas"},
    "jonas_assessment": {"jonas"},
    "jonas_how": {"jonas", "nadia"},
    "jonas_outcome": {"jonas", "mette"},
    "nadia_police": {"jonas", "nadia"},
    "ali_note": {"jonas", "ali"},
    "sara_answers": {"sara", "jonas"},
    "sara_measure": {"sara", "jonas"},
}
"""Marker → whoever may meet it, written by hand. Sara has SafetyNet, which needs the account (product: section 2)."""
NOT_ON_THE_LEADERS_CARDS = {"lise_file", "mette_file", "nadia_file", "jonas_how", "sara_answers"}
"""Evidence is spoken of by number, not by the file's name; the others are kept, and shown on no card of the leader."""
NAMES = {
    "Mette": {"mette", "lise", "jonas", "sara"},
    "Nadia": {"nadia", "lise", "jonas", "sara"},
    "Lise": {"lise", "mette", "nadia", "jonas"},
    "Birgit": {"birgit", "lise", "jonas"},
}
"""First name → whoever may read it: the affected do not read of each other, and see who reported it for them."""


def mark(name: str) -> str:
    return f"zz{name.replace('_', 'qq')}zz"


@dataclass
class Told:
    """The case as it goes on."""

    s: Story
    case: str = ""
    before_opening: str = ""

    def readers(self) -> dict[str, Chat]:
        chats = {name: getattr(self.s, name) for name in PRIVATE}
        return {**chats, "ida": self.s.channel.chat(IDA), "group": self.s.group}

    def sent_to(self, reader: str) -> str:
        return everything(self.s.channel.bytes_sent_to(self.readers()[reader]))

    async def does(self, name: str, verb: str, inputs: dict | None = None, by: str | None = None, **args: str) -> None:
        who = self.s.id(by) if by else None
        await press(self.readers()[name], Crafted(verb, args, inputs or {}), self.case, by=who)
        await self.s.settled()


def everything(bodies: list[Any]) -> str:
    """All of it as one text, pictures opened."""
    text = json.dumps(bodies, ensure_ascii=False)
    pictures = (base64.b64decode(found) for found in re.findall(r"base64,([A-Za-z0-9+/=]+)", text))
    return text + "".join(picture.decode("latin-1") for picture in pictures)


@dataclass(frozen=True)
class Left:
    """What the whole case has left behind: reader → all that was sent to them; all that was written, and logged."""

    case: str
    sent: Mapping[str, str]
    summaries: str
    before_opening: str
    written: str
    logged: str

    def readers_of(self, word: str) -> set[str]:
        return {reader for reader, text in self.sent.items() if word in text}


@pytest.fixture(scope="module")
def left() -> Left:
    """Lived through once, searched many times."""
    heard, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(heard), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        return asyncio.run(_lived(heard))
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


async def _lived(heard: io.StringIO) -> Left:
    with TemporaryDirectory(prefix="vaern-", dir=MEMORY) as folder:
        async with story(folder=Path(folder) / "now") as s:
            with capture_logs() as lines:
                made = Told(s)
                await _reported(made)
                await _handled(made)
                await _learned_from(made)
                await _looked_at_by_everybody(made)
            assert not [line for line in lines if line["log_level"] == "error"]
            return await _left(made, json.dumps(lines, default=str) + heard.getvalue())


async def _left(made: Told, logged: str) -> Left:
    opened = await made.s.app.office.caseworker.open(CaseId(made.case))
    bodies = [body for chat in made.readers().values() for body in made.s.channel.bytes_sent_to(chat)]
    return Left(
        case=made.case,
        sent={reader: made.sent_to(reader) for reader in made.readers()},
        summaries=" ".join(str(body.get("summary") or "") for body in bodies if isinstance(body, dict)),
        before_opening=made.before_opening,
        written="\n".join(opened.texts.values()),
        logged=logged,
    )


async def _reported(made: Told) -> None:
    s = made.s
    await s.connect_group()
    for chat in made.readers().values():
        await chat.install()
    await s.report(
        s.lise,
        whom="colleague",
        people="Mette Lund, Nadia Krogh",
        account=mark("lise_account"),
        originator="workplace",
        colleague="Birgit Dam",
        identifier=mark("lise_identifier"),
        links=f"https://example.org/{mark('lise_links')}",
    )
    made.case = (await s.case("lise")).id
    made.before_opening = made.sent_to("jonas") + made.sent_to("group")
    await _gives(made, "lise")


async def _gives(made: Told, name: str) -> None:
    chat = made.readers()[name]
    await made.does(name, "add_evidence")
    await chat.upload(f"{mark(f'{name}_file')}.png", PICTURE + mark(f"{name}_file").encode(), "image/png")
    await chat.say(mark(f"{name}_text"))
    await chat.say("stop")
    await made.does(name, "write_in_case")
    await chat.say(mark(f"{name}_more"))
    await chat.say("stop")
    await made.s.settled()


async def _handled(made: Told) -> None:
    mette, nadia = made.s.id("mette"), made.s.id("nadia")
    for verb, inputs, args in (
        ("open_case", {}, {}),
        ("mark_seen", {}, {}),
        ("complete_step", {}, {"step": "talk"}),
        ("note_step", {"note": mark("jonas_note")}, {"step": "documentation"}),
        ("set_step_aside", {"reason": mark("jonas_reason")}, {"step": "help"}),
        ("complete_step", {}, {"step": "legal_staff"}),
        ("assess_police", {"assessment": "to_be_reported", "reason": mark("jonas_assessment")}, {}),
        ("ask_consent", {}, {"kind": "police"}),
        ("ask_consent", {}, {"kind": "colleagues"}),
        ("offer_step", {"to": made.s.id("ali")}, {"step": "upper_management"}),
    ):
        await made.does("jonas", verb, inputs, **args)
    await _gives(made, "mette")
    await _gives(made, "nadia")
    await made.does("ali", "accept_step", step="upper_management")
    await made.does("ali", "note_step", {"note": mark("ali_note")}, step="upper_management")
    await made.does("group", "take_step", by="sara", step="safetynet")
    episode = next(iter((await made.s.case("lise")).episodes))
    await made.does("mette", "answer_consent", kind="police", episode=episode, answer="yes", wording="police.1")
    oral = {"person_episode": f"{episode}|{nadia}", "answer": "no", "how": mark("jonas_how"), **NOW}
    await made.does("jonas", "record_oral_consent", oral, kind="police")
    reported = {"question": f"{episode}|{mette}", "outcome": "reported", "where": mark("jonas_outcome"), **NOW}
    await made.does("jonas", "record_outcome", reported)
    await made.does("nadia", "report_myself", {"where": mark("nadia_police"), **NOW}, episode=episode)


async def _learned_from(made: Told) -> None:
    await made.s.until(SUNDAY + timedelta(days=15))
    await made.does("sara", "take_analysis")
    answers = {"possible": mark("sara_answers"), "measures": mark("sara_measure"), "change_plan": "yes"}
    await made.does("sara", "finish_analysis", answers)
    await made.s.passes(days=31)


async def _looked_at_by_everybody(made: Told) -> None:
    """Every button that shows anything, pressed by everybody, in every chat there is."""
    presses = list(_looks(await _items(made), next(iter((await made.s.case("lise")).episodes))))
    for reader, chat in made.readers().items():
        for by in ("sara", "jonas", "peter") if reader == "group" else (None,):
            await chat.say("mine sager", by=made.s.id(by) if by else None)
            for one in presses:
                await press(chat, one, made.case, by=made.s.id(by) if by else None)
    await made.s.settled()


async def _items(made: Told) -> list[str]:
    opened = await made.s.app.office.caseworker.open(CaseId(made.case))
    return ["account", *opened.texts, *opened.case.items]


def _looks(items: list[str], episode: str) -> Iterator[Crafted]:
    for verb in ("open_case", "show_case", "show_plan", "show_evidence", "what_shared", "show_analysis", "my_cases"):
        yield Crafted(verb)
    yield from (Crafted("open_item", {"item": item}) for item in items)
    yield from (Crafted("open_step", {"step": step.id}) for step in read_plan())
    for kind in ("police", "colleagues", "removal"):
        yield Crafted("show_question", {"kind": kind, "episode": episode} if kind == "police" else {"kind": kind})


def test_nobody_meets_a_word_that_is_not_for_them(left):
    met = {name: left.readers_of(mark(name)) - may for name, may in MAY_SEE.items()}
    assert {name: readers for name, readers in met.items() if readers} == {}


def test_every_marker_was_planted(left):
    assert [name for name in MAY_SEE if mark(name) not in left.written] == []


def test_whoever_handles_the_case_meets_what_was_written_in_it(left):
    unmet = {name for name in MAY_SEE if "jonas" not in left.readers_of(mark(name))}
    assert unmet == NOT_ON_THE_LEADERS_CARDS


def test_whoever_gave_something_meets_it_again(left):
    given = [name for name in MAY_SEE if name.partition("_")[0] in ("lise", "mette", "nadia")]
    assert [name for name in given if name.partition("_")[0] not in left.readers_of(mark(name))] == []


def test_what_is_written_down_about_the_affected_reaches_them(left):
    assert "nadia" in left.readers_of(mark("jonas_how"))
    assert "mette" in left.readers_of(mark("jonas_outcome"))


def test_nobody_reads_a_name_that_is_not_for_them(left):
    read = {name: left.readers_of(name) - may for name, may in NAMES.items()}
    assert {name: readers for name, readers in read.items() if readers} == {}


@pytest.mark.parametrize("outside", ["peter", "birgit", "tom", "ida"])
def test_whoever_is_outside_or_shut_out_never_meets_the_case_at_all(left, outside):
    assert len(left.sent[outside]) > 100
    assert left.case not in left.sent[outside]


def test_what_a_lock_screen_shows_names_nobody_and_tells_nothing(left):
    assert len(left.summaries) > 100
    assert [word for word in (*NAMES, "zz", left.case) if word in left.summaries] == []


def test_the_first_notice_says_nothing_before_it_is_opened(left):
    assert len(left.before_opening) > 100
    assert [word for word in ("Mette", "Nadia", "Lise", "Birgit", "zz") if word in left.before_opening] == []


def test_no_log_line_holds_a_word_or_a_name(left):
    assert "turn" in left.logged
    assert [word for word in (*NAMES, *map(mark, MAY_SEE)) if word in left.logged] == []
