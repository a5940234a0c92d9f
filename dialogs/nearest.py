"""What short words were meant to be, when a letter is wrong or missing: a slip is no reason to be left standing.

Only short messages are looked at, so that an account is never taken for a slip. How near two words are is rapidfuzz's
business: it counts letters that changed places as one slip, and is fast enough to try every known word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from dialogs.known import FOLLOWED_BY, NUMBERS, Meaning, Words, apart, understood

LONGEST, MOST_WORDS = 40, 6  # letters and words of a message that may be a command at all
SHORTEST = 4  # letters; below that, everything is near everything
NEAR = 0.75  # of 1: from here on it looks like a command
MOST = 3
SPELT = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
"""As on a keyboard without Danish letters; »aa« and »oe« are taken for the same."""
FORGIVEN = frozenset(
    {
        "help", "stop", "continue_draft", "start_report", "start_over", "delete_draft", "call_me", "my_cases", "status",
        "guide", "danish", "english", "next", "back", "show_case", "show_plan", "show_evidence", "show_question",
        "show_analysis", "add_evidence", "new_episode", "write_in_case", "what_shared", "complete_step", "undo_step",
        "set_step_aside", "open_step", "postpone_step", "show_closing", "show_custody", "show_coach", "show_messages",
        "show_packages", "show_answers", "show_points", "show_review", "numbers",
    }
)  # fmt: skip
"""What is done at once though a letter was wrong: it only shows something, can be undone, or asks before it acts.

Whatever is not here is asked first, also what is added later and nobody thought of here.
"""


OPENINGS = frozenset({"jeg", "hvad", "hvis", "what", "what's", "if", "i", "i'm", "im", "i've", "i'll", "i'd", "trist"})
"""How a sentence begins in which somebody speaks of themselves, or asks: it is theirs, however short."""


@dataclass(frozen=True)
class Guess:
    """Words as they would be understood, and how near they are: `slips` letters, `near` of 1."""

    words: str
    meaning: Meaning
    slips: int
    near: float

    @property
    def sure(self) -> bool:
        """Few enough slips for words of that length, and nothing in it that cannot be taken back."""
        return self.slips <= _forgiven_in(apart(self.words)[1]) and self.meaning.name in FORGIVEN


def looks_short(text: str) -> bool:
    """Whether this may be a command at all, and not somebody's account."""
    return "\n" not in text and SHORTEST <= len(text) <= LONGEST and len(text.split()) <= MOST_WORDS


def speaks(said: str) -> bool:
    """Whether it is somebody's own sentence: never a slip, so that nobody in distress is corrected."""
    words = said.casefold().replace("’", "'").split()
    return bool(words) and (words[0].strip(".,;:!?") in OPENINGS or "jeg" in words)


def is_name(said: str, *names: str, slips: int = 1) -> bool:
    """Whether it is one of these names, with so many slips at most; in a short one there may be none."""
    written = _folded(" ".join(said.split()))
    most = slips if len(written) >= SHORTEST else 0
    return any(OSA.distance(_folded(name), written) <= most for name in names)


def guesses(text: str, danish: Words, english: Words) -> tuple[Guess, ...]:
    """What it may have been meant to be, the nearest first, each meaning once. Empty: it is nothing like a command."""
    case, said = apart(" ".join(text.split()).strip(" .,;:!?"))
    if not looks_short(said) or speaks(said):
        return ()
    best: dict[str, Guess] = {}
    for guess in _tried(case, said, danish, english):
        known = best.get(guess.meaning.name)
        if known is None or (guess.slips, -guess.near) < (known.slips, -known.near):
            best[guess.meaning.name] = guess
    return tuple(sorted(best.values(), key=lambda one: (one.slips, -one.near, one.words)))


def the_one(found: tuple[Guess, ...]) -> Guess | None:
    """The guess that is acted on without asking; None when two are as near, or it must be asked."""
    if not found or not found[0].sure or (len(found) > 1 and found[1].slips == found[0].slips):
        return None
    return found[0]


def _tried(case: str, said: str, danish: Words, english: Words) -> Iterator[Guess]:
    for words, meant in _corrected(said, danish, english):
        known, written = _known(meant[0]), _folded(meant[1])
        slips = OSA.distance(known, written)
        near = 1 - slips / max(len(known), len(written))
        if near >= NEAR and (meaning := understood(case + words, danish, english)) is not None:
            yield Guess(case + words, meaning, slips, near)


def _corrected(said: str, danish: Words, english: Words) -> Iterator[tuple[str, tuple[str, str]]]:
    """The message with known words in the place of its own, and which of its words they stand for."""
    parts = said.split()
    for known in (danish, english):
        for name, phrases in known.items():
            for phrase in phrases:
                head = phrase.partition(" {")[0]
                if "{" not in phrase:
                    yield phrase, (phrase, said)
                if "{" in phrase or FOLLOWED_BY.get(name, ("",))[0] in NUMBERS:
                    first, rest = parts[: len(head.split())], parts[len(head.split()) :]
                    if rest:
                        yield " ".join((head, *rest)), (head, " ".join(first))


@lru_cache(maxsize=4096)
def _known(words: str) -> str:
    """Of the known words only: nobody's own stay in memory."""
    return _folded(words)


def _folded(words: str) -> str:
    return re.sub("aa", "a", re.sub("oe", "o", words.casefold().translate(SPELT)))


def _forgiven_in(words: str) -> int:
    letters = len(re.sub(r"[^\w]|\d", "", words))
    return 0 if letters < SHORTEST else 1 if letters < 2 * SHORTEST else 2
