"""The pages hold what can be read, however much was sent; what was made to harm does no harm to whoever draws it."""

import asyncio
import io
import random
import re
from dataclasses import replace

import pikepdf
import pypdfium2
from PIL import Image

from bot.documents.making import LARGEST_DRAWN, LARGEST_PAPER, gathered, on_paper
from bot.documents.pictures import PDF, first_page, small_picture, thumbnail
from bot.documents.sheet import sheet
from bot.documents.typeset import typeset
from bot.documents.words import ALTOGETHER, FIRST_WORDS, LONGEST, Words
from cards.words import Texts
from casework.texts import read_catalogue
from casework.vocabulary import ItemId, ItemKind, Package
from tests.scenes import scene
from tests.story import story
from tests.test_documentation import files_of, png, sent, view


def a_pdf(pages: int = 1, size: str = "0 0 595 842", more: str = "") -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].MediaBox = pikepdf.Array([int(side) for side in size.split()])
        if more:
            pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=more)
        pdf.save(out)
    return out.getvalue()


def words() -> Words:
    return Words(Texts("da", read_catalogue("da")))


# -- words -----------------------------------------------------------------------------------------------------------


def test_what_fits_stands_there_whole_and_nothing_is_said_of_it():
    assert words().fitted("Der står noget om mig.") == {"words": "Der står noget om mig.", "cut": ""}


def test_of_five_million_characters_the_first_stand_there_and_it_is_said_that_they_are_not_all():
    fitted = words().fitted("Ord " * 1_250_000)

    assert len(fitted["words"]) == LONGEST
    assert "20000" in fitted["cut"] and "5000000" in fitted["cut"] and "uændret i sagen" in fitted["cut"]


def test_lines_without_end_are_no_thousand_pages():
    assert words().fitted("\n" * 100_000)["words"].count("\n") < 400


def test_every_piece_has_its_first_words_when_the_room_for_all_of_them_is_used_up():
    fits = words()
    pieces = [fits.fitted("y" * 50_000)["words"] for _ in range(100)]

    assert sum(map(len, pieces)) <= ALTOGETHER + 100 * FIRST_WORDS
    assert len(pieces[0]) == LONGEST and len(pieces[-1]) == FIRST_WORDS


async def test_five_megabytes_of_pasted_text_are_a_file_of_a_few_pages_with_the_whole_text_inside():
    """Pasted a message at a time: no message is that long."""
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.does(s.mette, "add_evidence")
        text = "Grimme ord, igen og igen. " * 3_000
        await s.mette.say(text)
        await s.jonas.say("hent pdf")
        assert (await s.jonas.answer_file(True)).ok
        (file,) = files_of(s.jonas)
        made = await s.channel.conversations.get_file(file.id)
        with pikepdf.open(io.BytesIO(made)) as pdf:
            assert pdf.attachments["001.txt"].get_file().read_bytes() == text.strip().encode()
            assert len(pdf.pages) < 20 and len(made) < LARGEST_PAPER


# -- the pages -------------------------------------------------------------------------------------------------------


def test_the_cover_has_the_case_the_notice_whom_it_is_for_and_what_is_in_it():
    made = replace(view(sent()), package=Package.LEGAL_STAFF)
    pdf = pypdfium2.PdfDocument(typeset(sheet(made, scene("da"), {}, frozenset()), made.made_at))
    cover = " ".join(pdf[0].get_textpage().get_text_range().split())

    for expected in ("VK-7Q4M-X2D", "Fortroligt", "Til juridisk", "Indhold", "Med egne ord", "Side 1 af"):
        assert expected in cover
    assert "Der står grimme ting om mig." not in cover, "What was said stands behind the cover."


def test_what_is_left_out_is_named_and_a_section_that_is_none_of_the_readers_business_is_not_there():
    made = replace(view(sent()), left_out=(3, 5), without=frozenset({"plan", "custody", "police"}))
    pdf = pypdfium2.PdfDocument(typeset(sheet(made, scene("da"), {}, frozenset()), made.made_at))
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())

    assert "Nr. 3 og 5 er ikke med i denne udgave." in text
    for section in ("Hvad der er gjort", "Hvad der er sket med dokumentationen", "De 72 timer"):
        assert section not in text


