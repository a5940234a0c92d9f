"""What people wrote, as far as it fits on paper: five million characters would make the pages of no use to anybody.

The whole of it lies unchanged in the case, and goes along as a file where there is room.
"""

import re
from dataclasses import dataclass

from cards.words import Texts, clean

LONGEST, MOST_LINES = 20_000, 400
"""Characters and lines of one piece: some ten pages."""
ALTOGETHER = 300_000
"""Characters of all pieces; each of those after it gets its first words only."""
FIRST_WORDS = 400
UNBROKEN = 30
"""Characters without a place to break a line: a long address would run over the paper's edge."""
_LONG_WORD = re.compile(rf"\S{{{UNBROKEN}}}(?=\S)")


@dataclass
class Words:
    """Fits one piece after the other, and remembers how much room there is left."""

    say: Texts
    left: int = ALTOGETHER

    def fitted(self, text: str) -> dict[str, str]:
        """`words` as they stand on the page; `cut`: what is said where they are not all of it, else ""."""
        whole = clean(text)
        room = min(LONGEST, max(self.left, FIRST_WORDS))
        shown = "\n".join(whole[:room].split("\n")[:MOST_LINES])
        self.left -= len(shown)
        return {"words": broken(shown), "cut": "" if len(shown) == len(whole) else self._cut(len(shown), len(whole))}

    def _cut(self, shown: int, whole: int) -> str:
        return self.say.plain("documentation.cut", shown=shown, whole=whole)


def broken(text: str) -> str:
    """With a place to break a line in words that are longer than a line."""
    return _LONG_WORD.sub(lambda found: f"{found[0]}\u200b", text)
