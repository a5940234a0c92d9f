"""Whole stories over a failing channel: every notice arrives, legal reminders at most once too often, decisions once.

Back-off runs on a time of the test's own, so nothing sleeps.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientTimeout

from bot.keeping.records import card_key
from bot.reaching.ways import WayClosed
from bot.rehearsal.chat import Chat
from bot.rehearsal.faults import Fault, Received
from bot.rehearsal.messages import Message
from bot.rehearsal.pressing import buttons
from cards.show import as_text
from casework.vocabulary import Stage
from tests.crafted import Crafted, press
from tests.story import FORMS, ORDINARY, Story, local, story

WAITING = {"Retry-After": "120"}
LOST_ANSWER = "done, and the connection breaks"
NOT_TAKEN: dict[str, tuple[Any, dict[str, str]]] = {
    "429 with Retry-After": (429, WAITING),
    "412": (412, {}),
    "503 with Retry-After": (503, WAITING),
    "500": (500, {}),
    "502": (502, {}),
    "503": (503, {}),
    "504": (504, {}),
    "no answer": ("timeout", {}),
}
"""What goes wrong, and nothing is done."""
EVERY = {**NOT_TAKEN, LOST_ANSWER: ("drop_after", {})}
EACH_KIND = ("429 with Retry-After", "500", "no answer", LOST_ANSWER)
"""One of each kind the outbox tells apart, and the one that was taken all the same."""
NOT_WAITED_FOR = ClientTimeout(total=0.5)
"""Only where no answer comes: on a busy machine a good answer may take its time, and would then count as none."""
BEGUN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FIRST_REMINDER = local(2026, 11, 22, 14, 10)


@dataclass
class FailingStory:
    """A story with faults, and with a time for back-off that is moved."""

    s: Story
    now: datetime = BEGUN

    def goes_wrong(self, how: str, where: Callable[[Received], bool], times: int = 1) -> None:
        what, headers = EVERY[how]
        if what == "timeout":
            self.s.app.edge.connector.timeout = NOT_WAITED_FOR
        self.s.channel.faults.append(Fault(what, headers, times, where))

    async def until_all_is_said(self, within: timedelta = timedelta(hours=3)) -> None:
        """Time for back-off passes until nothing waits. AssertionError when something still does after so long."""
        ends = self.now + within
        await self.s.app.outbox.once()
        while rows := await self.s.app.store.pending():
            ahead = [row.not_before for row in rows if row.not_before and row.not_before > self.now]
            assert ahead and min(ahead) <= ends, [row.notice for row in rows]
            self.now = min(ahead)
            await self.s.app.outbox.once()

    async def comes_to(self, moment: datetime) -> None:
        """It is that moment in the cases; what is due is put into the outbox, and time for back-off passes."""
        self.s.clock.move_to(moment)
        await self.s.app.round.once()
        await self.until_all_is_said()

    def cards(self, chat: Chat, verb: str) -> list[Message]:
        """The messages that stand in the chat with such a button."""
        return [one for one in chat.messages if one.card and not one.deleted and verb in _verbs(one)]

    async def current(self, chat: Chat, kind: str = "case") -> Message | None:
        """The card of Mette's case in that chat, as the bot knows it."""
        record = await self.s.app.office.records.get(chat.id)
        return chat.conversation.find(record.cards.get(card_key((await self.s.case()).id, kind)))


def _verbs(message: Message) -> set[str]:
    return {(button.action.get("data") or {}).get("press", {}).get("verb", "") for button in buttons(message.card)}


async def _at_once(seconds: float) -> None:
    """The connector's own pauses."""


@asynccontextmanager
async def failing_story(*, lets_go: bool = False) -> AsyncIterator[FailingStory]:
    """`lets_go`: the story ends with a notice that is let go, which is logged as a fault."""
    async with story(breaks=lets_go) as s:
        yield failing(s)


def failing(s: Story) -> FailingStory:
    """The time for back-off of the bot as it runs now is the test's."""
    found = FailingStory(s)
    s.app.outbox.real_now = lambda: found.now
    s.app.edge.connector.pause = _at_once
    return found


def posts_to(chat: Chat) -> Callable[[Received], bool]:
    return lambda request: request.method == "POST" and chat.id in request.path


def updates_in(chat: Chat) -> Callable[[Received], bool]:
    return lambda request: request.method == "PUT" and chat.id in request.path


def anything(request: Received) -> bool:
    return request.path.startswith("/v3/conversations")


async def ready_to_send(f: FailingStory, leader: str = "jonas") -> None:
    """The group is connected, Jonas can be reached, and Mette has told everything but not sent it."""
    await f.s.connect_group()
    await f.s.jonas.install()
    answers = {**ORDINARY, "recipient": f.s.id(leader)}
    await f.s.mette.say("noget er sket")
    for form in FORMS:
        await f.s.mette.press("Næste", {name: answers[name] for name in form if name in answers})


async def sent(f: FailingStory) -> None:
    await ready_to_send(f)
    await f.s.mette.press("Send")
    await f.until_all_is_said()


async def happened(f: FailingStory, fact: str) -> int:
    return (await f.s.facts()).count(fact)


