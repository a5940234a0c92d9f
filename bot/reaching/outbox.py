"""Every notice reaches its person: drawn when it is sent, from the case as it is then, and settled only when it has.

Three kinds of failure: a definite no is tried again later; an ambiguous one may have arrived,
so a legal reminder is sent once more and never again, while other cards go on being tried (a second copy of a card
does less harm than none, and an outage may last a night); unreachable waits until the person writes or the bot is
installed again.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol

import structlog

from bot.reaching.merging import newest_of_each
from bot.stores import CaseStore, Pending, UnknownCase, UnreadableFile
from bot.teams.faults import Ambiguous, ChannelFault, DefiniteNo, Unreachable
from casework.vocabulary import Refused

log = structlog.get_logger()

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(minutes=5)
NEVER_TAKEN = (400, 413)  # the card itself is refused: it would hold up everything behind it for good
UNREACHABLE_WAIT = timedelta(hours=1)
SIDE_BY_SIDE = 8  # people written to at once: the channel takes 50 requests a second, and whoever presses comes first
LEGAL_WAIT = timedelta(minutes=5)  # the one more try should not fall into the same short outage
NOT_KEPT_WAIT = timedelta(minutes=1)  # for a disk that is full, say
LEGAL_TRIES, OTHER_TRIES = 2, 24  # ambiguous failures after which a row is let go; 24 take half a day


class HeldBack(Exception):
    """One message too many today: it is said from `until` on, by the case clock. Nothing else waits for it."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"held back until {until.isoformat()}")
        self.until = until


class Postman(Protocol):
    """Draws a notice and puts it into its conversation."""

    async def deliver(self, row: Pending) -> bool:
        """Whether it is there now. False: it no longer holds, and nothing was sent. Raises HeldBack, and faults."""


