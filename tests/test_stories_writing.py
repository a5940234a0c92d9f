"""Words that are being written are not lost by what others do meanwhile; and both see when theirs were seen."""

import pytest

from bot.rehearsal.chat import Chat
from bot.rehearsal.messages import Message
from tests.story import Story, local, said, story


async def begun(s: Story) -> None:
    await s.report(s.mette)
    await s.opened(s.jonas)


def redrawn(s: Story, chat: Chat, message: Message) -> list[str]:
    """What was sent to the channel that changes that very message."""
    path = f"/v3/conversations/{chat.id}/activities/{message.id}"
    return [one.method for one in s.channel.received if one.path == path]


async def everything_happens(s: Story) -> None:
    """Whatever changes the cards of both."""
    await s.mette.say("skriv besked Jeg så det igen i dag.")
    await s.settled()
    await s.jonas.say("vis beskeder")
    await s.step(s.jonas, "legal_staff")
    await s.jonas.say("skriv besked Jeg har talt med juridisk.")
    await s.settled()
    await s.does(s.mette, "open_messages")
    await s.passes(hours=20)


async def test_two_lines_that_jonas_is_writing_stand_while_everything_else_happens_and_are_sent_from_there():
    async with story() as s:
        await begun(s)
        await s.does(s.jonas, "write_update")
        card, send = s.button(s.jonas, "give_update", place="card")
        await everything_happens(s)
        assert redrawn(s, s.jonas, card) == [] and s.button(s.jonas, "give_update", place="card")[0].id == card.id
        await s.jonas.press(send, {"update": "To linjer, som jeg var midt i."}, card=card)
        await s.settled()

        assert "To linjer, som jeg var midt i." in said(s.mette) and "Sendt til Mette" in said(s.jonas)


async def test_an_answer_that_mette_is_writing_stands_while_everything_else_happens_and_is_sent_from_there():
    async with story() as s:
        await begun(s)
        await s.jonas.say("skriv besked Hvordan går det?")
        await s.settled()
        await s.does(s.mette, "write_message")
        card, send = s.button(s.mette, "send_message")
        await everything_happens(s)
        assert redrawn(s, s.mette, card) == []
        await s.mette.press(send, {"words": "Det går, tak."}, card=card)
        await s.settled()
        await s.jonas.say("vis beskeder")

        assert "Det går, tak." in said(s.jonas) and "Sendt til Jonas" in said(s.mette)
        assert "Det går, tak." not in said(s.mette), "her own words come again only when she asks for them"


async def test_nothing_is_said_to_be_sent_when_the_field_was_empty_and_the_card_is_there_to_write_on():
    async with story() as s:
        await begun(s)
        await s.does(s.jonas, "write_update")
        await s.does(s.jonas, "give_update", {"update": "Den første."}, place="card")
        await s.does(s.jonas, "write_update")
        await s.does(s.jonas, "give_update", {"update": "  "}, place="card")

        assert (await s.facts()).count("update_given") == 1
        assert s.has(s.jonas, "give_update", place="card") and said(s.jonas).count("Sendt til Mette") == 1


@pytest.mark.parametrize(("word", "verb"), [("giv besked", "give_update"), ("skriv besked", "send_message")])
async def test_the_word_alone_brings_the_card_to_write_on(word, verb):
    async with story() as s:
        await begun(s)
        await s.jonas.say(word)
        assert s.jonas.last_card is s.button(s.jonas, verb)[0].card
        assert {"update_given", "message_written"} & set(await s.facts()) == set()


async def test_both_see_when_theirs_was_seen_also_when_nothing_is_answered():
    async with story() as s:
        await begun(s)
        await s.jonas.say("giv besked Vi venter på svar fra siden.")
        await s.settled()
        assert "Mette fik sidst besked i dag kl. 11.00, Mette har ikke trykket Set endnu." in said(s.jonas)
        await s.passes(hours=1)
        await s.does(s.mette, "open_messages")
        assert "Mette fik sidst besked i dag kl. 11.00, Set af Mette i dag kl. 12.00." in said(s.jonas)
        await s.mette.say("skriv besked Tak.")
        await s.settled()
        assert "Ikke åbnet endnu." in said(s.mette)
        await s.passes(hours=1)
        await s.jonas.say("vis beskeder")
        await s.settled()

        assert "Set af Jonas i dag kl. 13.00." in said(s.mette)


async def test_mette_reads_on_her_card_that_jonas_was_asked_to_write_and_it_goes_when_he_has():
    async with story() as s:
        await begun(s)
        assert "Du hørte sidst fra Jonas" not in said(s.mette), "that he has seen it is nothing he has said"
        await s.until(local(2026, 11, 25, 23))
        assert "bedt om at skrive til dig" not in said(s.mette)
        await s.until(local(2026, 11, 26, 9))
        asked = "Du har ikke hørt noget i nogle dage. Jonas blev bedt om at skrive til dig i dag kl. 9.00."
        assert asked in said(s.mette)
        await s.jonas.say("giv besked Jeg ringer i eftermiddag.")
        await s.settled()

        assert "bedt om at skrive til dig" not in said(s.mette) and "Du hørte sidst fra Jonas" in said(s.mette)


async def test_of_whoever_has_not_been_told_nothing_says_that_they_can_see_it():
    async with story() as s:
        await s.report(s.peter, whom="colleague", people="Lise Bech")
        await s.opened(s.jonas)
        later = "Lise har ikke fået sagen at se endnu og kan først se det bagefter."
        await s.step(s.jonas, "legal_staff")
        await s.jonas.say("åbn 16")
        assert later in unfolded(s.jonas) and "Lise kan se det, du skriver" not in unfolded(s.jonas)
        await s.jonas.say("åbn 3")
        assert "har ikke fået sagen at se endnu" in unfolded(s.jonas)
        await s.step(s.jonas, "talk")
        await s.jonas.say("åbn 16")

        assert "Lise kan se det, du skriver" in unfolded(s.jonas) and later not in unfolded(s.jonas)


def unfolded(chat: Chat) -> str:
    """The last card with all that folds out."""
    return str(chat.last_card).replace("\xa0", " ")
