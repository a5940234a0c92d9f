"""A card put into a group's room by itself. In doubt it is put there again, a few times: a second copy does less harm
than none.
"""

from collections import Counter
from dataclasses import dataclass, field

import structlog

from bot.keeping.records import Record
from bot.messages import activity_of
from bot.teams.connector import Connector
from bot.teams.faults import Ambiguous, ChannelFault
from cards.scene import Scene
from cards.show import show

log = structlog.get_logger()


MOST_IN_DOUBT = 8  # tries an hour apart, which outlast a night


@dataclass
class RoomPost:
    """Into the rooms where groups are connected."""

    connector: Connector
    _doubts: Counter[str] = field(default_factory=Counter)

    async def put(self, record: Record, view: object, scene: Scene) -> bool:
        """False: it did not arrive, or that is not known, and it is to be tried again."""
        try:
            await self.connector.send(record.service_url, record.id, activity_of(show(view, scene)))
        except ChannelFault as fault:
            log.warning("room_not_told", conversation=record.id, reason=type(fault).__name__)
            return isinstance(fault, Ambiguous) and self._often_enough(record.id)
        self._doubts.pop(record.id, None)
        return True

    def _often_enough(self, room: str) -> bool:
        """Whether one of them will have arrived."""
        self._doubts[room] = (self._doubts[room] + 1) % MOST_IN_DOUBT
        return self._doubts[room] == 0
