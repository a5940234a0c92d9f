"""Letters from "Åbn 8" to the file in the document system, through the real local channel."""

import pytest

from bot.rehearsal.chat import Chat
from casework.vocabulary import StepId
from tests.story import Story, said, story
from tests.test_letters import GUIDE, read

MARK = "Hemmelig7"
"""Stands in what Mette has told, and in no letter."""


async def reported(s: Story) -> None:
    """Mette has told it, with things in it that no letter says; Jonas has the case."""
    await s.report(s.mette, account=f"{MARK} står der om mig.", identifier=f"Profilen {MARK}")
    await s.opened(s.jonas)


async def opened(s: Story) -> None:
    """Whatever step 8 waits for is done."""
    for words in ("færdig 2", "færdig 7", "spørg 8"):
        await s.jonas.say(words)
    await s.settled()


def field(chat: Chat) -> str:
    """The text in the newest letter."""
    cards = reversed(chat.cards)
    return next(one["value"] for card in cards for one in card["body"] if one.get("id") == "text")


async def taken(s: Story, chat: Chat) -> tuple[str, bytes]:
    """Yes to the file that is offered: its name and its bytes."""
    await chat.answer_file(True)
    (file,) = chat.messages[-1].files
    return file.name, await s.channel.conversations.get_file(file.id)


async def noted(s: Story, chat: Chat, step: int, **more: str) -> None:
    """The step's letter is opened and noted as sent, as it stands."""
    await chat.say(f"brev {step}")
    await s.does(chat, "send_letter", more)


@pytest.mark.duty("B10")
async def test_the_guides_letter_goes_from_open_eight_to_the_file_and_is_sent_with_its_number():
    async with story() as s:
        await reported(s)
        await s.jonas.say("brev 8")
        assert "Trinnet er låst" in said(s.jonas), "A letter makes posts vanish: first what is to be kept."

        await opened(s)
        await s.jonas.say("åbn 8")
        await s.does(s.jonas, "write_letter")
        as_it_stands = GUIDE.format(where="i opslag af 21. november 2026 på Facebook ", ending="din grove sprogbrug")
        assert field(s.jonas) == as_it_stands and "Guidens brev, ord for ord." in said(s.jonas)

        filled = {"ending": "harassing", "post": "lørdag den 21. november på Facebook"}
        await s.does(s.jonas, "fill_letter", filled)
        assert field(s.jonas).endswith("undlade din chikanerende tone.")
        await s.does(s.jonas, "save_letter", {"text": f"{field(s.jonas)}\n\nRing gerne."})
        await s.restart()
        await s.jonas.say("brev 8")
        assert field(s.jonas).endswith("Ring gerne."), "A draft outlives a restart."

        await s.does(s.jonas, "fetch_letter")
        name, content = await taken(s, s.jonas)
        words, properties = read(content)
        assert name == "Brev 2026-11-22.docx" and "Ring gerne." in words and "VK-" not in str(properties)
        assert MARK not in words and "Mette" not in words

        await s.does(s.jonas, "send_letter", {"date": "2026-11-22", "journal": "2026-4711"})
        assert "Sendt søndag d. 22. november af Jonas Friis." in said(s.jonas)
        assert "Journaliseret: 2026-4711" in said(s.jonas)

        await s.does(s.jonas, "fetch_journal")
        name, content = await taken(s, s.jonas)
        case = (await s.case()).id
        words, properties = read(content)
        assert name == f"{case} brev 2026-11-22.docx" and "Ring gerne." in words
        assert (properties["identifier"], properties["category"]) == (case, "Brev til den, der står bag")
        assert properties["description"] == "Sendt 2026-11-22. Journalnr.: 2026-4711."
        assert not {"Mette", "Lund", "Jonas", MARK} & set(f"{words} {properties}".split())


async def test_the_employee_is_told_that_it_was_sent_and_when_and_reads_it_when_it_is_shared():
    async with story() as s:
        await reported(s)
        await opened(s)
        await noted(s, s.jonas, 8)
        assert "Brev til den, der står bag" in said(s.mette) and "Vil du læse noget af det, så spørg Jonas." in said(
            s.mette
        )
        assert "krænker kommunens medarbejder" not in said(s.mette)

        await noted(s, s.jonas, 20, share="yes")
        assert "Orientering af din egen leder" in said(s.mette)
        assert "en medarbejder hos os er udsat for digital chikane" in said(s.mette)


async def test_what_was_tried_stands_in_the_letter_to_the_site_and_in_the_complaint():
    async with story() as s:
        await reported(s)
        await opened(s)
        await noted(s, s.jonas, 8, date="2026-11-22")
        await s.jonas.say("færdig 8")
        await s.jonas.say("brev 9")
        assert "blev bedt om at fjerne det 22. november 2026." in field(s.jonas)
        await s.does(s.jonas, "send_letter", {"date": "2026-11-22"})
        await s.jonas.say("færdig 9")
        await s.jonas.say("brev 10")
        assert "Til Datatilsynet, dt@datatilsynet.dk" in field(s.jonas)
        assert "Siden blev bedt om at fjerne det 22. november 2026." in field(s.jonas)
        assert MARK not in field(s.jonas) and "Mette" not in field(s.jonas)
        await s.does(s.jonas, "send_letter", {"date": "2026-11-22"})


