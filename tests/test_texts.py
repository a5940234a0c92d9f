"""Every sentence is there in both languages, is used, and sounds like Værn."""

import ast
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from cards.show import show, shown
from cards.words import Texts
from casework import texts
from casework.texts import LANGUAGES, read_catalogue, read_known
from tests.drawing import CARDS
from tests.scenes import scene

HOUSE = Path(texts.__file__).parent.parent
ROOMS = ("casework", "cards", "dialogs", "bot")
PLURAL = r"\.(one|other)$"
KEYS = set(read_catalogue("da"))
PLACE = re.compile(r"\{[^{}]*\}")
FORBIDDEN = {
    "da": (
        "bare", "blot", "husk", "skal du vide", "hurtigst muligt", "trygt og sikkert", "ugyldig", "desværre", "ups",
        "offer", "ofret", "forurettede", "skadelidte", "gerningsmand", "krænker den", "stalker", "påstået",
        "angiveligt", "samtykke", "samtykkeerklæring", "dokumentationspligt", "bevisbyrde", "indberette",
        "indberetning", "fremsende", "indgive", "sagsbehandleren", "brugeren", "systemet", "botten", "for sent",
        "sidste chance", "fortabt", "compliance", "overskredet", "er strafbart, ", "ingen andre kan se", "vi beklager",
    ),
    "en": (
        "just", "simply", "remember to", "as soon as possible", "safe and secure", "invalid", "unfortunately", "oops",
        "victim", "perpetrator", "offender", "stalker", "alleged", "allegedly", "burden of proof", "the user",
        "the system", "the bot", "too late", "last chance", "compliance", "overdue", "nobody else can see",
        "we apologise",
    ),
}  # fmt: skip
"""Words of voice.md that Værn never says."""
THE_LAW = "offererstatningsloven", "victims' compensation act"
"""The one exception: the law's own name."""
FORMULAIC = re.compile(r"[\s·…:,.{}()»«“”\d]+")
CHOSEN_BY_CODE = (
    "check.", "refused.", "choices.", "common.evidence.", "common.format.", "common.hours.", "employee.asked.",
    "employee.next.", "employee.knows.role.", "leader.certainty.", "leader.going_on.", "leader.locked.", "leader.step.",
    "pages.",
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


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys():
    danish, english = (set(read_catalogue(language)) for language in LANGUAGES)

    assert danish ^ english == set()
    assert set(read_known("da")) == set(read_known("en"))


def test_a_sentence_takes_the_same_values_in_both_languages():
    danish, english = (read_catalogue(language) for language in LANGUAGES)

    assert [key for key in danish if places(danish[key]) != places(english[key])] == []


def test_every_value_has_a_name():
    named = {name for language in LANGUAGES for text in read_catalogue(language).values() for name in places(text)}

    assert {name for name in named if not name.isidentifier()} == set()


def test_no_longer_sentence_is_the_same_in_both_languages():
    danish, english = (read_catalogue(language) for language in LANGUAGES)
    same = [key for key in danish if danish[key] == english[key] and not key.startswith("common.format.")]

    assert [key for key in same if len(FORMULAIC.sub(" ", PLACE.sub("", danish[key])).split()) > 3] == []


def test_every_sentence_is_used():
    """A plural counts as used when one of its forms is."""
    used = said_on_cards() | named_in_the_source()
    roots = {re.sub(PLURAL, "", key) for key in used if re.search(PLURAL, key)}
    unused = [key for key in sorted(KEYS - used - FOR_THE_EDGE) if not key.startswith(CHOSEN_BY_CODE)]

    assert [key for key in unused if re.sub(PLURAL, "", key) not in roots] == [], "Say them, or take them out."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_never_shouts(language):
    catalogue = read_catalogue(language)

    assert [key for key, text in catalogue.items() if "!" in text] == []
    assert [key for key, text in catalogue.items() if re.search(r"\b[A-ZÆØÅ]{5,}\b", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_has_none_of_the_words_we_never_say(language):
    found = [
        (key, word)
        for key, text in read_catalogue(language).items()
        for word in FORBIDDEN[language]
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", without_the_law(text).lower())
    ]

    assert found == []


def without_the_law(text: str) -> str:
    for name in THE_LAW:
        text = text.replace(name, "")
    return text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_has_no_name_in_the_genitive_and_no_he_or_she(language):
    pronouns = r"\b(han|hun|ham|hende|hans|hendes)\b" if language == "da" else r"\b(he|she|him|her|his|hers)\b"
    catalogue = read_catalogue(language)

    assert [key for key, text in catalogue.items() if re.search(pronouns, text, re.IGNORECASE)] == []
    assert [key for key, text in catalogue.items() if re.search(r"(name|names|leader)\}('s|s\b)", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_are_the_languages_own(language):
    wrong = "“”„" if language == "da" else "»«„"

    assert [key for key, text in read_catalogue(language).items() if set(wrong) & set(text)] == []


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
