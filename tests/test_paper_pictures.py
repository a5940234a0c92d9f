"""The pages as they are looked at: kept in docs/pictures, and still what the pages look like.

VAERN_PICTURES=1 draws them anew: look at them before they are committed.
"""

import io
import os
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw

from bot.documents.sheet import sheet
from bot.documents.typeset import typeset
from casework import commands as c
from casework.vocabulary import Package, StepId
from tests.scenes import JONAS, scene
from tests.test_documentation import piece, sent, view

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
SCALE = 0.9
COLOURS = 48
MOST_DIFFERENCE = 3.0
"""Of 255, on the average of a small picture: another machine draws its letters a little differently."""


def screenshot(lines: int) -> bytes:
    """A post as one may look, with nobody's words in it."""
    drawn = Image.new("RGB", (600, 760), "#eef0f3")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((30, 30, 570, 110 + lines * 34), fill="white")
    pen.ellipse((50, 48, 104, 102), fill="#9fb4b6")
    pen.rectangle((122, 60, 330, 74), fill="#556b70")
    pen.rectangle((122, 84, 240, 94), fill="#aab8ba")
    for line in range(lines):
        pen.rectangle((50, 124 + line * 32, 540 - (line * 67) % 210, 138 + line * 32), fill="#c9d3d4")
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def documentation():
    """A case some way on, with three pieces and what has been done."""
    case = sent()
    case.does(JONAS, c.CompleteStep, step=StepId("legal_staff"))
    case.does(JONAS, c.MakePackage, package=Package.POLICE)
    made = view(case)
    pictures = (piece(2, name="Opslaget.png", sha256="4b7e" * 16), piece(3, name="Resten.png", sha256="9a31" * 16))
    return replace(made, evidence=(made.evidence[0], *pictures), package=Package.LEGAL_STAFF)


def pages() -> list[Image.Image]:
    made, drawn = documentation(), {2: screenshot(9), 3: screenshot(4)}
    pdf = pypdfium2.PdfDocument(typeset(sheet(made, scene("da"), drawn, frozenset({1, 2, 3})), made.made_at))
    return [page.render(scale=SCALE).to_pil().convert("RGB") for page in pdf]


@pytest.fixture(scope="module")
def drawn() -> list[Image.Image]:
    return pages()


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_pictures_of_the_pages_are_what_the_pages_look_like(drawn, number):
    kept, page = PICTURES / f"documentation_{number}.png", drawn[number - 1]
    if os.environ.get("VAERN_PICTURES") == "1":
        page.quantize(COLOURS).save(kept, optimize=True)
    with Image.open(kept) as picture:
        assert picture.size == page.size
        small = [one.convert("L").resize((60, 85)) for one in (picture, page)]
    difference = ImageChops.difference(*small).getdata()
    assert sum(difference) / len(difference) < MOST_DIFFERENCE, (
        "Draw them anew with VAERN_PICTURES=1, and look at them."
    )


def test_there_is_a_picture_of_every_page(drawn):
    assert len(drawn) == 4
