"""Letters from "Åbn 8" to the file in the document system, through the real local channel."""

import re
from datetime import date

import pytest

from bot.rehearsal.chat import Chat
from cards.show import as_text
from casework.vocabulary import StepId
from tests.local_files import organisation
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
    """The step's letter is opened, filled in, and noted as sent."""
    await chat.say(f"brev {step}")
    await s.does(chat, "send_letter", {"text": filled_in(chat), **more})


def filled_in(chat: Chat) -> str:
    """The text in the newest letter, with everything in square brackets written in."""
    return re.sub(r"\[[^\]]+\]", "det, der skal stå", field(chat))


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
        assert name == "Brev 8 2026-11-22.docx" and "Ring gerne." in words and "VK-" not in str(properties)
        assert MARK not in words and "Mette" not in words

        await s.does(s.jonas, "send_letter", {"date": "2026-11-22", "journal": "2026-4711"})
        assert "Sendt søndag d. 22. november af Jonas Friis." in said(s.jonas)
        assert "Journaliseret: 2026-4711" in said(s.jonas)

        await s.does(s.jonas, "fetch_journal")
        name, content = await taken(s, s.jonas)
        case = (await s.case()).id
        words, properties = read(content)
        assert name == f"{case} brev 8 2026-11-22.docx" and "Ring gerne." in words
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
        await s.does(s.jonas, "send_letter", {"text": filled_in(s.jonas), "date": "2026-11-22"})
        await s.jonas.say("færdig 9")
        await s.jonas.say("brev 10")
        assert "Til Datatilsynet, dt@datatilsynet.dk" in field(s.jonas)
        assert "Siden blev bedt om at fjerne det 22. november 2026." in field(s.jonas)
        assert MARK not in field(s.jonas) and "Mette" not in field(s.jonas)
        await s.does(s.jonas, "send_letter", {"text": filled_in(s.jonas), "date": "2026-11-22"})


async def test_the_file_says_what_the_card_says_and_asked_for_twice_it_is_offered_once():
    async with story() as s:
        await reported(s)
        await opened(s)
        await s.jonas.say("brev 8")
        for _ in range(2):
            await s.does(s.jonas, "fetch_letter")
        assert len([message for message in s.jonas.messages if message.question]) == 1

        shown = said(s.jonas)
        words, _ = read((await taken(s, s.jonas))[1])
        lines = [line for line in words.replace("\xa0", " ").splitlines() if line.strip()]
        assert "\n".join(lines) in shown and "Navn og underskrift" in lines


@pytest.mark.parametrize(
    ("variant", "words"),
    [
        ("sms", "dine udtalelser i sms af i går overskrider"),
        ("mail", "dine udtalelser i mail af i går overskrider"),
        ("video", "Du bedes fjerne din video omgående"),
        ("fake_profile", "den profil, du har oprettet (set i går), overskrider"),
    ],
)
async def test_an_adaptation_of_the_guides_letter_says_that_it_is_one(variant, words):
    async with story() as s:
        await reported(s)
        await opened(s)
        await s.jonas.say("brev 8")
        await s.does(s.jonas, "fill_letter", {"variant": variant, "ending": "degrading", "post": "i går"})

        assert words in field(s.jonas) and field(s.jonas).endswith("undlade dine nedsættende kommentarer.")
        assert "En tilpasning af guidens brev." in said(s.jonas) and "ord for ord" not in said(s.jonas)


async def test_the_authority_and_how_long_an_answer_is_waited_for_are_the_organisations_own(tmp_path):
    own = ('authority = "Københavns Kommune"', 'authority = "Ny Kommune"\nanswer_days = { ask_author = 1 }')
    async with story(VAERN_ORGANISATION=str(organisation(tmp_path, own))) as s:
        await reported(s)
        await opened(s)
        await noted(s, s.jonas, 8, date="2026-11-22")

        (attempt,), (sent,) = (await s.case()).removal.attempts, (await s.case()).letters.sent
        assert attempt.letter == sent.id and attempt.answer_by == date(2026, 11, 23)
        await s.jonas.say("brev 8")
        assert field(s.jonas).startswith("Ny Kommune gør opmærksom") and "Københavns" not in field(s.jonas)


