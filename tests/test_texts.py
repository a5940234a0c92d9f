"""Every sentence is there in both languages, is used, and sounds like Værn."""

import ast
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from cards.show import show, shown
from cards.words import Texts
from casework import soundness, texts
from casework.texts import LANGUAGES, read_catalogue, read_known
from tests.drawing import CARDS
from tests.scenes import scene

HOUSE = Path(texts.__file__).parent.parent
ROOMS = ("casework", "cards", "dialogs", "bot")
PLURAL = r"\.(one|other)$"
DANISH, ENGLISH = (read_catalogue(language) for language in LANGUAGES)
KEYS = set(DANISH)
CHOSEN_BY_CODE = (
    "closing.again.", "closing.stands.",
    "check.", "refused.", "choices.", "common.evidence.", "common.format.", "common.hours.",
    "common.kept_for.", "documentation.certainty.",
    "documentation.custody.", "documentation.episode.", "documentation.fact.", "documentation.heading.",
    "documentation.for_whom.", "documentation.missing.", "documentation.piece.captured_by.", "documentation.step.",
    "employee.asked.",
    "accepts.kind.", "accepts.mine.", "accepts.theirs.",
    "employee.next.", "employee.knows.role.", "leader.certainty.", "leader.going_on.", "leader.locked.", "leader.step.",
    "letters.ask_author.", "letters.ask_site.", "letters.datatilsynet.", "letters.inform_colleagues.",
    "custody.line.package_", "packages.file.", "packages.no_stamp.", "verify.",
    "letters.upper_management.", "letters.earlier.", "numbers.csv.", "pages.",
    "report.review.missing.", "report.who_is_to_know.role.", "welcome.mine.role.",
)  # fmt: skip
"""Where the last part of a key is a value of the core: a refusal, a step, a role, a kind."""
FOR_THE_EDGE = frozenset({"errors.unsure", "guide.fact.checked"})
"""What is answered when a turn breaks; and of a fact that legal staff have confirmed: none is yet."""


class Heard(dict):
    """A catalogue that keeps which sentences were said."""

    def __init__(self, language: str) -> None:
        super().__init__(read_catalogue(language))
        self.said: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.said.add(key)
        return super().__getitem__(key)


@cache
def said_on_cards() -> set[str]:
    """Every sentence that stands on one of the cards in the tests, or on a lock screen."""
    heard = Heard("da")
    at = replace(scene("da"), say=Texts("da", heard))
    for view in CARDS.values():
        shown(view(at), at) if callable(view) else show(view, at)
    return heard.said


@cache
def named_in_the_source() -> set[str]:
    """Texts in the Python source that are keys."""
    files = [file for room in ROOMS for file in sorted((HOUSE / room).rglob("*.py"))]
    trees = (ast.walk(ast.parse(file.read_text("utf-8"))) for file in files)
    return {node.value for tree in trees for node in tree if isinstance(node, ast.Constant) and node.value in KEYS}


def test_both_languages_have_the_same_keys():
    assert soundness.in_one_language(DANISH, ENGLISH) == []
    assert set(read_known("da")) == set(read_known("en"))


def test_a_sentence_takes_the_same_values_in_both_languages():
    assert soundness.filled_otherwise(DANISH, ENGLISH) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_a_name(language):
    assert [key for key, text in read_catalogue(language).items() if not soundness.in_order(text)] == []


def test_no_longer_sentence_is_the_same_in_both_languages():
    assert soundness.untranslated(DANISH, ENGLISH) == []


def test_every_sentence_is_used():
    """A plural counts as used when one of its forms is."""
    used = said_on_cards() | named_in_the_source()
    roots = {re.sub(PLURAL, "", key) for key in used if re.search(PLURAL, key)}
    unused = [key for key in sorted(KEYS - used - FOR_THE_EDGE) if not key.startswith(CHOSEN_BY_CODE)]

    assert [key for key in unused if re.sub(PLURAL, "", key) not in roots] == [], "Say them, or take them out."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_never_shouts(language):
    assert soundness.shouting(read_catalogue(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_has_none_of_the_words_we_never_say(language):
    assert soundness.never_said(read_catalogue(language), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_has_no_name_in_the_genitive_and_no_he_or_she(language):
    assert soundness.he_or_she(read_catalogue(language), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_are_the_languages_own(language):
    assert soundness.quoted_otherwise(read_catalogue(language), language) == []


def test_a_typed_word_means_one_thing():
    meanings: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for meaning, phrases in read_known(language).items():
            for phrase in phrases:
                meanings.setdefault(phrase, set()).add(meaning)

    assert {phrase: found for phrase, found in meanings.items() if len(found) > 1} == {}


def test_a_typed_word_is_written_in_lower_case():
    phrases = [phrase for language in LANGUAGES for known in read_known(language).values() for phrase in known]

    assert [phrase for phrase in phrases if phrase != phrase.lower() or phrase != phrase.strip()] == []


def test_a_language_without_words_is_refused_by_name():
    with pytest.raises(ValueError, match="'sv'"):
        read_catalogue("sv")
