"""A card put into a group's room by itself: nobody waits for it, so in doubt it has arrived."""

from dataclasses import dataclass

import structlog

from bot.keeping.records import Record
from bot.messages import activity_of
from bot.teams.connector import Connector
from bot.teams.faults import Ambiguous, ChannelFault
from cards.scene import Scene
from cards.show import show

log = structlog.get_logger()


@dataclass(frozen=True)
class RoomPost:
    """Into the rooms where groups are connected."""

    connector: Connector

    async def put(self, record: Record, view: object, scene: Scene) -> bool:
        """False: it did not arrive, and may be tried again."""
        try:
            await self.connector.send(record.service_url, record.id, activity_of(show(view, scene)))
        except ChannelFault as fault:
            log.warning("room_not_told", conversation=record.id, reason=type(fault).__name__)
            return isinstance(fault, Ambiguous)
        return True