async def test_talking_points_open_with_the_employees_yes_and_name_nobody():
    async with story() as s:
        await reported(s)
        await s.jonas.say("brev 18")
        assert "Trinnet er låst" in said(s.jonas)
        await s.jonas.say("spørg 5")
        await s.settled()
        await s.does(s.mette, "answer_consent", answer="yes", kind="colleagues")
        await s.jonas.say("brev 18")
        assert field(s.jonas).startswith("En kollega er udsat for digital chikane") and "Mette" not in field(s.jonas)
        await s.does(s.jonas, "send_letter", {"date": "2026-11-22"})
        assert "Sagt søndag d. 22. november af Jonas Friis." in said(s.jonas)


@pytest.mark.duty("B19")
async def test_whoever_takes_the_step_over_writes_upwards_without_learning_whom_it_is_about():
    async with story() as s:
        await reported(s)
        await s.jonas.say("giv 20 til Ali Demir")
        await s.settled()
        await s.ali.say("tag 20")
        await s.ali.say("brev 20")
        await s.does(s.ali, "save_letter", {"text": "Det handler om Mette Lund."})
        assert "Brevet nævner" not in said(s.ali), "What is found would tell them whom it is about."
        await s.does(s.ali, "send_letter", {"text": "En medarbejder er udsat.", "date": "2026-11-22"})
        assert "Sendt søndag d. 22. november af Ali Demir." in said(s.ali)
        await s.jonas.say("åbn 20")
        assert "Sendt søndag d. 22. november af Ali Demir." in said(s.jonas)
        assert MARK not in said(s.ali) and "Mette" not in said(s.ali).replace("Det handler om Mette Lund.", "")


async def test_a_letter_that_names_somebody_says_whom_and_can_be_had_all_the_same():
    async with story() as s:
        await reported(s)
        await s.jonas.say("brev 20")
        await s.does(s.jonas, "save_letter", {"text": f"Mette Lund er ramt af Profilen {MARK}."})
        assert f"Brevet nævner: Mette Lund og Profilen {MARK}." in said(s.jonas)
        await s.does(s.jonas, "fetch_letter")
        _, content = await taken(s, s.jonas)
        assert "Mette Lund" in read(content)[0]


async def test_what_cannot_be_noted_as_sent_is_kept_as_a_draft_and_said():
    async with story() as s:
        await reported(s)
        await s.jonas.say("brev 20")
        for day, why in (("2026-12-24", "Dagen ligger ude i fremtiden."), ("en dag", "Datoen kunne ikke læses.")):
            await s.does(s.jonas, "send_letter", {"text": f"Skrevet med møje: {day}.", "date": day})
            assert field(s.jonas) == f"Skrevet med møje: {day}." and why in said(s.jonas)
        assert (await s.case()).letters.sent == ()


async def test_a_second_press_sends_nothing_twice():
    async with story() as s:
        await reported(s)
        await s.jonas.say("brev 20")
        message, action = s.button(s.jonas, "send_letter")
        for _ in range(2):
            await s.jonas.press(action, {"text": "Et brev.", "date": "2026-11-22"}, card=message)
        assert len((await s.case()).letters.sent) == 1


async def test_every_button_of_a_letter_can_be_typed_in_both_languages():
    async with story() as s:
        await reported(s)
        for words in ("brev 20", "udfyld brev 20 i går på Facebook", "brevtekst 20 Vi har en sag.", "hent brev 20"):
            await s.jonas.say(words)
        assert field(s.jonas) == "Vi har en sag."
        await s.jonas.say("brev sendt 20 i går")
        await s.jonas.say("journalnummer 20 2026-1")
        assert "Sendt lørdag d. 21. november" in said(s.jonas) and "Journaliseret: 2026-1" in said(s.jonas)
        await s.jonas.say("hent til journal 20")
        await s.jonas.say("english")
        for words in ("letter 20", "fill letter 20 today", "letter text 20 Something.", "get letter 20"):
            await s.jonas.say(words)
        await s.jonas.say("letter sent 20")
        await s.jonas.say("file number 20 2026-2")
        await s.jonas.say("for the file 20")
        assert "Filed under: 2026-2" in said(s.jonas)
        assert len((await s.case()).letters.of(StepId("upper_management"))) == 2


async def test_a_step_that_has_no_letter_says_so():
    async with story() as s:
        await reported(s)
        await s.jonas.say("brev 3")
        assert "Det trin har ikke noget brev." in said(s.jonas)
