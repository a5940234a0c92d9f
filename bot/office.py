"""The office: what every desk shares."""

from collections.abc import Callable, Iterable

from cachetools import LRUCache

from bot.administrator.status import StatusRoom
from bot.caseworker import Caseworker
from bot.delivering.delivery import Delivery
from bot.directory import Directory, DirectoryUnreachable
from bot.keeping.loose_words import LooseWords
from bot.keeping.offers import Offers
from bot.keeping.records import Record, Records
from bot.numbers import Numbers
from bot.packages.room import PackageRoom
from bot.reaching.chain import Chain
from bot.receiving import Receiving
from bot.scenes import Scenes
from bot.yearly import Yearly
from cards.show import Shown
from casework.vocabulary import PersonId, WorkplaceId

MOST_ALWAYS = 256


class Office:
    """Rooms and people of the house, for whoever sits at a desk (`bot.desk`)."""

    def __init__(
        self,
        caseworker: Caseworker,
        directory: Directory,
        scenes: Scenes,
        records: Records,
        receiving: Receiving,
        offers: Offers,
        delivery: Delivery,
        status: StatusRoom,
        moved: Callable[[str, WorkplaceId], None],
        come_anew: Callable[[Record, Iterable[str]], None],
        chain: Chain,
        numbers: Numbers,
        yearly: Yearly,
        packages: PackageRoom,
        loose_words: LooseWords,
    ) -> None:
        """`moved` is called when a group is connected elsewhere than in this conversation; `come_anew` with messages
        whose card stands further down now.
        """
        self.status = status
        self.caseworker, self.directory, self.scenes = caseworker, directory, scenes
        self.records, self.receiving, self.offers, self.delivery = records, receiving, offers, delivery
        self.come_anew = come_anew
        self.moved, self.chain, self.numbers = moved, chain, numbers
        self.yearly, self.packages, self.loose_words = yearly, packages, loose_words
        self.always: LRUCache[tuple, Shown] = LRUCache(MOST_ALWAYS)
        """Cards that say the same to everybody: drawn once a language and guide, by name."""

    async def groups_of(self, person: PersonId) -> frozenset[WorkplaceId]:
        """Workplaces whose health and safety group the person belongs to, by the directory and by nothing else."""
        try:
            places = await self.directory.workplaces()
        except DirectoryUnreachable:
            return frozenset()
        return frozenset(place.id for place in places if person in place.group)

    def legal_staff(self) -> frozenset[PersonId]:
        """Who may look into a case by its number, by the settings and by nothing else."""
        return frozenset(self.scenes.standing.organisation.legal_people)
