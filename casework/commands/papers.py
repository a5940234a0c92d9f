"""Papers made of a case."""

from dataclasses import dataclass

from casework.commands.command import Command


@dataclass(frozen=True, kw_only=True)
class MakeDocumentation(Command):
    """Give me the documentation as a file."""
