"""Typed words: every button on the main path can also be said, in either language whatever the person's own.

A word counts only when it is the whole message, so that an account that begins with "hjælp" is an account.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any

Words = Mapping[str, tuple[str, ...]]
"""Meaning → its synonyms in one language, as `casework.texts.read_known` reads them."""

FOLLOWED_BY: Mapping[str, tuple[str, ...]] = {
    "complete_step": ("step",),
    "undo_step": ("step",),
    "open_step": ("step",),
    "take_step": ("step",),
    "ask_consent": ("step",),
    "accept_step": ("step",),
    "decline_step": ("step",),
    "set_step_aside": ("step", "reason"),
    "note_step": ("step", "note"),
    "postpone_step": ("step", "until"),
    "offer_step": ("step", "to"),
    "write_letter": ("step",),
    "fill_letter": ("step", "post"),
    "save_letter": ("step", "text"),
    "fetch_letter": ("step",),
    "send_letter": ("step", "date"),
    "send_letter_anyway": ("step", "date"),
    "journalise_letter": ("step", "journal"),
    "fetch_journal": ("step",),
    "open_item": ("number",),
    "show_package": ("package",),
    "give_update": ("update",),
    "send_message": ("words",),
    "points_unfit": ("words",),
    "set_hold": ("reason",),
    "lift_hold": ("reason",),
    "try_rung": ("step", "where"),
    "answer_rung": ("step", "reply"),
}
"""What follows the word. A synonym may place them itself: "giv {step} til {to}"."""

NUMBERS = frozenset({"step", "number"})
FEW_WORDS = {"day": 4, "name": 4, "device": 1, "topic": 4, "people": 7, "package": 2}
"""What must be there, and how many words may follow its first: else it is somebody's account."""
_SPAN = r"(?! (?:dage?|uger?|timer?|minut\w*|m\wned\w*|days?|weeks?|hours?|minutes?|months?)\b)"
"""»mind mig om 3 dage« speaks of no step 3."""
_TOWARDS = r"(?:(?:til|to|until|on)\s+)?"
"""»udsæt 5 til fredag«: what may stand before a day is no part of it."""
Table = tuple[Mapping[str, str], Sequence[tuple[str, re.Pattern[str]]]]
_PLACE = re.compile(r" ?\\\{(\w+)\\\}")
_CASE = r"([Vv][Kk]-\w{4}-\w{3})"
_BEFORE = re.compile(rf"(?:(?:sag|case) )?{_CASE}[:,.]?\s+(.+)", re.IGNORECASE | re.DOTALL)
_AFTER = tuple(re.compile(rf"(.+?),? {between}{_CASE}") for between in ("(?:i|in) (?:sag|case) ", "", "(?:sag|case) "))
_WITHIN = tuple(re.compile(rf"{after.pattern}([:,.]?\s+.+)", re.DOTALL) for after in _AFTER)
_OF_CASE = (" sag", " case")
_FREE = frozenset(
    {"reason", "note", "post", "text", "update", "words", "where", "reply", "why", "whom", "topic", "package"}
)
"""What may hold any words: a case's number at its end is one of them, and not where it belongs."""
_QUOTES = "»«\"'“”„’‘"


@dataclass(frozen=True)
class Meaning:
    """What a typed message asks for. `args` are texts: `step` a step's number, the rest as it was written. `case`: the
    number of the case it was said of."""

    name: str
    args: Mapping[str, str] = field(default_factory=dict)
    case: str = ""


def understood(text: str, danish: Words, english: Words) -> Meaning | None:
    """The meaning of a whole message, or None: then it is the person's own words."""
    meaning = _meant(text, danish, english)
    if meaning is not None and "case" in meaning.args:
        return meaning
    return _of_a_case(text.replace("\xa0", " ").strip(), danish, english) or meaning


def _of_a_case(said: str, danish: Words, english: Words) -> Meaning | None:
    """»VK-7Q4M-X2D: færdig 2«, »færdig 2 i sag VK-7Q4M-X2D«: a known word, with the case it is about."""
    if named := _BEFORE.fullmatch(said):
        meaning = _meant(named[2], danish, english)
        return replace(meaning, case=named[1].upper()) if meaning else None
    for pattern in (*_AFTER, *_WITHIN):
        named = pattern.fullmatch(said.rstrip(" .!?") if pattern in _AFTER else said)
        meaning = _without_it(*named.groups(), danish=danish, english=english) if named else None
        if meaning:
            return meaning
    return None


