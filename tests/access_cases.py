"""The cases that the access table speaks of, made once and begun again from their files as often as needed.

new       Lise has reported for the workplace; Jonas has not opened it
running   Lise has reported for Mette; Jonas has opened it, talked with Mette and written down what they agreed, and
          named Nadia, who is not told yet; Mette has written to him;
          legal staff asked, accepts asked, Ali has one step and is asked for another
helped    as running, and Mette has asked Tom to save evidence; he has given a text
thanked   as helped, and Mette has ended it
lettered  as running, and Ali has noted a letter of step 20 as sent
removing  Lise has reported for Mette; who is behind it was asked to remove it and has said no; Ali has the site's step
oral      as running, and Jonas has written down what Mette said about removal
taken     and Sara has taken the analysis
analysed  and finished it
agreed    Lise has reported for Mette what a citizen did; Mette has said yes to her team and to other centres
call      Mette has asked Jonas to ring
asked_on  and Karin, since Jonas could not be reached: he may note that he has rung all the same
handed    as running, but Jonas could not be reached: Karin has it, and he may still read its card
moved     as running, but an administrator has given it to Karin: nothing is left to Jonas
settled   Mette's, told by Lise: all that the workplace owes is in place; nobody has asked whether anything is missing
closable  and Mette has answered that nothing is
closed    and Jonas has closed it
shut_out  as running, but Karin was chosen instead of Jonas, who is of the group: nobody is told in the channel
"""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.rehearsal.chat import Chat
from casework.commands import HandOn, MoveCase
from casework.vocabulary import VAERN, CaseId, HandedOn, PersonId
from tests.crafted import Crafted, press, stored
from tests.story import Story, story

