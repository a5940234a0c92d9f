"""The first thing anybody meets: buttons outside the cases, typed words, and the way into a dialog."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from botbuilder.core import TurnContext

from bot import afterwords, drafts, own_words, speaking, suggested, which_case
from bot.acted_before import acted_before
from bot.answers import named_in, refusal
from bot.asked_first import asked_first
from bot.desk import Desk
from bot.dialog_turns import ADDING, DialogTurns
from bot.group_room import GroupRoom, out_of_place, pressed_in, without_mention
from bot.message_action import MessageAction
from bot.receiving import attachments
from bot.showing import answering
from bot.showing_custody import what_was_given
from bot.spoken import Spoken
from cards import evidence, front, report, suggestions
from cards.show import Shown, shown
from cards.verbs import Press, read_press
from casework.commands import AskForCall, GiveAccount, StartDraft, Written
from casework.vocabulary import CaseId, ItemId, PersonId, Refused
from dialogs import files
from dialogs.asking import say
from dialogs.known import Meaning


class Reception:
    """One message of one person."""

    @classmethod
    def takes(cls, press: Press) -> bool:
        """Whether a press is answered with messages only, so that the pressed card stays as it is."""
        return press.verb in cls.VERBS or press.verb in ADDING

    def __init__(self, desk: Desk, turn: TurnContext) -> None:
        self.desk, self.turn = desk, turn
        self.dialogs, self.spoken = DialogTurns(desk, turn), Spoken(desk)

    # -- messages ------------------------------------------------------------------------------------------------

    async def written(self) -> None:
        """Ordinary words and files in a personal chat."""
        text = (self.turn.activity.text or "").strip()
        meaning = self.spoken.exactly(text) if text else None
        telling = meaning is not None and own_words.telling(self, meaning, text)
        if meaning is not None and not telling and await self.acts_on(meaning, text):
            return
        if text and meaning is None and await self._guessed(text):
            return
        if await self.dialogs.go_on():
            return
        theirs = meaning is None or meaning.name in own_words.MAY_BE_TOLD
        await (self.kept(text) if theirs else self.welcome())  # "send", and the draft was sent already

    async def _guessed(self, text: str) -> bool:
        """A slip is forgiven; what looks like a command and is none is answered with the nearest. Never an account."""
        if self.dialogs.active:
            return await own_words.in_a_dialog(self, text)
        if attachments(self.turn.activity):
            return False
        found = await self.spoken.nearly(text)
        if found.suggestions:
            await self.say(await self.front(suggestions.suggestions, text, found.suggestions))
            return True
        return found.meaning is not None and await self.acts_on(found.meaning, found.words, slip=True)

    async def acts_on(self, meaning: Meaning, words: str, *, slip: bool = False) -> bool:
        """Act on a known word. False: it is for the dialog that is going on, or is nothing here."""
        if self.dialogs.active and self.dialogs.hears(meaning):
            return False
        try:
            asked, press = await self._press_or_asked(meaning, words)
            if asked:
                return True
        except Refused as refused:
            if own_words.tells(self, meaning, refused):
                return False
            await self._refused(refused)
            return True
        acted = await self._stands_for(meaning, press)
        if slip and press is not None:
            await afterwords.of_a_slip(self, meaning, press)
        return acted

    async def _press_or_asked(self, meaning: Meaning, words: str) -> tuple[bool, Press | None]:
        """Whether something had to be asked first; else the press it stands for."""
        if again := await acted_before(meaning, self.desk):
            return False, again
        desk = await which_case.desk_meant(self, meaning, words)
        if desk is None or await self._asked(meaning, desk):
            return True, None
        return False, await Spoken(desk).press(meaning)

    async def _asked(self, meaning: Meaning, desk: Desk) -> bool:
        """Whether something had to be asked first: of which step it is, or to whom it goes, or if it was meant."""
        if steps := await Spoken(desk).which_step(meaning):
            await self.say(await self.front(suggestions.which_step, steps, which_case.only(desk)))
            return True
        return await asked_first(self, desk, meaning)

    async def _stands_for(self, meaning: Meaning, press: Press | None) -> bool:
        if meaning.name in ("connect", "disconnect"):
            await self._refused(Refused("only_in_channel"))
        elif press is not None:
            before = await afterwords.undone_before(self, press)
            await self.press(press)
            await afterwords.of_an_hour(self, press)
            await afterwords.of_undoing(self, press, before)
        elif self.dialogs.active or meaning.name in own_words.MAY_BE_TOLD:
            return False
        else:
            await self._nothing_goes_on(meaning)
        return True

    async def _nothing_goes_on(self, meaning: Meaning) -> None:
        """ "ja" with nothing asked: no account begins with it. "stop", and what was written before is kept already."""
        if meaning.name == "thanks":
            return await self.word((await self.desk.scene()).say.plain("suggestion.thanks"))
        draft = await self.desk.draft() if meaning.name == "stop" else None
        if draft is None and meaning.name == "stop" and await self.desk.lines():
            return await self.word((await self.desk.scene()).say.plain("evidence.over.already"))
        if draft is None:
            return await self.say(await self.front(front.kept, None))
        await self.say(await self.front(report.stopped, await self.desk.draft_view(draft.id)))

    async def kept(self, text: str) -> None:
        """Words that are no known word are kept, and offered as the beginning of the account. Files as evidence."""
        brought = attachments(self.turn.activity)
        if not text and not brought:
            return await self.welcome()
        if brought or not await own_words.asked_where(self, text):
            await self.keep(text)

    async def keep(self, text: str) -> None:
        """Into the draft, with the files of this message."""
        case = await self.draft()
        if text:
            account = Written(ItemId(self.desk.new_id("item")), text)
            await self.desk.carry_out(GiveAccount(case=case, by=self.desk.person, account=account))
        await files.receive(self.turn, case)
        await self.say(await self.front(front.kept, await self.draft_line()))

    async def draft(self) -> CaseId:
        draft = await self.desk.draft()
        if draft is not None:
            return draft.id
        return (await self.desk.carry_out(StartDraft(case=self.desk.new_case(), by=self.desk.person))).id

    async def in_public(self) -> None:
        """In a channel or group chat: its group's connection, its language, and nothing else."""
        try:
            if press := pressed_in(without_mention(self.turn.activity)):
                return await self.press(press)
            await self.word(await GroupRoom(self.desk).answer(without_mention(self.turn.activity)))
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
            return await self.word((await self.desk.scene()).say.plain("welcome.channel.body"))
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
        await self.say(await self.front(front.welcome, await self.draft_line(), bool(await self.desk.lines())))

    async def help(self, press: Press) -> None:
        await self.say(await self._always(front.help_in_a_case if await self.desk.leads() else front.help))

    async def my_cases(self, press: Press) -> None:
        await self.say(await self.front(front.my_cases, await self.desk.lines()))

    async def guide(self, press: Press) -> None:
        await self.say(await self._always(front.guide))

    async def guide_topic(self, press: Press) -> None:
        await self.say(await self.front(front.guide_topic, str(press.args.get("topic"))))

    async def how(self, press: Press) -> None:
        """How to secure it on this device, outside a report too (H12)."""
        if press.args["device"] not in evidence.DEVICES:
            raise Refused("unreadable_card")
        self.desk.holds(press.args["device"])
        await self.say(await self.front(evidence.how, press.args["device"]))

    async def offered_message(self, press: Press) -> None:
        """[Gem] and [Gem ikke] outside their window: the same is done, and said here."""
        await self.word(await MessageAction(self.desk).press(press))

    async def call_me(self, press: Press) -> None:
        """No form: choose whom, one press."""
        kept_out = await self.desk.kept_out()
        people = tuple(person for person in await self.desk.companions() if person not in kept_out)
        scene = await self.desk.scene(*people)
        await self.say(shown(front.call_chooser(people, scene), scene))

    async def choose_call(self, press: Press) -> None:
        person = PersonId(str(press.args.get("person")))
        if person not in await self.desk.companions():
            raise Refused("person_unknown")
        how = {"excluded": await self.desk.kept_out(), "patience": self.desk.patience()}
        await self.desk.done(AskForCall(case=self.desk.new_case(), by=self.desk.person, recipient=person, **how))

    async def start_report(self, press: Press) -> None:
        await self.dialogs.begin_report(await self.draft())

    async def continue_draft(self, press: Press) -> None:
        """Where it was, with what day it is from; without a draft, the way in."""
        draft = await self.desk.draft()
        if draft is None:
            return await self.welcome()
        await self.dialogs.begin_report(draft.id, resumed=True)

    async def what_shared(self, press: Press) -> None:
        """The person's own things, each with [Vis]."""
        await self.say(await what_was_given(self.desk, CaseId(str(press.case))))

    # -- replies -------------------------------------------------------------------------------------------------

    async def _always(self, draw: Callable[..., dict]) -> Shown:
        """A card in which nothing is the reader's own."""
        known, scenes = self.desk.office.always, self.desk.office.scenes
        guide = await scenes.guide(self.desk.place, self.desk.person)
        key = (scenes.standing.now, guide, draw.__name__, self.desk.record.language)
        if key not in known:
            known[key] = await self.front(draw)
        return known[key]

    async def front(self, draw: Callable[..., dict], *given: Any, **how: Any) -> Shown:
        scene = await self.desk.scene()
        return shown(draw(*given, scene, **how), scene)

    async def draft_line(self):
        return next((line for line in await self.desk.lines() if line.state == "draft"), None)

    async def _refused(self, refused: Refused) -> None:
        await self.word(refusal(refused, await self.desk.scene(*named_in(refused))))

    async def say(self, what: Shown) -> bool:
        """Whether the channel has taken it."""
        activity = await say(self.turn, what)
        self.desk.record.stands(what.card_of, activity)
        return bool(activity)

    async def word(self, text: str) -> None:
        await self.say(Shown({}, "", text))

    VERBS: Mapping[str, Callable[["Reception", Press], Awaitable[None]]] = {
        "start_report": start_report,
        "continue_draft": continue_draft,
        "start_over": drafts.start_over,
        "delete_draft": drafts.delete_draft,
        "help": help,
        "my_cases": my_cases,
        "guide": guide,
        "guide_topic": guide_topic,
        "report_how": how,
        "language": speaking.language,
        "keep_message": offered_message,
        "leave_message": offered_message,
        "say_words": suggested.say_words,
        "say_in_case": suggested.say_in_case,
        "keep_words": suggested.keep_words,
        "send_words": own_words.send_words,
        "begin_words": own_words.begin_words,
        "call_me": call_me,
        "choose_call": choose_call,
        "what_shared": what_shared,
    }