# -- notices ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", NOT_TAKEN)
async def test_the_leaders_first_notice_arrives_once_however_often_it_was_not_taken(how: str):
    async with failing_story() as f:
        await ready_to_send(f)
        f.goes_wrong(how, posts_to(f.s.jonas), times=8)
        await f.s.mette.press("Send")
        await f.until_all_is_said()

        assert f.s.channel.faults == []
        assert f.cards(f.s.jonas, "open_case") == [await f.current(f.s.jonas)]


async def test_a_first_notice_that_came_without_our_hearing_of_it_comes_once_more_and_the_last_one_is_kept_current():
    async with failing_story() as f:
        await ready_to_send(f)
        f.goes_wrong(LOST_ANSWER, posts_to(f.s.jonas))
        await f.s.mette.press("Send")
        await f.until_all_is_said()
        cards = f.cards(f.s.jonas, "open_case")

        assert len(cards) == 2 and cards[-1] == await f.current(f.s.jonas)


@pytest.mark.parametrize("how", EACH_KIND)
async def test_a_leader_who_was_never_met_is_reached_although_the_first_contact_fails(how: str):
    async with failing_story() as f:
        await ready_to_send(f, leader="karin")
        f.goes_wrong(how, lambda request: request.path == "/v3/conversations", times=8)
        await f.s.mette.press("Send")
        await f.until_all_is_said()

        assert f.s.channel.faults == []
        assert f.cards(f.s.karin, "open_case") == [await f.current(f.s.karin)]


@pytest.mark.parametrize("how", EACH_KIND[:-1])
async def test_the_groups_notice_arrives_once_however_often_it_was_not_taken(how: str):
    async with failing_story() as f:
        await ready_to_send(f)
        f.goes_wrong(how, posts_to(f.s.group), times=8)
        await f.s.mette.press("Send")
        await f.until_all_is_said()

        assert f.s.channel.faults == []
        assert f.cards(f.s.group, "take_step") == [await f.current(f.s.group, "group")]


@pytest.mark.parametrize("how", EVERY)
async def test_a_legal_reminder_that_fails_once_arrives_and_at_most_once_too_often(how: str):
    async with failing_story() as f:
        await sent(f)
        before = f.s.jonas.messages
        f.goes_wrong(how, posts_to(f.s.jonas))
        await f.comes_to(FIRST_REMINDER)
        new = [one for one in f.s.jonas.messages if one not in before and not one.edited]

        assert f.s.channel.faults == [] and await happened(f, "reminded") == 1
        assert len(new) == (2 if how == LOST_ANSWER else 1)


async def test_a_legal_reminder_whose_answer_is_always_lost_comes_twice_and_never_again():
    async with failing_story(lets_go=True) as f:
        await sent(f)
        before = f.s.jonas.messages
        f.goes_wrong(LOST_ANSWER, posts_to(f.s.jonas), times=100)
        await f.comes_to(FIRST_REMINDER)

        assert len([one for one in f.s.jonas.messages if one not in before and not one.edited]) == 2


@pytest.mark.parametrize("how", ["429 with Retry-After", "412", "503 with Retry-After"])
async def test_a_legal_reminder_arrives_once_after_an_hour_in_which_nothing_was_taken(how: str):
    async with failing_story() as f:
        await sent(f)
        before, ends = f.s.jonas.messages, f.now + timedelta(hours=1)
        f.goes_wrong(how, lambda request: f.now < ends and anything(request), times=10_000)
        await f.comes_to(FIRST_REMINDER)

        assert f.now >= ends
        assert len([one for one in f.s.jonas.messages if one not in before and not one.edited]) == 1


async def test_a_legal_reminder_does_not_wait_behind_a_card_that_cannot_be_changed():
    async with failing_story() as f:
        await sent(f)
        f.goes_wrong("500", updates_in(f.s.jonas), times=30)
        await f.s.jonas.press(f.s.button(f.s.jonas, "open_case")[1])
        await f.s.app.settled()
        before = f.s.jonas.messages
        f.s.clock.move_to(FIRST_REMINDER)
        await f.s.app.settled()

        assert {row.notice["kind"] for row in await f.s.app.store.pending()} == {"case"}
        assert len([one for one in f.s.jonas.messages if one not in before and not one.edited]) == 1


@pytest.mark.parametrize("how", EACH_KIND)
async def test_a_card_that_could_not_be_changed_is_changed_later_and_no_other_comes(how: str):
    async with failing_story() as f:
        await sent(f)
        there = len(f.s.mette.messages)
        await f.s.jonas.press(f.s.button(f.s.jonas, "open_case")[1])
        f.goes_wrong(how, updates_in(f.s.mette), times=7)
        await f.s.jonas.press(f.s.button(f.s.jonas, "mark_seen")[1])
        await f.until_all_is_said()

        assert f.s.channel.faults == []
        assert "har set det" in as_text((await f.current(f.s.mette)).card)
        assert len(f.s.mette.messages) == there


