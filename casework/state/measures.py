"""Whose a decided measure is, and by when it is to be done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from casework import events as e
from casework.vocabulary import ItemId, PersonId


@dataclass(frozen=True)
class Assigned:
    """Somebody's measure, its day, and when that was said."""

    owner: PersonId
    due: date
    at: datetime | None = None


@dataclass(frozen=True)
class Measures:
    """Measures that have an owner. The others are with whoever follows up on all of them."""

    assigned: Mapping[ItemId, Assigned] = field(default_factory=dict)

    def of(self, measure: ItemId) -> Assigned | None:
        return self.assigned.get(measure)

    @property
    def owners(self) -> frozenset[PersonId]:
        return frozenset(one.owner for one in self.assigned.values())

    def without(self, people: Iterable[PersonId]) -> "Measures":
        """What these people had is again with whoever follows up."""
        gone = set(people)
        return Measures({measure: one for measure, one in self.assigned.items() if one.owner not in gone})

    def passed(self, former: PersonId, to: PersonId) -> "Measures":
        """What one had is the other's, with the same day."""
        return Measures(
            {measure: replace(one, owner=to) if one.owner == former else one for measure, one in self.assigned.items()}
        )


def measures_after(measures: Measures, event: e.MeasureAssigned) -> Measures:
    """The latest holds."""
    return Measures({**measures.assigned, event.measure: Assigned(event.owner, event.due, event.at)})