async def test_before_anybody_is_asked_the_letter_itself_says_what_to_think_of():
    async with story() as s:
        await reported(s)
        await opened(s)
        await s.jonas.say("brev 8")
        think = "Kan det give gengæld mod Mette eller andre? Kan det forstyrre en politianmeldelse?"
        assert think in as_text(s.jonas.messages[-1].card)
        await s.does(s.jonas, "send_letter", {"date": "2026-11-22"})
        await s.jonas.say("brev 8")

        assert think not in as_text(s.jonas.messages[-1].card), "Once somebody has been asked it is no news."


async def test_a_letter_from_before_it_happened_is_kept_as_a_draft_and_asked_about():
    async with story() as s:
        await reported(s)
        await opened(s)
        await s.jonas.say("brev 8")
        await s.does(s.jonas, "send_letter", {"text": "Skrevet med møje.", "date": "2025-11-22"})

        assert field(s.jonas) == "Skrevet med møje." and "Er årstallet rigtigt?" in said(s.jonas)
        assert (await s.case()).removal.attempts == ()


async def test_the_link_a_site_must_have_is_no_slip_and_the_profile_is_asked_about():
    async with story() as s:
        await s.report(s.mette, links="https://facebook.example/nord/7", identifier=f"Profilen {MARK}")
        await s.opened(s.jonas)
        await opened(s)
        await noted(s, s.jonas, 8)
        await s.jonas.say("færdig 8")
        await s.jonas.say("brev 9")
        await s.does(s.jonas, "save_letter", {"text": "Det ligger på https://facebook.example/nord/7"})
        assert "Brevet nævner" not in said(s.jonas)
        await s.does(s.jonas, "save_letter", {"text": f"Det er lagt op af Profilen {MARK}."})
        assert f"Brevet nævner: Profilen {MARK}." in said(s.jonas)


async def test_the_links_that_were_told_stand_in_the_letter_to_the_site_and_mette_reads_that_jonas_has_seen_them():
    async with story() as s:
        await s.report(s.mette, links="Se https://facebook.example/nord/7, og også www.nord.example/8.")
        await s.opened(s.jonas)
        await opened(s)
        await noted(s, s.jonas, 8)
        await s.jonas.say("færdig 8")
        assert "item_opened" not in await s.facts()
        await s.jonas.say("brev 9")
        assert "Link til indholdet: https://facebook.example/nord/7\nwww.nord.example/8\n\n" in field(s.jonas)
        assert "[indsæt link]" not in said(s.jonas)
        assert (await s.facts())[-1] == "item_opened"
        await s.mette.say("hvem har set det")
        assert "Jonas Friis åbnede det, du har fortalt" in said(s.mette)

        await s.jonas.say("giv 9 til Ali Demir")
        await s.settled()
        await s.ali.say("tag 9")
        await s.ali.say("brev 9")
        assert "Link til indholdet: [indsæt link]" in field(s.ali) and "nord/7" not in said(s.ali)


async def test_the_guides_own_places_for_a_day_and_a_post_are_named_before_a_letter_is_noted_as_sent():
    async with story() as s:
        await reported(s)
        await opened(s)
        await s.jonas.say("brev 8")
        await s.does(s.jonas, "send_letter", {"text": "Dine udtalelser i opslag af XX den xx.xx. krænker."})
        assert "Den er ikke noteret endnu, for her står stadig: XX og xx.xx." in said(s.jonas)
        await s.does(s.jonas, "send_letter", as_it_stands="yes")

        assert len((await s.case()).letters.sent) == 1


async def test_talking_points_stay_shut_when_only_others_may_be_told():
    async with story() as s:
        await reported(s)
        await s.jonas.say("spørg 18")
        await s.settled()
        await s.does(s.mette, "answer_consent", answer="yes", kind="partners")
        await s.jonas.say("åbn 18")
        assert not s.has(s.jonas, "write_letter", step="inform_colleagues")
        await s.jonas.say("brev 18")

        assert "Talepunkterne er til teamet." in said(s.jonas)
        assert "En kollega er udsat for digital chikane" not in said(s.jonas)


