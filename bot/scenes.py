"""Names, words and places for whatever is drawn: a `Scene` for one reader's language."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache

from cachetools import LRUCache

from bot.clock import Clock
from bot.directory import Directory, DirectoryUnreachable
from bot.setup.organisation import Organisation
from bot.setup.standing import InForce, Standing
from cards.scene import Place, Scene
from cards.words import Texts
from casework.case import Case
from casework.local import Guide
from casework.people import Contact, Person
from casework.vocabulary import VAERN, PersonId, WorkplaceId

MOST_PLACES = 64  # kept drawn: a language of an administration each

ONE, SEVERAL = ("person", "to", "recipient", "follow_up_by", "owner"), ("affected", "excluded", "people")
"""Fields of events that hold a person's id, or several."""


class Scenes:
    """Makes scenes. A directory that cannot answer leaves names out; nothing stops for it."""

    def __init__(self, directory: Directory, standing: Standing, clock: Clock) -> None:
        self.directory, self.standing, self.clock = directory, standing, clock
        self._places: LRUCache[tuple[InForce, Guide, str], Place] = LRUCache(MOST_PLACES)

    async def scene(
        self,
        language: str,
        people: Iterable[PersonId] = (),
        *,
        workplace: WorkplaceId | None = None,
        reader: PersonId | None = None,
    ) -> Scene:
        """`workplace`: where the case is handled that is spoken of. Without one, it is the reader's own."""
        found = [await self.person(person) for person in dict.fromkeys(people)]
        guide = await self.guide(workplace, reader)
        return Scene(
            say=Texts(language, guide.catalogues[language]),
            people={person.id: person for person in found if person},
            place=self._place(language, guide),
            now=self.clock.now(),
            guide=guide,
            policy=self.standing.now.policy(workplace),
        )

    async def guide(self, workplace: WorkplaceId | None, reader: PersonId | None = None) -> Guide:
        """What holds at that workplace; without one, at the reader's; without either, for everybody."""
        in_force = self.standing.now
        if workplace is None and reader and in_force.overlays.administrations:
            workplace = await self._workplace_of(reader)
        return in_force.guide(workplace)

    def words(self, language: str) -> Texts:
        """The words that hold for everybody, where it does not matter who reads."""
        return Texts(language, self.standing.now.guide(None).catalogues[language])

    async def _workplace_of(self, reader: PersonId) -> WorkplaceId | None:
        try:
            place = await self.directory.workplace_of(reader)
        except DirectoryUnreachable:
            return None
        return place.id if place else None

    async def person(self, person: PersonId) -> Person | None:
        """None as well when the directory cannot answer now."""
        try:
            return await self.directory.person(person)
        except DirectoryUnreachable:
            return None

    def _place(self, language: str, guide: Guide) -> Place:
        key = self.standing.now, guide, language
        if key not in self._places:
            say = Texts(language, guide.catalogues[language])
            self._places[key] = self._drawn_place(self.standing.organisation, say)
        return self._places[key]

    @staticmethod
    def _drawn_place(settings: Organisation, say: Texts) -> Place:
        return Place(
            authority=settings.authority,
            workplaces={workplace.id: workplace.name for workplace in settings.workplaces},
            legal_staff=settings.legal_staff,
            crisis=tuple(Contact(row.name, row.phone, row.hours) for row in settings.crisis_contacts),
            kept_for=say.count("common.kept_for", settings.retention_months),
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
