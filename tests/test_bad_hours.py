"""What people do in a case that goes on, in an hour without the channel, and killed at a message: it ends as it would
have. The bot that is killed is a process of its own (`tests/bot_process.py`).
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.caseworker import Caseworker
from bot.rehearsal.chat import Chat
from bot.rehearsal.faults import Fault, Received
from bot.rehearse import local_settings
from cards.show import as_text
from casework.case import Case
from casework.commands import Command, MoveCase
from casework.vocabulary import VAERN, CaseId, Stage
from tests.acts import Act
from tests.acts_of_a_case import LATER_ACTS, another_was_asked_to_ring, before_an_oral_answer, long_closed, says
from tests.bot_process import BotProcess
from tests.story import SECRET, Story, said, story
from tests.test_channel_faults import EVERY, anything, failing
from tests.test_redelivery import chat_of, state
from tests.test_stories_to_whom import two_cases

HOUR = timedelta(hours=1)
LATE = datetime(2100, 1, 1, tzinfo=UTC)
"""Later than whatever a bot that was killed has put off, on the machine's time."""
BAD_HOURS = ("429 with Retry-After", "503")
ONLY_SHOWN: dict[str, tuple[Callable[[Story], Awaitable[None]], Act, str]] = {
    "the case is asked for": (before_an_oral_answer, says("mette", "vis sagen"), "mette"),
    "a message is asked about": (two_cases, says("jonas", "skriv besked Jeg ringer i morgen"), "jonas"),
    "free words are asked about": (before_an_oral_answer, says("mette", "Jeg kan ikke sove."), "mette"),
}
"""Nothing is decided; a card is shown, or words are kept until it is said where they belong."""
KILLED_IN = LATER_ACTS | ONLY_SHOWN
every_act = pytest.mark.parametrize("name", LATER_ACTS)


async def left(s: Story) -> dict[str, Any]:
    """What is in every case; how everybody's cards stand in their chats, and the words that lie there."""
    return {**await state(s), **{chat.id: await _cards(s, chat.id) for chat in s.channel.chats}}


async def _cards(s: Story, chat: str) -> dict[str, str]:
    record, conversation = await s.app.office.records.get(chat), s.channel.conversations.by_id[chat]
    found = {key: conversation.find(activity) for key, activity in (record.cards if record else {}).items()}
    there = {key: one for key, one in found.items() if one is not None and not one.deleted}
    return {key: as_text(one.card) for key, one in there.items()} | (record.words if record else {})


REPLIES = ("step", "messages", "analysis", "points")
"""Cards that answer what somebody did: lost with the answer, and shown again when it is asked for."""


def differs(found: dict[str, Any], usual: dict[str, Any], but: Chat) -> list[tuple[str, str]]:
    """What is in one of them only; `but` the answers in the chat of whoever did it."""
    ends = (
        (one, key) for one in usual.keys() | found.keys() for key in _parts(found.get(one)) ^ _parts(usual.get(one))
    )
    return [(one, key) for one, key in ends if one != but.id or key.partition("|")[2].split("|")[0] not in REPLIES]


def _parts(kept: Any) -> set[str]:
    if isinstance(kept, dict):
        return {f"{key}: {text}" for key, text in kept.items()}
    return {str(event) for event in kept[0]} | {str(kept[1:])} if kept else set()


def standing(s: Story) -> Counter[str]:
    """How many messages of Værn's stand in each chat."""
    return Counter(
        chat.id for chat in s.channel.chats for one in chat.messages if one.sender == VAERN and not one.deleted
    )


def too_many(s: Story, usual: Counter[str]) -> list[str]:
    """Chats in which more is there twice than one of each card: cards of one chat that are for several people, or of
    several things, may all be on their way when it dies.
    """
    extra, twice = standing(s) - usual, {chat.id: _there_twice(chat) for chat in s.channel.chats}
    return [chat for chat, copies in extra.items() if copies > max(1, len(twice[chat]))]


def _there_twice(chat: Chat) -> list[str]:
    cards = (as_text(one.card) for one in chat.messages if one.sender == VAERN and one.card and not one.deleted)
    heads = Counter("\n".join(words.splitlines()[:3]) for words in cards)
    return [head for head, copies in heads.items() if copies > 1]


