"""Numbers per quarter: worked out once, kept as published, shown to those who may read them, told to the groups' rooms.

Every case is looked at one by one, so that whoever writes meanwhile is answered; the reading is done in a thread.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.directory import Directory, DirectoryUnreachable
from bot.keeping.records import Record, Records
from bot.room_post import RoomPost
from bot.rounds import rounds
from bot.scenes import Scenes
from bot.setup.standing import Standing
from bot.stores import CaseStore, Shelf, StoredCase, UnknownCase, UnreadableFile
from casework import wire
from casework.evolving import replay
from casework.people import Workplace
from casework.readers import may_see_numbers
from casework.statistics import Facts, Quarter, Table, facts_of, newest, table_of, tables
from casework.views import NumbersView
from casework.vocabulary import CaseId, PersonId, WorkplaceId

log = structlog.get_logger()

ALONE = ""
"""The name of what belongs to no administration."""
TOLD_WITHIN = timedelta(days=14)
"""A group that is connected later is told of the next quarter."""


@dataclass
class Numbers:
    """What is kept of a quarter is never changed: what somebody has seen stays what it was."""

    shelf: Shelf
    store: CaseStore
    records: Records
    directory: Directory
    standing: Standing
    scenes: Scenes
    post: RoomPost
    clock: Clock

    def __post_init__(self) -> None:
        self._one_round, self._all_told = asyncio.Lock(), set[Quarter]()

    async def run(self) -> None:
        """Never returns; cancelled at the end."""
        await rounds(self.clock, "numbers", self.once, self._next)

    def _next(self) -> datetime:
        return newest(self.clock.now()).next.published_at

    async def once(self) -> bool:
        """The newest quarter worked out, and the groups told of it. False: not yet, or not everybody."""
        async with self._one_round:
            quarter = newest(self.clock.now())
            missing = [one for one in (quarter.before, quarter) if await self.shelf.get(_name(one)) is None]
            if missing and not await self._worked_out(missing):
                return False
            return await self._told(quarter)

    # -- working out -------------------------------------------------------------------------------------------

    async def _worked_out(self, quarters: list[Quarter]) -> bool:
        """Not while anybody may read them whom nobody knows: what they hide follows from who that is, and stays."""
        try:
            places = await self.directory.workplaces()
        except DirectoryUnreachable:
            return False
        unknown = [place.id for place in places if not place.group_known]
        if unknown:
            log.warning("numbers_put_off", workplaces=unknown)
            return False
        await self._work_out(quarters, self._readers(places))
        return True

    async def _work_out(self, quarters: list[Quarter], readers: Mapping[str, frozenset[PersonId]]) -> None:
        found = [one for one in await self._facts() if one.quarter in quarters]
        for quarter in quarters:
            made = tables(quarter, found, readers, self._administrations())
            await self.shelf.put(_name(quarter), {name: table.document() for name, table in made.items()})
            log.info("numbers_worked_out", quarter=str(quarter))

    async def _facts(self) -> list[Facts]:
        found = [await self._of(case) for case in await self.store.every()]
        return [one for one in found if one is not None]

    async def _of(self, case: str) -> Facts | None:
        try:
            return await asyncio.to_thread(_read, await self.store.load(case))
        except (UnknownCase, UnreadableFile) as fault:
            log.warning("not_in_the_numbers", case=case, reason=type(fault).__name__)
            return None

    def _administrations(self) -> dict[WorkplaceId, str]:
        return {place.id: place.administration or ALONE for place in self.standing.organisation.workplaces}

    def _readers(self, places: Iterable[Workplace]) -> dict[str, frozenset[PersonId]]:
        """Who reads the numbers of each administration: its groups, as far as known, and whoever the settings name."""
        found: dict[str, frozenset[PersonId]] = {}
        for place in places:
            name = place.administration or ALONE
            everybody = frozenset(self.standing.organisation.numbers_readers)
            found[name] = found.get(name, everybody) | frozenset(place.group if place.group_known else ())
        return found

    # -- being seen --------------------------------------------------------------------------------------------

    async def views(self, person: PersonId, connected: WorkplaceId | None) -> tuple[NumbersView, ...]:
        """What this person may read: in a group's room that room's, else every administration's that is theirs."""
        try:
            places = await self.directory.workplaces()
        except DirectoryUnreachable:
            return ()
        readable = [name for name, who in self._readers(places).items() if may_see_numbers(person, who)]
        if connected is not None:
            here = self._administrations().get(connected)
            return tuple([await self._view(name) for name in readable if name == here])
        return tuple([await self._view(name, with_file=True) for name in readable])

    async def _view(self, name: str, *, with_file: bool = False) -> NumbersView:
        quarter = newest(self.clock.now())
        table, before = await self._table(quarter, name), await self._table(quarter.before, name)
        return NumbersView(self.place(name), quarter, table, before, self._next(), with_file)

    def place(self, name: str) -> str:
        """The administration's short name; the authority's, for what belongs to none."""
        return name or self.standing.organisation.authority

    async def _table(self, quarter: Quarter, name: str) -> Table | None:
        kept = (await self.shelf.get(_name(quarter)) or {}).get(name)
        return table_of(kept) if kept else None

    # -- being told --------------------------------------------------------------------------------------------

    async def _told(self, quarter: Quarter) -> bool:
        """Every group that there are numbers for, once. Whoever could not be told is tried again."""
        if quarter in self._all_told or self.clock.now() > quarter.published_at + TOLD_WITHIN:
            return True
        done = [await self._tell(quarter, place) for place in await self.directory.workplaces()]
        if all(done):
            self._all_told.add(quarter)
        return all(done)

    async def _tell(self, quarter: Quarter, place: Workplace) -> bool:
        record, name = await self.records.of_group(place.id), f"told|{quarter}|{place.id}"
        view = await self._view(place.administration or ALONE)
        if record is None or view.table is None or view.table.cases is None or await self.shelf.get(name):
            return True
        if await self._sent(record, view):
            await self.shelf.put(name, {"at": self.clock.now().isoformat()})
            return True
        return False

    async def _sent(self, record: Record, view: NumbersView) -> bool:
        scene = await self.scenes.scene(record.language, workplace=WorkplaceId(record.workplace or ""))
        return await self.post.put(record, view, scene)


def _name(quarter: Quarter) -> str:
    return f"quarter|{quarter}"


def _read(stored: StoredCase) -> Facts | None:
    return facts_of(replay(CaseId(stored.id), (wire.decode(document) for document in stored.events), stored.version))
