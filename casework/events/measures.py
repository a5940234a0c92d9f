"""What was decided, each with somebody who does it and a day."""

from dataclasses import dataclass
from datetime import date

from casework.events.event import Event
from casework.vocabulary import ItemId, PersonId


@dataclass(frozen=True, kw_only=True)
class MeasureAssigned(Event):
    """A decided measure is somebody's, and is to be done by a day. Said again: somebody else's, or another day."""

    measure: ItemId
    owner: PersonId
    due: date
