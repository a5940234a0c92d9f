"""Having it removed, as people live it: one way after the other, with nothing lost when nobody answers.

Marked with the guide's duties they fulfil (`tests/duties.toml`).
"""

from datetime import date

import pytest

from bot.rehearsal.chat import Chat
from cards.show import as_text
from casework.vocabulary import StepId
from tests.story import Story, local, said, story

FRIDAY_NIGHT = local(2026, 11, 27, 22, 50)
POST = {"date": "2026-11-27", "time": "22:40", "shared": "openly", "forms": "private_information"}
TO_THE_AUTHOR = "Den, der står bag, er bedt om at fjerne det"
TO_THE_SITE = "Siden er bedt om at fjerne det"


async def letters_are_open(s: Story, **told: str) -> None:
    """Jonas has seen it, what there is is saved, the case handling is looked at, and Mette is asked."""
    await s.report(s.mette, **{**POST, **told})
    await s.opened(s.jonas)
    for step in ("documentation", "case_handling"):
        await s.step(s.jonas, step)
    await s.step(s.jonas, "ask_author", "ask_consent", kind="removal")


async def tries(s: Story, step: str, sent_on: str, where: str = "", **more: str) -> None:
    await s.step(s.jonas, step, "try_rung", {"sent_on": sent_on, "where": where, **more})


def asked_for_the_next(chat: Chat) -> list[str]:
    cards = [as_text(sent.card).replace("\xa0", " ") for sent in chat.messages if sent.card]
    return [card for card in cards if card.splitlines()[1] == "Der er ikke kommet svar"]


async def no_answer_comes(s: Story) -> None:
    """Three working days after a Friday are over. What else there is to remind of has been said before."""
    await s.until(local(2026, 12, 2, 20))
    assert asked_for_the_next(s.jonas) == []
    await s.until(local(2026, 12, 3, 9))


async def test_whoever_was_asked_twice_was_asked_twice_on_the_card_of_both():
    async with story(FRIDAY_NIGHT) as s:
        await letters_are_open(s)
        await tries(s, "ask_author", "2026-11-27", "Besked på Messenger")
        await s.does(s.jonas, "answer_rung", {"replied_on": "2026-11-27", "reply": "Nej."}, step="ask_author")
        await s.until(local(2026, 11, 28, 9))
        await tries(s, "ask_author", "2026-11-28", "Brev")
        before = "Tidligere: fredag d. 27. november (svar fredag d. 27. november)"
        assert f"{TO_THE_AUTHOR}, lørdag d. 28. november" in said(s.jonas)
        await s.jonas.say("vis sagen")

        for chat in (s.jonas, s.mette):
            assert before in said(chat) and f"{TO_THE_AUTHOR}, lørdag d. 28. november" in said(chat)


@pytest.mark.duty("H13", "B11", "L7", "H14", "H15")
async def test_the_friday_post_goes_up_the_rungs_when_nobody_answers_and_jonas_is_asked_for_each():
    async with story(FRIDAY_NIGHT) as s:
        await letters_are_open(s)
        await s.jonas.say("åbn 8")
        assert "Kan det give gengæld mod Mette eller andre? Kan det forstyrre en politianmeldelse?" in said(s.jonas)
        await tries(s, "ask_author", "2026-11-27", "Besked på Messenger")
        assert not s.has(s.jonas, "try_rung", step="ask_site")

        await no_answer_comes(s)
        assert ["Skriv til siden" in card for card in asked_for_the_next(s.jonas)] == [True]
        await s.does(s.jonas, "open_step", step="ask_site")
        assert "En anmeldelse af ulovligt indhold skal sige hvorfor" in said(s.jonas)
        await s.does(s.jonas, "try_rung", {"sent_on": "2026-12-03", "where": "Formularen"}, step="ask_site")

        await s.until(local(2026, 12, 11, 9))
        assert ["Klag til Datatilsynet" in card for card in asked_for_the_next(s.jonas)] == [False, True]
        await s.does(s.jonas, "open_step", step="datatilsynet")
        assert "Er der delt noget privat? Ja, åbent eller i en stor gruppe" in said(s.jonas)
        assert "Mette kan også selv klage." in said(s.jonas)
        await s.does(s.jonas, "try_rung", {"sent_on": "2026-12-11"}, step="datatilsynet")
        await s.jonas.say("klaret 10")
        await s.jonas.say("åbn 11")
        assert "En sag kan give opslaget mere opmærksomhed." in said(s.jonas)
        assert "Mægling: en neutral person hjælper jer" in said(s.jonas)
        await s.does(s.jonas, "try_rung", {"sent_on": "2026-12-11", "way": "mediation"}, step="injunction")

        case = await s.case()
        rungs = ["ask_author", "ask_site", "datatilsynet", "injunction"]
        assert [attempt.step for attempt in case.removal.attempts] == rungs
        assert [attempt.answer_by for attempt in case.removal.attempts[:2]] == [date(2026, 12, 2), date(2026, 12, 10)]
        told = said(s.mette)
        assert all(
            words in told
            for words in (TO_THE_AUTHOR, TO_THE_SITE, "Der er klaget til Datatilsynet", "Der er tilbudt mægling")
        )


