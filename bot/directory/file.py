"""The directory as `organisation.toml` tells it: for the rehearsal, for small places, and behind Graph."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bot.directory import Photo
from bot.setup.organisation import Organisation
from casework.people import Person, Workplace
from casework.vocabulary import PersonId, WorkplaceId

MARKS = {"ß": "ss", "đ": "d", "ł": "l", "-": " ", "'": " ", "’": " "}
# Mail addresses mostly spell the Danish letters the first way, keyboards without them the second.
SPELLINGS = (
    str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"} | MARKS),
    str.maketrans({"æ": "ae", "ø": "o", "å": "a"} | MARKS),
)
Spelling = dict[int, str]


class FileDirectory:
    """People and workplaces from the settings. It always answers."""

    def __init__(self, organisation: Organisation | Callable[[], Organisation]) -> None:
        """A function is asked every time: people and places may change while we run."""
        self._organisation = organisation if callable(organisation) else lambda: organisation

    @property
    def _people(self) -> Mapping[PersonId, Person]:
        return self._organisation().people_by_id

    @property
    def _workplaces(self) -> Mapping[WorkplaceId, Workplace]:
        return self._organisation().workplaces_by_id

    @property
    def _works_at(self) -> Mapping[PersonId, WorkplaceId]:
        return self._organisation().works_at

    async def person(self, person: PersonId) -> Person | None:
        return self._people.get(person)

    async def search(self, text: str, limit: int = 5) -> tuple[Person, ...]:
        """Everyone each of whose searched words begins a part of the name, or who has a mail that begins so."""
        return best_first(self._people.values(), text)[:limit]

    async def photo(self, person: PersonId) -> Photo | None:
        return None

    async def workplace_of(self, person: PersonId) -> Workplace | None:
        """Where the person works, as it is for that person: a leader's leader is the leader's leader."""
        workplace = self._workplaces.get(self._works_at.get(person, WorkplaceId("")))
        return workplace and seen_by(person, workplace)

    async def workplace(self, workplace: WorkplaceId) -> Workplace | None:
        return self._workplaces.get(workplace)

    async def workplaces(self) -> tuple[Workplace, ...]:
        return tuple(self._workplaces.values())


def seen_by(person: PersonId, workplace: Workplace) -> Workplace:
    """Nobody is proposed as their own leader: for a leader it is the leader's leader, where one is known.

    Whoever leads the place together with them steps in for that one, as for any other.
    """
    if person not in workplace.leaders or workplace.leaders_leader is None:
        return workplace
    beside = next((leader for leader in workplace.leaders if leader != person), None)
    stand_in = beside or workplace.stand_in
    own = {"leader": workplace.leaders_leader, "second_leader": None, "leaders_leader": None, "stand_in": stand_in}
    return replace(workplace, **own)


def best_first(people: Iterable[Person], text: str) -> tuple[Person, ...]:
    """Those who match: the name from its beginning, then any parts of it, then the mail; each in order of name."""
    ranked = ((rank, folded(person.name), person.id, person) for person in people if (rank := _rank(person, text)))
    return tuple(person for *_, person in sorted(ranked, key=lambda row: row[:3]))


def _rank(person: Person, text: str) -> int:
    """1 is best; 0: no match in either spelling."""
    ranks = (_rank_spelt(person, text, spelling) for spelling in SPELLINGS)
    return min((rank for rank in ranks if rank), default=0)


def _rank_spelt(person: Person, text: str, spelling: Spelling) -> int:
    wanted, name = folded(text, spelling), folded(person.name, spelling)
    if not wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if all(any(part.startswith(word) for part in name.split()) for word in wanted.split()):
        return 2
    return 3 if folded(person.mail, spelling).startswith(wanted) else 0


def folded(text: str, spelling: Spelling = SPELLINGS[0]) -> str:
    """Without case and accents, Danish letters spelt out however they were typed, one space between words."""
    composed = unicodedata.normalize("NFC", text).casefold().translate(spelling)  # å before its ring is an accent
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(letter))
    return " ".join(bare.split())
