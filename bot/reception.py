"""The first thing anybody meets: buttons outside the cases, typed words, and the way into a dialog."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from botbuilder.core import TurnContext

from bot.answers import refusal
from bot.desk import Desk
from bot.dialog_turns import ADDING, DialogTurns
from bot.group_room import GroupRoom, out_of_place, without_mention
from bot.message_action import MessageAction
from bot.receiving import attachments
from bot.showing import answering
from bot.typed import press_of
from cards import evidence, front, report
from cards.show import Shown, shown
from cards.verbs import Press, read_press
from casework.case import Case
from casework.commands import AskForCall, GiveAccount, StartDraft, Written
from casework.projections import case_line, evidence_line
from casework.projections.employee import own_deadlines, told_deadlines
from casework.texts import read_known
from casework.vocabulary import CaseId, ItemId, PersonId, Refused
from dialogs.asking import say
from dialogs.known import Meaning, understood

LANGUAGES = ("da", "en")
WORDS: Mapping[str, Press] = {
    "help": Press("help"),
    "start_report": Press("start_report"),
    "continue_draft": Press("continue_draft"),
    "start_over": Press("start_over"),
    "delete_draft": Press("delete_draft"),
    "call_me": Press("call_me"),
    "my_cases": Press("my_cases"),
    "status": Press("status"),
    "guide": Press("guide"),
    "danish": Press("language", args={"language": "da"}),
    "english": Press("language", args={"language": "en"}),
}
"""Typed words for the buttons outside the cases."""


class Reception:
    """One message of one person."""

    @classmethod
    def takes(cls, press: Press) -> bool:
        """Whether a press is answered with messages only, so that the pressed card stays as it is."""
        return press.verb in cls.VERBS or press.verb in ADDING

    def __init__(self, desk: Desk, turn: TurnContext) -> None:
        self.desk, self.turn = desk, turn
        self.dialogs = DialogTurns(desk, turn)

    # -- messages ------------------------------------------------------------------------------------------------

    async def written(self) -> None:
        """Ordinary words and files in a personal chat."""
        text = (self.turn.activity.text or "").strip()
        meaning = self._understood(text) if text else None
        if meaning is not None and await self._meant(meaning):
            return
        if await self.dialogs.go_on():
            return
        await (self._kept(text) if meaning is None else self.welcome())  # "send", and the draft was sent already

    def _understood(self, text: str) -> Meaning | None:
        """For whoever may not see the status it is a word like any other."""
        meaning = understood(text, read_known("da"), read_known("en"))
        known = meaning is None or meaning.name != "status" or self.desk.office.status.open_to(self.desk.person)
        return meaning if known else None

    async def _meant(self, meaning: Meaning) -> bool:
        """Act on a known word. False: it is for the dialog that is going on, or is nothing here."""
        if self.dialogs.active and self.dialogs.hears(meaning):
            return False
        try:
            press = WORDS.get(meaning.name) or await press_of(meaning, self.desk)
        except Refused as refused:
            await self._refused(refused)
            return True
        if meaning.name in ("connect", "disconnect"):
            await self._refused(Refused("only_in_channel"))
        elif press is not None:
            await self.press(press)
        elif self.dialogs.active:
            return False
        else:
            await self._nothing_goes_on(meaning)
        return True

    async def _nothing_goes_on(self, meaning: Meaning) -> None:
        """ "ja" with nothing asked: no account begins with it. "stop", and what was written before is kept already."""
        draft = await self.desk.draft() if meaning.name == "stop" else None
        if draft is None:
            return await self.say(await self._front(front.kept, None))
        await self.say(await self._front(report.stopped, await self.desk.draft_view(draft.id)))

    async def _kept(self, text: str) -> None:
        """Words that are no known word are kept, and offered as the beginning of the account. Files as evidence."""
        files = attachments(self.turn.activity)
        if not text and not files:
            return await self.welcome()
        case = await self._draft()
        if text:
            account = Written(ItemId(self.desk.new_id("item")), text)
            await self.desk.carry_out(GiveAccount(case=case, by=self.desk.person, account=account))
        for line in await self.desk.receive(self.turn.activity, case):
            await self._received(case, line)
        await self.say(await self._front(front.kept, await self._draft_line()))

    async def _received(self, case: CaseId, line: Any) -> None:
        if isinstance(line, Refused):
            return await self._refused(line)
        await self.say(await self._front(front.received, case, line))

    async def _draft(self) -> CaseId:
        draft = await self.desk.draft()
        if draft is not None:
            return draft.id
        return (await self.desk.carry_out(StartDraft(case=self.desk.new_case(), by=self.desk.person))).id

    async def in_public(self) -> None:
        """In a channel or group chat: its group's connection, its language, and nothing else."""
        try:
            await self._word(await GroupRoom(self.desk).answer(without_mention(self.turn.activity)))
        except Refused as refused:
            await self._refused(refused)

    # -- buttons -------------------------------------------------------------------------------------------------

    async def pressed(self, value: Any) -> None:
        """An Action.Submit: the report's forms, and every Execute where the client does not know it."""
        try:
            press = read_press(value)
        except ValueError:
            return await self._refused(Refused("unreadable_card"))
        if out_of_place(self.desk.record, press):
            return await self._word((await self.desk.scene()).say.plain("welcome.channel.body"))
        await self.press(press)

    async def press(self, press: Press) -> None:
        """Any press, by button or word, answered with messages."""
        try:
            if await self.dialogs.takes(press):
                return
            if own := self.VERBS.get(press.verb):
                return await own(self, press)
        except Refused as refused:
            return await self._refused(refused)
        answer = await answering(self.desk, in_group=self.desk.record.kind != "personal").answer(press)
        if answer.in_place:
            await self.say(answer.in_place)
        for message in answer.messages or ((Shown({}, "", answer.word),) if answer.word else ()):
            await self.say(message)

    async def welcome(self, press: Press | None = None) -> None:
        await self.say(await self._front(front.welcome, await self._draft_line(), bool(await self.desk.lines())))

    async def help(self, press: Press) -> None:
        await self.say(await self._always(front.help_in_a_case if await self.desk.leads() else front.help))

    async def my_cases(self, press: Press) -> None:
        await self.say(await self._front(front.my_cases, await self.desk.lines()))

    async def guide(self, press: Press) -> None:
        await self.say(await self._always(front.guide))

    async def guide_topic(self, press: Press) -> None:
        await self.say(await self._front(front.guide_topic, str(press.args.get("topic"))))

    async def how(self, press: Press) -> None:
        """How to secure it on this device, outside a report too (H12)."""
        if press.args["device"] not in evidence.DEVICES:
            raise Refused("unreadable_card")
        await self.say(await self._front(evidence.how, press.args["device"]))

    async def language(self, press: Press) -> None:
        """Kept for the conversation from now on."""
        if press.args.get("language") in LANGUAGES:
            self.desk.record.language = self.desk.language = str(press.args["language"])
        await self.welcome()

    async def offered_message(self, press: Press) -> None:
        """[Gem] and [Gem ikke] outside their window: the same is done, and said here."""
        await self._word(await MessageAction(self.desk).press(press))

    async def call_me(self, press: Press) -> None:
        """No form: choose whom, one press."""
        people = await self.desk.companions()
        scene = await self.desk.scene(*people)
        await self.say(shown(front.call_chooser(people, scene), scene))

    async def choose_call(self, press: Press) -> None:
        person = PersonId(str(press.args.get("person")))
        if person not in await self.desk.companions():
            raise Refused("person_unknown")
        await self.desk.done(AskForCall(case=self.desk.new_case(), by=self.desk.person, recipient=person))

    async def delete_draft(self, press: Press) -> None:
        """Bytes and key: nothing of it is left (product: private until Send). A typed word asks first.

        A button of an earlier draft's card says nothing of the one there is now.
        """
        draft = await self.desk.draft()
        if draft is not None and press.case is None:
            return await self.say(await self._front(report.sure, draft.id, "delete"))
        if draft is None or press.case == draft.id:
            await self._erase(draft)
            await self.dialogs.leave()
        await self._word((await self.desk.scene()).say.plain("report.deleted"))

    async def start_over(self, press: Press) -> None:
        """The same press again, after it was cut off, finds the draft it began itself."""
        draft = await self.desk.draft()
        if draft is not None and press.case is None:
            return await self.say(await self._front(report.sure, draft.id, "over"))
        if draft is not None and press.case == draft.id and draft.id != self.desk.new_case():
            await self._erase(draft)
        await self.dialogs.begin_report(await self._draft())

    async def _erase(self, draft: Case | None) -> None:
        if draft is not None:
            await self.desk.office.caseworker.erase(draft.id)

    async def start_report(self, press: Press) -> None:
        await self.dialogs.begin_report(await self._draft())

    async def continue_draft(self, press: Press) -> None:
        """Where it was, with what day it is from; without a draft, the way in."""
        draft = await self.desk.draft()
        if draft is None:
            return await self.welcome()
        await self.dialogs.begin_report(draft.id, resumed=True)

    async def what_shared(self, press: Press) -> None:
        """The person's own things, each with [Vis]."""
        opened = await self.desk.open(CaseId(str(press.case)))
        case, person = opened.case, self.desk.person
        if case_line(case, person, self.desk.now()) is None:
            raise Refused("not_yours")
        mine = [item for item in case.evidence if item.given_by == person]
        lines = tuple(evidence_line(item, person, opened.texts) for item in mine)
        whose = own_deadlines if person in case.told else told_deadlines
        moments = whose(case, person, self.desk.now())
        scene = await self.desk.scene_of(case)
        leader = scene.name(case.recipient)
        card = front.what_shared(case.id, lines, scene, moments, leader, paper=person in case.told)
        await self.say(shown(card, scene))

    # -- replies -------------------------------------------------------------------------------------------------

    async def _always(self, draw: Callable[..., dict]) -> Shown:
        """A card in which nothing is the reader's own."""
        known, scenes = self.desk.office.always, self.desk.office.scenes
        guide = await scenes.guide(self.desk.place, self.desk.person)
        key = (scenes.standing.now, guide, draw.__name__, self.desk.record.language)
        if key not in known:
            known[key] = await self._front(draw)
        return known[key]

    async def _front(self, draw: Callable[..., dict], *given: Any) -> Shown:
        scene = await self.desk.scene()
        return shown(draw(*given, scene), scene)

    async def _draft_line(self):
        return next((line for line in await self.desk.lines() if line.state == "draft"), None)

    async def _refused(self, refused: Refused) -> None:
        await self._word(refusal(refused, await self.desk.scene()))

    async def say(self, what: Shown) -> None:
        await say(self.turn, what)

    async def _word(self, text: str) -> None:
        await self.say(Shown({}, "", text))

    VERBS: Mapping[str, Callable[["Reception", Press], Awaitable[None]]] = {
        "start_report": start_report,
        "continue_draft": continue_draft,
        "start_over": start_over,
        "delete_draft": delete_draft,
        "help": help,
        "my_cases": my_cases,
        "guide": guide,
        "guide_topic": guide_topic,
        "report_how": how,
        "language": language,
        "keep_message": offered_message,
        "leave_message": offered_message,
        "call_me": call_me,
        "choose_call": choose_call,
        "what_shared": what_shared,
    }
