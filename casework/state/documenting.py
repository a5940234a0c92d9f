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
    """By colleague: one is asked by one person at a time, so that nobody learns whom else it happened to."""

    people: Mapping[PersonId, Documenter] = field(default_factory=dict)

    def documents(self, person: PersonId) -> bool:
        """Whether they may give evidence for somebody now."""
        found = self.people.get(person)
        return found is not None and found.state is Documents.ASKED

    def asked_by(self, person: PersonId | None) -> PersonId | None:
        """Whom they give it for, or gave it for."""
        found = self.people.get(person) if person else None
        return found.asked_by if found else None


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
    return changed(documenting, people={**documenting.people, person: documenter})
