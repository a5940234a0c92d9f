"""Every duty in scope has a story, and no story passes without what it is there to show."""

import ast
from functools import cache
from pathlib import Path

import pytest

from casework.texts import read_catalogue
from tests.conftest import DUTIES
from tests.recording import Recording, fragment, missing

IN_SCOPE = (
    *("D1", "D2", "D3"),
    *("W1", "W2", "W3", "W4", "W5"),
    *("L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8"),
    *("T1",),
    *("I1", "I2", "I3", "I4"),
    *("P1", "P2", "P3", "P4"),
    *("H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9", "H10", "H11", "H12", "H13", "H14", "H15"),
    *("C15",),
    *("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10", "B11", "B12", "B13", "B14", "B15"),
    *("B16", "B17", "B18", "B19", "B20", "B21"),
)


@cache
def marked() -> frozenset[str]:
    """Every duty that a test in this folder is marked with."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in Path(__file__).parent.glob("test_*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    marks = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "duty"]
    return frozenset(argument.value for mark in marks for argument in mark.args)


@pytest.mark.parametrize("duty", IN_SCOPE)
def test_a_duty_in_scope_has_a_story_and_something_to_show(duty):
    assert duty in marked(), f"No story is marked with {duty}."
    assert DUTIES[duty]["shown_by"], f"tests/duties.toml names nothing for {duty}."


def test_no_duty_is_named_that_is_not_in_scope():
    assert set(DUTIES) == set(IN_SCOPE) == marked()


@pytest.mark.parametrize("duty", IN_SCOPE)
def test_what_a_duty_names_is_missing_from_an_empty_story(duty):
    assert len(missing(DUTIES[duty]["shown_by"], [Recording()])) == len(DUTIES[duty]["shown_by"])


def test_the_words_a_duty_names_are_words_that_nobody_says_by_chance():
    proofs = [proof for duty in DUTIES.values() for proof in duty["shown_by"] if "words" in proof]

    assert proofs and all(proof["words"] in read_catalogue("da") for proof in proofs)
    assert all(len(fragment(proof["words"], "da")) > 15 for proof in proofs)


def test_an_event_counts_only_with_the_values_that_are_named():
    proof = {"event": "step_completed", "with": {"step": "talk"}}
    other = Recording(events=[{"event": "step_completed", "step": "help"}])

    assert missing([proof], [other]) and not missing([proof], [Recording(events=[{**proof["with"], **proof}])])
