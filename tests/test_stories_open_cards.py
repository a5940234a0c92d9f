"""Cards that somebody has opened say how things stand, also when somebody else has done something meanwhile."""

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


# -- of a case's own card the lowest in the chat is the one that stands, and is kept current -----------------------


async def asks_for_the_case(s: Story, chat: Chat) -> Message:
    """»mine sager«, and [Åbn] there: the card of the case once more, at the bottom."""
    await chat.say("mine sager")
    await s.does(chat, "show_case")
    return chat.messages[-1]


async def case_card(s: Story, chat: Chat, kind: str = "case") -> Message:
    """The message on which the person's card of that case stands."""
    record = await s.app.office.records.get(chat.conversation.id)
    return at(chat, record.cards[card_key((await s.case()).id, kind)])


async def test_the_copy_that_somebody_just_asked_for_is_kept_current_and_the_one_above_is_taken_away():
    async with story() as s:
        await s.report(s.mette)
        first = await case_card(s, s.mette)
        copy = await asks_for_the_case(s, s.mette)
        before = len(s.mette.messages)
        await s.opened(s.jonas)

        assert "Jonas har set det" in text(at(s.mette, copy.id)) and len(s.mette.messages) == before
        assert await case_card(s, s.mette) == at(s.mette, copy.id) and at(s.mette, first.id).deleted


async def test_an_older_copy_that_could_not_be_taken_away_is_answered_as_things_are_and_the_lowest_stays_current():
    async with story() as s:
        await s.report(s.mette)
        older, action = s.button(s.jonas, "open_case")
        copy = await asks_for_the_case(s, s.jonas)
        await s.channel.show(s.jonas.conversation, older)  # as if the channel had not taken it away
        await s.jonas.press(action, card=older)
        await s.settled()

        assert "Mette Lund" in text(at(s.jonas, older.id)) and text(at(s.jonas, older.id)) == text(at(s.jonas, copy.id))
        assert await case_card(s, s.jonas) == at(s.jonas, copy.id)


async def test_a_card_that_could_not_be_sent_takes_nothing_away():
    async with story() as s:
        await s.report(s.mette)
        first = await case_card(s, s.mette)
        await s.mette.say("mine sager")
        message, action = s.button(s.mette, "show_case")
        s.channel.unreachable |= {s.id("mette")}
        await s.mette.press(action, card=message)
        s.channel.unreachable -= {s.id("mette")}
        await s.opened(s.jonas)

        assert "Jonas har set det" in text(at(s.mette, first.id)) and await case_card(s, s.mette) == at(
            s.mette, first.id
        )


async def test_when_somebody_must_act_the_card_comes_anew_below_the_copy_and_takes_its_place():
    async with story() as s:
        await s.report(s.mette)
        copy = await asks_for_the_case(s, s.jonas)
        await s.passes(hours=2)

        assert s.has(s.jonas, "open_case") and at(s.jonas, copy.id).deleted
        assert "En medarbejder venter på dig" in said(s.jonas)


async def test_of_a_wish_to_be_rung_too_the_card_at_the_bottom_is_the_one_that_says_that_it_was_met():
    async with story() as s:
        await s.mette.say("ring til mig")
        await s.does(s.mette, "choose_call", person=s.id("jonas"))
        copy = await asks_for_the_case(s, s.mette)
        await s.jonas.say("har ringet")
        await s.settled()

        assert "har noteret" in text(at(s.mette, copy.id))
        assert not s.has(s.jonas, "make_call") and "Der er ringet" in said(s.jonas)