@pytest.mark.parametrize("how", EACH_KIND)
async def test_an_old_card_that_cannot_be_taken_away_brings_no_second_new_one(how: str):
    async with failing_story() as f:
        await sent(f)
        await f.s.mette.press(f.s.button(f.s.mette, "add_evidence")[1])
        there = len(f.s.jonas.messages)
        f.goes_wrong(how, lambda request: request.method == "DELETE", times=3)
        await f.s.mette.say("De har skrevet igen.")
        await f.until_all_is_said()

        assert "DELETE" in [request.method for request in f.s.channel.received]
        assert len(f.s.jonas.messages) == there + 1
        assert f.s.jonas.messages[-1] == await f.current(f.s.jonas)


async def test_a_night_without_the_channel_loses_no_first_notice():
    async with failing_story() as f:
        await ready_to_send(f)
        ends = f.now + timedelta(hours=8)
        f.goes_wrong("500", lambda request: f.now < ends and anything(request), times=10_000)
        await f.s.mette.press("Send")
        await f.until_all_is_said(within=timedelta(hours=10))

        assert f.cards(f.s.jonas, "open_case") == [await f.current(f.s.jonas)]
        assert f.cards(f.s.group, "take_step") == [await f.current(f.s.group, "group")]


# -- people who cannot be reached ------------------------------------------------------------------------------------


async def test_whoever_blocked_the_bot_gets_everything_when_they_write_again():
    async with failing_story() as f:
        await ready_to_send(f)
        f.s.shut("jonas", "karin", "birgit")  # nor can anybody after the leader be reached
        f.s.ways.install_fails = WayClosed("not_set_up")
        await f.s.mette.press("Send")
        await f.s.app.settled()
        assert f.cards(f.s.jonas, "open_case") == []
        assert len(f.cards(f.s.group, "take_step")) == 1  # nobody else waits for it

        f.s.channel.unreachable.clear()
        await f.s.jonas.say("hej")
        await f.s.app.settled()
        assert f.cards(f.s.jonas, "open_case") == [await f.current(f.s.jonas)]


@pytest.mark.parametrize("status", [403, 404])
async def test_whoever_was_out_of_reach_for_a_while_is_tried_again_by_itself(status: int):
    async with failing_story() as f:
        await ready_to_send(f)
        f.s.channel.faults.append(Fault(status, match=posts_to(f.s.jonas)))
        await f.s.mette.press("Send")
        await f.until_all_is_said()

        assert f.cards(f.s.jonas, "open_case") == [await f.current(f.s.jonas)]


# -- decisions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", EACH_KIND)
async def test_words_whose_reply_is_lost_are_kept_once_and_the_report_goes_on(how: str):
    async with failing_story() as f:
        await f.s.mette.say("noget er sket")
        await f.s.mette.press("Næste", {"whom": "me"})
        f.goes_wrong(how, anything, times=3)
        answer = await f.s.mette.say("De har skrevet igen.")
        f.s.channel.faults.clear()
        await f.s.mette.press("Næste", {"forms": "threats"})

        assert answer.ok and await happened(f, "account_given") == 1
        assert "Hvornår" in as_text(f.s.mette.last_card)


@pytest.mark.parametrize("how", EACH_KIND)
async def test_a_send_whose_every_reply_is_lost_is_one_open_case_and_the_leader_hears_of_it(how: str):
    async with failing_story() as f:
        await ready_to_send(f)
        f.goes_wrong(how, anything, times=12)
        answer = await f.s.mette.press("Send")
        await f.s.channel.redeliver(f.s.mette)
        await f.until_all_is_said()

        assert answer.ok and await happened(f, "report_sent") == 1
        assert (await f.s.case()).stage is Stage.OPEN and len(await f.s.cases("mette")) == 1
        assert await f.current(f.s.jonas) in f.cards(f.s.jonas, "open_case")


@pytest.mark.parametrize("how", EACH_KIND)
async def test_a_step_is_done_once_while_nothing_can_be_sent_to_anybody(how: str):
    async with failing_story() as f:
        await sent(f)
        await f.s.jonas.press(f.s.button(f.s.jonas, "open_case")[1])
        await f.s.jonas.say("åbn 1")
        button = f.s.button(f.s.jonas, "complete_step", step="talk")[1]
        f.goes_wrong(how, anything, times=12)
        answer = await f.s.jonas.press(button)
        await f.s.jonas.press(button)
        await f.until_all_is_said()

        assert answer.ok and answer.card and await happened(f, "step_completed") == 1


# -- an answer that only a message would have told ---------------------------------------------------------------------


@pytest.mark.parametrize("how", EACH_KIND)
async def test_while_no_message_is_taken_a_press_is_still_answered_in_words(how: str):
    async with failing_story() as f:
        await sent(f)
        case = (await f.s.case()).id
        f.goes_wrong(how, posts_to(f.s.jonas), times=1000)
        refused = await press(f.s.jonas, Crafted("make_package", {"package": "police"}), case)
        shown = await press(f.s.jonas, Crafted("show_packages"), case)
        f.s.channel.faults.clear()

        assert "Filen kunne ikke gøres klar" in refused.words, (
            "It is said why, though the message that would say it is lost."
        )
        assert "Teams kunne ikke vise svaret fra Værn" in shown.words
