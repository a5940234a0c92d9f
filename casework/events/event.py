"""What every event carries."""

from dataclasses import dataclass
from datetime import datetime

from casework.vocabulary import PersonId


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact: who did it and when."""

    by: PersonId
    at: datetime