async def test_what_was_said_to_the_team_cannot_be_taken_back_and_mette_reads_what_is_left_to_ask_for():
    async with story() as s:
        await reported(s)
        await s.jonas.say("spørg 5")
        await s.settled()
        await s.does(s.mette, "answer_consent", answer="yes", kind="colleagues")
        await noted(s, s.jonas, 18, date="2026-11-22")
        await s.mette.say("mine svar")

        assert "Det kan ikke gøres usagt. Du kan stadig bede Jonas om ikke at sige mere" in said(s.mette)
        assert "har fået besked søndag d. 22. november af Jonas" in said(s.mette)
        assert "Teamet får ikke besked" not in said(s.mette)
        assert not s.has(s.mette, "withdraw_consent", kind="colleagues"), "No card still says that it can be changed."


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


async def test_where_it_happened_to_nobody_in_particular_the_drafts_are_about_the_workplace():
    async with story() as s:
        await s.report(s.mette, whom="workplace")
        await s.opened(s.jonas)
        await s.does(s.jonas, "nobody_affected")
        await s.jonas.say("brev 18")
        assert field(s.jonas).startswith("Vores arbejdsplads er udsat for digital chikane. Det er arbejdspladsens")
        await s.jonas.say("brev 20")
        assert "at vores arbejdsplads er udsat" in field(s.jonas) and "en medarbejder hos os" not in field(s.jonas)


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


async def test_what_is_left_to_fill_in_is_named_before_it_is_noted_as_sent_and_nothing_in_the_fields_is_lost():
    async with story() as s:
        await reported(s)
        await s.jonas.say("brev 20")
        assert "Her er noget, der skal udfyldes: [skriv her]." in said(s.jonas)
        typed = {"text": f"{field(s.jonas)}\n\nRing gerne.", "date": "2026-11-21", "journal": "2026-4711"}
        await s.does(s.jonas, "send_letter", {**typed, "share": "yes"})
        assert (await s.case()).letters.sent == () and field(s.jonas).endswith("Ring gerne.")
        assert "Den er ikke noteret endnu, for her står stadig: [skriv her]." in said(s.jonas)
        values = {one["id"]: one.get("value") for one in fields_in(s.jonas.messages[-1].card)}
        assert (values["date"], values["journal"], values["share"]) == ("2026-11-21", "2026-4711", "yes")

        await s.does(s.jonas, "send_letter", {"text": field(s.jonas)}, as_it_stands="yes")
        (sent,) = (await s.case()).letters.sent
        assert (sent.sent_on, sent.shared) == (date(2026, 11, 21), True) and "Journaliseret: 2026-4711" in said(s.jonas)


async def test_a_letter_filled_in_after_all_is_noted_and_so_is_a_typed_one_sent_as_it_stands_in_both_languages():
    async with story() as s:
        await reported(s)
        await s.jonas.say("brev sendt 20 i går")
        assert "for her står stadig: [skriv her]." in said(s.jonas) and (await s.case()).letters.sent == ()
        await s.passes(hours=24)  # »i går« is another day now
        await s.does(s.jonas, "send_letter", {"text": filled_in(s.jonas)}, as_it_stands="yes")
        assert (await s.case()).letters.sent[0].sent_on == date(2026, 11, 21), "The day that was typed is not lost."

        await s.jonas.say("brev sendt 20")
        await s.jonas.say("gem alligevel 20 i går")
        await s.jonas.say("english")
        await s.jonas.say("letter sent 20")
        assert "It is not noted yet, for it still says: [skriv her]." in said(s.jonas)
        await s.jonas.say("save anyway 20")
        days = [letter.sent_on.day for letter in (await s.case()).letters.sent]
        assert days == [21, 22, 23]


def fields_in(card) -> list[dict]:
    """Every field of a card, also those in a small card inside it."""
    inner = [one for action in card.get("actions", ()) if "card" in action for one in fields_in(action["card"])]
    return [one for one in card["body"] if one["type"].startswith("Input.")] + inner


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
