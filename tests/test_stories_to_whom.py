"""A typed message that could go to several: asked to whom, kept until that is said, and sent once, to that one only."""

import pytest

from bot.own_words import MOST_WAITING
from bot.rehearsal.chat import Chat
from cards.show import as_text
from casework.case import Case
from tests.story import Story, said, story
from tests.test_stories_closing import closed


async def two_cases(s: Story, *, of: str = "lise") -> None:
    """Jonas has one of Mette's, and a newer one of another."""
    await s.report(s.mette)
    await s.opened(s.jonas)
    await s.passes(minutes=5)
    await s.report(getattr(s, of), account="Der står noget om mig på en blog.")
    await s.opened(s.jonas)


async def heard(s: Story, case: Case) -> list[str]:
    """What was written from one to the other in that case, oldest first."""
    opened = await s.app.office.caseworker.open(case.id)
    written = [event for event in opened.case.log if type(event).__name__ in ("MessageWritten", "UpdateGiven")]
    return [opened.texts[event.words] for event in written]


async def both(s: Story) -> list[list[str]]:
    return [await heard(s, case) for case in await s.cases("jonas")]


def sends(chat: Chat) -> list[str]:
    """In which cases the newest card would send the words."""
    card = chat.last_card
    actions = [action for part in card["body"] for action in part.get("actions", ())]
    return [action["data"]["press"]["case"] for action in actions]


@pytest.mark.parametrize("words", ["skriv besked", "giv besked", "send message", "update"])
async def test_a_leader_of_several_cases_is_asked_whom_a_message_is_for_and_it_reaches_that_one_only(words):
    async with story() as s:
        await two_cases(s)
        await s.jonas.say(f"{words} Jeg ringer i morgen")
        await s.settled()
        assert await both(s) == [[], []] and "Hvem skal have det?" in said(s.jonas)
        older, newer = [case.id for case in await s.cases("jonas")]
        assert sends(s.jonas) == [newer, older] and "Jeg ringer i morgen" in said(s.jonas)

        message, action = s.button(s.jonas, "send_words", to=s.id("mette"))
        for _ in range(2):
            await s.jonas.press(action, {}, card=message)
        await s.settled()
        assert await both(s) == [["Jeg ringer i morgen"], []] and "Jeg ringer" not in said(s.lise)


async def test_a_name_says_whom_a_message_is_for_in_whichever_case_that_is():
    async with story() as s:
        await two_cases(s)
        await s.jonas.say("send besked til Mette: Jeg ringer i morgen")
        await s.jonas.say("giv besked til Lise: Vi ses på mandag")
        await s.jonas.say("giv besked til Peter: Vi ses på mandag")
        assert "Herfra kan en besked kun gå til Mette" in said(s.jonas) and "Lise" in s.jonas.messages[-1].text

        assert await both(s) == [["Jeg ringer i morgen"], ["Vi ses på mandag"]]


async def test_the_same_person_in_two_cases_is_asked_about_by_the_number_of_the_case():
    async with story() as s:
        await two_cases(s, of="mette")
        await s.jonas.say("giv besked til Mette: Det er væk nu")
        older, newer = [case.id for case in await s.cases("jonas")]
        assert await both(s) == [[], []] and sends(s.jonas) == [newer, older]
        assert f"Mette Lund, sag {older}" in said(s.jonas)
        await s.does(s.jonas, "send_words", to=s.id("mette"))

        assert await both(s) == [[], ["Det er væk nu"]]


async def test_without_a_name_one_of_several_in_a_case_is_asked_about_and_news_goes_to_all_of_them():
    async with story() as s:
        await s.report(s.mette, whom="several", people="Lise Bech")
        await s.opened(s.jonas)
        await s.step(s.jonas, "talk")
        await s.jonas.say("skriv besked Kun til én af jer")
        assert "Hvem skal have det?" in said(s.jonas) and await both(s) == [[]]
        await s.jonas.say("giv besked Vi er i gang")
        await s.settled()

        assert await both(s) == [["Vi er i gang"]] and "Kun til én" not in f"{said(s.mette)}{said(s.lise)}"


