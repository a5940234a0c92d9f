"""Tells administrators that their list has something new: at most once a day, and not what.

Not through the outbox, whose rows each belong to a case. What does not arrive is tried again at the next look.
"""

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.attention import Attention
from bot.clock import Clock
from bot.messages import activity_of
from bot.records import Record, Records
from bot.scenes import Scenes
from bot.teams.connector import Connector
from bot.teams.faults import ChannelFault
from cards.show import Shown
from cards.words import Texts
from casework.texts import read_catalogue

log = structlog.get_logger()

LOOKS_EVERY = timedelta(minutes=10)
AT_MOST_EVERY = timedelta(days=1)
TOLD = "administrators_told"


class HeadsUp:
    """`clock` is the one the list's moments are of."""

    def __init__(
        self, attention: Attention, records: Records, scenes: Scenes, connector: Connector, clock: Clock
    ) -> None:
        self.attention, self.records, self.scenes = attention, records, scenes
        self.connector, self.clock = connector, clock
        self._one_look = asyncio.Lock()

    async def run(self) -> None:
        """Never returns; cancelled at the end."""
        while True:
            try:
                await self.once()
            except Exception as fault:  # a disk that is full, say: the loop must outlive it
                log.error("heads_up_failed", reason=type(fault).__name__)
            await asyncio.sleep(LOOKS_EVERY.total_seconds())

    async def once(self) -> None:
        """Tell everybody who can be told, if something is new and the last time is a day ago."""
        async with self._one_look:
            await self._look()

    async def _look(self) -> None:
        now, told = self.clock.now(), await self._told()
        if told and now - told < AT_MOST_EVERY:
            return
        if not any(told is None or row.since > told for row in await self.attention.rows()):
            return
        known = [await self.records.of_person(person) for person in self.scenes.standing.organisation.administrators]
        if any([await self._tell(record) for record in known if record]):
            await self.records.shelf.put(TOLD, {"at": now.isoformat()})

    async def _told(self) -> datetime | None:
        document = await self.records.shelf.get(TOLD)
        return datetime.fromisoformat(document["at"]) if document else None

    async def _tell(self, record: Record) -> bool:
        """Whether it arrived."""
        words = Texts(record.language, read_catalogue(record.language)).plain("status.heads_up")
        try:
            await self.connector.send(record.service_url, record.id, activity_of(Shown({}, "", words)))
        except ChannelFault as fault:
            log.warning("heads_up_not_delivered", conversation=record.id, reason=type(fault).__name__)
            return False
        return True
