"""Colleagues who secure evidence for somebody it happened to: who was asked by whom, and whether it still holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from casework import events as e
from casework.state import changed
from casework.vocabulary import ItemId, PersonId


class Documents(StrEnum):
    ASKED = "asked"  # and may: no yes is needed before a hand is lent
    DECLINED = "declined"
    ENDED = "ended"


@dataclass(frozen=True)
class Documenter:
    """One colleague. `since`: when they were asked, or it ended."""

    asked_by: PersonId
    since: datetime
    words: ItemId | None = None
    state: Documents = Documents.ASKED


@dataclass(frozen=True)
class Documenting:
    """By colleague and whoever asked them, the latest last. One is asked by one person at a time, so that nobody learns
    whom else it happened to.
    """

    asked: Mapping[tuple[PersonId, PersonId], Documenter] = field(default_factory=dict)

    @property
    def people(self) -> Mapping[PersonId, Documenter]:
        """By colleague: how it stands with whoever asked them last."""
        return {colleague: one for (colleague, _), one in self.asked.items()}

    def documents(self, person: PersonId) -> bool:
        """Whether they may give evidence for somebody now."""
        found = self.people.get(person)
        return found is not None and found.state is Documents.ASKED

    def given_for(self, person: PersonId) -> PersonId | None:
        """For whom it is what they give now."""
        return self.people[person].asked_by if self.documents(person) else None


def documenting_after(documenting: Documenting, event: e.DocumenterEvent) -> Documenting:
    """The same after one more event."""
    match event:
        case e.DocumenterAsked():
            return _with(documenting, event.person, Documenter(event.by, event.at, event.words))
        case e.DocumentingDeclined():
            return _over(documenting, event.by, Documents.DECLINED, event.at)
        case e.DocumentingEnded():
            return _over(documenting, event.person, Documents.ENDED, event.at)
    return documenting


def _over(documenting: Documenting, person: PersonId, state: Documents, at: datetime) -> Documenting:
    return _with(documenting, person, changed(documenting.people[person], state=state, since=at))


def _with(documenting: Documenting, person: PersonId, documenter: Documenter) -> Documenting:
    key = (person, documenter.asked_by)
    others = {one: was for one, was in documenting.asked.items() if one != key}
    return changed(documenting, asked={**others, key: documenter})
