"""What somebody writes of themselves is never corrected, and with it always stands whom to ring."""

import pytest

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
