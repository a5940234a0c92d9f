"""What somebody sees after a press: the pressed card as it is now, and what they asked to have shown."""

import asyncio
from dataclasses import dataclass, replace

from bot.caseworker import Opened
from bot.desk import Desk
from bot.drawing import contents, opened_card, question, view_of
from bot.presses import READINGS, Pressed
from bot.preview import preview
from cards.content import Evidence
from cards.plan import WholePlan
from cards.scene import Scene
from cards.show import Shown, show
from cards.verbs import Press
from casework.access import openable, roles_of
from casework.commands import OpenItem
from casework.projections import leader_view, step_view
from casework.vocabulary import CaseId, ItemId, Refused, StepId

STEP_OF_CONSENT = {"police": "police_consent", "colleagues": "ask_colleagues", "removal": "ask_author"}
STEP_OF_VERB = {"assess_police": "assess_police", "record_outcome": "police_outcome"}
CASE_AFTERWARDS = frozenset(
    {"open_case", "mark_seen", "name_affected", "nobody_affected", "deny_offence", "want_no_more", "correct_episode"}
)
QUESTION_AFTERWARDS = frozenset({"answer_consent", "contradict_consent", "withdraw_consent"})
OTHER_AFTERWARDS = {"finish_analysis": "analysis", "answer_follow_up": "follow_up", "make_call": "call"}


@dataclass(frozen=True)
class Answer:
    """`in_place` takes the pressed card's place; `messages` come anew at the bottom; `word` when neither does."""

    in_place: Shown | None = None
    messages: tuple[Shown, ...] = ()
    word: str = ""


