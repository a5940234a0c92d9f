"""What is written down about asking for accepts besides the answers."""

from dataclasses import dataclass

from casework.events.event import Event
from casework.vocabulary import ItemId, PersonId


@dataclass(frozen=True, kw_only=True)
class AffectedUnreachable(Event):
    """An affected person could not be asked: what was tried, and whom of the legal staff the leader has talked with.

    No accept, and no exemption (H7): what waits for the person's yes stays closed.
    """

    person: PersonId
    tried: ItemId
    legal_staff: ItemId
