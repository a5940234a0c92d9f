"""The documentation as a PDF: what stands in it, who may have it, and that it is a file others can open and trust."""

import asyncio
import io
import json
import re
from dataclasses import replace
from datetime import datetime

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from bot.documents.making import LARGEST_PAPER, ROOM
from bot.documents.sheet import file_name, sheet
from bot.documents.typeset import attach, typeset
from casework import commands as c
from casework import views as w
from casework import vocabulary as v
from casework.projections.documentation import documentation
from casework.vocabulary import ItemId, PersonId, StepId
from tests.cases import GROUP, Working, draft, said
from tests.crafted import Crafted, press
from tests.scenes import ALI, JONAS, KARIN, LISE, METTE, NORD, PETER, SARA, TOM, scene
from tests.story import Story, story

REASON, HIS_WORDS, THREAT = "Kollegerne er ikke berørt.", "Det er sket for mig også.", "Jeg ved, hvor du bor."
SHA = "cd" * 32


def pasted(case: Working, text: str) -> ItemId:
    """Words that Mette gives as evidence."""
    words = said(text)
    case.does(
        METTE,
        c.ReceiveEvidence,
        item=words.item,
        kind=v.ItemKind.TEXT,
        media_type="text/plain",
        size=len(text),
        sha256=SHA,
        text=words,
    )
    return words.item


def sent(*, affected: tuple[PersonId, ...] = (), whom: v.Whom = v.Whom.ME) -> Working:
    case = draft(whom=whom, affected=affected)
    case.does(METTE, c.TellOriginator, kind=v.OriginatorKind.CITIZEN, identifier=said("facebook.com/ole"))
    threat = pasted(case, THREAT)
    case.does(METTE, c.ChooseRecipient, recipient=JONAS, ordinary=JONAS)
    case.does(METTE, c.SendReport, workplace=NORD, group_members=GROUP)
    case.passes(hours=1).does(JONAS, c.OpenCase)
    case.does(JONAS, c.OpenItem, item=threat)
    case.does(JONAS, c.SetStepAside, step=StepId("debriefing"), reason=said(REASON))
    return case.done("talk")


def view(case: Working, reader: PersonId = JONAS) -> w.Documentation:
    found = documentation(case.case, reader, case.texts, case.now)
    assert found is not None
    return found


def pages(view_: w.Documentation, language: str = "da") -> str:
    """What can be read and searched in the file."""
    pdf = pypdfium2.PdfDocument(typeset(sheet(view_, scene(language), {}, frozenset()), view_.made_at))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


def test_it_says_who_what_when_and_in_whose_words():
    text = pages(view(sent()))

    for expected in ("VK-7Q4M-X2D", "Fortroligt", "Mette Lund", "Jonas Friis", "Der står grimme ting om mig."):
        assert expected in text
    assert "lørdag d. 21. november 2026 kl. 14.10" in text, "The episode, with its year."
    assert "tirsdag d. 24. november 2026 kl. 14.10" in text, "The 72 hours."
    assert THREAT in text and "facebook.com/ole" in text and REASON in text
    assert "Side 1 af" in text


def test_every_fingerprint_can_be_read_off_it_whole():
    assert SHA in pages(view(sent())).replace(" ", "")


def test_who_has_opened_what_stands_in_it():
    case = sent()

    assert [(line.did, line.by, line.number) for line in view(case).custody] == [
        ("told", METTE, None),
        ("received", METTE, 1),
        ("opened", JONAS, 1),
    ]
    case.does(METTE, c.MakeDocumentation)
    assert view(case).custody[-1].did == "made"


@pytest.mark.parametrize("language", ["da", "en"])
def test_both_languages_are_whole(language):
    text = pages(view(sent()), language)

    assert ("Med egne ord" in text) == (language == "da") != ("In their own words" in text)
    assert "{" not in text


def test_mettes_own_copy_is_hers():
    own = view(sent(), METTE)

    assert own.own and own.affected == (METTE,)
    assert [piece.words for piece in own.evidence] == [THREAT]


