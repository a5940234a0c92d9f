"""Asking Graph, and what becomes of it when Graph fails.

A read is tried again while there is time; a write is sent once, for one that was answered 503 may have been carried
out. When Graph is silent or asks for patience, reads leave it alone for a while: a conversation must not wait for each
name anew. Whoever looks after the bot is told what is missing, and told when it works again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.directory.graph_client import GraphClient
from bot.directory.graph_health import roles_of
from bot.directory.graph_requests import Call, GraphFault, send

READ_WITHIN = 5.0  # seconds, all tries together: the channel gives a whole turn 15
WRITE_WITHIN = 10.0
PAUSES = (0.2, 1.0)  # seconds before the second and the third try
REST = 30.0  # seconds
LONGEST_REST = 600.0

log = structlog.get_logger(__name__)

Told = Callable[[str, str, bool], Awaitable[None]]
"""Kind ("permission", "directory"), what it is about, and whether it is wrong (True) or right again (False)."""


async def nobody_told(kind: str, about: str, wrong: bool) -> None:
    """Where nobody keeps a list."""


class GraphCalls:
    """Graph, opened when it is first needed."""

    def __init__(
        self,
        open_client: Callable[[], GraphClient],
        now: Callable[[], datetime],
        told: Told = nobody_told,
        read_within: float = READ_WITHIN,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        """`open_client` is called once, in a thread. `now` is real time. `read_within` and `pauses` are in seconds."""
        self._open_client, self._now, self._told = open_client, now, told
        self._read_within, self._pauses = read_within, pauses
        self._client: GraphClient | None = None
        self._opening = asyncio.Lock()
        self._known: dict[tuple[str, str], bool] = {}
        self._rests_until: datetime | None = None

    async def warm(self) -> GraphClient:
        """Import and open everything now, so that nobody waits for it later."""
        async with self._opening:
            if self._client is None:
                self._client = await asyncio.to_thread(self._open_client)
        return self._client

    async def warmed(self) -> None:
        """The same at a start, which goes on without Graph if it must: the certificate cannot be read, say."""
        try:
            await self.warm()
        except Exception as fault:  # reads open it again, and say so
            log.warning("graph_not_opened", fault=type(fault).__name__)
            await self._tell("directory", "graph", True)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def read(
        self,
        call: Call,
        path: Mapping[str, str],
        query: Mapping[str, Any] | None = None,
        understood: Callable[[bytes], Any] = bytes,
    ) -> Any:
        """What Graph answers, understood; GraphFault otherwise, as when it is a proxy's page that answers."""
        if self._rests_until and self._now() < self._rests_until:
            raise GraphFault(None, (self._rests_until - self._now()).total_seconds())
        try:
            return await self._within(self._read_within, call, self._tried(call, path, query), understood)
        except GraphFault as fault:
            self._leave_alone(fault)
            raise

    async def write(self, call: Call, path: Mapping[str, str], body: Mapping[str, Any]) -> None:
        """Sent once. GraphFault when it was not taken, or when nobody knows."""
        await self._within(WRITE_WITHIN, call, self._sent(call, path, None, body))

    async def _sent(self, call: Call, *what: Mapping[str, Any] | None) -> bytes:
        return await send(await self.warm(), call, *what)

    async def _tried(self, call: Call, path: Mapping[str, str], query: Mapping[str, Any] | None) -> bytes:
        for pause in self._pauses:
            try:
                return await self._sent(call, path, query)
            except GraphFault as fault:
                wait = pause if fault.retry_after is None else fault.retry_after
                if not fault.passing or wait >= self._read_within:
                    raise
            await asyncio.sleep(wait)
        return await self._sent(call, path, query)

    async def _within(
        self, seconds: float, call: Call, work: Awaitable[bytes], understood: Callable[[bytes], Any] = bytes
    ) -> Any:
        try:
            async with asyncio.timeout(seconds):
                answer = understood(await work)
        except Exception as fault:  # the network's, the token's, the SDK's, JSON's: to whoever asks it is all one
            found = fault if isinstance(fault, GraphFault) else GraphFault()
            await self._failed(call, found, type(fault).__name__)
            raise found from fault
        await self._works(call)
        return answer

    async def _works(self, call: Call) -> None:
        await self._tell("directory", "graph", False)
        await self._tell("permission", call.permission, False)

    async def _failed(self, call: Call, found: GraphFault, why: str) -> None:
        if found.status == 404:
            return await self._works(call)  # it was looked for: nobody has that id
        if found.status == 403 and call.permission not in await self._roles():  # else a policy forbids it
            found.permission = call.permission
            await self._tell("permission", call.permission, True)
        if found.down:
            await self._tell("directory", "graph", True)
        log.warning("graph_failed", path=call.path, fault=why, status=found.status)

    def _leave_alone(self, fault: GraphFault) -> None:
        """Nobody waits again for a Graph that let them wait in vain, or that said when to come back."""
        waited = fault.status is None or fault.passing
        rest = fault.retry_after if fault.retry_after is not None else REST if waited else 0.0
        if rest:
            self._rests_until = self._now() + timedelta(seconds=min(rest, LONGEST_REST))

    async def _roles(self) -> frozenset[str]:
        """What Entra says we may do. A policy that forbids one thing all the same is not a missing permission."""
        try:
            return roles_of(await (await self.warm()).token())
        except Exception:  # without a token nothing is known
            return frozenset()

    async def _tell(self, kind: str, about: str, wrong: bool) -> None:
        """Each change once. Whoever listens cannot stop a report by failing."""
        if self._known.get((kind, about)) is wrong:
            return
        try:
            await self._told(kind, about, wrong)
            self._known[kind, about] = wrong
        except Exception as fault:
            log.warning("not_told", kind=kind, about=about, fault=type(fault).__name__)