IDA = "5f000000-0000-4000-8000-000000000202"
AASE = "5f000000-0000-4000-8000-000000000203"
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Thousands of presses are no test of the disk."""
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@dataclass
class Prepared:
    """`facts` by name of the case: its id as "case", and the ids its rows speak of. `other`: a case of other people."""

    story: Story
    facts: dict[str, dict[str, str]] = field(default_factory=dict)
    other: str = ""

    def chat(self, role: str) -> tuple[Chat, str | None]:
        """Where somebody of that role presses, and who it is where several may."""
        s = self.story
        if role.endswith("in_channel"):
            name = {"in_channel": "sara", "leader_in_channel": "jonas", "outsider_in_channel": "peter"}[role]
            return s.group, s.id(name)
        if role == "elsewhere":
            return s.channel.chat(IDA), None
        return getattr(s, PEOPLE[role]), None

    async def at(self, name: str) -> None:
        """Everything as it was when that case had been made."""
        await self.story.stop()
        shutil.rmtree(self.story.folder)
        shutil.copytree(self._copy(name), self.story.folder)
        await self.story.start()

    async def keep(self, name: str, case: str, **more: str) -> None:
        await self.story.settled()
        self.facts[name] = {"case": case, **await _ids(self.story, case), **more}
        await self.story.stop()
        shutil.copytree(self.story.folder, self._copy(name))
        await self.story.start()

    def _copy(self, name: str) -> Path:
        return self.story.folder.with_name(name)


PEOPLE = {
    "affected": "mette",
    "untold": "nadia",
    "reporter": "lise",
    "leader": "jonas",
    "companion": "ali",
    "in_private": "sara",
    "stranger": "peter",
    "originator": "birgit",
    "legal": "anne",
    "documenter": "tom",
    "stand_in": "karin",
}
HELPER, NEXT = "documenter", "stand_in"
"""Tom, who is a colleague like any other wherever he was not asked; Karin, to whom a case goes that is not seen."""
ROLES = (
    *(role for role in PEOPLE if role not in (HELPER, NEXT)),
    "elsewhere",
    "in_channel",
    "leader_in_channel",
    "outsider_in_channel",
)
HELPED = ("helped", "thanked")
WITH_KARIN = ("handed", "moved", "shut_out", "asked_on")
OUTSIDE = ("untold", "stranger", "originator", "elsewhere", "outsider_in_channel", "legal")
"""Roles that have no part in the case that runs, or do not know of it yet."""
SHUT_OUT = ("leader", "leader_in_channel", "in_channel", "in_private", "stranger", "outsider_in_channel", "originator")
"""Roles that have no part in the case that was told to Karin."""


def roles_in(name: str) -> tuple[str, ...]:
    """Who presses in that prepared case."""
    return (*ROLES, *((HELPER,) if name in HELPED else ()), *((NEXT,) if name not in WITH_KARIN else ()))


@asynccontextmanager
async def prepared() -> AsyncIterator[Prepared]:
    with TemporaryDirectory(prefix="vaern-", dir=MEMORY) as folder:
        async with story(folder=Path(folder) / "now") as s:
            yield await _prepared(s)


async def _prepared(s: Story) -> Prepared:
    made = Prepared(s)
    await _people_meet_the_bot(made)
    made.other = await _other_case(s)
    await made.keep("empty", made.other)
    for build in (_new, _running, _agreed, _removing, _call, _shut_out, _ended):
        await made.at("empty")
        await build(made)
    return made


async def _people_meet_the_bot(made: Prepared) -> None:
    await made.story.connect_group()
    for role in (*PEOPLE, "elsewhere"):
        await made.chat(role)[0].install()


async def _other_case(s: Story) -> str:
    """Something that happened in another workplace."""
    aase = s.channel.chat(AASE)
    await s.report(aase, recipient=s.channel.people["5f000000-0000-4000-8000-000000000201"].id)
    return (await s.app.store.cases_of(AASE))[-1]


async def _reported(made: Prepared, **said: str) -> str:
    await made.story.report(made.story.lise, **said)
    return (await made.story.case("lise")).id


async def _new(made: Prepared) -> None:
    await made.keep("new", await _reported(made, whom="workplace"))


BY_A_COLLEAGUE = {"whom": "colleague", "people": "Mette Lund", "originator": "workplace", "colleague": "Birgit Dam"}


async def _running(made: Prepared) -> None:
    case = await _reported(made, **BY_A_COLLEAGUE)
    await _handled(made, case, "jonas")
    await made.keep("running", case)
    await _analysed(made, case)
    await made.at("running")
    oral = {"person_episode": f"|{made.story.id('mette')}", "answer": "yes", "how": "Over coffee."}
    await does(made, case, "jonas", "record_oral_consent", oral | MOMENT, kind="removal")
    await made.keep("oral", case)
    await _lettered(made, case)
    await _helped(made, case)
    await _with_karin(made, case)


async def _helped(made: Prepared, case: str) -> None:
    await made.at("running")
    await does(made, case, "mette", "ask_documenter", {"documenter": "Tom Riis", "words": "Here."})
    await _gives(made, case, "tom")
    tom = {"tom": made.story.id("tom")}
    await made.keep("helped", case, **tom)
    await does(made, case, "mette", "end_documenting", person=tom["tom"])
    await made.keep("thanked", case, **tom)


async def _lettered(made: Prepared, case: str) -> None:
    await made.at("running")
    said = {"text": "Something to read.", "date": "2026-11-22"}
    await does(made, case, "ali", "send_letter", said, step="upper_management")
    await made.keep("lettered", case, letter=(await stored(made.story, case)).letters.sent[0].id)


async def _removing(made: Prepared) -> None:
    case = await _reported(made, whom="colleague", people="Mette Lund", originator="identifier_only")
    for verb, args in (
        ("mark_seen", {}),
        ("complete_step", {"step": "talk"}),
        ("complete_step", {"step": "documentation"}),
        ("complete_step", {"step": "case_handling"}),
        ("ask_consent", {"kind": "removal"}),
        ("try_rung", {"step": "ask_author"}),
    ):
        await does(made, case, "jonas", verb, {"sent_on": "2026-11-22"} if verb == "try_rung" else None, **args)
    attempt = (await stored(made.story, case)).removal.attempts[0].id
    said = {"replied_on": "2026-11-22", "reply": "No."}
    await does(made, case, "jonas", "answer_rung", said, step="ask_author", attempt=attempt)
    await does(made, case, "jonas", "offer_step", {"to": made.story.id("ali")}, step="ask_site")
    await does(made, case, "ali", "accept_step", step="ask_site")
    await made.keep("removing", case, attempt=attempt)


async def _with_karin(made: Prepared, case: str) -> None:
    """Two ways of having had it before."""
    jonas, karin = (PersonId(made.story.id(name)) for name in ("jonas", "karin"))
    head = {"case": CaseId(case), "by": VAERN, "former": jonas}
    for name, command in (("handed", _unreachable(made, case)), ("moved", MoveCase(**head, to=karin))):
        await made.at("running")
        await made.story.app.office.caseworker.carry_out(command)
        await made.keep(name, case)


def _unreachable(made: Prepared, case: str) -> HandOn:
    jonas, karin = (PersonId(made.story.id(name)) for name in ("jonas", "karin"))
    return HandOn(case=CaseId(case), by=VAERN, former=jonas, chain=(karin,), reason=HandedOn.UNREACHABLE)


MOMENT = {"date": "2026-11-22", "time": "10:00"}


async def _analysed(made: Prepared, case: str) -> None:
    await does(made, case, "sara", "take_analysis")
    await made.keep("taken", case)
    said = {"possible": "Open profiles.", "measures": "Talk about the tone.", "change_plan": "no"}
    await does(made, case, "sara", "finish_analysis", said)
    measure = (await stored(made.story, case)).analysis.measures[0]
    await made.keep("analysed", case, measure=measure)


async def _agreed(made: Prepared) -> None:
    case = await _reported(made, whom="colleague", people="Mette Lund")
    for verb, args in (("mark_seen", {}), ("complete_step", {"step": "talk"})):
        await does(made, case, "jonas", verb, **args)
    for kind in ("colleagues", "partners"):
        await does(made, case, "jonas", "ask_consent", kind=kind)
        await does(made, case, "mette", "answer_consent", kind=kind, answer="yes", wording=f"{kind}.1")
    await made.keep("agreed", case)


async def _call(made: Prepared) -> None:
    await does(made, None, "mette", "choose_call", person=made.story.id("jonas"))
    case = (await made.story.case("mette")).id
    await made.keep("call", case)
    await made.story.app.office.caseworker.carry_out(_unreachable(made, case))
    await made.keep("asked_on", case)


async def _ended(made: Prepared) -> None:
    """Mette's, with all that the workplace owes in place: asked whether anything is missing, and closed."""
    case = await _reported(made, **BY_A_COLLEAGUE)
    for step in ("talk", "safetynet", "legal_staff"):
        await does(made, case, "jonas", "complete_step", step=step)
    assessed = {"assessment": "not_to_be_reported", "reason": "It is not enough."}
    await does(made, case, "jonas", "assess_police", assessed)
    ids = await _ids(made.story, case)
    outcome = {"question": f"{ids['episode']}|{ids['mette']}", "outcome": "not_reported", "reason": "It is not enough."}
    await does(made, case, "jonas", "record_outcome", outcome)
    await does(made, case, "jonas", "ask_for_analysis")
    await made.keep("settled", case)
    await does(made, case, "jonas", "ask_if_missing")
    await does(made, case, "mette", "answer_closing", answer="nothing")
    await made.keep("closable", case)
    await does(made, case, "jonas", "close_case")
    await made.keep("closed", case)


