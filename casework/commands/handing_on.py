"""Another recipient for a case, and what was tried to reach the one it has. Asked by Værn and by administrators."""

from dataclasses import dataclass
from datetime import datetime

from casework.commands.command import Command
from casework.vocabulary import HandedOn, PersonId, Tried, Way


@dataclass(frozen=True, kw_only=True)
class HandOn(Command):
    """The case goes from `former` to the first in the chain who may have it.

    `since`: only if it was given to `former` before that (absence: whoever was chosen in spite of it keeps it).
    `again_at`: when it is tried again, should there be nobody; `back_at`: when whoever is away is there again. One who
    is silent must be so still (`casework.silence`).
    """

    former: PersonId
    chain: tuple[PersonId, ...]
    reason: HandedOn
    since: datetime | None = None
    again_at: datetime | None = None
    back_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class NoteWay(Command):
    """A way to somebody is begun, or has come to something."""

    person: PersonId
    way: Way
    tried: Tried


@dataclass(frozen=True, kw_only=True)
class NoteReached(Command):
    """A message has come through to somebody."""

    person: PersonId


@dataclass(frozen=True, kw_only=True)
class NoteLeft(Command):
    """Somebody is not in the directory any more."""

    person: PersonId


@dataclass(frozen=True, kw_only=True)
class MoveCase(Command):
    """An administrator gives the case to somebody else."""

    former: PersonId
    to: PersonId
