"""Cards that the leader has opened say how things stand, also when somebody else has answered meanwhile."""

from dataclasses import replace

import pytest

from bot.keeping.records import card_key
from bot.rehearsal.chat import Chat
from bot.rehearsal.messages import Message
from cards.show import as_text
from tests.story import Story, said, story


async def waits_for_an_answer(s: Story) -> None:
    """Mette has told it, and Jonas has asked her on the card of step 16."""
    await s.report(s.mette)
    await s.opened(s.jonas)
    for step in ("talk", "legal_staff"):
        await s.step(s.jonas, step)
    await s.step(s.jonas, "police_consent", "ask_consent", kind="police")


async def standing(s: Story, kind: str, about: str) -> Message | None:
    """The message that carries that card of Jonas'."""
    record = await s.app.office.records.of_person(s.id("jonas"))
    return at(s.jonas, record.cards.get(card_key((await s.case()).id, kind, about), ""))


def at(chat: Chat, id: str) -> Message | None:
    return next((message for message in chat.messages if message.id == id), None)


def text(message: Message) -> str:
    return as_text(message.card).replace("\xa0", " ")


async def test_the_open_card_of_an_accept_changes_where_it_stands_when_the_person_answers_and_nothing_new_comes():
    async with story() as s:
        await waits_for_an_answer(s)
        before = await standing(s, "step", "police_consent")
        assert "ikke svaret endnu" in text(before)
        cards = [message.id for message in s.jonas.messages]
        await s.does(s.mette, "answer_consent", kind="police", answer="yes")

        after = at(s.jonas, before.id)
        assert "ikke svaret endnu" not in text(after) and "ja" in text(after).lower()
        new = [message for message in s.jonas.messages if message.id not in cards]
        assert len(new) == 1 and s.has(s.jonas, "show_plan"), "The case card came anew, as before, and no step card."


async def test_what_was_answered_while_the_house_was_down_stands_on_the_open_card_when_it_is_up_again():
    async with story() as s:
        await waits_for_an_answer(s)
        before = await standing(s, "step", "police_consent")
        message, action = s.button(s.mette, "answer_consent", kind="police", answer="yes")
        s.channel.unreachable |= {s.id("jonas")}
        await s.mette.press(action, card=message)
        await s.restart()
        s.channel.unreachable -= {s.id("jonas")}
        await s.jonas.say("hjælp")
        await s.settled()

        assert "ikke svaret endnu" not in text(at(s.jonas, before.id))


async def test_a_card_that_nobody_has_opened_or_that_was_taken_away_is_not_sent():
    async with story() as s:
        await waits_for_an_answer(s)
        opened = await standing(s, "step", "police_consent")
        await s.channel.show(s.jonas.conversation, replace(opened, deleted=True, card=None))
        before = [message.id for message in s.jonas.messages]
        await s.does(s.mette, "answer_consent", kind="police", answer="yes")

        new = [one for one in s.jonas.messages if one.id not in before and not one.deleted]
        assert await standing(s, "step", "police_outcome") is None
        assert [text(message).split("\n")[1] for message in new] == ["Mette Lund"], "The case card, and no step's."


async def test_the_leaders_card_of_what_was_agreed_changes_where_it_stands_when_the_person_says_that_it_fits():
    async with story() as s:
        await waits_for_an_answer(s)
        await s.step(s.jonas, "talk", "show_points")
        await s.does(s.jonas, "agree_points", {"help": "En psykolog."})
        before = await standing(s, "points", s.id("mette"))
        told = text(before)
        count = len(s.jonas.messages)
        await s.does(s.mette, "points_fit")

        after = at(s.jonas, before.id)
        assert text(after) != told and len(s.jonas.messages) == count


async def test_cards_that_change_where_they_stand_are_none_of_the_days_six_messages():
    async with story() as s:
        await waits_for_an_answer(s)
        record = await s.app.office.records.of_person(s.id("jonas"))
        before = record.said
        await s.does(s.mette, "answer_consent", kind="police", answer="yes")
        after = (await s.app.office.records.of_person(s.id("jonas"))).said

        case = (await s.case()).id
        assert after[case][1] - before[case][1] == 1, "The case card that came anew, and it alone."


@pytest.mark.parametrize("language", ["da", "en"])
async def test_a_step_that_somebody_of_the_group_has_done_is_done_on_the_leaders_open_card(language):
    async with story() as s:
        await s.connect_group()
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.jonas.say({"da": "dansk", "en": "english"}[language])
        await s.jonas.say("åbn 4")
        before = await standing(s, "step", "safetynet")
        told = text(before)
        await s.does(s.group, "complete_step", by="sara")

        assert text(at(s.jonas, before.id)) != told and "Sara Nygaard" in text(at(s.jonas, before.id))
        assert said(s.jonas)


async def test_what_jonas_is_filling_in_about_the_police_is_not_changed_under_his_hand_and_can_be_saved_from_there():
    async with story() as s:
        await waits_for_an_answer(s)
        await s.jonas.say("åbn 17")
        before = await standing(s, "step", "police_outcome")
        message, action = s.button(s.jonas, "record_outcome")
        assert message.id == before.id
        await s.does(s.mette, "answer_consent", kind="police", answer="yes")
        assert at(s.jonas, before.id).card == before.card
        question = f"{(await s.case()).in_time_order[0].id}|{s.id('mette')}"
        filled = {"date": "2026-11-22", "time": "10:30", "where": "Station City", "receipt": "4711"}
        await s.jonas.press(action, {"question": question, "outcome": "reported", **filled}, card=message)
        await s.settled()

        assert "4711" in said(s.mette) and len((await s.case()).outcomes) == 1
