"""The case clock: when things happen in a case. Token validity, leases and back-off run on real time instead."""

import asyncio
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from weakref import WeakKeyDictionary

LONGEST_NAP = timedelta(minutes=1)
"""A machine that slept, or whose time was set, is noticed within this."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The moment it is in the cases: aware, in UTC."""

    async def wait_until(self, moment: datetime | None, *, whatever_happens: bool = False) -> None:
        """Return once it is `moment` (None: never by itself), or earlier when the clock was moved or woken.

        `whatever_happens`: for what depends on the time and on no case; then only a clock that was moved wakes.
        """

    def wake(self) -> None:
        """Something happened: whoever waits looks again. A call between two waits of the same task is not lost."""


class _Bell:
    """Rings for all who wait, and for each task that was busy when it rang."""

    def __init__(self) -> None:
        self._rung = 0
        self._event = asyncio.Event()
        self._heard: WeakKeyDictionary[asyncio.Task, int] = WeakKeyDictionary()

    def ring(self) -> None:
        self._rung += 1
        self._event.set()
        self._event = asyncio.Event()

    def missed(self) -> bool:
        """Whether it rang since this task last heard it. Hears it."""
        task = asyncio.current_task()
        before = self._heard.get(task, self._rung)
        self._heard[task] = self._rung
        return before != self._rung

    async def heard(self, within: timedelta | None) -> bool:
        """Wait for the next ring, at most so long; whether it came."""
        try:
            async with asyncio.timeout(within and within.total_seconds()):
                await self._event.wait()
        except TimeoutError:
            return False
        self.missed()
        return True


class SystemClock:
    """The machine's own time."""

    def __init__(self) -> None:
        self._bell, self._moved = _Bell(), _Bell()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def wake(self) -> None:
        self._bell.ring()

    async def wait_until(self, moment: datetime | None, *, whatever_happens: bool = False) -> None:
        bell = self._moved if whatever_happens else self._bell
        if bell.missed():
            return
        while moment is None or self.now() < moment:
            nap = None if moment is None else min(moment - self.now(), LONGEST_NAP)
            if await bell.heard(nap):
                return


class MovableClock(SystemClock):
    """The machine's time plus an offset that people move in the rehearsal; `kept_in` is its file."""

    def __init__(self, kept_in: Path | None = None) -> None:
        super().__init__()
        self._kept_in = kept_in
        self._offset = _read_offset(kept_in) if kept_in and kept_in.exists() else timedelta()

    def now(self) -> datetime:
        return super().now() + self._offset

    def move_by(self, step: timedelta) -> None:
        self._set(self._offset + step)

    def move_to(self, moment: datetime) -> None:
        """Make it `moment` now (aware)."""
        self._set(_in_utc(moment) - super().now())

    def reset(self) -> None:
        """Back to the machine's own time."""
        self._set(timedelta())

    def _set(self, offset: timedelta) -> None:
        if self._kept_in:
            _write_durably(self._kept_in, json.dumps({"offset_seconds": offset.total_seconds()}))
        self._offset = offset
        self.wake()
        self._moved.ring()


class VirtualClock:
    """Stands still until a test moves it."""

    def __init__(self, start: datetime) -> None:
        self._now = _in_utc(start)
        self._bell, self._moved = _Bell(), _Bell()

    def now(self) -> datetime:
        return self._now

    def wake(self) -> None:
        self._bell.ring()

    def move_by(self, step: timedelta) -> None:
        self.move_to(self._now + step)

    def move_to(self, moment: datetime) -> None:
        self._now = _in_utc(moment)
        self.wake()
        self._moved.ring()

    async def wait_until(self, moment: datetime | None, *, whatever_happens: bool = False) -> None:
        bell = self._moved if whatever_happens else self._bell
        if not bell.missed() and (moment is None or self._now < moment):
            await bell.heard(within=None)


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone. Expected an aware moment, as in tzinfo=UTC.")
    return moment.astimezone(UTC)


def _read_offset(path: Path) -> timedelta:
    try:
        return timedelta(seconds=json.loads(path.read_text("utf-8"))["offset_seconds"])
    except (ValueError, KeyError, TypeError) as fault:
        raise ValueError(f'{path}: expected {{"offset_seconds": number}}. Delete it to go back to now.') from fault


def _write_durably(path: Path, text: str) -> None:
    """The whole new file or the whole old one, whatever happens meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
