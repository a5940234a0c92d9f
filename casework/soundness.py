"""What holds of every sentence, ours or a local one: there in both languages, filled alike, and in Værn's voice.

Each check takes sentences by key and gives the keys that fail it. The rules of the voice stand in `guide/voice.toml`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter

from casework.texts import Language

Sentences = Mapping[str, str]
FORMULAIC = re.compile(r"[\s·…:,.{}()»«“”\d]+")
PLACE = re.compile(r"\{[^{}]*\}")
LONGER_WORD = re.compile(r"\b[^\W\d_]{5,}\b")
PATTERNS = "common.format."
"""Keys of how dates are written: patterns, no sentences."""


@dataclass(frozen=True)
class Voice:
    """How Værn never sounds in one language."""

    never: tuple[str, ...]
    law: str
    pronouns: tuple[str, ...]
    other_quotes: str


@cache
def read_voice(language: Language) -> Voice:
    """The rules of one language."""
    text = files("casework").joinpath("guide/voice.toml").read_text(encoding="utf-8")
    row = tomllib.loads(text)[language]
    return Voice(tuple(row["never"]), row["law"], tuple(row["pronouns"]), row["other_quotes"])


def places(text: str) -> frozenset[str]:
    """The names of what is filled in. ValueError when the braces are not in order."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def in_order(text: str) -> bool:
    """Whether the braces are, and every value has a name and nothing more: no form it must have, no width."""
    try:
        filled = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return False
    return all(name.isidentifier() and not form and not conversion for _, name, form, conversion in filled)


def in_one_language(danish: Sentences, english: Sentences) -> list[str]:
    """Said in one language and not in the other."""
    return sorted(set(danish) ^ set(english))


def filled_otherwise(one: Sentences, other: Sentences) -> list[str]:
    """Sentences of the first that take other values in the second."""
    return [key for key in one if key in other and places(one[key]) != places(other[key])]


def untranslated(danish: Sentences, english: Sentences) -> list[str]:
    """More than three words, and the same in both languages."""
    same = [key for key in danish if danish[key] == english.get(key) and not key.startswith(PATTERNS)]
    return [key for key in same if len(FORMULAIC.sub(" ", PLACE.sub("", danish[key])).split()) > 3]


def shouting(sentences: Sentences) -> list[str]:
    """An exclamation mark, or a word in capitals."""
    return [key for key, text in sentences.items() if "!" in text or any(map(str.isupper, LONGER_WORD.findall(text)))]


def never_said(sentences: Sentences, language: Language) -> list[tuple[str, str]]:
    """Key and word, where one of the words stands that Værn never says."""
    voice = read_voice(language)
    return [
        (key, word)
        for key, text in sentences.items()
        for word in voice.never
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text.replace(voice.law, "").lower())
    ]


def he_or_she(sentences: Sentences, language: Language) -> list[str]:
    """Somebody is a he or a she, or a name stands in the genitive."""
    pronouns = rf"\b({'|'.join(read_voice(language).pronouns)})\b"
    genitive = r"(name|names|leader)\}('s|s\b)"
    found = sentences.items()
    return [key for key, text in found if re.search(pronouns, text, re.IGNORECASE) or re.search(genitive, text)]


def quoted_otherwise(sentences: Sentences, language: Language) -> list[str]:
    """Quotation marks of another language."""
    return [key for key, text in sentences.items() if set(read_voice(language).other_quotes) & set(text)]
