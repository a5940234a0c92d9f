"""Settings that change while Værn runs: a change is seen, read whole, checked, and only then in force.

What is not sound changes nothing: the old stays in force, one line in the log says where to look, and it stands in the
administrator's list until it is put right.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog

from bot.administrator.attention import Attention
from bot.clock import Clock
from bot.setup.faults import Fault
from bot.setup.settings import SettingsFault
from bot.setup.standing import InForce, Sources, Standing, read_in_force
from bot.stores import Shelf, UnreadableFile
from casework.local import Wording

log = structlog.get_logger()

EVERY = 30.0  # seconds between two looks
KIND = "settings"
RESTART = "restart"
"""The row that says that something read at the start has changed."""
AT_THE_START = ("download_hosts",)
"""What of organisation.toml is in force only after a restart."""
Stamp = tuple[tuple[str, int, int, int], ...]


class Renewal:
    """Reads the settings again. `wordings`: every local accept wording that was ever in force, for good."""

    def __init__(
        self, sources: Sources, standing: Standing, attention: Attention, wordings: Shelf, clock: Clock
    ) -> None:
        self.sources, self.standing, self.attention = sources, standing, attention
        self.wordings, self.clock = wordings, clock
        self._begun_with = standing.now
        self._read: Stamp = ()
        self._seen: Stamp = ()
        self._asked = asyncio.Event()

    async def begin(self) -> None:
        """What the start has read is in force. SettingsFault when a known wording's words were changed."""
        if faults := await reworded(self._begun_with, self.wordings):
            raise SettingsFault(faults)
        await self._keep_wordings(self._begun_with)
        await self._listed({})
        self._read = self._seen = await asyncio.to_thread(stamp, self.sources)

    async def run(self) -> None:
        """Never returns; cancelled at the end."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), EVERY)
            asked = self._asked.is_set()
            self._asked.clear()
            try:
                await (self.renew() if asked else self.look())
            except Exception as fault:  # a store that is away, a disk that is full: the loop must outlive it
                log.error("settings_not_read", reason=type(fault).__name__)
                self._read = ()  # so that it is read again

    def ask(self) -> None:
        """Read again now, whatever has changed."""
        self._asked.set()

    async def look(self) -> None:
        """Read again when a change has stood still since the last look: a file half written is nobody's wish."""
        found = await asyncio.to_thread(stamp, self.sources)
        stands_still, self._seen = found == self._seen, found
        if stands_still and found != self._read:
            await self.renew()

    async def renew(self) -> None:
        """Read, check, and put in force, or leave everything as it is."""
        self._read = await asyncio.to_thread(stamp, self.sources)
        newest, faults = await asyncio.to_thread(read_in_force, self.sources)
        faults = faults or await reworded(newest, self.wordings)
        if faults or newest is None:
            log.warning("settings_refused", faults=[_without_values(fault) for fault in faults])
            return await self._listed(_by_file(faults))
        await self._keep_wordings(newest)
        self.standing.put(newest)
        later = [name for name in AT_THE_START if self._differs(name, newest)]
        await self._listed({RESTART: later} if later else {})
        log.warning("settings_in_force", restart_for=later)

    def _differs(self, name: str, newest: InForce) -> bool:
        return getattr(newest.organisation, name) != getattr(self._begun_with.organisation, name)

    # -- wordings ----------------------------------------------------------------------------------------------

    async def _keep_wordings(self, newest: InForce) -> None:
        for wording in newest.overlays.wordings:
            if await _kept(self.wordings, wording.version) is None:
                since = self.clock.now().isoformat()
                await self.wordings.put(wording.version, {"texts": dict(wording.texts), "since": since})

    # -- the administrator's list ------------------------------------------------------------------------------

    async def _listed(self, rows: dict[str, list[str]]) -> None:
        """Exactly these rows of ours: what is put right goes."""
        for about, keys in rows.items():
            await self.attention.note(KIND, about, self.clock.now(), keys=", ".join(keys))
        for row in await self.attention.rows():
            if row.kind == KIND and row.about not in rows:
                await self.attention.clear(KIND, row.about)


async def reworded(newest: InForce | None, wordings: Shelf) -> tuple[Fault, ...]:
    """Versions that somebody may have answered, and that have other words now."""
    found = []
    for wording in newest.overlays.wordings if newest else ():
        kept = await _kept(wordings, wording.version)
        if kept is not None and kept["texts"] != dict(wording.texts):
            found.append(_reworded(wording))
    return tuple(found)


async def _kept(wordings: Shelf, version: str) -> dict[str, Any] | None:
    """A damaged note of a wording keeps nobody from starting: it is set aside, and written anew."""
    try:
        return await wordings.get(version)
    except UnreadableFile:
        log.warning("wording_not_read", version=version)
        return None


def _reworded(wording: Wording) -> Fault:
    place, _, number = wording.version.partition("+")[2].rpartition(".")
    why = f"They were in force, and may have been answered. Leave them, and write number {int(number) + 1}."
    return Fault(f"{wording.kind} {number}", "has other words", why, f"{place}/wordings.toml")


def stamp(sources: Sources) -> Stamp:
    """What the files look like from outside. Cheap: nothing is read."""
    inside = sorted(sources.overlay.rglob("*")) if sources.overlay else ()
    return tuple(seen for file in (sources.organisation, *inside) if (seen := _looks(file)))


def _looks(file: Path) -> tuple[str, int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return str(file), found.st_mtime_ns, found.st_size, found.st_ino


def _by_file(faults: Iterable[Fault]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fault in faults:
        found.setdefault(fault.file or fault.key, []).append(fault.key)
    return found


def _without_values(fault: Fault) -> str:
    """What was found may be somebody's name or number, and no log has those."""
    return f"{fault.file}: {fault.key}. {fault.expected}" if fault.file else f"{fault.key}. {fault.expected}"
