"""Every sentence Værn says, read from casework/guide/<language>/*.toml. One file per room, one key per use."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, get_args

Language = Literal["da", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
KNOWN = "known"
"""The room of typed words: lists of synonyms, not sentences."""


@cache
def read_catalogue(language: Language) -> Mapping[str, str]:
    """All sentences in one language. A key is the file's name and the path in it: `leader.step.talk.title`.

    ValueError when a value is not a text, with its key.
    """
    found = {key: value for key, value in _read(language, lambda room: room != KNOWN)}
    if wrong := [key for key, value in found.items() if not isinstance(value, str)]:
        raise ValueError(f"casework/guide/{language}: expected a text, found something else in {', '.join(wrong)}.")
    return MappingProxyType(found)


@cache
def read_known(language: Language) -> Mapping[str, tuple[str, ...]]:
    """The typed words in one language: meaning → its synonyms, in lower case, the one we print first."""
    return MappingProxyType(
        {key.removeprefix(f"{KNOWN}."): tuple(value) for key, value in _read(language, lambda room: room == KNOWN)}
    )


def _read(language: Language, wanted: Callable[[str], bool]) -> Iterator[tuple[str, Any]]:
    if language not in LANGUAGES:
        raise ValueError(f"There are no words in {language!r}. Expected one of: {', '.join(LANGUAGES)}.")
    for file in sorted(files("casework").joinpath("guide", language).iterdir(), key=lambda file: file.name):
        room, _, ending = file.name.rpartition(".")
        if ending == "toml" and wanted(room):
            yield from flat(room, tomllib.loads(file.read_text("utf-8")))


def flat(path: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every value of a room under its whole key: `leader.step.talk.title`."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from flat(f"{path}.{name}", value)
        else:
            yield f"{path}.{name}", value
