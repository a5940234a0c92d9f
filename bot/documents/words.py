"""What people wrote, as far as it fits on paper: five million characters would make the pages of no use to anybody.

The whole of it lies unchanged in the case, and goes along as a file where there is room.
"""

from dataclasses import dataclass

from cards.words import Texts, clean

LONGEST, MOST_LINES = 20_000, 400
"""Characters and lines of one piece: some ten pages."""
ALTOGETHER = 300_000
"""Characters of all pieces; each of those after it gets its first words only."""
FIRST_WORDS = 400


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
        return {"words": shown, "cut": "" if len(shown) == len(whole) else self._cut(len(shown), len(whole))}

    def _cut(self, shown: int, whole: int) -> str:
        return self.say.plain("documentation.cut", shown=shown, whole=whole)
