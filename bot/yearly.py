"""The yearly talk in each connected group's room: told once a year, once more if something is open, and noted there.

Kept by workplace, so a group that moves to another room, or a bot that is started again, goes on where it was.
"""

import asyncio
from dataclasses import dataclass

from bot.clock import Clock
from bot.directory import Directory
from bot.keeping.records import Record, Records
from bot.room_post import RoomPost
from bot.rounds import rounds
from bot.scenes import Scenes
from bot.setup.standing import Standing
from bot.stores import Shelf
from casework.views import ReviewView
from casework.vocabulary import PersonId, WorkplaceId
from casework.yearly import (
    Season,
    Topic,
    Wheel,
    document_of,
    due,
    meant,
    next_look,
    not_talked,
    talked,
    told,
    wheel_of,
    year_of,
)


@dataclass
class Yearly:
    """One document for each workplace whose group was ever connected."""

    shelf: Shelf
    records: Records
    directory: Directory
    standing: Standing
    scenes: Scenes
    post: RoomPost
    clock: Clock

    def __post_init__(self) -> None:
        self._one_at_a_time = asyncio.Lock()

    @property
    def season(self) -> Season:
        return Season(self.standing.organisation.review_month, self.standing.organisation.pace)

    async def run(self) -> None:
        """Never returns; cancelled at the end."""
        await rounds(self.clock, "yearly", self.once, lambda: next_look(self.clock.now(), self.season))

    async def once(self) -> bool:
        """Every connected group that it is time for. False: somebody could not be told yet."""
        done = [await self._round(place.id) for place in await self.directory.workplaces()]
        return all(done)

    async def connected(self, workplace: WorkplaceId) -> None:
        """The group is connected: its first talk is in the year after."""
        async with self._one_at_a_time:
            await self._save(workplace, await self._wheel(workplace))

    async def _round(self, workplace: WorkplaceId) -> bool:
        record = await self.records.of_group(workplace)
        if record is None:
            return True
        async with self._one_at_a_time:
            wheel, now = await self._wheel(workplace), self.clock.now()
            if not due(wheel, now, self.season):
                await self._save(workplace, wheel)
                return True
            said = told(wheel, now, self.season)
            if not await self._sent(record, _view(workplace, year_of(now, self.season), said)):
                return False
            await self._save(workplace, said)
        return True

    async def _sent(self, record: Record, view: ReviewView) -> bool:
        people = [who.by for who in view.talked.values()]
        scene = await self.scenes.scene(record.language, people, workplace=view.workplace)
        return await self.post.put(record, view, scene)

    # -- in the room -------------------------------------------------------------------------------------------

    async def view(self, workplace: WorkplaceId) -> ReviewView:
        """How the newest stands that has begun."""
        return _view(workplace, year_of(self.clock.now(), self.season), await self._wheel(workplace))

    async def note(self, workplace: WorkplaceId, year: int | None, topic: Topic, by: PersonId | None) -> ReviewView:
        """That they have talked of it; `by` None: that they have not."""
        async with self._one_at_a_time:
            wheel, now = await self._wheel(workplace), self.clock.now()
            that = meant(wheel, year, now, self.season)
            after = talked(wheel, that, topic, by, now) if by else not_talked(wheel, that, topic)
            await self._save(workplace, after)
        return _view(workplace, that, after)

    async def _wheel(self, workplace: WorkplaceId) -> Wheel:
        kept = await self.shelf.get(workplace)
        return wheel_of(kept) if kept else Wheel(self.clock.now())

    async def _save(self, workplace: WorkplaceId, wheel: Wheel) -> None:
        """What lies there already is not written anew: that is the shelf's."""
        await self.shelf.put(workplace, document_of(wheel))


def _view(workplace: WorkplaceId, year: int, wheel: Wheel) -> ReviewView:
    review = wheel.of(year)
    return ReviewView(workplace, year, review.talked, review.reminded_at is not None)
