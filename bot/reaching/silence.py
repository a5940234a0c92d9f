"""Whoever has a case and does not answer in time: it goes to the next in the chain.

When that is, is decided in `casework.silence`; who is next, the house says. Nobody is next: the administrator's list
has a row until there is an answer, and every working day it is looked again.
"""

from collections.abc import Callable

import structlog

from bot.administrator.attention import Attention
from bot.administrator.listed import Listed
from bot.caseworker import Caseworker, is_gone
from bot.clock import Clock
from bot.reaching.chain import Chain
from bot.stores import CaseStore
from casework.calendar import MORNING, WorkingDays, add_working_days, at_clock, local
from casework.case import Case
from casework.commands import HandOn
from casework.silence import is_silent, silent_last
from casework.vocabulary import VAERN, CaseId, HandedOn

log = structlog.get_logger()

SILENT = "silent"  # the list's word for it


class SilenceRound:
    """Asked by the reminder round, of every case that is due. Nothing is kept of it but rows of the list."""

    def __init__(
        self,
        store: CaseStore,
        caseworker: Caseworker,
        chain: Chain,
        attention: Attention,
        clock: Clock,
        working: Callable[[], WorkingDays],
    ) -> None:
        self.caseworker, self.chain = caseworker, chain
        self.clock, self.working = clock, working
        self.listed = Listed(SILENT, lambda case, _: silent_last(case), attention, store, caseworker)

    async def once(self, case: CaseId) -> None:
        """Hand it on, if whoever has it has had their time."""
        try:
            opened = (await self.caseworker.open(case)).case
            if is_silent(opened, self.clock.now()):
                await self._hand_on(opened)
        except Exception as fault:  # a directory that is silent, say: it is asked again in a minute
            if not is_gone(fault):
                log.error("silence_failed", case=case, reason=type(fault).__name__)

    async def _hand_on(self, case: Case) -> None:
        now = self.clock.now()
        today = local(now).date()
        done = await self.caseworker.carry_out(
            HandOn(
                case=case.id,
                by=VAERN,
                former=case.recipient,
                chain=tuple(one for one in await self.chain.of(case, today) if not self.chain.absence_of(one, today)),
                reason=HandedOn.SILENT,
                again_at=at_clock(add_working_days(today, 1, self.working()), MORNING),
            )
        )
        await self.listed.note(done.case, now)

    async def look(self) -> None:
        """Take whoever has answered from the list."""
        await self.listed.look(self.clock.now())
