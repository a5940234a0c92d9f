"""Who people are to each other at a workplace, as a directory tells it."""

from dataclasses import dataclass
from datetime import date

from casework.vocabulary import PersonId, WorkplaceId


@dataclass(frozen=True)
class Person:
    """Somebody in the directory. `first_name` is what we say in a sentence."""

    id: PersonId
    name: str
    title: str = ""
    phone: str = ""
    mail: str = ""

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.name


@dataclass(frozen=True)
class Workplace:
    """A place with its own leader and health and safety group (M2)."""

    id: WorkplaceId
    name: str
    leader: PersonId
    stand_in: PersonId | None = None
    leaders_leader: PersonId | None = None
    health_safety_reps: tuple[PersonId, ...] = ()
    union_reps: tuple[PersonId, ...] = ()
    group: tuple[PersonId, ...] = ()
    """Members of the health and safety group. It includes a leader."""
    group_known: bool = True
    """False: the directory that has the group is silent, and `group` is an old list of it."""
    administration: str | None = None
    """Short name of what the workplace belongs to, where words or steps may differ."""
    second_leader: PersonId | None = None
    """Where two lead a place together: either may be told, and each is the first to step in for the other."""

    @property
    def leaders(self) -> tuple[PersonId, ...]:
        return tuple(dict.fromkeys(person for person in (self.leader, self.second_leader) if person))


@dataclass(frozen=True)
class Contact:
    """Somebody to ring: legal staff, crisis help. `hours` is a words key suffix or free text from the settings."""

    name: str
    phone: str
    hours: str = ""


@dataclass(frozen=True)
class Absence:
    """Somebody is away, first and last day included. `stand_in`: who steps in just then, if it is not the usual one."""

    person: PersonId
    first_day: date
    last_day: date
    stand_in: PersonId | None = None

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day