async def test_whoever_has_told_of_two_cases_is_asked_which_leader_it_is_for():
    async with story() as s:
        await s.report(s.mette)
        await s.report(s.mette, recipient=s.id("karin"))
        await s.mette.say("skriv besked Jeg vil gerne tale med dig")
        first, second = [case.id for case in await s.cases("mette")]
        assert sends(s.mette) == [second, first] and "Jonas Friis, sag" in said(s.mette)
        await s.does(s.mette, "send_words")

        assert [await heard(s, case) for case in await s.cases("mette")] == [[], ["Jeg vil gerne tale med dig"]]


async def test_without_words_it_is_asked_whom_to_write_to_and_the_words_are_not_forgotten_over_a_restart():
    async with story() as s:
        await two_cases(s)
        await s.jonas.say("skriv besked")
        await s.does(s.jonas, "write_message", person=s.id("mette"))
        await s.does(s.jonas, "send_message", {"words": "Skrevet på kortet"})
        await s.jonas.say("english")
        await s.jonas.say("send message I will call tomorrow")
        assert "Who is it for?" in said(s.jonas)
        await s.restart()
        await s.does(s.jonas, "send_words", to=s.id("lise"))

        assert await both(s) == [["Skrevet på kortet"], ["I will call tomorrow"]]


async def test_with_too_many_words_waiting_nothing_is_sent_and_it_is_said_how_to_name_the_one_it_is_for():
    async with story() as s:
        await two_cases(s)
        for number in range(MOST_WAITING + 1):
            await s.jonas.say(f"skriv besked Besked nummer {number}")

        assert "Intet er sendt. Herfra kan en besked kun gå til" in s.jonas.messages[-1].text
        assert await both(s) == [[], []]


# -- where the case it may be about offers nobody to write to ----------------------------------------------------------

NOW = "Jeg ringer til dig om opslaget nu"


async def untold(s: Story) -> None:
    """Jonas has Mette's, and a newer one about Lise, who has not been told."""
    await s.report(s.mette)
    await s.opened(s.jonas)
    await s.passes(minutes=5)
    await s.report(s.peter, whom="colleague", people="Lise Bech")
    await s.opened(s.jonas)


async def unopened(s: Story) -> None:
    await s.report(s.mette)
    await s.opened(s.jonas)
    await s.passes(minutes=5)
    await s.report(s.lise)


async def wish_to_be_rung(s: Story) -> None:
    await s.report(s.mette)
    await s.opened(s.jonas)
    await s.passes(minutes=5)
    await s.lise.say("ring til mig")
    await s.does(s.lise, "choose_call", person=s.id("jonas"))


async def opened_again(s: Story) -> None:
    await closed(s)
    await s.passes(days=2)
    await s.report(s.lise)
    await s.opened(s.jonas)
    await s.passes(minutes=5)
    await s.does(s.mette, "reopen_case", {"why": "Det er tilbage."})


@pytest.mark.parametrize("words", ["skriv besked", "giv besked", "send message", "update"])
@pytest.mark.parametrize("before", [untold, unopened, wish_to_be_rung, opened_again])
async def test_with_a_case_or_call_that_nobody_hears_of_or_that_is_not_opened_a_message_goes_nowhere_unasked(
    before, words
):
    async with story() as s:
        await before(s)
        await s.jonas.say(f"{words} {NOW}")
        await s.settled()

        assert NOW not in sum(await both(s), []) and NOW not in f"{said(s.mette)}{said(s.lise)}"
        assert "Hvem skal have det?" in said(s.jonas) and "ikke sendt" in said(s.jonas)


async def test_whoever_meant_the_case_with_nobody_to_write_to_says_to_nobody_and_the_others_send_it():
    async with story() as s:
        await untold(s)
        await s.jonas.say("update Lise is in a bad way, we wait with telling her")
        await s.jonas.press("Ikke til nogen")
        await s.settled()
        assert await both(s) == [[], []] and "bad way" not in said(s.mette) and "Dine sager" in said(s.jonas)
        await s.jonas.say(f"skriv besked {NOW}")
        await s.does(s.jonas, "send_words", to=s.id("mette"))

        assert await both(s) == [[NOW], []]


