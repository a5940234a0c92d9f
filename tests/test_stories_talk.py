"""What the leader and the employee say to each other, as they live it: the talk, silence broken, words both ways."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from bot.reaching.ways import WayBusy, WayClosed
from bot.rehearsal.chat import Chat
from bot.rehearsal.pressing import buttons
from cards.show import as_text
from casework.vocabulary import Answer
from tests.story import Story, local, said, story

AGREED = {
    "help": "Jonas ringer til Tidlig Indsats i dag.",
    "tells": "Jonas fortæller det til Karin.",
    "contact": "En sms hver eftermiddag.",
    "date": "2026-11-26",
    "time": "13:00",
    "other": "",
}


async def had_the_case(s: Story, **said_: str) -> None:
    await s.report(s.mette, **said_)
    await s.opened(s.jonas)


async def lives(s: Story, until: datetime) -> None:
    """Day after day, as the round asks; not a week at a time, as after downtime."""
    while s.clock.now() < until - timedelta(hours=6):
        await s.passes(hours=6)
    await s.until(until)


async def agreed(s: Story, name: str = "mette", **changed: str) -> None:
    """The leader writes down what was agreed with that person."""
    await s.jonas.say("åbn 1")
    await s.does(s.jonas, "show_points", person=s.id(name))
    await s.does(s.jonas, "agree_points", {**AGREED, **changed}, person=s.id(name))


@pytest.mark.duty("B3", "B6", "H1")
async def test_what_was_agreed_in_the_talk_is_written_once_seen_by_both_and_confirmed_by_mette():
    async with story() as s:
        await had_the_case(s)
        await agreed(s)
        assert "Jonas ringer til Tidlig Indsats i dag." in said(s.mette)
        assert "Torsdag d. 26. november kl. 13.00" in said(s.mette)
        [invitation] = s.ways.invited
        assert (invitation.subject, invitation.begins) == ("Samtale", local(2026, 11, 26, 13))
        assert invitation.to == (s.id("jonas"), s.id("mette"))
        assert "Den ligger i jeres kalender." in said(s.mette)
        await s.does(s.mette, "points_fit", number="1")

        case = await s.case()
        assert case.step("talk").done_by == s.id("jonas")
        assert case.talk.agreed(s.id("mette")).answer is Answer.YES
        assert "Mette har sagt, at det er aftalt" in said(s.jonas)
        assert "I er enige om, hvad der sker nu." in said(s.mette)
        await s.until(local(2026, 11, 23, 11))
        assert said(s.mette).count("har svært ved at samle tankerne") == 1, "and support goes on afterwards"


async def test_what_does_not_quite_fit_comes_back_with_words_and_a_changed_agreement_is_asked_of_anew():
    async with story() as s:
        await had_the_case(s)
        await agreed(s)
        await s.does(s.mette, "points_unfit", {"words": "Hellere en opringning end en sms."}, number="1")
        assert "Mette har sagt, at det ikke passer helt" in said(s.jonas)
        assert "Hellere en opringning" in said(s.mette)
        assert "Hellere en opringning" not in said(s.jonas), "words come on Vis, and she reads when they were opened"
        [lying] = (await s.case()).talk.thread(s.id("mette"))
        assert lying.read_at is None
        await s.does(s.jonas, "open_messages", person=s.id("mette"))
        assert "Hellere en opringning" in said(s.jonas)
        assert (await s.case()).talk.thread(s.id("mette"))[0].read_by == s.id("jonas")
        await s.jonas.say("åbn 1")
        await s.does(s.jonas, "show_points", person=s.id("mette"))
        assert "Hellere en opringning" in as_text(s.jonas.messages[-1].card), "opened once, they stand here too"
        await agreed(s, contact="En opringning hver eftermiddag.")
        assert "Ændret af Jonas" in said(s.mette) and "En opringning hver eftermiddag." in said(s.mette)
        await s.mette.say("det er aftalt")
        await s.settled()

        versions = (await s.case()).talk.points[s.id("mette")]
        assert [one.answer for one in versions] == [Answer.NO, Answer.YES]


async def test_several_have_each_their_own_talk_and_nobody_sees_anothers():
    async with story() as s:
        await had_the_case(s, whom="several", people="Lise Bech")
        await agreed(s, help="Kun om Mette.")
        assert s.lise.messages == () and not (await s.case()).step("talk").closed
        await agreed(s, "lise", help="Kun om Lise.")

        assert (await s.case()).step("talk").closed
        assert "Kun om Lise." in said(s.lise) and "Kun om Mette." not in said(s.lise)
        assert "Kun om Mette." in said(s.mette) and "Kun om Lise." not in said(s.mette)
        assert "Lise" not in said(s.mette).replace("Lise Bech", "", 2)


@pytest.mark.duty("B7")
async def test_after_three_silent_working_days_jonas_is_asked_to_write_and_mette_writes_back_and_both_see_it_is_read():
    async with story() as s:
        await had_the_case(s)
        await s.until(local(2026, 11, 25, 23))
        assert "har ikke hørt noget" not in said(s.jonas)
        await s.until(local(2026, 11, 26, 9))
        assert "Mette har ikke hørt noget i 3 arbejdsdage." in said(s.jonas)
        await s.does(
            s.jonas, "give_update", {"update": "Intet nyt fra siden endnu. Jeg ringer i morgen."}, place="silent"
        )
        assert "Intet nyt fra siden endnu. Jeg ringer i morgen." in said(s.mette)
        assert "Du hørte sidst fra Jonas i dag kl. 9.00." in said(s.mette)
        await s.does(s.mette, "write_message")
        await s.does(s.mette, "send_message", {"words": "Tak. Ring gerne efter kl. 14."})
        assert "Ring gerne efter" not in said(s.jonas) and "1 besked venter" in said(s.jonas)
        assert "Set af Mette i dag kl. 9.00." in said(s.jonas)
        await s.passes(hours=5, minutes=3)
        await s.does(s.jonas, "open_messages", person=s.id("mette"))

        assert "Ring gerne efter kl. 14." in said(s.jonas)
        assert "Set af Jonas i dag kl. 14.03." in said(s.mette)


async def test_the_nudge_comes_again_after_three_more_working_days_and_an_answer_begins_the_count_anew():
    async with story() as s:
        await had_the_case(s)
        for day, times in ((26, 1), (30, 1)):
            await lives(s, local(2026, 11, day, 23))
            assert said(s.jonas).count("har ikke hørt noget i 3 arbejdsdage") == times
        await lives(s, local(2026, 12, 1, 23))
        assert said(s.jonas).count("har ikke hørt noget i 3 arbejdsdage") == 2
        await s.jonas.say("giv besked Vi venter stadig på svar.")
        await s.settled()
        await lives(s, local(2026, 12, 4, 8))

        assert said(s.jonas).count("har ikke hørt noget i 3 arbejdsdage") == 2
        assert "Vi venter stadig på svar." in said(s.mette)


async def test_what_mette_types_in_the_case_reaches_jonas_only_when_he_presses_vis():
    async with story() as s:
        await had_the_case(s)
        await s.mette.say("skriv til sagen")
        await s.mette.say("Jeg er bange for at gå på arbejde.")
        await s.mette.say("Kan vi tale i morgen?")
        await s.mette.say("stop")
        await s.settled()
        assert "2 beskeder venter" in said(s.jonas) and "bange" not in said(s.jonas)
        assert all("bange" not in (sent.summary or "") for sent in s.jonas.messages)
        await s.jonas.say("vis beskeder")
        await s.settled()
        assert "Jeg er bange" in said(s.jonas) and "Kan vi tale i morgen?" in said(s.jonas)
        await s.does(s.jonas, "send_message", {"words": "Ja, kl. 10 hos mig."})

        assert "Ja, kl. 10 hos mig." in said(s.mette)
        facts = await s.facts()
        assert facts.count("message_written") == 3 and "account_given" not in facts[facts.index("report_sent") :]


async def test_mette_sees_what_she_has_written_again_when_she_asks_for_it_and_jonas_opening_it_is_his_own():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.mette.say("det jeg skrev")
        assert "Der er ikke noget åbent" in s.mette.messages[-1].text
        await s.mette.say("skriv i sagen")
        await s.mette.say("Han stod her igen i dag.")
        await s.mette.say("stop")
        await s.mette.say("beskeder")
        before = said(s.mette).count("Han stod her igen i dag.")
        await s.does(s.mette, "show_own_words")
        assert said(s.mette).count("Han stod her igen i dag.") == before + 1 and "Ikke åbnet endnu." in said(s.mette)
        assert "messages_read" not in await s.facts() and "Han stod her igen" not in said(s.jonas)
        await s.jonas.say("det jeg skrev")
        assert "Han stod her igen" not in said(s.jonas)


async def test_words_that_lie_unread_for_a_working_day_are_shown_to_jonas_again():
    async with story() as s:
        await had_the_case(s)
        await s.until(local(2026, 11, 23, 10))
        await s.mette.say("skriv besked Kan vi tale?")
        await s.settled()
        before = len([one for one in s.jonas.messages if "venter" in as_text(one.card or {})])
        await lives(s, local(2026, 11, 25, 12))

        assert "Kan vi tale?" not in said(s.jonas)
        assert len([one for one in s.jonas.messages if "venter" in as_text(one.card or {})]) > before


async def test_whoever_reported_it_sees_nothing_of_what_the_two_write():
    async with story() as s:
        await had_the_case_of_mette(s)
        await s.mette.say("skriv besked Noget kun Jonas skal læse.")
        await s.settled()
        await s.does(s.jonas, "write_message", person=s.id("mette"))
        await s.does(s.jonas, "send_message", {"words": "Noget kun Mette skal læse."}, person=s.id("mette"))
        await s.lise.say("beskeder")
        await s.lise.say("aftalen")
        await s.lise.say("sagen")

        assert "skal læse" not in said(s.lise)


async def had_the_case_of_mette(s: Story) -> None:
    """Lise has reported it for Mette, and Jonas has had the talk."""
    await s.report(s.lise, whom="colleague", people="Mette Lund")
    await s.opened(s.jonas)
    await s.step(s.jonas, "talk")


async def test_on_the_day_of_the_next_talk_both_are_reminded():
    async with story() as s:
        await had_the_case(s)
        await agreed(s)
        await s.until(local(2026, 11, 26, 7, 59))
        assert "samtale med Jonas." not in said(s.mette)
        await s.until(local(2026, 11, 26, 8))

        assert "I dag kl. 13.00: samtale med Jonas. Du behøver ikke forberede noget." in said(s.mette)
        assert "I dag kl. 13.00: samtale med Mette." in said(s.jonas)


async def test_a_talk_that_was_agreed_holds_also_when_something_else_does_not_fit():
    async with story() as s:
        await had_the_case(s)
        await agreed(s)
        await s.does(s.mette, "points_unfit", {"words": "Hellere en opringning end en sms."}, number="1")
        await s.until(local(2026, 11, 26, 7, 59))
        await s.until(local(2026, 11, 26, 8))

        assert "I dag kl. 13.00: samtale med Jonas." in said(s.mette)
        assert "I dag kl. 13.00: samtale med Mette." in said(s.jonas)


async def test_of_several_an_update_reaches_the_one_it_is_for_or_all_of_them():
    async with story() as s:
        await had_the_case(s, whom="several", people="Lise Bech")
        await s.step(s.jonas, "talk")
        for words, reader in (("Kun til Lise.", s.id("lise")), ("Til jer begge.", "all")):
            await s.does(s.jonas, "write_update")
            await s.does(s.jonas, "give_update", {"update": words, "reader": reader}, place="card")

        assert "Kun til Lise." in said(s.lise) and "Kun til Lise." not in said(s.mette)
        assert "Til jer begge." in said(s.lise) and "Til jer begge." in said(s.mette)


@pytest.mark.parametrize("fault", [WayClosed("not_set_up"), WayBusy()])
async def test_without_a_way_to_the_calendars_the_talk_stands_on_the_card_and_nothing_waits_for_it(fault):
    async with story() as s:
        s.ways.invite_fails = fault
        await had_the_case(s)
        await agreed(s)
        assert "Værn kunne ikke lægge den i kalenderen. I får begge besked på dagen." in said(s.mette)
        [link] = [one for one in links(s.jonas) if "/l/meeting/new?" in one]
        filled = {name: value for name, [value] in parse_qs(urlsplit(link).query).items()}
        mail = next(one.mail for one in s.settings.organisation.people if one.id == s.id("mette"))
        assert filled["subject"] == "Samtale" and filled["attendees"] == mail
        assert datetime.fromisoformat(filled["startTime"]) == local(2026, 11, 26, 13)
        assert "Mette" not in filled["subject"] + filled["content"] and (await s.case()).id not in unquote(link)
        await agreed(s, time="14:00")

        assert [one.begins for one in s.ways.invited] == [local(2026, 11, 26, 13), local(2026, 11, 26, 14)]


def links(chat: Chat) -> list[str]:
    """The addresses that buttons in a chat open, the newest card last."""
    pressed = (button.action for one in chat.messages for button in buttons(one.card or {}))
    return [action["url"] for action in pressed if action["type"] == "Action.OpenUrl"]
