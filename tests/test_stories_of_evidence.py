"""Evidence as people give it: coached one thing at a time, by button and by word, and never as a demand."""

import io

import pytest
from PIL import Image

from bot.rehearsal.chat import Chat, Message, Upload
from cards.show import as_text
from casework.commands import TellCapture
from casework.parts import CapturedBy, Part, PartAnswer
from casework.vocabulary import Certainty, Stage
from tests.story import Story, local, said, story
from tests.test_stories import PICTURE


async def at_form_four(s: Story) -> None:
    await s.mette.say("noget er sket")
    await s.mette.press("Næste", {"whom": "me"})
    await s.mette.press("Næste", {"account": "Der er et opslag om mig.", "media": "facebook"})
    await s.mette.press("Næste", {"certainty": "exact", "date": "2026-11-21", "time": "14:10"})


async def adding(s: Story, chat: Chat) -> None:
    await s.report(chat, identifier="")
    await s.does(chat, "add_evidence")


def taken(at: str, make: str, model: str) -> bytes:
    """A small photo with a camera's own words in it."""
    photo, kept = Image.new("RGB", (4, 4)), io.BytesIO()
    exif = photo.getexif()
    exif[271], exif[272] = make, model
    exif.get_ifd(0x8769)[36867] = at
    photo.save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def mail(subject: str) -> bytes:
    lines = (
        "From: Nord <nord@example.org>",
        "To: mette.lund@example.dk",
        f"Subject: {subject}",
        "Date: Sat, 21 Nov 2026 14:10:00 +0100",
        "Message-ID: <1@example.org>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "Ord.",
    )
    return "\r\n".join(lines).encode()


def asked(chat: Chat) -> str:
    """The last card, as one text."""
    return words_of(next(message for message in reversed(chat.messages) if message.card))


def words_of(message: Message) -> str:
    return as_text(message.card or {}).replace("\xa0", " ")


@pytest.mark.duty("H12", "B1", "D3")
async def test_mette_is_led_through_what_vanishes_first_and_sends_without_the_rest():
    async with story() as s:
        await at_form_four(s)
        await s.mette.upload("opslag.png", PICTURE, "image/png")
        await s.does(s.mette, "describe_evidence", {"shows": "whole_post,time"})
        assert "Har du også det, man ser længere nede?" in asked(s.mette)
        assert "2 af 7 dele er gemt eller nævnt" in asked(s.mette)
        await s.does(s.mette, "report_how", device="iphone")
        assert "Rul lidt, og tag et til" in asked(s.mette)
        await s.does(s.mette, "answer_part", part="scrolled_part", answer="have_not")
        assert "Har du linket?" in said(s.mette)
        await s.mette.say("ikke nu")
        assert "Tak. Det er nok for nu" in asked(s.mette)
        await s.mette.press("Næste", {"originator": "unknown"})
        await s.mette.press("Næste", {"recipient": s.id("jonas")})
        await s.mette.press("Send")
        await s.settled()

        case = await s.case()
        answers = [(part, answer) for (_, part, _, _), answer in case.coaching.answers.items()]
        assert answers == [(Part.SCROLLED_PART, PartAnswer.HAVE_NOT), (Part.LINK, PartAnswer.NOT_NOW)]
        assert case.stage is Stage.OPEN and "2 af 7 dele gemt eller nævnt" in said(s.mette)
        await s.opened(s.jonas)
        assert "2 af 7 dele gemt eller nævnt" in said(s.jonas)


async def test_everything_the_coach_asks_can_be_answered_by_word_in_either_language():
    async with story() as s:
        await adding(s, s.mette)
        await s.mette.upload("opslag.png", PICTURE, "image/png")
        await s.does(s.mette, "describe_evidence", {"shows": "whole_post,scrolled_part,sender,time"})
        await s.mette.say("https://example.org/opslag/1")
        await s.mette.say("hvad mangler")
        assert "Hvornår er det taget?" in asked(s.mette)
        await s.mette.say("I don't have it")
        assert "Hvem har taget det?" in asked(s.mette)
        await s.mette.say("jeg tog det selv")
        assert "6 af 7 dele er gemt eller nævnt" in asked(s.mette)

        case = await s.case()
        assert [one.kind for one in case.evidence] == ["file", "text"]
        assert [one.by for one in case.coaching.captures.values()] == [CapturedBy.MYSELF]


async def test_of_several_pictures_at_once_only_the_last_receipt_asks():
    async with story() as s:
        await adding(s, s.mette)
        before = len(s.mette.messages)
        await s.mette.say("", files=tuple(Upload(f"{n}.png", PICTURE, "image/png") for n in range(3)))

        receipts = [message for message in s.mette.messages[before:] if message.card]
        assert sum("Hvad kan ses?" in words_of(message) for message in receipts) == 1


async def test_a_question_about_a_file_names_it_and_never_stands_under_another_s_name():
    async with story() as s:
        await adding(s, s.mette)
        await s.mette.upload("dokument.png", PICTURE, "image/png")
        await s.mette.upload("opslag.png", PICTURE, "image/png")
        await s.does(s.mette, "describe_evidence", {"shows": "whole_post"})

        await s.mette.say("hvad mangler")
        assert "Hvad kan ses på bevis 1 (dokument.png)?" in asked(s.mette) and "opslag.png" not in asked(s.mette)
        await s.does(s.mette, "describe_evidence", {"shows": "whole_post,scrolled_part,sender,time,link"})
        await s.mette.say("hvad mangler")
        assert "Det gælder bevis 1 (dokument.png) og bevis 2 (opslag.png)." in asked(s.mette)


