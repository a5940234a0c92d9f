"""What is true of every card: small enough, usable on a phone, by keyboard and aloud, and nothing in it alive."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cards.elements import LONGEST_TITLE, MOST_ACTIONS, quote
from cards.show import as_text
from cards.words import escape
from tests.drawing import BY_LANGUAGE, CARDS, draw, show_card
from tests.scenes import HOSTILE, PEOPLE, scene

MOST_BYTES = 28_000
PARSER = Path(__file__).with_name("parse_cards.mjs")
ALIVE = ("**", "](", "<at>", "`", "{{", "\u202e")
every_card = pytest.mark.parametrize(("name", "language"), BY_LANGUAGE)

LONGEST_SAID = 40
"""A suggestion is titled with what may be typed instead, and each has a row of its own."""


@cache
def drawn(name: str, language: str) -> dict:
    return draw(name, language)


def parts(element: Any) -> Iterator[dict]:
    """Every object in a card, also inside shown cards; fallbacks apart."""
    if isinstance(element, dict):
        yield element
        for key, value in element.items():
            if key not in ("data", "fallback"):
                yield from parts(value)
    elif isinstance(element, list):
        for child in element:
            yield from parts(child)


def of_type(card: dict, *types: str) -> list[dict]:
    return [part for part in parts(card) if str(part.get("type", "")).startswith(types)]


@every_card
def test_a_card_is_small_enough_to_be_sent(name, language):
    assert len(json.dumps(drawn(name, language), ensure_ascii=False).encode()) < MOST_BYTES


@every_card
def test_no_row_of_buttons_is_longer_than_a_phone_shows(name, language):
    rows = [part["actions"] for part in parts(drawn(name, language)) if "actions" in part]

    assert all(0 < len(row) <= MOST_ACTIONS for row in rows)


@every_card
def test_a_button_has_a_short_title_and_says_the_whole_sentence(name, language):
    longest = LONGEST_SAID if name.startswith("suggestions") else LONGEST_TITLE
    for action in of_type(drawn(name, language), "Action."):
        assert 0 < len(action["title"]) <= longest, action["title"]
        assert action["tooltip"]


@every_card
def test_at_most_one_button_is_coloured_and_it_is_the_first(name, language):
    for part in parts(drawn(name, language)):
        styles = [action.get("style") for action in part.get("actions", ())]
        assert styles.count("positive") == (styles[:1] == ["positive"])
        assert set(styles) <= {None, "positive"}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", [name for name in CARDS if name.startswith("question_")])
def test_no_answer_to_a_question_is_coloured(name, language):
    assert not [action for action in of_type(drawn(name, language), "Action.") if "style" in action]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", ["police", "colleagues", "removal"])
def test_an_answered_question_never_says_that_it_was_answered_with_a_yes(kind, language):
    said = {how: as_text(drawn(f"question_{kind}{how}", language)) for how in ("", "_no", "_yes", "_oral", "_acted_on")}
    says_yes = {"da": "Det siger du ja til", "en": "What you say yes to"}[language]

    assert [how for how, words in said.items() if says_yes in words] == [""]


@pytest.mark.parametrize(("name", "mark"), [("employee_sent", "✓"), ("employee_unreached", "○")])
def test_a_leader_who_has_been_told_has_a_tick_and_one_nobody_reached_has_none(name, mark):
    knows = as_text(drawn(name, "da")).partition("Hvem ved det")[2].split()

    assert knows[0] == mark


@every_card
def test_an_execute_falls_back_to_a_submit_that_says_the_same(name, language):
    for action in of_type(drawn(name, language), "Action.Execute"):
        fallback = action["fallback"]
        assert (fallback["type"], fallback["data"]) == ("Action.Submit", action["data"])
        assert fallback.get("associatedInputs") == action.get("associatedInputs")


@every_card
def test_a_button_takes_fields_along_only_where_its_verb_reads_them(name, language):
    from cards.verbs import VERBS, read_press

    for action in of_type(drawn(name, language), "Action.Submit", "Action.Execute"):
        verb = read_press(action["data"]).verb
        assert (action.get("associatedInputs") != "none") <= bool(VERBS[verb].inputs), verb


@every_card
def test_a_field_has_a_label_an_id_of_its_own_and_is_never_required(name, language):
    fields = of_type(drawn(name, language), "Input.")

    assert all(field["label"] and not field.get("isRequired") for field in fields)
    assert len({field["id"] for field in fields}) == len(fields), "a phone refuses a card with an id twice"


@every_card
def test_a_card_says_its_language_its_version_and_what_to_do_without_it(name, language):
    card = drawn(name, language)

    assert (card["lang"], card["version"]) == (language, "1.5")
    assert card["fallbackText"]
    assert card["body"][0]["size"] == "Small"


@every_card
def test_a_card_has_no_lines_no_colours_and_no_pictures_from_elsewhere(name, language):
    for part in parts(drawn(name, language)):
        assert "separator" not in part
        assert part.get("color") in (None, "Accent") and (part.get("type") == "ProgressBar") == ("color" in part)
        assert part.get("style") in (None, "positive", "heading", "emphasis", "compact", "expanded")
        assert str(part.get("url", "data:")).startswith(("data:", "https:", "tel:"))


@every_card
def test_no_text_is_empty(name, language):
    for block in of_type(drawn(name, language), "TextBlock"):
        assert block["text"].strip(" \N{NO-BREAK SPACE}")
        assert block["wrap"] is True


@every_card
def test_nobody_is_named_on_a_lock_screen(name, language):
    shown = show_card(name, language)
    said = shown.summary + shown.card["body"][0]["text"]

    assert not [person.name for person in PEOPLE.values() if person.first_name in said]


@every_card
def test_what_people_wrote_is_dead_wherever_markdown_is_read(name, language):
    for block in of_type(drawn(name, language), "TextBlock"):
        assert not [sign for sign in ALIVE if sign in block["text"].replace("\\", "")] or "\\" in block["text"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_hostile_text_is_shown_as_it_is_and_does_nothing(language):
    shown = draw("review_hostile", language)
    runs = "".join(run["text"] for block in of_type(shown, "RichTextBlock") for run in block["inlines"])
    blocks = "".join(block["text"] for block in of_type(shown, "TextBlock"))

    assert "[klik](https://ond.example)" in runs
    assert "ond.example" not in blocks
    assert "\u202e" not in runs


def test_a_name_in_a_sentence_is_escaped():
    said = escape(HOSTILE)

    assert "**" not in said and "[klik]" not in said and "{{" not in said and "\n" not in said


def test_a_long_text_with_many_lines_stays_a_small_card():
    assert len(quote("linje\n" * 5_000)["items"]) == 40


def test_a_card_can_be_read_as_text():
    said = as_text(draw("welcome", "da"))

    assert said.startswith("Værn\nDu er ikke alene, og det er ikke dit ansvar alene.")
    assert said.endswith("[Noget er sket] [Ring til mig] [Guiden] [English]")


def test_somebody_who_is_gone_gets_a_kind_word():
    at = scene()

    assert at.name(None) == at.full_name(None) == at.say.plain("common.no_longer_here")


def test_microsofts_renderer_has_nothing_to_complain_of():
    cards = [(f"{name}.{language}", drawn(name, language)) for name, language in BY_LANGUAGE]
    node = str(Path(sys.executable).with_name("node"))
    command = [node if Path(node).exists() else shutil.which("node") or "node", str(PARSER)]
    run = subprocess.run(command, input=json.dumps(cards), capture_output=True, text=True, timeout=120, check=True)

    assert json.loads(run.stdout) == []
