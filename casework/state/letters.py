"""The letters of a case: one draft a step, and what was sent, each as it was."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from casework import events as e
from casework.vocabulary import Ending, ItemId, PersonId, StepId, Variant


@dataclass(frozen=True)
class Draft:
    """How a letter stands that was not sent. `post`: when and where it was, as somebody wrote it."""

    text: ItemId
    variant: Variant
    ending: Ending
    post: ItemId | None
    by: PersonId
    at: datetime


@dataclass(frozen=True)
class Letter:
    """A letter that was sent, word for word. Its text's id is its own. `shared`: the affected may read it."""

    id: ItemId
    step: StepId
    sent_on: date
    by: PersonId
    at: datetime
    shared: bool
    journal: ItemId | None = None


@dataclass(frozen=True)
class Letters:
    """Drafts by step, and letters in the order they were said to be sent."""

    drafts: Mapping[StepId, Draft] = field(default_factory=dict)
    sent: tuple[Letter, ...] = ()

    def of(self, step: StepId) -> tuple[Letter, ...]:
        return tuple(letter for letter in self.sent if letter.step == step)

    def find(self, id: ItemId) -> Letter | None:
        return next((letter for letter in self.sent if letter.id == id), None)


def letters_after(letters: Letters, event: e.LetterDrafted | e.LetterSent | e.LetterJournalised) -> Letters:
    """What is sent is a draft no more: the next one begins anew."""
    match event:
        case e.LetterDrafted():
            draft = Draft(event.text, event.variant, event.ending, event.post, event.by, event.at)
            return replace(letters, drafts={**letters.drafts, event.step: draft})
        case e.LetterSent():
            left = {step: draft for step, draft in letters.drafts.items() if step != event.step}
            sent = Letter(event.text, event.step, event.sent_on, event.by, event.at, event.shared, event.journal)
            return Letters(left, (*letters.sent, sent))
        case e.LetterJournalised():
            sent = (replace(x, journal=event.journal) if x.id == event.letter else x for x in letters.sent)
            return replace(letters, sent=tuple(sent))
