"""The silent leader, and the leader who is behind it, over weeks and months: to the end, and nobody left waiting."""

from datetime import timedelta

import pytest

from bot.reaching.ways import WayClosed
from casework.vocabulary import Stage
from tests.story import Story, local, said, story
from tests.test_stories_closing import asked, ended

BEHIND_IT = {"originator": "workplace", "colleague": "Jonas Friis", "identifier": ""}


async def lives(s: Story, until) -> None:
    """Hour by hour by day, as the house would."""
    while s.clock.now() < until:
        await s.until(min(until, s.clock.now() + timedelta(hours=3)))


@pytest.mark.duty("W3")
async def test_the_silent_leader_and_a_stand_in_who_falls_silent_too_mette_is_never_left_without_a_word():
    async with story(local(2026, 11, 20, 22, 40)) as s:
        await s.report(s.mette, date="2026-11-20", time="21:10", account="Et opslag i aften.")
        await lives(s, local(2026, 11, 21, 11))
        assert (await s.case()).recipient == s.id("karin") and "Karin Holm har den fra i dag kl. 11.00" in said(s.mette)
        await s.opened(s.karin)
        await s.step(s.karin, "talk")
        assert "Karin har set det" in said(s.mette) or "I har talt sammen" in said(s.mette)

        await lives(s, local(2026, 11, 26, 9))  # Karin says no more: three working days
        assert "Mette har ikke hørt noget i 3 arbejdsdage." in said(s.karin)
        assert "Karin blev bedt om at skrive til dig" in said(s.mette)
        await s.mette.say("skriv besked Sker der noget?")
        await lives(s, local(2026, 11, 27, 12))
        assert "Sker der noget?" not in said(s.karin) and "1 besked venter" in said(s.karin)
        await s.does(s.mette, "call_me")
        await s.does(s.mette, "choose_call", person=s.id("ali"))
        await s.passes(hours=4)
        assert "Ali Demir har ikke noteret et opkald endnu" in said(s.mette) and "Ring imens til:" in said(s.mette)
        await s.ali.say("har ringet")
        await s.settled()
        assert "Ali har noteret" in said(s.mette)

        await lives(s, local(2026, 12, 1, 15))
        nudges = said(s.karin).count("Mette har ikke hørt noget i 3 arbejdsdage.")
        assert nudges == 2, "asked again after three more"
        await s.karin.say("giv besked Siden har svaret. Opslaget er væk.")
        await s.settled()
        assert "Siden har svaret. Opslaget er væk." in said(s.mette)
        assert "blev bedt om at skrive" not in said(s.mette)
        await s.does(s.jonas, "show_case")  # whoever was silent may read, and no more
        assert "Mette Lund" in said(s.jonas) and not s.has(s.jonas, "mark_seen")
        await lives(s, local(2026, 12, 20, 12))
        assert said(s.karin).count("har ikke hørt noget i 3 arbejdsdage") >= 4


async def test_the_leader_as_originator_over_months_hears_nothing_at_any_turn_and_the_case_goes_to_its_end():
    async with story() as s:
        await s.connect_group()
        await s.jonas.say("hjælp")
        quiet, group = s.jonas.messages, s.group.messages
        await s.report(s.mette, **BEHIND_IT, recipient=s.id("karin"))
        await s.opened(s.karin)
        await s.step(s.karin, "talk")
        for step in ("safetynet", "legal_staff"):
            await s.step(s.karin, step)
        await s.step(s.karin, "assess_police", "assess_police", {"assessment": "not_to_be_reported", "reason": "Nej."})
        question = f"{(await s.case()).in_time_order[0].id}|{s.id('mette')}"
        noted = {"question": question, "outcome": "not_reported", "reason": "Det rækker ikke."}
        await s.step(s.karin, "police_outcome", "record_outcome", noted)
        await s.karin.say("giv trin 3 til Jonas Friis")
        await s.settled()
        assert (await s.case()).step("help").offered_to is None
        s.shut("karin")
        s.ways.install_fails = WayClosed("not_allowed")
        await s.mette.say("skriv besked Er der nyt?")
        await lives(s, s.clock.now() + timedelta(hours=6))
        s.channel.unreachable.clear()
        assert (await s.case()).recipient == s.id("birgit"), "past Jonas, who is the leader of the place"
        await s.opened(s.birgit)
        await lives(s, local(2026, 12, 20, 12))
        await s.until(local(2027, 2, 20, 12))
        await s.birgit.say("luk sagen")
        for verb in ("show_messages", "open_messages"):  # Mette's question, which nobody has read
            await s.does(s.birgit, verb, person=s.id("mette"))
        await s.birgit.say("luk sagen")
        await s.does(s.birgit, "ask_if_missing")
        await s.does(s.mette, "answer_closing", answer="nothing")
        await s.birgit.say("luk sagen")
        await s.does(s.birgit, "close_case", {"journal": ""})
        assert (await s.case()).stage is Stage.CLOSED

        assert s.jonas.messages == quiet and s.group.messages == group and await s.cases("jonas") == ()
        case = (await s.case()).id
        for word in ("sagen", "mine sager", "planen", "set"):
            await s.jonas.say(word)
        assert case not in said(s.jonas) and "Mette" not in said(s.jonas)


async def test_everything_is_done_and_nobody_closes_it_so_the_leader_is_told_and_then_it_is_closed():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        for step in ("talk", "documentation", "help", "safetynet", "case_handling"):
            await s.step(s.jonas, step)
        await s.step(s.jonas, "ask_colleagues", "set_step_aside", {"reason": "Hun har selv sagt det."})
        await s.step(s.jonas, "ask_author", "end_removal", why="gone")
        for step in ("risk_assessment", "avoid_contact", "legal_staff"):
            await s.step(s.jonas, step)
        await s.step(s.jonas, "assess_police", "assess_police", {"assessment": "not_to_be_reported", "reason": "Nej."})
        question = f"{(await s.case()).in_time_order[0].id}|{s.id('mette')}"
        noted = {"question": question, "outcome": "not_reported", "reason": "Det rækker ikke."}
        await s.step(s.jonas, "police_outcome", "record_outcome", noted)
        for step in ("inform_colleagues", "debriefing"):
            await s.step(s.jonas, step, "set_step_aside", {"reason": "Ikke nødvendigt."})
        await s.step(s.jonas, "upper_management")
        await s.step(s.jonas, "analysis", "show_analysis")
        await s.does(s.jonas, "finish_analysis", {"possible": "Lang ventetid", "measures": ""})
        await s.until(s.clock.now() + timedelta(days=6))
        assert "Alt i planen er gjort" not in said(s.jonas)
        await s.passes(days=2)
        assert "Alt i planen er gjort" in said(s.jonas) and "Sagen er stadig åben." in said(s.jonas)
        await asked(s)
        await s.does(s.mette, "answer_closing", answer="nothing")
        await ended(s)
        assert "Sagen er lukket" in said(s.mette)
