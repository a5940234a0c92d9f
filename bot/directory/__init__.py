"""Who is whose leader, rep and group. Every answer may be missing: then people choose by hand."""

from dataclasses import dataclass
from typing import Protocol

from casework.people import Person, Workplace
from casework.vocabulary import PersonId, WorkplaceId


class DirectoryUnreachable(Exception):
    """The directory could not answer now. The report goes on; the person chooses by hand."""


@dataclass(frozen=True)
class Photo:
    """A small picture of somebody. `media_type` is found in it, whatever its sender called it."""

    content: bytes
    media_type: str


class Directory(Protocol):
    async def person(self, person: PersonId) -> Person | None:
        """The person, or None when nobody has that id (they may have left)."""

    async def search(self, text: str, limit: int = 5) -> tuple[Person, ...]:
        """People whose name or mail begins like `text`, best first."""

    async def photo(self, person: PersonId) -> Photo | None:
        """A small picture, where there is one. Nothing ever waits for it or fails without it."""

    async def workplace_of(self, person: PersonId) -> Workplace | None:
        """Where the person works, with leader, stand-in, reps and group."""

    async def workplace(self, workplace: WorkplaceId) -> Workplace | None: ...

    async def workplaces(self) -> tuple[Workplace, ...]: ...