def test_with_several_affected_nobody_meets_the_other():
    case = sent(whom=v.Whom.SEVERAL, affected=(PETER,))
    case.does(PETER, c.GiveAccount, account=said(HIS_WORDS))

    assert {PETER, METTE} == set(view(case).affected)
    for reader, other in ((METTE, HIS_WORDS), (PETER, THREAT)):
        own = view(case, reader)
        text = pages(own)
        assert own.affected == (reader,) and other not in text and REASON not in text
    assert "facebook.com/ole" not in pages(view(case, PETER)), "Mette told that, and it may be about her."


def test_nobody_affected_reads_that_another_of_them_has_had_one_made():
    case = sent(whom=v.Whom.SEVERAL, affected=(PETER, LISE))
    case.does(PETER, c.MakeDocumentation)
    case.does(JONAS, c.MakeDocumentation)

    made = {reader: [line.by for line in view(case, reader).custody if line.did == "made"] for reader in (PETER, LISE)}
    assert made == {PETER: [PETER, JONAS], LISE: [JONAS]} and "Peter" not in pages(view(case, LISE))
    assert [line.by for line in view(case).custody if line.did == "made"] == [PETER, JONAS]


@pytest.mark.parametrize("stranger", [KARIN, SARA, ALI, TOM, PETER])
def test_nobody_else_has_one(stranger):
    case = sent()

    assert documentation(case.case, stranger, case.texts, case.now) is None
    assert case.refuses(stranger, c.MakeDocumentation) == "not_yours"


def test_made_twice_within_the_minute_is_made_once():
    case = sent()

    assert case.does(JONAS, c.MakeDocumentation) and not case.does(JONAS, c.MakeDocumentation)
    assert case.passes(minutes=2).does(JONAS, c.MakeDocumentation)


# -- the file --------------------------------------------------------------------------------------------------------