USUAL: dict[str, tuple[dict[str, Any], Counter[str]]] = {}
"""How each act ends where nothing goes wrong, as far as it was asked."""


async def usually(name: str) -> tuple[dict[str, Any], Counter[str]]:
    if name not in USUAL:
        USUAL[name] = await _usually(name)
    return USUAL[name]


async def _usually(name: str) -> tuple[dict[str, Any], Counter[str]]:
    async with story() as s:
        prepare, act, _ = KILLED_IN[name]
        await prepare(s)
        await s.settled()
        assert (await act(s)).ok
        return await left(s), standing(s)


@every_act
async def test_after_an_hour_in_which_nothing_was_taken_everybody_reads_what_they_would_have(name: str):
    usual, _ = await usually(name)
    how = BAD_HOURS[list(LATER_ACTS).index(name) % 2]
    async with story() as s:
        prepare, act, who = LATER_ACTS[name]
        await prepare(s)
        await s.settled()
        f = failing(s)
        ends, (what, headers) = f.now + HOUR, EVERY[how]
        s.channel.faults.append(Fault(what, headers, 10_000, lambda request: f.now < ends and anything(request)))
        assert (await act(s)).ok
        await f.until_all_is_said()

        assert s.channel.faults[0].count < 10_000
        assert differs(await left(s), usual, but=chat_of(s, who)) == []


# -- killed ----------------------------------------------------------------------------------------------------------


async def killed(s: Story, name: str, folder: Path, *, taken: bool) -> None:
    """The bot is killed at its first message, before the channel takes it or right after, and starts again; whatever
    had no answer is said again."""
    prepare, act, who = KILLED_IN[name]
    await prepare(s)
    await s.settled()
    await s.stop()
    async with AsyncExitStack() as stack:
        bot = BotProcess(folder, local_settings(s.channel, s.settings, SECRET), s.folder, s.clock.now().isoformat())
        stack.push_async_callback(bot.close)
        await bot.launch()
        assert await bot.listening(), bot.log()
        s.channel.bot_url = f"{bot.address}/api/messages"
        died = dies_at_its_first_message(s, bot, taken=taken)
        answer = await act(s)
        async with asyncio.timeout(30):
            await died.wait()
    s.channel.faults.clear()
    await s.start()
    if not answer.ok:
        await s.channel.redeliver(chat_of(s, who))
    f = failing(s)
    f.now = LATE
    await f.until_all_is_said()


def dies_at_its_first_message(s: Story, bot: BotProcess, *, taken: bool) -> asyncio.Event:
    died = asyncio.Event()

    def strikes(*_: object) -> None:
        bot.strike()
        died.set()

    def before(request: Received) -> bool:
        if writes(request):
            strikes()
        return writes(request)

    if taken:
        s.channel.watch(lambda _, message: strikes() if message.sender == VAERN else None)
    else:
        s.channel.faults.append(Fault("timeout", match=before))
    return died


def writes(request: Received) -> bool:
    return anything(request) and request.method in ("POST", "PUT")


@pytest.mark.parametrize("name", KILLED_IN)
@pytest.mark.parametrize("taken", [False, True])
async def test_killed_at_a_message_it_ends_as_it_would_have_with_one_copy_of_a_card_too_many_at_most(
    name, taken, tmp_path
):
    usual, messages = await usually(name)
    async with story() as s:
        await killed(s, name, tmp_path, taken=taken)

        assert differs(await left(s), usual, but=chat_of(s, KILLED_IN[name][2])) == []
        assert too_many(s, messages) == []


# -- two at once -----------------------------------------------------------------------------------------------------


class Meanwhile:
    """Alongside the caseworker: that happens once, after a case was read and before anything is written to it."""

    def __init__(self, worker: Caseworker, what: Callable[[CaseId], Awaitable[object]]) -> None:
        self.worker, self.what, self.others = worker, what, worker.alongside
        worker.alongside = (self, *worker.alongside)

    async def before(self, case: Case, command: Command) -> None:
        if self in self.worker.alongside:
            self.worker.alongside = self.others
            await self.what(case.id)

    def after(self, case: Case, command: Command) -> None: ...

    async def erased(self, case: CaseId) -> None: ...

    async def stays(self, case: CaseId) -> None: ...


