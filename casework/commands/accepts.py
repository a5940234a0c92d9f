"""What a leader writes down about asking for accepts besides the answers."""

from dataclasses import dataclass

from casework.commands.command import Command, Written
from casework.vocabulary import PersonId


@dataclass(frozen=True, kw_only=True)
class NoteUnreachable(Command):
    """An affected person could not be asked: what was tried, and whom of the legal staff it was talked over with."""

    person: PersonId
    tried: Written
    legal_staff: Written
