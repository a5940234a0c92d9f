"""Figures for Prometheus: how turns go, what waits, what is late. No id is ever a label: numbers of the whole, only.

Served apart from the bot, on this machine alone, so that nobody who reaches the bot can read them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from bot.clock import Clock
from bot.keeping.backup import last_backup
from bot.stores import CaseStore

PROMISED = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15)
"""Seconds. Within 15 the channel must have its answer; we aim below 1."""
EVERY = 1.0  # second: how often the loop is asked to be on time
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Watched:
    """What is looked at when somebody asks for the figures."""

    store: CaseStore
    clock: Clock
    real_now: Callable[[], datetime]
    monotonic: Callable[[], float]
    data: Path
    tallies: Mapping[str, Mapping[str, int]]
    """Counted since the start, by metric and outcome: `notices` let go, `reminders` failed."""
    loops: Collection[asyncio.Task]
    """What runs in the background, and must not end by itself."""


class Figures:
    """Counts turns as they pass, and looks at the rest when it is asked for."""

    def __init__(self, watched: Watched, every: float = EVERY) -> None:
        self.watched, self.every, self.registry = watched, every, CollectorRegistry()
        self.registry.register(Tallies(watched.tallies))
        self._longest = 0.0
        told, kept = "Time until an answer, by its HTTP status.", self.registry
        self._turns = Histogram("vaern_turn_seconds", told, ("status",), buckets=PROMISED, registry=kept)
        self._gauges = {name: Gauge(f"vaern_{name}", meaning, registry=kept) for name, meaning in GAUGES.items()}

    @web.middleware
    async def counted(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Every turn, refused ones too: 400 malformed, 401 and 403 turned away, 500 ours."""
        began = self.watched.monotonic()
        answer = await handler(request)
        if request.method == "POST":
            self._turns.labels(answer.status).observe(self.watched.monotonic() - began)
        return answer

    async def watch_the_loop(self) -> None:
        """Never returns. How late the event loop comes back to somebody who asked to be woken."""
        while True:
            before = self.watched.monotonic()
            await asyncio.sleep(self.every)
            self._longest = max(self._longest, self.watched.monotonic() - before - self.every)

    async def shown(self, request: web.Request) -> web.Response:
        return web.Response(body=await self.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def text(self) -> bytes:
        """Everything as it is now, in Prometheus' own format."""
        for name, value in (await self._now()).items():
            self._gauges[name].set(value)
        return generate_latest(self.registry)

    async def _now(self) -> dict[str, float]:
        seen, now = self.watched, self.watched.real_now()
        pending, due = await seen.store.pending(), await seen.store.next_due()
        longest, self._longest = self._longest, 0.0
        backup = last_backup(seen.data)
        return {
            "notices_waiting": len(pending),
            "notices_put_off": sum(row.not_before is not None and row.not_before > now for row in pending),
            "oldest_notice_seconds": max([_since(row.queued_at, seen.clock.now()) for row in pending], default=0),
            "reminders_late_seconds": _since(due, seen.clock.now()) if due else 0,
            "set_aside_files": len(await seen.store.unreadable()),
            "last_backup_timestamp_seconds": backup.timestamp() if backup else 0,
            "background_loops_ended": sum(loop.done() for loop in seen.loops),
            "loop_stall_seconds": longest,
        }


GAUGES = {
    "notices_waiting": "Notices that have not reached their person.",
    "notices_put_off": "Of those, how many wait for another try.",
    "oldest_notice_seconds": "How long the oldest of those has waited.",
    "reminders_late_seconds": "How long ago the earliest reminder was due that has not been said; 0 when none is.",
    "set_aside_files": "Files that could not be read and are kept for the administrator.",
    "last_backup_timestamp_seconds": "When the last whole backup was made; 0 when none is known of.",
    "background_loops_ended": "Loops in the background (outbox, reminder round) that have ended. One is a fault.",
    "loop_stall_seconds": "The longest the event loop came late since this was last asked for.",
}


class Tallies(Collector):
    """What the house counts for itself, as counters."""

    def __init__(self, tallies: Mapping[str, Mapping[str, int]]) -> None:
        self._tallies = tallies

    def collect(self):
        for name, tally in self._tallies.items():
            told = f"What became of {name} since the start."
            family = CounterMetricFamily(f"vaern_{name}", told, labels=("outcome",))
            for outcome, count in sorted(tally.items()):
                family.add_metric((outcome,), count)
            yield family


def _since(then: datetime, now: datetime) -> float:
    return max((now - then).total_seconds(), 0)


async def open_metrics(figures: Figures, port: int) -> web.AppRunner:
    """Listening on loopback; `cleanup` closes it."""
    app = web.Application()
    app.router.add_get("/metrics", figures.shown)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner
