"""The daily pass over closed cases: what is to be erased is announced, and what was announced goes when its day comes.

Nothing of it is scheduled: each morning every closed case is asked, by the retention that the settings say then.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

import structlog

from bot.caseworker import Caseworker
from bot.clock import Clock
from bot.keeping.records import Records
from bot.setup.standing import Standing
from bot.stores import CaseStore, StaleCase
from bot.stores.turns import Turns
from casework.calendar import MORNING, at_clock, local
from casework.case import Case
from casework.commands import AnnounceErasure
from casework.retention import is_over, to_announce
from casework.vocabulary import VAERN, CaseId, Stage

log = structlog.get_logger()

IN_VAIN = timedelta(hours=1)
ONE_DAY = timedelta(days=1)
LOOKS = 5  # at one case of a morning, when others are in it at the same moment


@dataclass
class RetentionRound:
    """`turns`: a conversation's record is changed in its turn only."""

    store: CaseStore
    caseworker: Caseworker
    records: Records
    standing: Standing
    clock: Clock
    turns: Turns
    _looked_on: date | None = None
    _one_round: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> None:
        """Never returns; cancelled at the end."""
        while True:
            again = None
            try:
                await self.once()
            except Exception as fault:  # a store that is away: the loop must outlive it
                log.warning("retention_not_looked_at", reason=type(fault).__name__)
                again = self.clock.now() + IN_VAIN
            await self.clock.wait_until(again or self._next_morning())

    def _next_morning(self):
        now = self.clock.now()
        today = at_clock(local(now).date(), MORNING)
        return today if now < today else at_clock(local(now).date() + ONE_DAY, MORNING)

    async def once(self) -> None:
        """Once a day, from nine on. A case that cannot be read is in the administrator's list, and stays."""
        async with self._one_round:
            now = local(self.clock.now())
            if now.time() < MORNING or self._looked_on == now.date():
                return
            for case in await self.store.closed():
                await self._looked_at(CaseId(case))
            self._looked_on = now.date()

    async def _looked_at(self, id: CaseId) -> None:
        try:
            for _ in range(LOOKS):
                if await self._settled(id):
                    return
            log.info("erasure_put_off", case=id)  # it is looked at again tomorrow
        except Exception as fault:  # one case must not keep the others
            log.error("retention_failed", case=id, reason=type(fault).__name__)

    async def _settled(self, id: CaseId) -> bool:
        """False: something happened in it at that moment. A hold may stand now."""
        case = (await self.caseworker.open(id)).case
        try:
            if case.stage is Stage.CLOSED:
                await self._kept_or_not(case)
        except StaleCase:
            return False
        return True

    async def _kept_or_not(self, case: Case) -> None:
        months, now = self.standing.organisation.retention_months, self.clock.now()
        if is_over(case, months, now):
            await self._erased(case)
        elif day := to_announce(case, months, now):
            await self.caseworker.carry_out(AnnounceErasure(case=case.id, by=VAERN, erase_on=day))
            log.info("erasure_announced", case=case.id, erase_on=day.isoformat())

    async def _erased(self, case: Case) -> None:
        """The case first: what a death leaves of it in the conversations' records is an id and nothing else."""
        await self.caseworker.erase(case)
        log.info("case_erased", case=case.id, why="retention")
        for conversation in await self.records.conversations():
            await self.turns.take(conversation, partial(self._forgotten, conversation, case.id))

    async def _forgotten(self, conversation: str, case: CaseId) -> None:
        """Wherever it was ever spoken of, a group's room and a chat of somebody who has no part in it now included."""
        record = await self.records.get(conversation)
        if record is not None and record.forget(case):
            await self.records.save(record)
