"""Evidence as people give it: coached one thing at a time, by button and by word, and never as a demand."""

import pytest

from bot.rehearsal.chat import Chat, Message, Upload
from cards.show import as_text
from casework.commands import ReceiveEvidence, Written
from casework.original import Original
from casework.parts import CapturedBy, Part, PartAnswer
from casework.vocabulary import ItemId, ItemKind, Stage
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
        assert "Er det med, man ser længere nede?" in asked(s.mette) and "2 af 7 dele er sikret" in asked(s.mette)
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
        assert case.stage is Stage.OPEN and "2 af 7 dele sikret" in said(s.mette)
        await s.opened(s.jonas)
        assert "2 af 7 dele sikret" in said(s.jonas)


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
        assert "6 af 7 dele er sikret" in asked(s.mette)

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
        assert "Er det med, man ser længere nede?" in asked(s.mette)


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
        case, device = (await s.case()).id, Written(ItemId("device"), "Apple iPhone 15")
        photo = Original(taken_at=local(2026, 11, 20, 9, 30))
        file = {"media_type": "image/jpeg", "size": 9, "sha256": "0", "kind": ItemKind.FILE}
        given = ReceiveEvidence(
            case=case, by=s.id("mette"), item=ItemId("photo"), original=photo, device=device, **file
        )
        await s.app.office.caseworker.carry_out(given)
        await s.mette.say("hvad mangler")
        await s.does(s.mette, "describe_evidence", {"shows": "whole_post"})
        assert "Filen siger: taget fredag d. 20. november kl. 9.30 på Apple iPhone 15" in asked(s.mette)

        assert "Efter filens ur er det taget, før det skete" in asked(s.mette)
        assert "Du behøver ikke rette noget" in asked(s.mette)
