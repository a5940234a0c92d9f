"""Whatever somebody wrote, the pages come: what no typeface has is spelled."""

import pytest

from bot.documents import typeset as room
from bot.documents.legible import legible
from bot.documents.sheet import sheet
from casework import commands as c
from tests.cases import said
from tests.scenes import METTE, scene
from tests.test_documentation import pages, sent, view

RUBBISH = "a\ud800b\ufffe \uffff \U000f0000 \U0010ffff \ue000 \u0378 \u0605 \ufeff"


WHEN = view(sent()).made_at
SHEET = sheet(view(sent()), scene("da"), {}, frozenset())


def told(words: str) -> str:
    case = sent()
    case.does(METTE, c.GiveAccount, account=said(words))
    return pages(view(case))


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("Dø 😡🔪", "[U+1F621 POUTING FACE]"),
        ("Skrid 👨‍👩‍👧 ❤️", "[U+1F468 MAN]"),
        ("你好", "[U+4F60 CJK UNIFIED IDEOGRAPH-4F60]"),
        ("hej ไทย", "[U+0E17 THAI CHARACTER THO THAHAN]"),
        (RUBBISH, "[U+D800]"),
        ('#read("/etc/passwd") $x$ <lab> *b* @f', '#read("/etc/passwd") $x$ <lab> *b* @f'),
    ],
)
def test_what_no_typeface_has_is_spelled(words, stands):
    assert stands in told(words)


@pytest.mark.parametrize("words", ["مرحبا بك في هذا المكان، أنت حقير! ", "שלום עולם ", "Привет, Ωmega — “citat” … € "])
def test_other_scripts_stand_as_they_were_written(words):
    assert "[U+" not in told(words * 60)


def test_every_character_that_is_left_as_it_is_can_be_shown():
    every = [chr(code) for code in range(0x20, 0x3000)]
    kept = [one for one in every if legible(one) == one]
    assert len(kept) > 2000
    assert room.typeset({**SHEET, "subtitle": " ".join(kept)}, WHEN)


def test_what_typst_gives_up_on_is_set_in_latin_letters():
    tried = []

    def gives_up(sheet, made_at, template):
        assert (made_at, template) == (WHEN, room.DOCUMENTATION)
        tried.append(sheet["subtitle"])
        if len(tried) == 1:
            raise room.NotTypeset("PanicException")
        return b"%PDF"

    assert room.typeset({**SHEET, "subtitle": "א"}, WHEN, compiled=gives_up) == b"%PDF"
    assert tried == ["א", "[U+05D0 HEBREW LETTER ALEF]"]