async def test_a_piece_is_put_to_one_of_several_times_with_one_press():
    async with story() as s:
        await s.report(s.mette)
        await s.does(s.mette, "new_episode")
        await s.mette.say("i dag kl. 9.20")
        await s.does(s.mette, "add_evidence")
        await s.mette.upload("opslag.png", PICTURE, "image/png")
        await s.does(s.mette, "describe_evidence", {"shows": "whole_post"})
        assert "Hvilken gang hører det til?" in asked(s.mette)
        later = (await s.case()).in_time_order[-1].id
        await s.does(s.mette, "place_evidence", episode=later)

        assert list((await s.case()).coaching.placed.values()) == [later]
        assert "Har du også det, man ser længere nede?" in asked(s.mette)


async def test_the_device_once_chosen_is_remembered_also_after_a_restart():
    async with story() as s:
        await adding(s, s.mette)
        await s.mette.upload("opslag.png", PICTURE, "image/png")
        await s.does(s.mette, "describe_evidence", {"shows": "whole_post"})
        await s.does(s.mette, "report_how", device="android")
        await s.restart()
        await s.mette.say("hvad mangler")

        assert "[Anden enhed]" in asked(s.mette)
        await s.does(s.mette, "report_how", device="android")
        assert "På en Android-telefon" in asked(s.mette)


async def test_when_it_was_taken_stands_beside_what_the_file_says_and_a_difference_is_pointed_out_gently():
    async with story() as s:
        await s.report(s.mette)
        await s.does(s.mette, "add_evidence")
        await s.mette.upload("opslag.jpg", taken("2026:11:20 09:30:00", "Apple", "iPhone 15"), "image/jpeg")
        assert "Filen siger: taget fredag d. 20. november kl. 9.30 på Apple iPhone 15" in asked(s.mette)
        assert "Ifølge filens ur er det taget, før det skete" in asked(s.mette)
        assert "Du behøver ikke rette noget" in asked(s.mette)
        await s.does(s.mette, "describe_evidence", {"shows": "whole_post"})
        case = await s.case()
        told = TellCapture(
            case=case.id,
            by=s.id("mette"),
            item=case.evidence[0].id,
            captured_at=s.clock.now(),
            certainty=Certainty.EXACT,
        )
        await s.app.office.caseworker.carry_out(told)
        await s.does(s.mette, "answer_part", part="scrolled_part", answer="have_not")

        assert "Du har sagt: taget" in asked(s.mette)
        assert "Filen siger et andet tidspunkt end det, du har sagt. Begge dele bliver stående." in asked(s.mette)


async def test_a_mail_that_was_kept_as_a_file_needs_nothing_more_and_one_that_was_sent_on_is_named():
    async with story() as s:
        await s.report(s.mette, media="mail", identifier="")
        await s.does(s.mette, "add_evidence")
        await s.mette.upload("videre.eml", mail("VS: Til dig"), "message/rfc822")
        assert "Mailen ser ud til at være sendt videre" in asked(s.mette)
        await s.mette.upload("mail.eml", mail("Til dig"), "message/rfc822")

        assert "4 af 4 dele er gemt eller nævnt" in asked(s.mette)


async def test_when_and_on_what_it_was_taken_is_told_on_three_fields():
    async with story() as s:
        await s.report(s.mette)
        await s.does(s.mette, "add_evidence")
        await s.mette.upload("opslag.png", PICTURE, "image/png")
        await s.does(s.mette, "describe_evidence", {"shows": "whole_post,scrolled_part,sender,time,link"})
        assert "Hvornår er det taget?" in asked(s.mette)
        when = {"captured_on": "2026-11-22", "captured_clock": "10:00", "captured_with": "android"}
        await s.does(s.mette, "tell_capture", when)

        [capture] = (await s.case()).coaching.captures.values()
        assert (capture.at, capture.device) == (local(2026, 11, 22, 10, 0), "android")


async def test_the_end_of_adding_is_said_in_words_and_said_again_when_pressed_again():
    async with story() as s:
        await adding(s, s.mette)
        message, action = s.button(s.mette, "report_stop")
        await s.mette.upload("opslag.png", PICTURE, "image/png")
        await s.mette.press(action, {}, card=message)
        assert "Færdig. Det, der er modtaget, er gemt i sagen." in s.mette.messages[-1].text

        await s.mette.press(action, {}, card=message)
        assert "Der er ikke noget i gang nu." in s.mette.messages[-1].text
        await s.mette.say("stop")
        assert "Der er ikke noget i gang nu." in s.mette.messages[-1].text


async def test_the_rest_is_said_to_be_saved_only_when_there_is_a_rest():
    async with story() as s:
        await adding(s, s.mette)
        await s.mette.upload("alt.zip", b"PK\3\4" + bytes(60), "application/zip")
        assert "alt.zip" in s.mette.messages[-1].text and "Resten" not in s.mette.messages[-1].text

        packed = Upload("alt.zip", b"PK\3\4" + bytes(60), "application/zip")
        await s.mette.say("", files=(packed, Upload("1.png", PICTURE, "image/png")))
        assert "Resten er gemt." in said(s.mette)


async def test_vis_hvordan_in_a_draft_shows_how_and_is_no_word_of_the_account():
    async with story() as s:
        await at_form_four(s)
        told = len((await s.case()).account)
        await s.mette.say("vis hvordan")
        assert "På en computer" in asked(s.mette)
        await s.mette.say("vis hvordan på iphone")
        assert "På en iPhone" in asked(s.mette)
        await s.mette.say("vis hvordan")
        assert "På en iPhone" in asked(s.mette) and len((await s.case()).account) == told


async def test_a_colleague_is_asked_only_when_the_case_is_sent():
    async with story() as s:
        await at_form_four(s)
        await s.mette.say("bed Tom Riis gemme beviser")
        assert s.mette.messages[-1].text == "Det kan du, når sagen er sendt."