async def test_mette_reads_that_something_was_done_and_on_which_day_but_not_a_word_of_it():
    async with story(FRIDAY_NIGHT) as s:
        await letters_are_open(s)
        await tries(s, "ask_author", "2026-11-27", "zzwherezz")
        await s.step(s.jonas, "ask_author", "answer_rung", {"replied_on": "2026-11-27", "reply": "zzreplyzz"})

        assert f"{TO_THE_AUTHOR}, fredag d. 27. november" in said(s.mette)
        assert "Der er kommet svar, fredag d. 27. november" in said(s.mette)
        assert "zzwherezz" in said(s.jonas) and "zzreplyzz" in said(s.jonas)
        assert "zz" not in said(s.mette)


async def test_gone_after_the_second_rung_closes_what_follows_and_mette_is_told_at_once():
    async with story(FRIDAY_NIGHT) as s:
        await letters_are_open(s)
        await tries(s, "ask_author", "2026-11-27")
        await no_answer_comes(s)
        await s.does(s.jonas, "open_step", step="ask_site")
        await s.does(s.jonas, "try_rung", {"sent_on": "2026-12-03"}, step="ask_site")
        before = len(s.mette.messages)
        await s.does(s.jonas, "end_removal", step="ask_site", why="gone")

        assert len(s.mette.messages) == before + 1
        assert "Det er væk\nDet sker nu" in as_text(s.mette.messages[-1].card)
        await s.jonas.say("plan")
        assert "11 · Fogedforbud eller mægling, Faldet bort: det er væk" in said(s.jonas)
        asked = len(asked_for_the_next(s.jonas))
        await s.passes(days=90)
        assert len(asked_for_the_next(s.jonas)) == asked


async def test_it_is_there_again_and_the_ways_are_open_as_they_were():
    async with story(FRIDAY_NIGHT) as s:
        await letters_are_open(s)
        await tries(s, "ask_author", "2026-11-27")
        await s.jonas.say("det er væk")
        await s.settled()
        assert (await s.case()).removal.ended is not None
        await s.passes(minutes=10)
        before = len(s.mette.messages)
        await s.jonas.say("det er der igen")
        await s.settled()
        assert (await s.case()).removal.ended is None
        assert len(s.mette.messages) == before + 1
        assert "Det skal fjernes igen\nDet sker nu\nNoteret" in as_text(s.mette.messages[-1].card)

        await no_answer_comes(s)
        assert len(asked_for_the_next(s.jonas)) == 1


async def test_a_new_episode_after_it_was_gone_opens_the_ways_and_jonas_reads_it_on_the_case():
    async with story(FRIDAY_NIGHT) as s:
        await letters_are_open(s)
        await tries(s, "ask_author", "2026-11-27")
        await s.jonas.say("det er væk")
        await s.until(local(2026, 12, 20, 12))
        await s.does(s.mette, "new_episode")
        await s.does(s.mette, "report_new_episode", {"certainty": "exact", "date": "2026-12-20", "time": "08:00"})

        assert (await s.case()).removal.ended is None
        assert "Det skal fjernes igen, Vejene er åbne igen, som de var, siden i dag kl. 12.00" in said(s.jonas)
        assert "Det skal fjernes igen" in said(s.mette) and "Det er væk\nDet sker nu" not in said(s.mette)
        assert asked_for_the_next(s.jonas) == [], "What was asked in November is no news today."
        await s.jonas.say("har skrevet 8 Besked på Messenger")
        assert [one.step for one in (await s.case()).removal.attempts] == ["ask_author", "ask_author"]


async def test_once_somebody_was_asked_no_card_says_that_mettes_answer_can_still_be_changed():
    async with story(FRIDAY_NIGHT) as s:
        await letters_are_open(s)
        await s.does(s.mette, "answer_consent", kind="removal", answer="yes")
        assert s.has(s.mette, "withdraw_consent", kind="removal")
        await tries(s, "ask_author", "2026-11-27")

        assert not s.has(s.mette, "withdraw_consent", kind="removal")
        assert "Der er bedt om at få det fjernet" in said(s.mette)