async def test_what_a_colleague_writes_of_the_case_they_told_of_goes_to_no_leader_of_their_own_unasked():
    async with story() as s:
        await s.report(s.mette, recipient=s.id("karin"))
        await s.opened(s.karin)
        await s.passes(minutes=5)
        await s.report(s.mette, whom="colleague", people="Lise Bech")
        await s.opened(s.jonas)
        await s.mette.say("skriv besked Lise er brudt sammen")
        await s.settled()

        assert "Hvem skal have det?" in said(s.mette) and "brudt sammen" not in f"{said(s.karin)}{said(s.jonas)}"
        assert [await heard(s, case) for case in await s.cases("mette")] == [[], []]


async def test_whoever_waits_to_be_rung_is_asked_whether_their_words_are_for_whoever_has_their_case():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("ring til mig")
        await s.does(s.mette, "choose_call", person=s.id("sara"))
        await s.mette.say("skriv besked Ring først efter klokken tre")
        await s.settled()

        assert "Hvem skal have det?" in said(s.mette) and "efter klokken tre" not in said(s.jonas)


async def test_a_name_reaches_whoever_it_happened_to_in_a_case_that_was_opened_again():
    async with story() as s:
        await opened_again(s)
        await s.jonas.say(f"send besked til Mette: {NOW}")
        await s.settled()

        assert "kun gå til" not in said(s.jonas) and [one for one in await both(s) if NOW in one]
        assert NOW not in said(s.lise)


async def test_who_can_only_be_written_to_without_words_is_asked_about_as_well():
    async with story() as s:
        await untold(s)
        await s.jonas.say("skriv besked")

        assert "Hvem skal have det?" in said(s.jonas) and "Du har flere" not in said(s.jonas)
        assert s.has(s.jonas, "write_message", person=s.id("mette")) and "Til ingen" not in said(s.jonas)


async def test_words_kept_for_somebody_whose_case_went_on_are_refused_with_the_name_of_whoever_has_it_now():
    async with story() as s:
        await two_cases(s)
        await s.report(s.peter)
        await s.jonas.say("skriv besked Hej til en")
        message, action = s.button(s.jonas, "send_words", to=s.id("peter"))
        await s.passes(hours=7)
        await s.jonas.press(action, {}, card=message)
        await s.settled()

        assert "Karin har sagen nu" in said(s.jonas) and "ikke er her mere" not in said(s.jonas)
        assert "Hej til en" not in f"{said(s.peter)}{said(s.karin)}"


async def test_words_kept_for_one_leader_are_asked_about_anew_when_another_has_the_case():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("Kære Jonas, det her er kun til dig, og ikke til andre.")
        message, action = s.button(s.mette, "send_words")
        await s.passes(hours=30)
        await s.mette.press(action, {}, card=message)
        await s.settled()
        assert "kun til dig" not in said(s.karin) and await heard(s, (await s.cases("mette"))[0]) == []
        await s.mette.press("Send til Karin")

        assert len(await heard(s, (await s.cases("mette"))[0])) == 1


async def test_free_words_of_a_leader_with_two_cases_are_sent_to_the_one_that_is_pressed():
    async with story() as s:
        for chat in (s.mette, s.peter):
            await s.report(chat)
            await s.opened(s.jonas)
        await s.jonas.say("hej mette, jeg ringer i morgen kl 10")
        asked = as_text(s.jonas.messages[-1].card)
        assert "Mette Lund, sag" in asked and "Peter Vang, sag" in asked and "Er nogen i fare" in asked
        await s.does(s.jonas, "send_words", to=s.id("mette"))

        assert "jeg ringer i morgen kl 10" in said(s.mette) and "jeg ringer i morgen kl 10" not in said(s.peter)


async def test_an_employee_with_two_cases_is_asked_which_of_them_their_words_are_for_unless_they_name_it():
    async with story() as s:
        for _ in range(2):
            await s.report(s.mette)
            await s.opened(s.jonas)
            await s.passes(minutes=5)
        older, newer = [case.id for case in await s.cases("mette")]
        await s.mette.say("Naboen ringede til mig i aftes.")
        assert sends(s.mette)[:2] == [newer, older] and await both(s) == [[], []]
        await s.mette.say(f"{older}: her er mere")
        assert older in str(s.mette.last_card) and newer not in str(s.mette.last_card)
        await s.does(s.mette, "send_words")

        assert await both(s) == [[f"{older}: her er mere"], []]
