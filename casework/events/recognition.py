"""Whoever is behind it is known from earlier cases. Which ones, and by what, no case holds."""

from dataclasses import dataclass

from casework.events.event import Event
from casework.vocabulary import PersonId


@dataclass(frozen=True, kw_only=True)
class ConductRecognised(Event):
    """Several earlier cases had an identifier in common with this one.

    `not_the_only_one`: the affected people of this case for whom it is true that others were hit before.
    """

    not_the_only_one: tuple[PersonId, ...]
