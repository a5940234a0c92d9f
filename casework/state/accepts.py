"""What is known of affected people who could not be asked. What they answered is in `Case.consents`, and in the log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casework import events as e
from casework.vocabulary import ItemId, PersonId


@dataclass(frozen=True)
class Unreachable:
    """The leader's note of one who could not be asked."""

    by: PersonId
    at: datetime
    tried: ItemId
    legal_staff: ItemId


@dataclass(frozen=True)
class Accepts:
    """Who could not be asked and has not been heard since."""

    unreachable: Mapping[PersonId, Unreachable] = field(default_factory=dict)


def accepts_after(accepts: Accepts, event: e.Event) -> Accepts:
    """After a note; or after a word from the person, who has been reached by that."""
    known = accepts.unreachable
    if isinstance(event, e.AffectedUnreachable):
        note = Unreachable(event.by, event.at, event.tried, event.legal_staff)
        return Accepts({**known, event.person: note})
    if isinstance(event, e.ConsentAsked) or (heard := getattr(event, "person", None)) not in known:
        return accepts
    return Accepts({person: note for person, note in known.items() if person != heard})
