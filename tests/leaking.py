"""What `tests/test_leaks.py` searches: whole cases lived through, and everything they have left behind.

In the first case Lise reports for Mette and Nadia, and names Birgit, of the same workplace, as being behind it. Jonas
handles it, Ali takes over a step, Sara of the health and safety group another. The second: `tests/leaking_more.py`.
"""

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2

from bot.rehearsal.chat import Chat
from casework.plan import read_plan
from casework.vocabulary import CaseId, ConsentKind, Package
from tests.access_cases import IDA
from tests.crafted import Crafted, press
from tests.story import SUNDAY, Story
from tests.test_letters import read

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)
NOW = {"date": "2026-11-22", "time": "10:30"}
PRIVATE = ("mette", "nadia", "lise", "jonas", "ali", "sara", "peter", "birgit", "tom", "karin", "eva")


def mark(name: str) -> str:
    return f"zz{name.replace('_', 'qq')}zz"


@dataclass
class Told:
    """The cases as they go on."""

    s: Story
    case: str = ""
    before_opening: str = ""
    sent_files: dict[str, str] = field(default_factory=dict)

    def readers(self) -> dict[str, Chat]:
        chats = {name: getattr(self.s, name) for name in PRIVATE}
        return {**chats, "ida": self.s.channel.chat(IDA), "group": self.s.group}

    def sent_to(self, reader: str) -> str:
        sent = everything(self.s.channel.bytes_sent_to(self.readers()[reader]))
        return sent + self.sent_files.get(reader, "")

    async def does(self, name: str, verb: str, inputs: dict | None = None, by: str | None = None, **args: str) -> None:
        who = self.s.id(by) if by else None
        await press(self.readers()[name], Crafted(verb, args, inputs or {}), self.case, by=who)
        await self.s.settled()

    async def takes_files(self) -> None:
        """Everybody says yes to every file they were offered, and reads it."""
        for reader, chat in self.readers().items():
            for message in chat.messages:
                if message.question and not message.question.answered:
                    await chat.answer_file(True, message)
            files = [file for message in chat.messages if message.sender == "vaern" for file in message.files]
            kept = [(file.name, await self.s.channel.conversations.get_file(file.id)) for file in files]
            self.sent_files[reader] = "\n".join(f"{name}\n{words_in(name, content)}" for name, content in kept)


def words_in(name: str, content: bytes) -> str:
    """The words of a file that left the house; of a PDF, without the breaks of its lines."""
    if name.endswith(".docx"):
        return str(read(content))
    if name.endswith(".pdf"):
        pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
        return re.sub(r"[\s\xad\ufffe-]", "", "".join(pages))
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "\n".join(f"{one}\n{words_in(one, package.read(one))}" for one in package.namelist())
    return content.decode("utf-8", "replace")


def everything(bodies: list[Any]) -> str:
    """All of it as one text, pictures opened."""
    text = json.dumps(bodies, ensure_ascii=False)
    pictures = (base64.b64decode(found) for found in re.findall(r"base64,([A-Za-z0-9+/=]+)", text))
    return text + "".join(picture.decode("latin-1") for picture in pictures)


@dataclass(frozen=True)
class Left:
    """What the cases have left behind: reader → all that was sent to them; all that was written, kept and logged."""

    cases: tuple[str, ...]
    sent: Mapping[str, str]
    files: Mapping[str, str]
    summaries: str
    before_opening: str
    written: str
    logged: str
    on_disk: bytes
    shelf: str
    to_machines: str = ""
    backed_up: bytes = b""

    def readers_of(self, word: str) -> set[str]:
        return {reader for reader, text in self.sent.items() if word in text}


async def left_by(made: Told, cases: tuple[str, ...], heard: io.StringIO, lines: list) -> Left:
    s = made.s
    texts = [text for case in cases for text in (await opened(made, case)).texts.values()]
    bodies = [body for chat in made.readers().values() for body in s.channel.bytes_sent_to(chat)]
    shelf = s.app.recognising.known.shelf
    names = await shelf.keys()
    return Left(
        cases=cases,
        sent={reader: made.sent_to(reader) for reader in made.readers()},
        files=made.sent_files,
        summaries=" ".join(str(body.get("summary") or "") for body in bodies if isinstance(body, dict)),
        before_opening=made.before_opening,
        written="\n".join(texts),
        logged=json.dumps(lines, default=str) + heard.getvalue(),
        on_disk=b"\n".join(bytes_in(s.folder)),
        shelf="\n".join([*names, *[str(await shelf.get(name)) for name in names]]),
    )


