"""Somebody changes the language: they read in the new one that it is that, and what is of use to them."""

import pytest

from tests.story import said, story


@pytest.mark.parametrize(
    ("word", "now", "next_word"), [("english", "in English", "my cases"), ("dansk", "på dansk", "mine sager")]
)
async def test_whoever_has_a_case_is_told_in_the_new_language_that_it_is_that_and_how_to_see_their_cases(
    word, now, next_word
):
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        for chat in (s.mette, s.jonas):
            before = len(chat.messages)
            await chat.say(word)
            answer = chat.messages[-1]
            assert len(chat.messages) == before + 2 and answer.card is None
            assert now in answer.text and next_word in answer.text


async def test_a_rep_and_a_member_of_the_group_are_told_of_the_language_and_offered_nothing_to_report():
    async with story() as s:
        for chat in (s.sara, s.ali):
            await chat.say("english")
            assert chat.messages[-1].card is None
            assert chat.messages[-1].text == (
                "Værn now answers you in English. Write “help” to see what you can write."
            )


async def test_in_the_middle_of_a_report_the_draft_is_said_to_be_kept_and_goes_on_in_the_new_language():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        await s.mette.say("english")
        assert s.mette.messages[-1].text.endswith("The draft is saved. Write “go on” to continue it.")
        await s.mette.say("go on")
        assert "What has happened?" in said(s.mette)


async def test_somebody_new_is_welcomed_in_the_new_language_and_reads_first_that_it_is_that():
    async with story() as s:
        await s.peter.say("english")
        assert "Værn now answers you in English.\nYou are not alone" in said(s.peter)
        await s.does(s.peter, "language", language="da")
        assert "Værn svarer dig nu på dansk.\nDu er ikke alene" in said(s.peter)