@dataclass(frozen=True)
class Answering:
    """One press by one person. `in_group`: pressed in the health and safety group's channel."""

    desk: Desk
    in_group: bool = False

    async def answer(self, press: Press) -> Answer:
        """Carry it out and show how things stand. A refusal changes nothing and shows the latest."""
        try:
            return await self._answered(press)
        except Refused as refused:
            return await self.refused(press, refused)

    async def _answered(self, press: Press) -> Answer:
        showing = SHOWING.get(press.verb)
        if showing is not None:
            return await showing(self, press)
        reading = READINGS.get(press.verb)
        if reading is None:
            raise Refused("unknown_verb")
        if press.verb == "open_item":
            return await self._opened_items(press)
        done = await self.desk.done(await reading(Pressed(press, self.desk)))
        opened = Opened(done.case, done.texts)
        if not done.events:  # else the case's own log says that it was the last
            self.desk.shows(done.case.id)
        return Answer(in_place=await self._afterwards(opened, press))

    async def refused(self, press: Press, refused: Refused) -> Answer:
        """Why not, and the latest card. For somebody who is no part of the case: as if there were none."""
        scene = await self.desk.scene(*_people(refused))
        word = refusal(refused, scene)
        if refused.key == "not_yours" or not press.case:
            return Answer(word=word)
        current = await self._latest(press)
        return Answer(in_place=current, messages=(Shown({}, "", word),) if current else (), word=word)

    async def _latest(self, press: Press) -> Shown | None:
        """What was pressed can be refused before anybody asks who pressed it: so that is asked here."""
        try:
            opened = await self.desk.open(CaseId(press.case or ""))
        except Refused:
            return None
        groups = await self.desk.office.groups_of(self.desk.person)
        part = opened.case.group in groups if self.in_group else roles_of(opened.case, self.desk.person, groups)
        return await self._afterwards(opened, press) if part else None

    # -- the pressed card, as it is now ------------------------------------------------------------------------

    async def _afterwards(self, opened: Opened, press: Press) -> Shown | None:
        view = self._view(opened, press)
        if view is None:
            return None
        return show(view, await self.desk.scene_of(opened.case))

    def _view(self, opened: Opened, press: Press):
        reader, now = self.desk.person, self.desk.now()
        if self.in_group:
            here = self.desk.record.workplace == opened.case.group
            return view_of(opened, "group", "", None, now) if here else None
        if press.verb in QUESTION_AFTERWARDS:
            return question(opened, f"{press.args.get('kind')}|{press.args.get('episode') or ''}", reader)
        if press.verb in OTHER_AFTERWARDS:
            if not _learns(opened, press.verb, reader):
                return None
            about = str(press.args.get("measure") or "")
            return view_of(opened, OTHER_AFTERWARDS[press.verb], about, reader, now)
        step = self._step(press)
        if step and press.verb not in CASE_AFTERWARDS:
            return view_of(opened, "step", step, reader, now) if self._sees_steps(opened) else None
        return view_of(opened, "case", "", reader, now)

    def _sees_steps(self, opened: Opened) -> bool:
        case = opened.case
        return self.desk.person == case.recipient or any(
            self.desk.person in (state.owner, state.offered_to) for state in case.steps.values()
        )

    def _step(self, press: Press) -> str:
        by_verb = STEP_OF_VERB.get(press.verb) or STEP_OF_CONSENT.get(str(press.args.get("kind")), "")
        return str(press.args.get("step") or by_verb)

    # -- what was asked to be shown ----------------------------------------------------------------------------

    async def _mine(self, press: Press) -> Opened:
        """The case, if the reader has a card in it; else exactly as if there were none."""
        if not press.case:
            raise Refused("unreadable_card")
        opened = await self.desk.open(CaseId(press.case))
        if view_of(opened, "case", "", self.desk.person, self.desk.now()) is None:
            raise Refused("not_yours")
        self.desk.shows(opened.case.id)
        return opened

    async def _shown(self, opened: Opened, view) -> Answer:
        if view is None:
            raise Refused("step_not_here")
        return Answer(messages=(show(view, await self.desk.scene_of(opened.case)),))

    async def show_case(self, press: Press) -> Answer:
        opened = await self._mine(press)
        return await self._shown(opened, opened_card(opened, self.desk.person, self.desk.now()))

    async def open_step(self, press: Press) -> Answer:
        opened = await self._mine(press)
        step = StepId(str(press.args.get("step") or ""))
        if not self._sees_steps(opened):
            raise Refused("not_yours")
        if self.desk.person != opened.case.recipient and not _holds(opened, step, self.desk.person):
            raise Refused("not_yours")
        return await self._shown(opened, step_view(opened.case, step, self.desk.person, opened.texts, self.desk.now()))

    async def show_question(self, press: Press) -> Answer:
        opened = await self._mine(press)
        about = f"{press.args.get('kind')}|{press.args.get('episode') or ''}"
        view = question(opened, about, self.desk.person)
        if view is None:
            raise Refused("not_asked")
        return await self._shown(opened, view)

    async def show_plan(self, press: Press) -> Answer:
        return await self._for_leader(press, WholePlan)

    async def show_evidence(self, press: Press) -> Answer:
        return await self._for_leader(press, Evidence)

    async def _for_leader(self, press: Press, part: type) -> Answer:
        """A part of the leader's view on a card of its own."""
        opened = await self._mine(press)
        if self.desk.person != opened.case.recipient:
            raise Refused("not_yours")
        view = leader_view(opened.case, self.desk.person, opened.texts, self.desk.now())
        return await self._shown(opened, part(view))

    async def _opened_items(self, press: Press) -> Answer:
        """[Vis]: a piece of evidence, or with `ACCOUNT` everything told in own words that the person may see."""
        wanted = ItemId(str(press.args.get("item") or ""))
        person = self.desk.person
        done = await self.desk.done(OpenItem(case=CaseId(press.case or ""), by=person, item=wanted))
        opened, shown = Opened(done.case, done.texts), []
        for item in openable(opened.case, person, roles_of(opened.case, person), wanted):
            shown += await self._contents(opened, item)
        self.desk.shows(opened.case.id)
        return Answer(messages=tuple(shown))

    async def _contents(self, opened: Opened, item: ItemId) -> list[Shown]:
        """The words in pages, or a small picture of the picture."""
        pages = list(contents(opened, item, self.desk.person))
        known = opened.case.items.get(item)
        if known is not None and known.media_type.startswith("image/"):
            content = await self.desk.office.receiving.store.get_blob(opened.case.id, item)
            pages[0] = replace(pages[0], picture=await asyncio.to_thread(preview, content, known.media_type))
        scene = await self.desk.scene_of(opened.case)
        return [show(page, scene) for page in pages]

    async def show_status(self, press: Press) -> Answer:
        """How the house runs. To everybody else there is no such button."""
        room, record = self.desk.office.status, self.desk.record
        if room.open_to(self.desk.person):
            return Answer(in_place=await room.shown(record.language))
        return Answer(word=(await self.desk.scene()).say.plain("refused.unreadable_card"))

    async def show_analysis(self, press: Press) -> Answer:
        opened = await self.desk.open(CaseId(press.case or ""))
        if self.desk.person not in (opened.case.analysis_by, opened.case.recipient):
            raise Refused("not_yours")
        return await self._shown(opened, view_of(opened, "analysis", "", self.desk.person, self.desk.now()))


SHOWING = {
    "show_case": Answering.show_case,
    "open_step": Answering.open_step,
    "show_question": Answering.show_question,
    "show_plan": Answering.show_plan,
    "show_evidence": Answering.show_evidence,
    "show_analysis": Answering.show_analysis,
    "status": Answering.show_status,
}


def _learns(opened: Opened, verb: str, person: str) -> bool:
    """Whether this card of what time has brought is the person's."""
    case, analysis = opened.case, opened.case.analysis
    if verb == "make_call":
        return True
    return person in (case.analysis_by, case.recipient, analysis.follow_up_by if analysis else None)


def _holds(opened: Opened, step: StepId, person: str) -> bool:
    state = opened.case.step(step)
    return person in (state.owner, state.offered_to)


def _people(refused: Refused) -> tuple:
    found = (refused.details.get("owner"), *refused.details.get("people", ()))
    return tuple(person for person in found if person)


def refusal(refused: Refused, scene: Scene) -> str:
    """The refusal in the reader's words: what is safe, then what to do."""
    return scene.say(f"refused.{refused.key}", **_spoken(refused, scene))


def _spoken(refused: Refused, scene: Scene) -> dict:
    details = {key: value for key, value in refused.details.items() if isinstance(value, str | int)}
    if refused.details.get("owner"):
        details["owner"] = scene.name(refused.details["owner"])
    if refused.details.get("people"):
        details["people"] = scene.say.names([scene.name(person) for person in refused.details["people"]])
    return details
