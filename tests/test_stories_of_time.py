"""The 72 hours as people meet them: moved round the night, passed, corrected, late; and the plan's own undoings."""

from datetime import timedelta

import pytest

from cards.show import as_text
from casework.vocabulary import Certainty
from tests.story import SUNDAY, local, said, story


async def test_an_episode_older_than_72_hours_begins_in_passed_and_brings_no_countdown():
    async with story() as s:
        await s.report(s.mette, date="2026-11-17", time="12:00")
        await s.opened(s.jonas)
        before = len(s.jonas.messages)
        await s.until(SUNDAY + timedelta(hours=40))

        assert "De 72 timer" in said(s.mette) and "De 72 timer" in said(s.jonas)
        assert len(s.jonas.messages) == before


async def test_after_downtime_jonas_gets_one_message_and_it_is_the_one_that_holds():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.stop()
        s.clock.move_to(local(2026, 11, 24, 9, 0))
        before = {message.id for message in s.jonas.messages}
        await s.start()
        await s.settled()

        new = [message for message in s.jonas.messages if message.id not in before and message.card]
        assert len(new) <= 2 and "5 timer" in said(s.jonas)


@pytest.mark.parametrize("typed", [True, False])
async def test_a_moment_that_is_about_right_counts_from_midnight_and_says_so_beside_every_deadline(typed):
    counted = (
        "Det skete lørdag d. 21. november, og klokkeslættet er omtrentligt. "
        "Derfor regnes de 72 timer fra dagens begyndelse."
    )
    about = {"certainty": "about", "date": "2026-11-21", "time": "09:30"}
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        await s.mette.press("Næste", {"account": "Et opslag."})
        await (s.mette.say("i går cirka 9.30") if typed else s.mette.press("Næste", about))
        receipt = (
            "Forstået: cirka. Er klokkeslættet ikke sikkert, regnes de 72 timer fra lørdag d. 21. november kl. 0.00"
        )
        assert receipt in said(s.mette)
        await s.mette.press("Næste", {"originator": "unknown"})
        await s.mette.press("Næste", {"recipient": s.id("jonas")})
        assert said(s.mette).count(counted) == 1, "On the page before Send."
        await s.mette.press("Send")
        await s.settled()

        (episode,) = (await s.case()).episodes.values()
        assert (episode.certainty, episode.began_at) == (Certainty.ABOUT, local(2026, 11, 21))
        await s.mette.say("sagen")
        assert counted in as_text(s.mette.last_card).replace("\xa0", " ")
        await s.opened(s.jonas)
        await s.until(local(2026, 11, 22, 23, 59))
        assert counted in said(s.jonas), "On the reminder of the deadline."


async def test_a_corrected_moment_moves_the_deadline_and_jonas_is_told():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.mette.press("Hvad er delt")
        episode = next(iter((await s.case()).episodes))
        await s.does(
            s.mette,
            "correct_episode",
            {"certainty": "exact", "date": "2026-11-22", "time": "09:00"},
            episode=episode,
        )

        case = await s.case()
        assert case.episodes[episode].began_at == local(2026, 11, 22, 9)
        assert "kl. 9.00" in said(s.jonas)


async def test_only_the_date_counts_from_midnight_and_dont_know_from_the_day_it_was_seen():
    async with story() as s:
        await s.report(s.mette, certainty="date_only", time="")
        episode = (await s.case()).in_time_order[0]

        assert (episode.began_at, episode.certainty) == (local(2026, 11, 21), Certainty.DATE_ONLY)


async def test_an_unsent_draft_reminds_its_author_once_and_nobody_else():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        await s.mette.press("Næste", {"account": "Et opslag"})
        await s.mette.press("Næste", {"certainty": "exact", "date": "2026-11-21", "time": "14:10"})
        before = len(s.mette.messages)
        for _ in range(60):
            await s.passes(hours=1)

        assert len(s.mette.messages) == before + 1 and s.jonas.messages == ()


async def test_a_step_handed_over_is_the_others_when_she_takes_it_and_she_sees_what_it_needs_and_no_more():
    async with story() as s:
        await s.report(s.mette, account="Et groft opslag")
        await s.opened(s.jonas)
        await s.jonas.say("åbn 4")
        await s.does(s.jonas, "offer_step", {"to": "Sara Nygaard"}, step="safetynet")
        assert "groft" not in said(s.sara)
        await s.does(s.sara, "accept_step", step="safetynet")
        assert "Et groft opslag" in said(s.sara) and "Mette Lund" in said(s.sara)
        assert "har sagt ja til »Anmeld i SafetyNet«" in said(s.mette)
        await s.does(s.sara, "complete_step", step="safetynet")

        assert (await s.case()).step("safetynet").done_by == s.id("sara")
        assert "Sara" in said(s.jonas)


async def test_done_can_be_undone_and_not_relevant_needs_a_reason_that_mette_can_read():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.step(s.jonas, "documentation")
        await s.does(s.jonas, "undo_step", step="documentation")
        assert not (await s.case()).step("documentation").closed
        await s.step(s.jonas, "risk_assessment", "set_step_aside", {"reason": ""})
        assert not (await s.case()).step("risk_assessment").closed
        await s.step(s.jonas, "risk_assessment", "set_step_aside", {"reason": "Borgeren er ukendt"})

        assert (await s.case()).step("risk_assessment").closed
        assert "Borgeren er ukendt" in said(s.mette)


async def test_an_oral_answer_is_seen_by_mette_and_can_be_contradicted():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.step(s.jonas, "legal_staff")
        episode = next(iter((await s.case()).episodes))
        oral = {"person_episode": f"{episode}|{s.id('mette')}", "answer": "yes", "how": "I telefonen"}
        await s.step(s.jonas, "police_consent", "record_oral_consent", oral)
        assert "Skriv, hvilken dag det var." in said(s.jonas)
        oral |= {"date": "2026-11-22", "time": "10:45"}
        await s.step(s.jonas, "police_consent", "record_oral_consent", oral)
        assert "I telefonen" in said(s.mette)
        await s.does(s.mette, "contradict_consent")

        assert (await s.facts())[-1] == "consent_contradicted"


async def test_the_whole_way_in_english():
    async with story() as s:
        await s.mette.say("english")
        await s.mette.say("it happened")
        for form in (
            {"whom": "me"},
            {"account": "A post about me"},
            {"certainty": "exact", "date": "2026-11-21", "time": "14:10"},
            {"originator": "unknown"},
            {"recipient": s.id("jonas")},
        ):
            await s.mette.press("Next", form)
        await s.mette.press("Send")
        await s.settled()

        assert "Deadline for a police report" in said(s.mette)
        assert (await s.case()).sent_at is not None


async def test_remind_me_later_comes_back_on_that_day():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.jonas.say("påmind 12 fredag")
        assert (await s.case()).step("risk_assessment").until == local(2026, 11, 27, 9)
        before = len(s.jonas.messages)
        await s.until(local(2026, 11, 27, 9))

        assert len(s.jonas.messages) > before


async def test_a_question_that_still_stands_does_not_speak_of_time_that_is_gone():
    async with story() as s:
        await s.report(s.mette)
        await s.until(local(2026, 11, 23, 14, 10))
        assert "Svar gerne i god tid" in said(s.mette)
        await s.until(local(2026, 11, 24, 14, 10))

        assert "Svar gerne i god tid" not in said(s.mette)
        assert s.has(s.mette, "answer_consent", kind="police")
