"""What one typed message asks for: a known word, a word with a slip in it, or nothing of the kind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.desk import Desk
from bot.typed import nearest_steps, press_of
from bot.typed_of_a_step import ANSWERS_AN_OFFER, STEPS_OF, number_of
from bot.typed_yearly import OF_THE_YEAR
from cards.suggestions import OfAStep
from cards.verbs import Press
from casework.letters import WITH_A_LETTER
from casework.texts import read_known
from casework.vocabulary import Refused
from dialogs.known import FOLLOWED_BY, Meaning, understood
from dialogs.nearest import MOST, Guess, guesses, the_one

WORDS: Mapping[str, Press] = {
    "help": Press("help"),
    "start_report": Press("start_report"),
    "continue_draft": Press("continue_draft"),
    "start_over": Press("start_over"),
    "delete_draft": Press("delete_draft"),
    "call_me": Press("call_me"),
    "my_cases": Press("my_cases"),
    "status": Press("status"),
    "guide": Press("guide"),
    "danish": Press("language", args={"language": "da"}),
    "english": Press("language", args={"language": "en"}),
    **OF_THE_YEAR,
}
"""Typed words for the buttons outside the cases."""


SAID_ALONE = ANSWERS_AN_OFFER | {"undo_step"}
"""Words for a step that mean one without its number."""


def lacks_its_step(meaning: Meaning) -> bool:
    return "step" in FOLLOWED_BY.get(meaning.name, ()) and not meaning.args and meaning.name not in SAID_ALONE


@dataclass(frozen=True)
class Understood:
    """`meaning`: what is meant, for certain, and the `words` for it. Else `suggestions`: what it may have been meant to
    be; or neither."""

    meaning: Meaning | None = None
    words: str = ""
    suggestions: tuple[str, ...] = ()


class Spoken:
    """The words of one person at their desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def exactly(self, text: str) -> Meaning | None:
        """A known word, spelt as it is known."""
        meaning = understood(text, read_known("da"), read_known("en"))
        return self._theirs(meaning) if meaning else None

    def _theirs(self, meaning: Meaning) -> Meaning:
        """»status«: how Værn runs, to whoever may see that; to everybody else how their cases stand."""
        how_it_runs = meaning.name == "status" and self.desk.office.status.open_to(self.desk.person)
        return meaning if meaning.name != "status" or how_it_runs else Meaning("my_cases")

    async def press(self, meaning: Meaning) -> Press | None:
        """The press it stands for; None when it stands for none. Refused when no case is meant by it."""
        return WORDS.get(meaning.name) or await press_of(meaning, self.desk)

    async def nearly(self, text: str) -> Understood:
        """The same with slips forgiven; what could not be taken back, and what is in doubt, is asked."""
        usable = await self._usable(text)
        sure = the_one(usable) or self._to_undo(text)
        if sure:
            return Understood(sure.meaning, sure.words)
        return Understood(suggestions=tuple(guess.words for guess in usable[:MOST]))

    def _to_undo(self, text: str) -> Guess | None:
        """»anuller« is never the beginning of an account, though there is nothing to undo."""
        sure = the_one(self._guesses(text))
        return sure if sure and sure.meaning.name == "undo_step" else None

    def surely(self, text: str) -> bool:
        """Whether it is a known word with a slip, though it leads nowhere here."""
        return the_one(self._guesses(text)) is not None

    async def likely(self, text: str) -> tuple[str, ...]:
        """The words it may have been meant to be, where nothing is done without asking."""
        return tuple(guess.words for guess in (await self._usable(text))[:MOST])

    async def _usable(self, text: str) -> tuple[Guess, ...]:
        found = self._guesses(text)[: 2 * MOST]
        return tuple([guess for guess in found if await self._leads_somewhere(guess.meaning)])

    def in_a_dialog(self, text: str, belongs: "frozenset[str]") -> str | None:
        """The word of the dialog that was meant, when nothing else can have been."""
        sure = the_one(self._guesses(text))
        return sure.words if sure and sure.meaning.name in belongs and not sure.meaning.args else None

    def _guesses(self, text: str) -> tuple[Guess, ...]:
        found = guesses(text, read_known("da"), read_known("en"))
        return tuple(replace(guess, meaning=self._theirs(guess.meaning)) for guess in found)

    async def _leads_somewhere(self, meaning: Meaning) -> bool:
        try:
            return bool(await self.which_step(meaning)) or await self.press(meaning) is not None
        except Refused:
            return False

    async def which_step(self, meaning: Meaning) -> tuple[OfAStep, ...]:
        """»færdig« and no number: the same with the numbers of the steps it is most likely about."""
        if not lacks_its_step(meaning):
            return ()
        word = next(word for word in read_known(self.desk.language)[meaning.name] if "{" not in word)
        letter = STEPS_OF.get(meaning.name) == WITH_A_LETTER
        found = (await nearest_steps(self.desk, meaning.name))[:MOST]
        return tuple(OfAStep(f"{word} {number_of(step)}", step, letter) for step in found)
