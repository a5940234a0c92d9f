"""Letters: look at one, draft it, say that it was sent, note its number."""

from dataclasses import dataclass
from datetime import date

from casework.commands.command import Written
from casework.commands.handling import StepCommand
from casework.vocabulary import Ending, ItemId, Variant


@dataclass(frozen=True, kw_only=True)
class OpenLetter(StepCommand):
    """Look at the step's letter, or take out one that was sent ("" the latest). Nothing happens by it."""

    letter: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class DraftLetter(StepCommand):
    """Keep the letter as it stands. `post`: when and where it was, in somebody's words."""

    text: Written
    variant: Variant = Variant.POST
    ending: Ending = Ending.COARSE
    post: Written | None = None


@dataclass(frozen=True, kw_only=True)
class SendLetter(StepCommand):
    """It was sent on that day, in these words. `answer_by` None: as is usual on that rung.

    `as_it_stands`: whoever says so was told of what is left to fill in, and it was sent like that.
    """

    text: Written
    sent_on: date
    answer_by: date | None = None
    shared: bool = False
    journal: Written | None = None
    as_it_stands: bool = False


@dataclass(frozen=True, kw_only=True)
class JournaliseLetter(StepCommand):
    """The letter's number in the document system. None: the latest letter of the step."""

    journal: Written
    letter: ItemId | None = None