async def opened(made: Told, case: str):
    return await made.s.app.office.caseworker.open(CaseId(case))


def bytes_in(folder: Path) -> Iterator[bytes]:
    for file in sorted(folder.rglob("*")):
        yield file.name.encode()
        if file.is_file():
            yield file.read_bytes()


# -- the first case -----------------------------------------------------------------------------------------------


async def first_case(made: Told) -> str:
    """Up to where only time brings more."""
    await _reported(made)
    await _handled(made)
    return made.case


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
    await gives(made, "lise")


async def gives(made: Told, name: str) -> None:
    """A file, a text, and more words: of an affected person a message, of whoever reported it more of the account."""
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
    await gives(made, "mette")
    await gives(made, "nadia")
    await _documented(made)
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


async def _documented(made: Told) -> None:
    """Mette asks Eva to secure it for her."""
    await made.does("mette", "ask_documenter", {"documenter": "Eva Winther", "words": mark("mette_asked")})
    await made.does("eva", "add_evidence")
    eva = made.readers()["eva"]
    await eva.upload(f"{mark('eva_file')}.png", PICTURE + mark("eva_file").encode(), "image/png")
    await eva.say(mark("eva_text"))
    await eva.say("stop")
    await made.s.settled()


async def learned_from(made: Told) -> None:
    """What time brings: the analysis of the first case, and of its two measures one is given up."""
    await made.s.until(SUNDAY + timedelta(days=15))
    await made.does("sara", "take_analysis")
    answers = {
        "possible": mark("sara_answers"),
        "measures": f"{mark('sara_measure')}\n{mark('sara_dropped')}",
        "change_plan": "yes",
        "plan": mark("sara_plan"),
    }
    await made.does("sara", "finish_analysis", answers)
    first = (await opened(made, made.case)).case.analysis.measures[0]
    assigned = {"measure": first, "owner": "Eva Winther", "due": "2026-12-20"}
    await made.does("sara", "assign_measure", assigned)
    await made.s.passes(days=31)
    dropped = (await opened(made, made.case)).case.analysis.measures[1]
    await made.does("sara", "answer_follow_up", {"reason": mark("sara_why")}, measure=dropped, answer="dropped")


# -- everybody looks at everything ---------------------------------------------------------------------------------


async def looked_at_by_everybody(made: Told, case: str) -> None:
    """Every button that shows anything, pressed by everybody, in every chat there is."""
    made.case = case
    presses = list(_looks(made, await _items(made), next(iter((await opened(made, case)).case.episodes))))
    for reader, chat in made.readers().items():
        for by in ("sara", "jonas", "peter") if reader == "group" else (None,):
            await chat.say("mine sager", by=made.s.id(by) if by else None)
            for one in presses:
                await press(chat, one, made.case, by=made.s.id(by) if by else None)
    await made.s.settled()
    await made.takes_files()


async def _items(made: Told) -> list[str]:
    found = await opened(made, made.case)
    return ["account", *found.texts, *found.case.items]


WHOLE = (
    "open_case", "show_case", "show_plan", "show_evidence", "what_shared", "show_analysis", "my_cases", "show_answers",
    "show_closing", "show_missing", "show_messages", "show_own_words", "show_points", "make_documentation", "numbers",
    "numbers_file", "status", "show_review", "show_packages", "show_coach", "show_custody", "consult_case",
    "show_asking", "write_update",
)  # fmt: skip


def _looks(made: Told, items: list[str], episode: str) -> Iterator[Crafted]:
    yield from (Crafted(verb) for verb in WHOLE)
    yield from (Crafted("open_item", {"item": item}) for item in items)
    for package in Package:
        yield from (Crafted(verb, {"package": package}) for verb in ("show_package", "make_package"))
    for step in read_plan():
        yield from (Crafted(verb, {"step": step.id}) for verb in ("open_step", "write_letter", "fetch_journal"))
    for person in ("mette", "nadia"):
        for verb in ("show_messages", "open_messages", "show_points", "write_message"):
            yield Crafted(verb, {"person": made.s.id(person)})
    for kind in ConsentKind:
        of_what = {"kind": kind, "episode": episode} if kind is ConsentKind.POLICE else {"kind": kind}
        yield Crafted("show_question", of_what)
        yield Crafted("show_wording", {**of_what, "wording": f"{kind}.1"})
