"""What the guide says of law, and of what one must know, as it reaches the people who need it. Never a verdict."""

import pytest

from bot.rehearsal.chat import Chat
from casework.vocabulary import Answer
from tests.story import Story, said, story


async def reads(s: Story, chat: Chat, topic: str) -> None:
    """A topic of [Guiden], by its button."""
    await chat.say("guiden")
    await s.does(chat, "guide_topic", topic=topic)


@pytest.mark.duty("I2", "T1", "W5")
async def test_anybody_can_look_up_how_to_spot_it_what_must_be_tolerated_and_where_the_guidelines_are():
    async with story() as s:
        await reads(s, s.mette, "what_is")
        await reads(s, s.mette, "tolerate")
        await reads(s, s.mette, "tell")

        assert "arbejdsmiljoe.kk.dk/digital-chikane" in said(s.mette)
        assert await s.cases("mette") == ()  # looking something up tells nobody anything


@pytest.mark.duty("P4")
async def test_the_five_pieces_of_advice_for_ones_own_profiles_lay_no_blame():
    async with story() as s:
        await reads(s, s.mette, "profiles")

        advice = [line for line in said(s.mette).splitlines() if line.startswith(tuple("12345"))]
        assert [line[0] for line in advice] == list("12345") and "Tavshedspligten" in advice[-1]


@pytest.mark.duty("T1", "D3")
async def test_what_must_be_tolerated_turns_no_report_away():
    async with story() as s:
        await reads(s, s.mette, "tolerate")
        await s.report(s.mette, account="En borger skriver, at jeg er doven.", forms="degrading")

        assert (await s.case()).recipient == s.id("jonas")


@pytest.mark.duty("L1", "L2", "L3", "L8")
async def test_jonas_begins_with_legal_staff_and_has_what_the_guide_mentions_beside_him_and_no_verdict():
    async with story() as s:
        await s.report(s.mette, forms="threats,private_information")
        await s.opened(s.jonas)
        reason = {"assessment": "to_be_reported", "reason": "Det er alvorligt."}
        with pytest.raises(LookupError):
            await s.step(s.jonas, "assess_police", "assess_police", reason)
        assert "[Åbn trin 14]" in said(s.jonas)
        await s.step(s.jonas, "legal_staff")
        await s.step(s.jonas, "assess_police", "assess_police", reason)

        assert (await s.case()).assessed is not None


@pytest.mark.duty("L1")
async def test_legal_staff_cannot_be_passed_over_without_a_reason():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.step(s.jonas, "legal_staff", "set_step_aside", {"reason": ""})
        assert not (await s.case()).step("legal_staff").closed
        await s.step(s.jonas, "legal_staff", "set_step_aside", {"reason": "Kunne ikke nås før fristen."})

        assert "Kunne ikke nås før fristen." in said(s.mette)


@pytest.mark.duty("L2", "L3", "L8")
async def test_mette_reads_what_may_be_punishable_and_that_it_is_assessed_and_is_an_accident_at_work_all_the_same():
    async with story() as s:
        await s.report(s.mette, forms="threats")
        await s.opened(s.jonas)
        await s.jonas.say("åbn 14")
        await reads(s, s.mette, "punishable")

        assert "Er det ikke strafbart, er det stadig psykisk vold" in said(s.mette)


@pytest.mark.duty("L6")
async def test_where_a_conversation_was_recorded_both_read_that_recording_is_lawful_and_sharing_may_not_be():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        await s.mette.press("Næste", {"account": "Samtalen blev optaget og lagt op.", "recorded": "sound"})
        await s.does(s.mette, "report_edit", form="what")
        assert "En borger må gerne optage en samtale" in said(s.mette)
    async with story() as s:
        await s.report(s.mette, recorded="sound")
        await s.opened(s.jonas)
        await s.jonas.say("åbn 14")

        assert "§ 264 d" in said(s.jonas)


@pytest.mark.duty("W4")
async def test_it_is_the_workplaces_matter_colleagues_are_told_and_debriefed_when_she_has_said_yes():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.step(s.jonas, "ask_colleagues", "ask_consent", kind="colleagues")
        await s.does(s.mette, "answer_consent", answer=Answer.YES, kind="colleagues")
        await s.step(s.jonas, "inform_colleagues")
        await s.step(s.jonas, "debriefing")

        case = await s.case()
        assert case.step("inform_colleagues").closed and case.step("debriefing").closed