@every_act
async def test_a_case_that_goes_under_somebodys_hand_is_answered_and_nothing_of_it_comes_back(name: str):
    async with story() as s:
        prepare, act, _ = LATER_ACTS[name]
        await prepare(s)
        await s.settled()
        gone: list[CaseId] = []

        async def goes(case: CaseId) -> None:
            gone.append(case)
            await s.app.office.caseworker.erase((await s.app.office.caseworker.open(case)).case)

        Meanwhile(s.app.office.caseworker, goes)
        before = await state(s)
        assert (await act(s)).ok
        await s.settled()

        (case,) = gone
        assert await state(s) == {id: kept for id, kept in before.items() if id != case}
        assert await s.app.store.pending() == ()


NOT_HIS_ALONE = (long_closed, another_was_asked_to_ring)
OF_JONAS = [name for name, (before, _, who) in LATER_ACTS.items() if who == "jonas" and before not in NOT_HIS_ALONE]


@pytest.mark.parametrize("name", OF_JONAS)
async def test_a_case_that_is_moved_under_its_leaders_hand_has_nothing_of_what_they_did(name: str):
    async with story() as s:
        prepare, act, _ = LATER_ACTS[name]
        await prepare(s)
        await s.settled()
        worker = s.app.office.caseworker

        async def goes_on(case: CaseId) -> None:
            had = (await worker.open(case)).case.recipient
            await worker.carry_out(MoveCase(case=case, by=VAERN, former=had, to=s.id("birgit")))

        Meanwhile(worker, goes_on)
        before, asked = await state(s), {one.id for one in await s.cases("jonas")}
        assert (await act(s)).ok
        await s.settled()

        after = await state(s)
        new = [event for id in asked for event in after[id][0][len(before[id][0]) :]]
        assert {event["event"] for event in new} >= {"case_handed_on"}
        assert [event for event in new if event["by"] == s.id("jonas")] == []


async def test_a_case_is_not_closed_over_words_that_are_written_as_the_leader_closes_it():
    async with story() as s:
        prepare, closes, _ = LATER_ACTS["the case is closed"]
        await prepare(s)
        Meanwhile(s.app.office.caseworker, lambda _: s.mette.say("skriv besked Han skrev igen i dag."))
        await closes(s)
        await s.settled()

        assert (await s.case()).stage is Stage.OPEN and (await s.facts())[-1] == "message_written"
        assert s.has(s.jonas, "open_messages", person=s.id("mette"))


async def test_words_written_as_the_leader_closes_the_case_are_kept_in_it_and_reach_the_leader():
    async with story() as s:
        prepare, closes, _ = LATER_ACTS["the case is closed"]
        await prepare(s)
        Meanwhile(s.app.office.caseworker, lambda _: closes(s))
        await s.mette.say("skriv besked Tak for nu.")
        await s.settled()
        await s.jonas.say("vis beskeder")

        assert (await s.facts())[-2:] == ["case_closed", "message_written"]
        assert (await s.case()).stage is Stage.CLOSED


# -- words that are asked about --------------------------------------------------------------------------------------

HERS = "Det er skrevet igen, og jeg ved ikke, hvad jeg skal gøre."


def questions(chat: Chat) -> int:
    return sum(HERS in as_text(card) for card in chat.cards)


@pytest.mark.parametrize("how", BAD_HOURS)
@pytest.mark.parametrize("next_thing", ["mine sager", "show_case"])
async def test_words_whose_question_was_not_taken_are_asked_about_at_the_next_thing_done_in_that_chat(how, next_thing):
    async with story() as s:
        await s.report(s.mette)
        what, headers = EVERY[how]
        await s.mette.say("mine sager")
        failing(s)
        s.channel.faults.append(Fault(what, headers, 10_000, anything))
        await s.mette.say(HERS)
        assert not s.has(s.mette, "send_words")
        s.channel.faults.clear()
        await s.restart()
        await (s.mette.say(next_thing) if " " in next_thing else s.does(s.mette, next_thing))
        assert s.has(s.mette, "send_words") and questions(s.mette) == 1
        await s.mette.say("hjælp")
        assert questions(s.mette) == 1, "Asked once."
        await s.does(s.mette, "send_words")
        await s.opened(s.jonas)
        await s.jonas.say("vis beskeder")

        assert HERS in said(s.jonas)