def png(size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#2f8b91").save(out, "PNG")
    return out.getvalue()


def piece(number: int = 1, **changed: object) -> w.PieceLine:
    of = view(sent()).evidence[0]
    return replace(of, number=number, kind=v.ItemKind.FILE, media_type="image/png", words="", **changed)


def whole(made: w.Documentation, content: bytes) -> bytes:
    pages_ = typeset(sheet(made, scene("da"), {1: content}, frozenset({1})), made.made_at)
    return attach(pages_, {file_name(made.evidence[0]): ("image/png", content)}, made.made_at)


def test_the_original_goes_along_byte_for_byte():
    content = png()
    made = replace(view(sent()), evidence=(piece(name="Skærm.png"),))

    with pikepdf.open(io.BytesIO(whole(made, content))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.attachments["001.png"].get_file().read_bytes() == content
        assert len(pdf.Root.AF) == 1


def test_it_says_of_itself_that_it_is_for_keeping_and_for_screen_readers():
    with pikepdf.open(io.BytesIO(whole(replace(view(sent()), evidence=(piece(),)), png()))) as pdf:
        meta = pdf.open_metadata()
        assert (meta.pdfa_status, meta.get("pdfuaid:part")) == ("3A", "1")
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang).startswith("da")
        assert "VK-7Q4M-X2D" in str(meta.get("dc:title"))


def test_the_same_case_at_the_same_moment_is_the_same_file():
    made = view(sent())

    assert whole(replace(made, evidence=(piece(),)), png()) == whole(replace(made, evidence=(piece(),)), png())


def test_whatever_was_written_only_stands_there():
    """A text that would be commands, links or attachments to the typesetter is words on the page."""
    case = sent()
    nasty = '#read("/etc/passwd") $x$ *fed* @kilde <mærke> \\ `kode` = Overskrift\n// væk /* væk */ {page} https://x.dk'
    made = replace(view(case), account=(w.OwnWords(METTE, case.now, nasty),))

    text = pages(made)
    assert all(part in text for part in nasty.replace("\n", " ").split())


def test_a_long_case_is_many_pages_that_tell_their_number():
    case = sent()
    long = "\n".join(f"Linje {n} om det, der er sket." for n in range(300))
    made = replace(view(case), account=(w.OwnWords(METTE, case.now, long),))

    text = pages(made)
    assert "Linje 299" in text
    total = int(re.search(r"Side 1 af (\d+)", text)[1])
    assert total > 6 and f"Side {total} af {total}" in text


def test_many_pictures_are_set_in_a_moment():
    """Given byte by byte they took the typesetter, and everybody else meanwhile, many seconds."""
    made = replace(view(sent()), evidence=tuple(piece(number) for number in range(1, 31)))
    noise = io.BytesIO()
    Image.effect_noise((360, 540), 90).convert("RGB").save(noise, "JPEG", quality=60)
    drawn = sheet(made, scene("da"), dict.fromkeys(range(1, 31), noise.getvalue()), frozenset())

    assert len(json.dumps(drawn)) < 2 * 30 * len(noise.getvalue())
    assert typeset(drawn, made.made_at)


async def test_many_photographs_never_make_the_file_larger_than_what_can_be_offered():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.does(s.mette, "add_evidence")
        for number in range(15):
            photograph = io.BytesIO()
            Image.effect_noise((700, 1000), 90 + number).convert("RGB").save(photograph, "JPEG", quality=15)
            await s.mette.upload(f"{number}.jpg", photograph.getvalue(), "image/jpeg")
        await s.settled()
        await s.jonas.say("hent pdf")
        assert (await s.jonas.answer_file(True)).ok
        (file,) = files_of(s.jonas)
        assert len(await s.channel.conversations.get_file(file.id)) <= LARGEST_PAPER


async def test_pressed_twice_at_once_it_is_asked_about_once():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        case = (await s.case()).id
        for _ in range(2):
            await asyncio.gather(*(press(s.jonas, Crafted("make_documentation"), case) for _ in range(3)))
        assert len([message for message in s.jonas.messages if message.question]) == 1
        await s.passes(minutes=2)
        await s.jonas.say("hent pdf")
        assert len([message for message in s.jonas.messages if message.question]) == 2


# -- through the channel -------------------------------------------------------------------------------------------


async def with_picture(s: Story, content: bytes) -> None:
    await s.report(s.mette)
    case = (await s.case()).id
    await s.does(s.mette, "add_evidence")
    await s.mette.upload("Skærmbillede.png", content, "image/png")
    await s.settled()
    assert (await s.case()).id == case
    await s.opened(s.jonas)


def files_of(chat) -> list:
    return [file for message in chat.messages if message.sender == "vaern" for file in message.files]


@pytest.mark.parametrize("who", ["jonas", "mette"])
async def test_the_leader_and_mette_each_get_a_file_in_their_own_chat(who):
    async with story() as s:
        content = png((900, 600))
        await with_picture(s, content)
        chat = getattr(s, who)
        await chat.say("hent pdf")
        assert (await chat.answer_file(True)).ok

        (file,) = files_of(chat)
        with pikepdf.open(io.BytesIO(await s.channel.conversations.get_file(file.id))) as pdf:
            assert [spec.get_file().read_bytes() for spec in pdf.attachments.values()] == [content]
        assert "documentation_made" in await s.facts()


async def test_too_large_an_original_stays_in_the_case_and_the_file_says_so():
    async with story() as s:
        await with_picture(s, png() + b"\0" * ROOM)
        await s.jonas.say("hent pdf")
        await s.jonas.answer_file(True)

        (file,) = files_of(s.jonas)
        made = await s.channel.conversations.get_file(file.id)
        assert len(made) < LARGEST_PAPER
        text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
        assert "Originalen er ikke vedhæftet." in text


async def test_an_original_that_cannot_be_read_is_told_of_and_all_the_rest_is_handed_out():
    async with story(breaks=True) as s:
        await with_picture(s, png((900, 600)))
        (damaged,) = s.folder.rglob("*.blob")
        content = damaged.read_bytes()
        damaged.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        await s.jonas.say("hent pdf")
        await s.jonas.answer_file(True)

        (file,) = files_of(s.jonas)
        made = await s.channel.conversations.get_file(file.id)
        text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
        assert "Originalen kunne ikke læses" in text and "Den ligger i sagen" not in text


def test_a_moment_is_always_told_with_its_year():
    assert "2026" in sheet(view(sent()), scene("da"), {}, frozenset())["made"]
    assert isinstance(view(sent()).made_at, datetime)


def test_a_real_clock_tells_more_than_seconds():
    made = view(sent())

    assert whole(replace(made, evidence=(piece(),), made_at=made.made_at.replace(microsecond=123_456)), png())
