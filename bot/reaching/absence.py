"""On the first morning somebody is away, the cases they had before that day go to whoever stands in.

Not at midnight: the employee is told of it, and nobody would have acted before the morning.
"""

from datetime import datetime

import structlog

from bot.caseworker import Caseworker
from bot.chain import Chain
from bot.clock import Clock
from bot.stores import CaseStore
from casework.calendar import local, next_waking, start_of
from casework.commands import HandOn
from casework.people import Absence
from casework.vocabulary import VAERN, CaseId, HandedOn

log = structlog.get_logger()


class AbsenceRound:
    """Asked by the reminder round. Nothing is kept of it: what was handed on is not with them any more."""

    def __init__(self, store: CaseStore, caseworker: Caseworker, chain: Chain, clock: Clock) -> None:
        self.store, self.caseworker, self.chain, self.clock = store, caseworker, chain, clock

    async def once(self) -> None:
        """Every case of everybody who is away today."""
        now = self.clock.now()
        for absence in self.chain.absences():
            if absence.holds_on(local(now).date()) and now >= _morning(absence):
                for case in await self.store.cases_of(absence.person):
                    await self._hand_on(CaseId(case), absence)

    async def _hand_on(self, case: CaseId, absence: Absence) -> None:
        try:
            opened = (await self.caseworker.open(case)).case
            if opened.recipient != absence.person:
                return
            chain = await self.chain.of(opened, local(self.clock.now()).date())
            await self.caseworker.carry_out(
                HandOn(
                    case=case,
                    by=VAERN,
                    former=absence.person,
                    chain=tuple(person for person in chain if not self._away(person)),
                    reason=HandedOn.ABSENT,
                    since=start_of(absence.first_day),
                )
            )
        except Exception as fault:  # one case that cannot be read must not keep the others from being handed on
            log.error("absence_failed", case=case, reason=type(fault).__name__)

    def _away(self, person: str) -> bool:
        return self.chain.absence_of(person, local(self.clock.now()).date()) is not None

    def next_after(self, now: datetime) -> datetime | None:
        """When somebody's next absence begins."""
        begins = (_morning(absence) for absence in self.chain.absences())
        return min((moment for moment in begins if moment > now), default=None)


def _morning(absence: Absence) -> datetime:
    return next_waking(start_of(absence.first_day))
