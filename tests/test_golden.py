"""Every card, in every state and both languages, is drawn as it was. VAERN_WRITE_GOLDEN=1 writes them anew."""

import json
import os
from pathlib import Path

import pytest

from tests.drawing import BY_LANGUAGE, draw

GOLDEN = Path(__file__).parent / "golden"
WRITE = bool(os.environ.get("VAERN_WRITE_GOLDEN"))


@pytest.mark.parametrize(("name", "language"), BY_LANGUAGE)
def test_a_card_is_drawn_as_it_was(name, language):
    file, drawn = GOLDEN / f"{name}.{language}.json", _written(draw(name, language))
    if WRITE:
        file.write_text(drawn, "utf-8")

    assert file.exists(), f"{file.name} is missing. VAERN_WRITE_GOLDEN=1 writes it; look at it before it is committed."
    assert drawn == file.read_text("utf-8")


def test_no_golden_card_is_left_over():
    drawn = {f"{name}.{language}.json" for name, language in BY_LANGUAGE}
    left_over = {file.name for file in GOLDEN.glob("*.json")} - drawn
    if WRITE:
        for name in left_over:
            (GOLDEN / name).unlink()

    assert WRITE or not left_over


def _written(card: dict) -> str:
    return json.dumps(card, ensure_ascii=False, indent=1) + "\n"