async def _shut_out(made: Prepared) -> None:
    case = await _reported(made, **BY_A_COLLEAGUE, recipient=made.story.id("karin"))
    await _handled(made, case, "karin")
    await made.keep("shut_out", case)


async def _handled(made: Prepared, case: str, leader: str) -> None:
    """What Lise and Mette gave, and what the leader has done so far."""
    s = made.story
    await _gives(made, case, "lise", file=True)
    for verb, args in (
        ("mark_seen", {}),
        ("complete_step", {"step": "talk"}),
        ("complete_step", {"step": "documentation"}),
        ("complete_step", {"step": "legal_staff"}),
        ("ask_consent", {"kind": "police"}),
        ("ask_consent", {"kind": "colleagues"}),
    ):
        await does(made, case, leader, verb, **args)
    await _gives(made, case, "mette")
    await does(made, case, "mette", "answer_consent", kind="colleagues", answer="yes", wording="colleagues.1")
    points = {"help": "Tidlig Indsats.", "contact": "A call every day."}
    await does(made, case, leader, "agree_points", points, person=s.id("mette"))
    await does(made, case, leader, "name_affected", {"people": "Nadia Krogh"})
    for step in ("upper_management", "keep_updated"):
        await does(made, case, leader, "offer_step", {"to": s.id("ali")}, step=step)
    await does(made, case, "ali", "accept_step", step="upper_management")


async def _gives(made: Prepared, case: str, name: str, *, file: bool = False) -> None:
    """A piece of evidence, and more words."""
    chat = getattr(made.story, name)
    await does(made, case, name, "add_evidence")
    await (chat.upload("post.png", PICTURE, "image/png") if file else chat.say("https://example.org/the-post"))
    await chat.say("stop")
    if name == "tom":
        return await made.story.settled()
    await does(made, case, name, "write_in_case")
    await chat.say(f"More words by {name}.")
    await chat.say("stop")
    await made.story.settled()


async def does(made: Prepared, case: str | None, name: str, verb: str, inputs=None, **args: str) -> None:
    await press(getattr(made.story, name), Crafted(verb, args, inputs or {}), case)
    await made.story.settled()


async def _ids(s: Story, case: str) -> dict[str, str]:
    opened = (await s.app.office.caseworker.open(CaseId(case))).case
    lise, mette = s.id("lise"), s.id("mette")
    found = {"mette": mette, "lise": lise, "episode": next(iter(opened.episodes), "")}
    words = {ev.item: ev.by for ev in opened.log if type(ev).__name__ == "AccountGiven"}
    words |= {ev.words: ev.by for ev in opened.log if type(ev).__name__ == "MessageWritten"}
    for name, person in (("lises", lise), ("mettes", mette), ("toms", s.id("tom"))):
        found |= {f"{name}_words": item for item, by in words.items() if by == person}
        kept = "picture" if name == "lises" else "text"
        found |= {f"{name}_{kept}": item.id for item in opened.evidence if item.given_by == person}
    return found
