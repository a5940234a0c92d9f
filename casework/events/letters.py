"""Letters: drafted, sent, and given a number in the document system."""

from dataclasses import dataclass
from datetime import date

from casework.events.event import Event
from casework.vocabulary import Ending, ItemId, StepId, Variant


@dataclass(frozen=True, kw_only=True)
class LetterDrafted(Event):
    """The step's letter stands like this now; nothing was sent. `post`: when and where it was."""

    step: StepId
    text: ItemId
    variant: Variant
    ending: Ending
    post: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class LetterSent(Event):
    """It was sent, or said, on that day, in these words. `shared`: the affected person may read them."""

    step: StepId
    text: ItemId
    sent_on: date
    shared: bool
    journal: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class LetterJournalised(Event):
    """A letter that was sent has this number in the document system."""

    step: StepId
    letter: ItemId
    journal: ItemId