async def test_with_nobody_to_ask_the_site_comes_first_and_says_what_to_think_of_before():
    async with story(FRIDAY_NIGHT) as s:
        await letters_are_open(s)
        await s.step(s.jonas, "ask_author", "set_step_aside", {"reason": "Ingen ved, hvem det er."})
        await s.jonas.say("åbn 9")

        card = as_text(s.jonas.messages[-1].card)
        assert "Kan det give gengæld mod Mette eller andre? Kan det forstyrre en politianmeldelse?" in card


async def test_a_text_message_lies_nowhere_and_one_press_says_so_before_anybody_was_asked():
    async with story(FRIDAY_NIGHT) as s:
        await s.report(s.mette, **{**POST, "media": "sms_or_call", "forms": "abusive_messages", "shared": "no"})
        await s.opened(s.jonas)
        await s.step(s.jonas, "ask_author", "end_removal")

        steps = (await s.case()).steps
        assert StepId("ask_site") not in steps and "Der er ikke noget på nettet at få fjernet" in said(s.mette)
        await s.jonas.say("plan")
        assert "8 · Bed om at få det fjernet, Faldet bort: der er ikke noget at fjerne" in said(s.jonas)


async def test_an_answer_silences_the_reminder_and_the_next_way_is_open():
    async with story(FRIDAY_NIGHT) as s:
        await letters_are_open(s)
        await tries(s, "ask_author", "2026-11-27")
        await s.jonas.say("svar på trin 8 Nej, det bliver stående.")
        await s.until(local(2026, 12, 20, 9))
        assert asked_for_the_next(s.jonas) == []

        await s.jonas.say("har skrevet 9 Formularen på Facebook")
        assert [attempt.step for attempt in (await s.case()).removal.attempts] == ["ask_author", "ask_site"]


async def test_what_mette_types_about_it_is_hers_to_tell_and_changes_nothing():
    async with story(FRIDAY_NIGHT) as s:
        await letters_are_open(s)
        await s.mette.say("det er væk")
        await s.settled()

        assert (await s.case()).removal.ended is None
        assert "findes ikke blandt dine" not in said(s.mette)


async def test_several_it_happened_to_read_what_was_done_and_nothing_of_each_other():
    async with story(FRIDAY_NIGHT) as s:
        await s.report(s.lise, **{**POST, "whom": "colleague", "people": "Mette Lund\nNadia Krogh"})
        await s.opened(s.jonas)
        for step in ("talk", "documentation", "case_handling"):
            await s.step(s.jonas, step)
        await s.step(s.jonas, "ask_author", "ask_consent", kind="removal")
        await tries(s, "ask_author", "2026-11-27", "Ringede, på vegne af Nadia")

        assert TO_THE_AUTHOR in said(s.mette) and TO_THE_AUTHOR in said(s.nadia)
        assert "Nadia" not in said(s.mette) and "Mette" not in said(s.nadia)
        assert TO_THE_AUTHOR not in said(s.lise)


async def test_the_platform_is_read_from_the_link_and_the_link_itself_is_not_shown():
    async with story(FRIDAY_NIGHT) as s:
        await letters_are_open(s, media="other_social", links="https://www.tiktok.com/@nogen/video/7")
        await tries(s, "ask_author", "2026-11-27")
        await s.jonas.say("svar på trin 8 Nej")
        await s.jonas.say("åbn 9")

        told = as_text(s.jonas.messages[-1].card)
        assert "TikTok" in told and "Facebook" not in told and "@nogen" not in told
        assert "Endnu ikke kontrolleret af jeres jurister." in told and "[Andre steder]" in told


async def test_where_no_profile_is_needed_it_is_said_so_and_not_among_what_is():
    async with story(FRIDAY_NIGHT) as s:
        await letters_are_open(s, media="instagram")
        await tries(s, "ask_author", "2026-11-27")
        await s.jonas.say("svar på trin 8 Nej")
        await s.jonas.say("åbn 9")

        told = as_text(s.jonas.messages[-1].card)
        assert "linket til det og hvilket land. Du behøver ikke have en profil der." in told


async def test_whoever_took_a_rung_over_notes_what_they_did_and_reads_nothing_of_the_others():
    async with story(FRIDAY_NIGHT) as s:
        await letters_are_open(s)
        await tries(s, "ask_author", "2026-11-27", "zzwherezz")
        await s.jonas.say("svar på trin 8 zzreplyzz")
        await s.jonas.say("giv 9 til Ali Demir")
        await s.settled()
        await s.does(s.ali, "accept_step", step="ask_site")
        await s.does(s.ali, "try_rung", {"sent_on": "2026-11-27", "where": "Formularen"}, step="ask_site")

        assert "zz" not in said(s.ali) and TO_THE_SITE in said(s.ali) and TO_THE_AUTHOR not in said(s.ali)
        assert TO_THE_SITE in said(s.mette) and "Ali" not in said(s.mette).partition("Hvem ved det")[0]
