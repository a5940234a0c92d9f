"""How long a text may be that stands on a card. The account itself is kept whole, and shown in pages."""

from casework.commands import Written
from casework.vocabulary import Refused

LONGEST_REASON = 1_000  # characters: a few words are asked for, and the card must stay small


def a_few_words(said: Written | None, missing: str = "reason_missing") -> None:
    """Refused when nothing was written, with that key, or too much."""
    if said is None or not said.text.strip():
        raise Refused(missing)
    not_too_long(said)


def not_too_long(said: Written | None, longest: int = LONGEST_REASON) -> None:
    """Refused when it is longer than that; nothing at all is fine."""
    if said is not None and len(said.text) > longest:
        raise Refused("reason_too_long", max=longest)
