"""Letters: the lines on a step's card, the letter that is being written, and what the affected person is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.vocabulary import CaseId, Ending, ItemId, Medium, PersonId, StepId, Variant


@dataclass(frozen=True)
class LetterLine:
    """A letter that was sent. `journal` "": it has no number yet. `text`: only where the reader may read it."""

    id: ItemId
    step: StepId
    sent_on: date
    by: PersonId
    journal: str = ""
    shared: bool = False
    text: str = ""


@dataclass(frozen=True)
class LetterView:
    """The letter a step has, as it stands. `text` "": nothing is written yet, and the template's words stand there.

    `began_on`, `media`: what the template may say of when and where. `earlier`: what was tried before, by step and day.
    `named`: what was found in it that should not be there.
    """

    case: CaseId
    version: int
    step: StepId
    number: int
    variant: Variant
    ending: Ending
    post: str | None  # None: nobody has said yet; then the template says what the case knows
    text: str
    earlier: tuple[tuple[StepId, date], ...] = ()
    named: tuple[str, ...] = ()
    began_on: date | None = None
    media: tuple[Medium, ...] = ()
    affected: tuple[PersonId, ...] = ()
    """Who may be given the words to read; nobody where several are affected."""
    nobody: bool = False
    """It happened to nobody in particular: it is about the workplace."""
    first: bool = False
    """Nobody has been asked to remove anything yet."""
    refused: str = ""
    """Why it was not taken as sent: a key of `refused.*`."""
    filled_in: Mapping[str, str] = field(default_factory=dict)
    """What stood in the fields of when it was sent, when it was not taken."""
    links: tuple[str, ...] = ()
    """Where it can be seen, for a site, which must be told: only for whoever reads what was told of it."""
