"""What was found beside the cases is told to one of them. Asked by Værn alone."""

from dataclasses import dataclass, field

from casework.commands.command import Command
from casework.vocabulary import PersonId


@dataclass(frozen=True, kw_only=True)
class NoteRecognised(Command):
    """`earlier`: one entry for each earlier case that has an identifier in common with this one, and in it those of
    this case's affected people to whom that one happened too."""

    earlier: tuple[frozenset[PersonId], ...] = field(repr=False)
