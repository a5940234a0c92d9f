"""Names, words and places for whatever is drawn: a `Scene` for one reader's language."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache

from bot.clock import Clock
from bot.directory import Directory, DirectoryUnreachable
from bot.organisation import Organisation
from cards.scene import Place, Scene
from cards.words import Texts
from casework.case import Case
from casework.people import Contact, Person
from casework.texts import read_catalogue
from casework.vocabulary import VAERN, PersonId

ONE, SEVERAL = ("person", "to", "recipient", "follow_up_by"), ("affected", "excluded", "people")
"""Fields of events that hold a person's id, or several."""


class Scenes:
    """Makes scenes. A directory that cannot answer leaves names out; nothing stops for it."""

    def __init__(self, directory: Directory, organisation: Organisation, clock: Clock) -> None:
        self.directory, self.organisation, self.clock = directory, organisation, clock
        self._places: dict[str, Place] = {}

    async def scene(self, language: str, people: Iterable[PersonId] = ()) -> Scene:
        found = [await self.person(person) for person in dict.fromkeys(people)]
        return Scene(
            say=Texts(language, read_catalogue(language)),
            people={person.id: person for person in found if person},
            place=self._places.get(language) or self._places.setdefault(language, self._place(language)),
            now=self.clock.now(),
        )

    async def person(self, person: PersonId) -> Person | None:
        """None as well when the directory cannot answer now."""
        try:
            return await self.directory.person(person)
        except DirectoryUnreachable:
            return None

    def _place(self, language: str) -> Place:
        settings = self.organisation
        say = Texts(language, read_catalogue(language))
        return Place(
            authority=settings.authority,
            workplaces={workplace.id: workplace.name for workplace in settings.workplaces},
            legal_staff=settings.legal_staff,
            crisis=tuple(Contact(row.name, row.phone, row.hours) for row in settings.crisis_contacts),
            kept_for=say("common.kept_for", months=settings.retention_months),
        )


def people_in(case: Case) -> tuple[PersonId, ...]:
    """Everyone a case knows by id, for their names. A view decides which of them are drawn."""
    found: dict[PersonId, None] = {}
    for event in case.log:
        for value in (event.by, *_ids(event)):
            found[value] = None
    found.pop(VAERN, None)
    return tuple(found)


def _ids(event: object) -> Iterable[PersonId]:
    """Values of the fields that hold people."""
    one, several = _people_fields(type(event))
    for name in one:
        if value := getattr(event, name):
            yield value
    for name in several:
        yield from getattr(event, name)


@cache
def _people_fields(event: type) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of that kind of event that hold a person, and those that hold several."""
    names = [spec.name for spec in fields(event)] if is_dataclass(event) else []
    return tuple(name for name in names if name in ONE), tuple(name for name in names if name in SEVERAL)
