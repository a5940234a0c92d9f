"""A button says what was pressed, is read back as it was built, and anything else is refused."""

import json
from pathlib import Path

import pytest

from cards.verbs import FORM_INPUTS, PRESS, VERBS, press, read_press


def test_a_press_is_read_as_it_was_built():
    data = press("answer_consent", "VK-1", 7, kind="police", episode="e1", answer="yes", wording="police.1")

    found = read_press(data)

    assert (found.verb, found.case, found.version) == ("answer_consent", "VK-1", 7)
    assert found.args == {"kind": "police", "episode": "e1", "answer": "yes", "wording": "police.1"}


def test_fields_are_read_only_by_a_verb_that_reads_them():
    data = press("set_step_aside", "VK-1", 7, step="talk") | {"reason": "Talt sammen.", "verb": "erase", "other": "x"}

    assert read_press(data).inputs == {"reason": "Talt sammen."}


def test_every_field_of_every_card_is_read_by_a_button_of_that_card():
    unread = {}
    for kept in Path(__file__).with_name("golden").glob("*.json"):
        parts = list(_parts(json.loads(kept.read_text("utf-8"))))
        verbs = {part["data"][PRESS]["verb"] for part in parts if PRESS in (part.get("data") or ())}
        fields = {part["id"] for part in parts if str(part.get("type")).startswith("Input.")}
        if left := fields - {name for verb in verbs for name in VERBS[verb].inputs}:
            unread[kept.name] = left
    assert unread == {}


def _parts(element):
    if isinstance(element, dict):
        yield element
    parts = element.values() if isinstance(element, dict) else element if isinstance(element, list) else ()
    for part in parts:
        yield from _parts(part)


def test_an_argument_that_is_none_is_left_out():
    assert "episode" not in press("show_question", "VK-1", kind="colleagues", episode=None)[PRESS]["args"]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_survives_the_way_there_and_back(verb):
    assert read_press(press(verb, "VK-1", 1, **{name: "x" for name in VERBS[verb].args})).verb == verb


@pytest.mark.parametrize(
    "data",
    [
        None,
        "press",
        [],
        {},
        {PRESS: None},
        {PRESS: {"verb": "erase_everything"}},
        {PRESS: {"verb": ["guide"]}},
        {PRESS: {"verb": "guide", "args": {"topic": "x"}}},
        {PRESS: {"verb": "guide_topic"}},
        {PRESS: {"verb": "guide_topic", "args": {"topic": 7}}},
        {PRESS: {"verb": "guide_topic", "args": {"topic": "x" * 301}}},
        {PRESS: {"verb": "guide_topic", "args": ["topic"]}},
        {PRESS: {"verb": "guide", "case": 7}},
        {PRESS: {"verb": "guide", "case": ""}},
        {PRESS: {"verb": "guide", "version": "7"}},
        {PRESS: {"verb": "guide", "version": True}},
        {PRESS: {"verb": "guide", "version": -1}},
        {PRESS: {"verb": "note_step", "args": {"step": "talk"}}, "note": {"a": 1}},
        {PRESS: {"verb": "note_step", "args": {"step": "talk"}}, "note": "x" * 100_001},
    ],
)
def test_what_is_no_press_of_ours_is_refused(data):
    with pytest.raises(ValueError):
        read_press(data)


def test_a_button_cannot_be_built_with_what_its_verb_does_not_carry():
    with pytest.raises(ValueError, match="guide carries"):
        press("guide", topic="x")


def test_every_field_of_a_form_has_one_meaning():
    fields = [name for names in FORM_INPUTS.values() for name in names]

    assert len(fields) == len(set(fields))