@dataclass
class Outbox:
    """`real_now` is the machine's time: back-off must not stand still in a rehearsal. `case_now` is the case clock.

    `busy` says whether somebody's own turn is under way, `quiet` returns when none is: whoever presses comes before
    cards that follow along, which for that may be `patience` seconds late.
    """

    store: CaseStore
    postman: Postman
    real_now: Callable[[], datetime]
    busy: Callable[[], bool] = lambda: False
    case_now: Callable[[], datetime] | None = None
    quiet: Callable[[], Awaitable[None]] | None = None
    patience: float = 1.0

    def __post_init__(self) -> None:
        self._rung, self._one_round = asyncio.Event(), asyncio.Lock()
        self._side_by_side = asyncio.Semaphore(SIDE_BY_SIDE)
        self._one_by_one, self._patient_until = asyncio.Lock(), 0.0
        self._noes: Counter[tuple[str, str]] = Counter()
        self._updated: dict[str, list[str]] = {}
        self.tally: Counter[str] = Counter(delivered=0, put_off=0, held=0, let_go=0, dropped=0, failed=0)
        self._arrived: set[tuple[str, str]] = set()  # there, though the store could not be told yet
        self._put_off_for: set[str] | None = None  # people something was put off for; None: not looked up yet

    def wake(self) -> None:
        """Something new lies here, or somebody unreachable has written."""
        self._rung.set()

    async def run(self) -> None:
        """Never returns; cancelled at the end."""
        while True:
            self._rung.clear()
            await self._sleep(await self._kept(self.once()))

    async def _sleep(self, until: datetime | None) -> None:
        seconds = None if until is None else max((until - self.real_now()).total_seconds(), 0)
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return

    async def once(self) -> datetime | None:
        """Send what can be sent now; people side by side, each person's rows in order. When to look again."""
        async with self._one_round:
            self._patient_until = asyncio.get_running_loop().time() + self.patience
            rows = sorted(await self.store.pending(), key=_receiver)
            rounds = [
                self._in_line(newest_of_each(list(own), self._today())) for _, own in groupby(rows, key=_receiver)
            ]
            waits = list(await asyncio.gather(*rounds))
            waits.append(await self._kept(self._settle_updates()))
            return min((wait for wait in waits if wait), default=None)

    async def _kept(self, work: Awaitable[datetime | None]) -> datetime | None:
        """A store that cannot write (a full disk) or is away is asked again later: the loop must outlive it."""
        try:
            return await work
        except Exception as fault:
            log.error("not_kept", reason=type(fault).__name__)
            return self.real_now() + NOT_KEPT_WAIT

    async def _settle_updates(self) -> None:
        """A card changed in place may be changed to the same once more: all of a case's are settled in one write."""
        updated, self._updated = self._updated, {}
        for case, notices in updated.items():
            await self._settle(case, notices)

    async def _settle(self, case: str, notices: list[str]) -> None:
        await self.store.settle(case, *notices)
        self._arrived.difference_update((case, notice) for notice in notices)

    async def _in_line(self, rows: "list[tuple[Pending, list[Pending]]]") -> datetime | None:
        """Cards that only follow along wait for a moment without presses, and after a while go one by one."""
        waits_for_quiet = not any(row.notice.get("fresh") for row, _ in rows)
        async with self._side_by_side:
            if waits_for_quiet and self.busy():
                async with self._one_by_one:
                    await self._gap()
                    return await self._kept(self._to_one(rows))
            return await self._kept(self._to_one(rows))

    async def _gap(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self._patient_until):
                await (self.quiet() if self.quiet else asyncio.sleep(0))

    async def retry(self, person: str) -> None:
        """The person has written: what waited for them is tried at once."""
        if self._put_off_for is None:
            self._put_off_for = {row.notice["to"] for row in await self.store.pending() if row.not_before}
        if person not in self._put_off_for:
            return
        self._put_off_for.discard(person)
        waiting = [row for row in await self.store.pending() if row.notice["to"] == person and row.not_before]
        for row in waiting:
            await self.store.put_off(row.case, row.notice["id"], attempts=row.attempts, not_before=self.real_now())
        if waiting:
            self.wake()

    async def _to_one(self, rows: "list[tuple[Pending, list[Pending]]]") -> datetime | None:
        """The order of a person's messages is kept. Only a legal reminder waits for no other."""
        waits: list[datetime] = []
        later: list[datetime] = []  # held back, which is no reason for the rest to wait
        for row, covered in rows:
            if waits and not row.notice.get("legal"):
                continue
            try:
                wait = self._waits_until(row) or await self._try(row)
            except HeldBack as held:
                later.append(self.real_now() + (held.until - self._today()))
                continue
            if wait:
                waits.append(wait)
            else:
                await self._done_with(row, *covered)
        return min((*waits, *later), default=None)

    def _waits_until(self, row: Pending) -> datetime | None:
        return row.not_before if row.not_before and row.not_before > self.real_now() else None

    def _today(self) -> datetime:
        return self.case_now() if self.case_now else self.real_now()

    async def _try(self, row: Pending) -> datetime | None:
        """Deliver, or put off and say until when. None: it is done with."""
        try:
            if _key(row) not in self._arrived:
                await self.postman.deliver(row)
                self.tally["delivered"] += 1
        except HeldBack:
            await self._held(row)
            raise
        except Exception as fault:  # also a fault of ours: one card must not keep everybody else waiting
            if wait := await self._failed(row, fault):
                return wait
        self._noes.pop(_key(row), None)
        self._arrived.add(_key(row))
        return None

    async def _held(self, row: Pending) -> None:
        """Marked, so that whoever is asked again knows that it stands on the card already; due as it was."""
        if row.not_before is None:
            self.tally["held"] += 1
            await self.store.put_off(row.case, row.notice["id"], attempts=row.attempts, not_before=self.real_now())

    async def _failed(self, row: Pending, fault: Exception) -> datetime | None:
        """Until when it is put off; None: let go."""
        match fault:
            case DefiniteNo():
                self._noes[_key(row)] += 1
                return await self._put_off(row, fault.retry_after, count=False)
            case Ambiguous():
                return await self._in_doubt(row)
            case Unreachable():
                return await self._put_off(row, UNREACHABLE_WAIT.total_seconds(), count=False)
            case UnknownCase() | UnreadableFile() | Refused():  # erased, say: nobody is to be told any more
                self.tally["dropped"] += 1
                return log.warning("notice_dropped", case=row.case, reason=type(fault).__name__)
            case ChannelFault() if fault.status in NEVER_TAKEN:
                return self._let_go(row, fault)
        self.tally["failed"] += 1
        log.error("delivery_failed", case=row.case, notice=row.notice["id"], reason=type(fault).__name__)
        return await self._put_off(row, LONGEST_WAIT.total_seconds(), count=False)

    async def _in_doubt(self, row: Pending) -> datetime | None:
        """It may have arrived: a legal reminder is sent once more and never again, a card many times more."""
        legal = row.notice.get("legal")
        if row.attempts + 1 >= (LEGAL_TRIES if legal else OTHER_TRIES):
            return self._let_go(row, Ambiguous(None))
        return await self._put_off(row, LEGAL_WAIT.total_seconds() if legal else None)

    def _let_go(self, row: Pending, fault: Exception) -> None:
        self.tally["let_go"] += 1
        kind, reason = row.notice["kind"], type(fault).__name__
        log.error("let_go", case=row.case, notice=row.notice["id"], kind=kind, reason=reason)

    async def _done_with(self, row: Pending, *covered: Pending) -> None:
        """A new message is settled at once, so that a crash hardly ever sends it twice."""
        notices = [each.notice["id"] for each in (row, *covered)]
        if row.notice.get("fresh"):
            await self._settle(row.case, notices)
        else:
            self._updated.setdefault(row.case, []).extend(notices)

    def _back_off(self, row: Pending) -> timedelta:
        """After a definite no soon enough when the channel is back; in doubt ever more rarely, as each try may show."""
        if noes := self._noes[_key(row)]:
            return min(FIRST_WAIT * 2 ** min(noes - 1, 9), LONGEST_WAIT)
        return FIRST_WAIT * 2 ** min(row.attempts, 11)

    async def _put_off(self, row: Pending, seconds: float | None, *, count: bool = True) -> datetime:
        wait = timedelta(seconds=seconds) if seconds is not None else self._back_off(row)
        until = self.real_now() + min(wait, UNREACHABLE_WAIT)
        self.tally["put_off"] += 1
        attempts = row.attempts + (1 if count else 0)
        log.info("put_off", case=row.case, notice=row.notice["id"], attempts=attempts)
        await self.store.put_off(row.case, row.notice["id"], attempts=attempts, not_before=until)
        if self._put_off_for is not None:
            self._put_off_for.add(row.notice["to"])
        return until


def _key(row: Pending) -> tuple[str, str]:
    return row.case, row.notice["id"]


def _receiver(row: Pending) -> str:
    return row.notice["to"] or f"group of {row.case}"
