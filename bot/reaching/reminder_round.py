"""Ask the cases whose time has come. Nothing is scheduled: what is due follows from the case."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import structlog

from bot.caseworker import Caseworker, is_gone
from bot.clock import Clock
from bot.reaching.absence import AbsenceRound
from bot.reaching.leaving import LeavingRound
from bot.reaching.silence import SilenceRound
from bot.stores import CaseStore
from casework.commands import Remind
from casework.vocabulary import VAERN, CaseId

log = structlog.get_logger()

IN_VAIN = timedelta(minutes=1)


class ReminderRound:
    """One loop: who is due, remind, wait until the next one or until the clock is woken."""

    def __init__(
        self,
        store: CaseStore,
        caseworker: Caseworker,
        clock: Clock,
        absence: AbsenceRound,
        silence: SilenceRound,
        leaving: LeavingRound,
    ) -> None:
        self.store, self.caseworker, self.clock = store, caseworker, clock
        self.absence, self.silence, self.leaving = absence, silence, leaving
        self._one_round = asyncio.Lock()
        self.tally: Counter[str] = Counter(asked=0, failed=0)

    async def run(self) -> None:
        """Never returns; cancelled at the end."""
        while True:
            await self.clock.wait_until(await self._asked())

    async def _asked(self) -> datetime | None:
        """Remind, and say when to ask again. A store that is away is asked again soon: the loop must outlive it."""
        try:
            await self.once()
            return await self._next()
        except Exception as fault:
            log.error("not_asked", reason=type(fault).__name__)
            return self.clock.now() + IN_VAIN

    async def _next(self) -> datetime | None:
        """The next due moment. One that was asked in vain is asked again in a minute, and holds up nobody else."""
        due, now = await self.store.next_due(), self.clock.now()
        wanted = due if due is None or due > now else now + IN_VAIN
        return min((moment for moment in (wanted, self.absence.next_after(now)) if moment), default=None)

    async def once(self) -> None:
        """Whoever is away hands on first; then remind in every case that is due now."""
        async with self._one_round:
            await self.absence.once()
            for case in await self.store.due(self.clock.now()):
                await self.leaving.once(CaseId(case))
                await self.silence.once(CaseId(case))
                await self._remind(CaseId(case))
            await self.silence.look()

    async def _remind(self, case: CaseId) -> None:
        try:
            done = await self.caseworker.carry_out(Remind(case=case, by=VAERN))
        except Exception as fault:  # one case that cannot be asked must not silence the others
            if is_gone(fault):
                return
            self.tally["failed"] += 1
            log.error("reminder_failed", case=case, reason=type(fault).__name__)
        else:
            self.tally["asked"] += 1
            log.info("reminded", case=case, events=len(done.events))
