"""What every command carries, and what a person writes in one."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from casework.vocabulary import CaseId, ItemId, PersonId


@dataclass(frozen=True)
class Written:
    """Words with the id they are kept under."""

    item: ItemId
    text: str


@dataclass(frozen=True, kw_only=True)
class Command:
    """Something somebody asks for in a case."""

    case: CaseId
    by: PersonId


def written_in(command: Command) -> Iterator[Written]:
    """Every piece of writing a command brings."""
    for spec in fields(command):
        value = getattr(command, spec.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Written):
                yield part
