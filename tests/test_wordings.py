"""An accept wording is never changed: a new one is a new version, and the old one stays among the words."""

import hashlib

import pytest

from casework.consent import WORDING
from casework.texts import LANGUAGES, read_catalogue
from casework.vocabulary import ConsentKind

PREFIX = "consent.wording."
EVER = {
    "colleagues.1": "2a2de10f6aee39b4",
    "partners.1": "b67554a2b228e6f4",
    "police.1": "82da2e012b968519",
    "removal.1": "d272f92ee3c0258f",
}
"""Version → a mark of its words: of every one that anybody can have answered."""


def versions() -> dict[str, str]:
    """Every version there is → a mark of its words in both languages."""
    catalogues = [read_catalogue(language) for language in LANGUAGES]
    keys = sorted(key for key in catalogues[0] if key.startswith(PREFIX) and key[-1].isdecimal())
    return {key.removeprefix(PREFIX): _mark(*(catalogue[key] for catalogue in catalogues)) for key in keys}


def _mark(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def test_the_words_of_a_version_are_as_they_were_when_somebody_answered_them():
    changed = {version for version, mark in EVER.items() if versions().get(version) != mark}

    assert changed == set(), "Put the words back, and write the new ones as the next version (`casework.consent`)."


def test_every_version_is_written_down_here():
    assert set(versions()) == set(EVER), "Add the new version and its mark to EVER."


@pytest.mark.parametrize("kind", ConsentKind)
def test_the_version_in_force_is_the_latest_of_its_kind(kind):
    numbers = [int(version.partition(".")[2]) for version in versions() if version.partition(".")[0] == kind]

    assert WORDING[kind] == f"{kind}.{max(numbers)}"
