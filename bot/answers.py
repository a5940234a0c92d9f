"""What somebody sees after a press: the pressed card as it is now, and what they asked to have shown."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from bot.caseworker import Opened
from bot.desk import Desk
from bot.drawing import question, stands_as, view_of
from bot.drawing_talk import AFTERWARDS
from bot.kept_out import as_they_may
from bot.readings import READINGS, Pressed
from bot.readings.coaching import AFTERWARDS as OF_THE_COACH
from cards.marking import marked
from cards.plan import skeleton, title
from cards.scene import Scene
from cards.show import Shown, show
from cards.verbs import Press
from casework.access import roles_of
from casework.case import Case
from casework.naming import NOT_THEM
from casework.vocabulary import CaseId, Refused, Role, Stage

log = structlog.get_logger()

STEP_OF_CONSENT = {
    "police": "police_consent",
    "colleagues": "ask_colleagues",
    "removal": "ask_author",
    "partners": "inform_colleagues",
}
STEP_OF_VERB = {
    "assess_police": "assess_police",
    "record_outcome": "police_outcome",
    "assess_risk": "risk_assessment",
    "agree_protection": "avoid_contact",
    "note_told": "inform_colleagues",
    "plan_debriefing": "debriefing",
    "answer_debriefing": "debriefing",
}
CASE_AFTERWARDS = frozenset(
    {"open_case", "mark_seen", "name_affected", "nobody_affected", "deny_offence", "want_no_more", "correct_episode"}
)
ITS_END_AFTERWARDS = {
    "ask_if_missing": "closing",
    "ask_for_analysis": "closing",
    "close_case": "closing",
    "answer_closing": "missing",
}
"""What is shown of the end of a case; the case card when there is nothing of it to show any more."""
QUESTION_AFTERWARDS = frozenset({"answer_consent", "contradict_consent", "withdraw_consent"})
MAKE_CALL = "make_call"
"""Whoever was asked to ring and was shut out since: there is no such case, and their card loses the button."""
OTHER_AFTERWARDS = {
    "finish_analysis": "analysis",
    "assign_measure": "analysis",
    "answer_follow_up": "follow_up",
    MAKE_CALL: "call",
}


@dataclass(frozen=True)
class Answer:
    """`in_place` takes the pressed card's place; `messages` come anew at the bottom; `word` when neither does."""

    in_place: Shown | None = None
    messages: tuple[Shown, ...] = ()
    word: str = ""


Showing = Callable[["Answering", Press], Awaitable[Answer]]


