"""Local sentences: only those that exist, filled as the original, in both languages, and in Værn's voice."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.faults import Fault, either, shown
from casework import soundness
from casework.texts import KNOWN, LANGUAGES, Language, flat, read_catalogue

Rooms = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Language → room → what its file holds."""
CLOSED_ROOMS = {
    KNOWN: "Typed words are the same for everybody: the app package lists them.",
    "consent": "What stands on an accept card is not changed sentence by sentence. A wording goes into wordings.toml.",
}
CLOSED_KEYS = (soundness.PATTERNS,)
BUTTON, LONGEST_BUTTON = ".button", 14
"""Titles of buttons, and how many characters of one a phone shows."""
ROOM_TO_GROW = 200  # characters: so many more than twice the original, and cards stay under what Teams takes


def read_words(rooms: Rooms, folder: str, faults: list[Fault]) -> dict[Language, dict[str, str]]:
    """The sentences by language and key; what is wrong is added to `faults`."""
    found = {language: dict(_sentences(rooms[language], f"{folder}/{language}", faults)) for language in LANGUAGES}
    for language, said in found.items():
        faults += _fault_of(said, language, folder)
        lacking = {key for other in LANGUAGES for key in found[other]} - set(said)
        why = "It is changed in the other language."
        faults += (_fault(folder, language, key, "is not set", why) for key in sorted(lacking))
    same = soundness.untranslated(found["da"], found["en"])
    faults += (_fault(folder, "en", key, "is the same in da", "Expected it in English.") for key in same)
    return found


def _sentences(rooms: Mapping[str, Mapping[str, Any]], folder: str, faults: list[Fault]) -> Iterator[tuple[str, str]]:
    known = read_catalogue("da")
    names = sorted({key.partition(".")[0] for key in known} - set(CLOSED_ROOMS))
    for room, table in rooms.items():
        file = f"{folder}/{room}.toml"
        if room not in names:
            expected = CLOSED_ROOMS.get(room) or f"Expected {either(_near(room, names))}."
            faults.append(Fault(file, "is not changed here", expected))
            continue
        for key, value in flat(room, table):
            if wrong := _wrong(key, value, known):
                faults.append(Fault(key.removeprefix(f"{room}."), *wrong, file))
            else:
                yield key, value


def _wrong(key: str, value: object, known: Iterable[str]) -> tuple[str, str] | None:
    """What was found and expected, for a sentence that cannot be taken at all."""
    if key not in known or key.startswith(CLOSED_KEYS):
        room = key.partition(".")[0]
        own = [name for name in known if name.startswith(f"{room}.") and not name.startswith(CLOSED_KEYS)]
        near = [name.removeprefix(f"{room}.") for name in _near(key, own)]
        return "is not known here", f"Expected {either(near)}."
    if not isinstance(value, str) or not value.strip():
        return shown(value), "Expected a text."
    if not soundness.in_order(value):
        return shown(value), "Its braces are not in order. Expected values by name, such as {names}."
    return None


def _near(name: str, known: Iterable[str]) -> list[str]:
    known = list(known)
    return difflib.get_close_matches(name, known, n=1) or known[:1]


def _fault_of(said: Mapping[str, str], language: Language, folder: str) -> Iterator[Fault]:
    """Where a sentence does not keep what every sentence keeps."""
    original = read_catalogue(language)
    for key in soundness.filled_otherwise(said, original):
        values = either(f"{{{name}}}" for name in sorted(soundness.places(original[key]))) or "no values"
        yield _fault(folder, language, key, "has other values than the original", f"Expected {values}.")
    for key, text in said.items():
        if len(text) > (longest := _longest(key, original[key])):
            yield _fault(folder, language, key, shown(text), f"Expected at most {longest} characters.")
    yield from (_fault(folder, language, *one) for one in out_of_voice(said, language))


def _longest(key: str, original: str) -> int:
    if key.endswith(BUTTON):
        return max(LONGEST_BUTTON, len(original))
    return 2 * len(original) + ROOM_TO_GROW


def out_of_voice(said: Mapping[str, str], language: Language) -> tuple[tuple[str, str, str], ...]:
    """Key, what was found, what was expected, wherever a sentence does not sound like Værn."""
    return (
        *((key, "shouts", "Expected no exclamation mark and no word in capitals.") for key in soundness.shouting(said)),
        *(
            (key, f'says "{word}"', "Værn never says that. Expected another word.")
            for key, word in soundness.never_said(said, language)
        ),
        *(
            (key, "says he or she, or has a name in the genitive", "Expected the name, or another way to say it.")
            for key in soundness.he_or_she(said, language)
        ),
        *(
            (key, "has quotation marks of another language", "Expected the language's own.")
            for key in soundness.quoted_otherwise(said, language)
        ),
    )


def _fault(folder: str, language: str, key: str, found: str, expected: str) -> Fault:
    room, _, rest = key.partition(".")
    return Fault(rest, found, expected, f"{folder}/{language}/{room}.toml")
