"""What somebody writes of themselves is never corrected, and with it always stands whom to ring."""

import pytest

from casework.vocabulary import Stage
from tests.story import said, story

SENTENCES = (
    "jeg kan ikke mere",
    "jeg vil ikke leve mere",
    "hvad hvis han finder mig",
    "I can't go on any more",
    "what if he finds me",
)


@pytest.mark.parametrize("words", SENTENCES)
@pytest.mark.parametrize("has_case", [False, True])
async def test_a_sentence_of_ones_own_is_answered_with_numbers_and_never_with_a_command(words, has_case):
    async with story() as s:
        if has_case:
            await s.report(s.mette)
        await s.mette.say(words)

        card = str(s.mette.last_card).replace("\\xa0", " ")
        crisis = s.settings.organisation.crisis_contacts
        assert all(one.phone in card for one in crisis if one.phone) and "112" in card
        assert s.has(s.mette, "call_me") and "Mente du" not in said(s.mette)


async def test_where_a_slip_is_asked_about_the_numbers_stand_too():
    async with story() as s:
        await s.report(s.mette)
        await s.jonas.say("har ste det")

        card = str(s.jonas.last_card).replace("\\xa0", " ")
        assert "Mente du" in said(s.jonas) and s.has(s.jonas, "call_me")
        assert all(one.phone in card for one in s.settings.organisation.crisis_contacts if one.phone)


async def test_words_of_somebody_who_has_a_case_go_to_its_leader_by_one_press_and_begin_no_draft():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("Han stod her igen i dag.")
        assert len(await s.cases("mette")) == 1 and "Hvor hører det hjemme?" in said(s.mette)
        await s.mette.press("Send til Jonas")
        await s.settled()

        assert len(await s.cases("mette")) == 1 and (await s.facts())[-1] == "message_written"
        assert "Jonas kan se det" in said(s.mette)
        await s.does(s.mette, "send_words")
        assert (await s.facts()).count("message_written") == 1 and "har allerede fundet sin plads" in said(s.mette)


async def test_words_of_somebody_who_has_a_case_are_kept_whole_until_they_begin_something_new():
    async with story() as s:
        await s.report(s.mette)
        words = "Han stod her igen i dag. " * 400
        await s.mette.say(words)
        await s.restart()
        await s.mette.press("Noget nyt")

        draft = next(case for case in await s.cases("mette") if case.stage is Stage.DRAFT)
        opened = await s.app.office.caseworker.open(draft.id)
        assert [opened.texts[item] for item in draft.account] == [words.strip()]


async def test_a_leaders_words_go_to_the_employee_when_there_is_one_and_nowhere_unasked_when_there_are_two():
    async with story() as s:
        await s.report(s.mette)
        await s.jonas.say("Jeg ringer til politiet nu.")
        assert "Mette" not in said(s.jonas)
        await s.opened(s.jonas)
        await s.jonas.say("Jeg ringer til politiet nu.")
        await s.jonas.press("Send til Mette")
        assert (await s.facts())[-1] == "message_written"
        await s.report(s.peter)
        await s.opened(s.jonas)
        await s.jonas.say("Jeg ringer til politiet i dag.")

        assert "ikke gemt i nogen sag" in said(s.jonas) and "politiet i dag" not in said(s.mette) + said(s.peter)
        assert [words in said(s.jonas) for words in ("[Send til Mette]", "[Send til Peter]")] == [True, True]
        assert "my_cases" in str(s.jonas.last_card) and all(case.stage is Stage.OPEN for case in await s.cases("jonas"))


@pytest.mark.parametrize("writes", [False, True])
async def test_writing_in_the_case_ends_with_a_word_and_an_answered_card(writes):
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("skriv i sagen")
        asked = s.mette.messages[-1].id
        if writes:
            await s.mette.say("Han stod her igen i dag.")
        await s.mette.say("stop")

        ending = "Det, du skrev, er sendt." if writes else "der er ikke sendt noget."
        assert ending in s.mette.messages[-1].text
        assert ending in str(next(one for one in s.mette.messages if one.id == asked))


async def test_in_the_middle_of_writing_a_command_with_a_slip_is_not_sent_until_that_was_asked():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("skriv i sagen")
        await s.mette.say("mine sagr")
        assert "message_written" not in await s.facts() and "Det er ikke sendt." in said(s.mette)
        await s.mette.press("mine sager")
        assert "Dine sager" in said(s.mette) and "message_written" not in await s.facts()
        await s.mette.say("ring til mgi")
        await s.mette.press("Send til Jonas")
        await s.settled()
        assert (await s.facts()).count("message_written") == 1
        await s.mette.say("stop")

        assert "Det, du skrev, er sendt." in s.mette.messages[-1].text


@pytest.mark.parametrize("word", ["send", "næste", "tilbage", "færdig"])
async def test_a_word_of_the_forms_ends_writing_and_is_never_sent_to_the_leader(word):
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("skriv i sagen")
        await s.mette.say("Han stod her igen i dag.")
        await s.mette.say(word)

        assert (await s.facts()).count("message_written") == 1
        assert "Det, du skrev, er sendt." in s.mette.messages[-1].text


async def test_a_sentence_of_ones_own_is_sent_as_it_was_written_without_being_asked_about():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("skriv i sagen")
        await s.mette.say("jeg kan ikke mere")

        assert (await s.facts())[-1] == "message_written"
