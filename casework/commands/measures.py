"""What somebody asks for who says whose a decided measure is."""

from dataclasses import dataclass
from datetime import date

from casework.commands.command import Command
from casework.vocabulary import ItemId, PersonId


@dataclass(frozen=True, kw_only=True)
class AssignMeasure(Command):
    """Who does it, and by when."""

    measure: ItemId
    owner: PersonId
    due: date