@dataclass(frozen=True)
class Answering:
    """One press by one person. `in_group`: pressed in the health and safety group's channel."""

    desk: Desk
    in_group: bool = False
    showing: Mapping[str, "Showing"] = field(default_factory=dict)
    """Verb → what it shows, for buttons that only show something (`bot.showing`)."""

    async def answer(self, press: Press) -> Answer:
        """Carry it out and show how things stand. A refusal changes nothing and shows the latest."""
        try:
            return await self._answered(press)
        except Refused as refused:
            return await self.refused(press, refused)

    async def _answered(self, press: Press) -> Answer:
        showing = self.showing.get(press.verb)
        if showing is not None:
            return await showing(self, press)
        reading = READINGS.get(press.verb)
        if reading is None:
            raise Refused("unknown_verb")
        done = await self.desk.done(await reading(Pressed(press, self.desk)))
        opened = Opened(done.case, done.texts)
        if not done.events:  # else the case's own log says that it was the last
            self.desk.shows(done.case.id)
        return Answer(in_place=await self._afterwards(opened, press))

    async def refused(self, press: Press, refused: Refused) -> Answer:
        """Why not, and the latest card. For somebody who is no part of the case: as if there were none."""
        refused = await self._why(press, refused)
        scene = await self.desk.scene(*named_in(refused))
        word = refusal(refused, scene)
        if refused.key == NOT_THEM:  # many of these by one person are somebody asking who it is about
            log.info("person_not_chosen", case=press.case, by=self.desk.person, verb=press.verb)
        loses_its_button = press.verb == MAKE_CALL and await self._had_before(press)
        if not press.case or (refused.key == "not_yours" and not loses_its_button):
            return Answer(word=word)
        current = await self._latest(press)
        if current:
            current = replace(current, card=marked(current.card, press, refused.key, word))
        return Answer(in_place=current, messages=(Shown({}, "", word),) if current else (), word=word)

    async def _why(self, press: Press, refused: Refused) -> Refused:
        """Whoever had the case before, and may know it, reads who has it now instead of that there is none.
        Of a piece of evidence nothing is said: `casework.access` says so."""
        if refused.key != "not_yours" or press.verb == "open_item":
            return refused
        case = await self._had_before(press)
        was_a_call = case is None or case.stage is Stage.CALL or case.call_made_at is not None
        return refused if was_a_call else Refused("with_another", owner=case.recipient)

    async def _had_before(self, press: Press) -> Case | None:
        """The case, for whoever had it before and is still a reader of its card."""
        if not press.case or self.in_group:
            return None
        try:
            case = (await self.desk.open(CaseId(press.case))).case
        except Refused:
            return None
        return case if Role.FORMER_LEADER in roles_of(case, self.desk.person) else None

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
        return await self._shown(opened, view)

    async def _shown(self, opened: Opened, view) -> Shown:
        view = await as_they_may(self.desk.office.caseworker, view, opened.case, self.desk.person)
        return replace(show(view, await self.desk.scene_of(opened.case)), card_of=stands_as(view))

    def _view(self, opened: Opened, press: Press):
        talk = None if self.in_group else (AFTERWARDS.get(press.verb) or OF_THE_COACH.get(press.verb))
        return talk(opened, press, self.desk.person, self.desk.now()) if talk else self._other_view(opened, press)

    def _other_view(self, opened: Opened, press: Press):
        reader, now = self.desk.person, self.desk.now()
        if self.in_group:
            here = self.desk.record.workplace == opened.case.group
            return view_of(opened, "group", "", None, now) if here else None
        if press.verb in QUESTION_AFTERWARDS:
            return question(opened, f"{press.args.get('kind')}|{press.args.get('episode') or ''}", reader)
        if kind := ITS_END_AFTERWARDS.get(press.verb):
            return view_of(opened, kind, "", reader, now) or view_of(opened, "case", "", reader, now)
        if press.verb in OTHER_AFTERWARDS:
            return self._other(opened, press)
        step = self._step(press)
        if step and press.verb not in CASE_AFTERWARDS:
            return view_of(opened, "step", step, reader, now) if self.sees_steps(opened) else None
        return view_of(opened, "case", "", reader, now)

    def _other(self, opened: Opened, press: Press):
        """A card that time has brought, if it is the reader's."""
        if not _learns(opened, press.verb, self.desk.person):
            return None
        about = str(press.args.get("measure") or "")
        return view_of(opened, OTHER_AFTERWARDS[press.verb], about, self.desk.person, self.desk.now())

    def sees_steps(self, opened: Opened) -> bool:
        case = opened.case
        return self.desk.person == case.recipient or any(
            self.desk.person in (state.owner, state.offered_to) for state in case.steps.values()
        )

    def _step(self, press: Press) -> str:
        by_verb = STEP_OF_VERB.get(press.verb) or STEP_OF_CONSENT.get(str(press.args.get("kind")), "")
        return str(press.args.get("step") or by_verb)

    # -- what was asked to be shown ----------------------------------------------------------------------------

    async def mine(self, press: Press) -> Opened:
        """The case, if the reader has a card in it; else exactly as if there were none."""
        if not press.case:
            raise Refused("unreadable_card")
        opened = await self.desk.open(CaseId(press.case))
        if view_of(opened, "case", "", self.desk.person, self.desk.now()) is None:
            raise Refused("not_yours")
        self.desk.shows(opened.case.id)
        return opened

    async def shown(self, opened: Opened, view) -> Answer:
        if view is None:
            raise Refused("step_not_here")
        return Answer(messages=(await self._shown(opened, view),))


def _learns(opened: Opened, verb: str, person: str) -> bool:
    """Whether this card of what time has brought is the person's."""
    case, analysis = opened.case, opened.case.analysis
    if verb in (MAKE_CALL, "answer_follow_up"):  # their own views know whose they are
        return True
    return person in (case.analysis_by, case.recipient, analysis.follow_up_by if analysis else None)


def named_in(refused: Refused) -> tuple:
    """The people it speaks of, whose names its words need."""
    found = (refused.details.get("owner"), *refused.details.get("people", ()))
    return tuple(person for person in found if person)


def refusal(refused: Refused, scene: Scene) -> str:
    """The refusal in the reader's words: what is safe, then what to do."""
    return scene.say(f"refused.{refused.key}", **_spoken(refused, scene))


def _spoken(refused: Refused, scene: Scene) -> dict:
    details = {key: value for key, value in refused.details.items() if isinstance(value, str | int)}
    if step := skeleton().get(refused.details.get("step", "")):
        details |= {"number": step.number, "step": title(step.id, scene)}
    details |= {key: scene.when(value) for key, value in refused.details.items() if isinstance(value, datetime)}
    if refused.details.get("owner"):
        details["owner"] = scene.name(refused.details["owner"])
    if refused.details.get("people"):
        details["people"] = scene.say.names([scene.name(person) for person in refused.details["people"]])
    return details
