"""What Graph has said lately: not asked for again while it is fresh, and standing in while Graph is down."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cachetools import TTLCache

from bot.directory import DirectoryUnreachable
from bot.directory.graph_calls import GraphCalls
from bot.directory.graph_requests import Call, GraphFault
from bot.stores.turns import Turns

FRESH_FOR = timedelta(minutes=15)
STANDS_IN_FOR = timedelta(hours=24)
"""How old an answer may be that stands in while Graph is down. Groups give access: whoever left one must lose it."""
REMEMBERED = 2000  # answers


@dataclass(frozen=True)
class Kept:
    """`found` is None when Graph said that there is no such."""

    found: Any
    at: datetime


class GraphMemory:
    def __init__(self, calls: GraphCalls, now: Callable[[], datetime]) -> None:
        """`now` is real time."""
        self._calls, self._now = calls, now
        self._kept = TTLCache(REMEMBERED, STANDS_IN_FOR, timer=now)
        self._turns = Turns()

    async def answer(
        self, call: Call, path: Mapping[str, str], query: Mapping[str, Any], understood: Callable[[bytes], Any]
    ) -> Any:
        """The answer, None for "there is no such", DirectoryUnreachable when neither Graph nor memory has one."""
        key = repr((call.path, call.permission, path, query))
        if kept := self._fresh(key):
            return kept.found

        async def asked() -> Any:
            kept = self._fresh(key) or await self._asked(key, call, path, query, understood)
            return kept.found

        return await self._turns.take(key, asked)  # many who want the same ask once

    def _fresh(self, key: str) -> Kept | None:
        kept = self._kept.get(key)
        return kept if kept and self._now() - kept.at < FRESH_FOR else None

    async def _asked(self, key: str, call: Call, path: Mapping, query: Mapping, understood: Callable) -> Kept:
        try:
            found = await self._calls.read(call, path, query, understood)
        except GraphFault as fault:
            if fault.status != 404:
                return self._stands_in(key, fault)
            found = None
        self._kept[key] = kept = Kept(found, self._now())
        return kept

    def _stands_in(self, key: str, fault: GraphFault) -> Kept:
        if kept := self._kept.get(key):
            return kept
        raise DirectoryUnreachable(f"Graph did not answer: {fault}") from fault