def _without_it(head: str, case: str, rest: str = "", *, danish: Words, english: Words) -> Meaning | None:
    """»ikke relevant 4 i sag VK-7Q4M-X2D, fordi …«: the case is named before what may hold any words, or not at all."""
    before, meaning = _meant(head, danish, english), _meant(head + rest, danish, english)
    if meaning is None or (before and (_says(before) or before.args and head.endswith(_OF_CASE))):
        return None
    return replace(meaning, case=case.upper())


def _says(meaning: Meaning) -> bool:
    """Whether it holds words of somebody's own; a name before the colon is none."""
    return any(key in _FREE and (key != "whom" or ":" in said) for key, said in meaning.args.items())


def apart(said: str) -> tuple[str, str]:
    """The case that a message begins with, as it is written there, and the rest: »VK-7Q4M-X2D: «, »færdig 2«."""
    named = _BEFORE.fullmatch(said)
    return (said[: named.start(2)], named[2]) if named else ("", said)


def _meant(text: str, danish: Words, english: Words) -> Meaning | None:
    said = " ".join(text.replace("\xa0", " ").split()).strip(f" .,;:!?{_QUOTES}")
    if not said:
        return None
    bare, placed = _table_of(danish, english)
    if name := bare.get(_without_commas(said)):
        return Meaning(name)
    whole = re.sub(r"[ \t\xa0]+", " ", text).strip(f" \r\n,;:{_QUOTES}")
    found = ((name, pattern.fullmatch(whole)) for name, pattern in placed)
    return next((Meaning(name, _args(match)) for name, match in found if match), None)


def _args(match: re.Match[str]) -> dict[str, str]:
    return {key: value.strip() for key, value in match.groupdict().items() if value}


def _table_of(danish: Words, english: Words) -> Table:
    """Kept by which catalogues these are, so that a message need not look through all their words to find it."""
    known = _last_table()
    if known.get("of") is None or known["of"][0] is not danish or known["of"][1] is not english:
        known |= {"of": (danish, english), "table": _table(_frozen(danish), _frozen(english))}
    return known["table"]


@cache
def _last_table() -> dict[str, Any]:
    return {}


def _frozen(words: Words) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(phrases)) for name, phrases in words.items())


@lru_cache(maxsize=4)
def _table(*languages: tuple[tuple[str, tuple[str, ...]], ...]):
    """Bare words → meaning, and the patterns of those that something follows; the longest words first."""
    every = [(name, phrase) for words in languages for name, phrases in words for phrase in phrases]
    bare = {_without_commas(phrase): name for name, phrase in reversed(every) if "{" not in phrase}
    following = sorted(_following(every), key=lambda pair: -len(pair[1]))
    return bare, [(name, _pattern(phrase)) for name, phrase in following]


def _without_commas(words: str) -> str:
    return " ".join(words.casefold().replace(",", " ").split())


def _following(every: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, phrase in every:
        if "{" in phrase:
            yield name, phrase
        elif args := FOLLOWED_BY.get(name):
            yield name, " ".join((phrase, *(f"{{{arg}}}" for arg in args)))


def _pattern(phrase: str) -> re.Pattern[str]:
    """ "ikke relevant {step} {reason}" as a pattern; what comes last may be left out: then it is asked for."""
    return re.compile(_PLACE.sub(_place, re.escape(phrase).replace(r"\ ", " ")), re.IGNORECASE | re.DOTALL)


def _place(found: re.Match[str]) -> str:
    if found[1] in FEW_WORDS:
        first = r"\S+" if found[1] == "day" else r"[^\s\d]\S*"
        before = _TOWARDS if found[1] == "day" else ""
        return rf" {before}(?P<{found[1]}>{first}(?: \S+){{0,{FEW_WORDS[found[1]]}}})"
    if found[1] == "case":
        return rf" (?P<case>{_CASE})"
    if found[1] in NUMBERS:
        return rf" (?P<{found[1]}>\d{{1,3}}){_SPAN}[.,:!?]?"
    before = _TOWARDS if found[1] == "until" else ""
    return rf"(?::?\s+{before}(?P<{found[1]}>.*))?"