async def test_of_a_pdf_the_first_page_is_shown():
    small = await first_page(a_pdf(3))

    assert small is not None
    with Image.open(io.BytesIO(small)) as drawn:
        assert drawn.format == "JPEG" and max(drawn.size) <= 540 and drawn.height > drawn.width


async def test_what_cannot_be_drawn_has_no_picture_and_takes_nobody_with_it():
    """Broken, endless or enormous: the one who draws it is another process."""
    broken_ones = (b"", b"%PDF-1.7\n" + b"\0" * 1000, a_pdf()[:200], png()[:40])

    assert [await first_page(content) for content in broken_ones] == [None] * len(broken_ones)
    enormous = await first_page(a_pdf(size="0 0 2000000 2000000"))
    if enormous is not None:
        with Image.open(io.BytesIO(enormous)) as drawn:
            assert max(drawn.size) <= 540
    assert await first_page(a_pdf(more="while (true) {}")) is not None, "A script in it is not run."
    assert await thumbnail(b"no picture") is None and await small_picture("video/mp4", b"film") is None


class Reading:
    """A vault that remembers what was read, in an office with nothing else in it, at a desk."""

    def __init__(self, content: bytes = b"x" * 10) -> None:
        self.read: list[str] = []
        self.content, self.drawing, self.one_at_a_time = content, asyncio.Lock(), asyncio.Lock()
        self.office = self.receiving = self.store = self.packages = self

    async def get_blob(self, case: str, item: str) -> bytes:
        self.read.append(item)
        return self.content


async def test_an_original_that_neither_fits_nor_is_drawn_is_not_read():
    kinds = {"film": ("video/mp4", 11), "small": ("video/mp4", 10), "huge": (PDF, LARGEST_DRAWN + 1), "pdf": (PDF, 99)}
    one = replace(view(sent()).evidence[0], kind=ItemKind.FILE)
    evidence = tuple(
        replace(one, item=ItemId(item), number=number, media_type=kind, size=size)
        for number, (item, (kind, size)) in enumerate(kinds.items(), 1)
    )
    desk = Reading()

    found = await gathered(desk, replace(view(sent()), evidence=evidence), 10)

    assert desk.read == ["small", "pdf"] and [*found.originals] == [2]


async def test_two_who_press_at_once_wait_for_each_other():
    """Each takes a processor and memory for itself; both get their file."""
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await asyncio.gather(s.jonas.say("hent pdf"), s.mette.say("hent pdf"))
        assert not s.app.office.packages.one_at_a_time.locked()
        for chat in (s.jonas, s.mette):
            assert (await chat.answer_file(True)).ok
            (file,) = files_of(chat)
            made = await s.channel.conversations.get_file(file.id)
            text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
            assert re.search(r"Side 1 af \d", text)


async def test_a_pdf_that_was_sent_in_stands_with_its_first_page_and_goes_along_whole():
    async with story() as s:
        await s.report(s.mette)
        await s.does(s.mette, "add_evidence")
        content = a_pdf(2)
        await s.mette.upload("Brev.pdf", content, "application/pdf")
        await s.settled()
        await s.mette.say("hent pdf")
        assert (await s.mette.answer_file(True)).ok
        (file,) = files_of(s.mette)
        with pikepdf.open(io.BytesIO(await s.channel.conversations.get_file(file.id))) as pdf:
            assert pdf.attachments["001.pdf"].get_file().read_bytes() == content
            assert pdf.check_pdf_syntax() == []
            assert any(page.get_images() for page in pdf.pages)


async def test_what_is_said_to_lie_inside_the_pages_lies_there():
    """A package lays beside them whatever does not: nothing may be missing from both."""
    for size, inside in ((10, {1}), (LARGEST_PAPER, set())):
        original = random.Random(1).randbytes(size)
        film = replace(view(sent()).evidence[0], kind=ItemKind.FILE, media_type="video/mp4", size=size, number=1)
        paper = await on_paper(
            Reading(original), replace(view(sent()), evidence=(film,)), scene("da"), 2 * LARGEST_PAPER
        )

        assert paper.inside == inside and len(paper.content) <= LARGEST_PAPER
        with pikepdf.open(io.BytesIO(paper.content)) as pdf:
            assert len(pdf.attachments) == len(inside)
