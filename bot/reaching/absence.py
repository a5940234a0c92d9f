"""On the first morning somebody is away, the cases they had before that day go to whoever stands in.

Not at midnight: the employee is told of it, and nobody would have acted before the morning. When nobody may stand in,
the employee is told that, and the administrator's list has a row until somebody may, or whoever is away does something.
"""

from datetime import date, datetime, timedelta

import structlog

from bot.administrator.attention import Attention
from bot.administrator.listed import Listed
from bot.caseworker import Caseworker, is_gone
from bot.clock import Clock
from bot.reaching.chain import Chain
from bot.stores import CaseStore
from casework.calendar import local, next_waking, start_of
from casework.case import Case
from casework.commands import HandOn
from casework.handing_on import alone
from casework.people import Absence
from casework.vocabulary import VAERN, CaseId, HandedOn, PersonId

log = structlog.get_logger()

ALONE = "absent_alone"  # the list's word for it
LAST_DAY = date.max - timedelta(days=7)  # what comes after it has a date in every time zone


class AbsenceRound:
    """Asked by the reminder round. Nothing is kept of it: what was handed on is not with them any more."""

    def __init__(
        self, store: CaseStore, caseworker: Caseworker, chain: Chain, attention: Attention, clock: Clock
    ) -> None:
        self.store, self.caseworker, self.chain, self.clock = store, caseworker, chain, clock
        self.listed = Listed(ALONE, _away_alone, attention, store, caseworker)

    async def once(self) -> None:
        """Every case of everybody who is away today."""
        now = self.clock.now()
        for absence in self._holding(now):
            for case in await self.store.cases_of(absence.person):
                await self._hand_on(CaseId(case), absence)
        await self.listed.look(now)

    def _holding(self, now: datetime) -> tuple[Absence, ...]:
        """One for everybody who is away: of several at the same time the one that ends last."""
        today = local(now).date()
        found = [one for one in self.chain.absences() if one.holds_on(today) and now >= _morning(one)]
        return tuple({one.person: one for one in sorted(found, key=lambda one: one.last_day)}.values())

    async def _hand_on(self, case: CaseId, absence: Absence) -> None:
        try:
            opened = (await self.caseworker.open(case)).case
            if opened.recipient != absence.person:
                return
            chain = await self.chain.of(opened, local(self.clock.now()).date())
            done = await self.caseworker.carry_out(
                HandOn(
                    case=case,
                    by=VAERN,
                    former=absence.person,
                    chain=tuple(person for person in chain if not self._away(person)),
                    reason=HandedOn.ABSENT,
                    since=start_of(absence.first_day),
                    back_at=_back_at(absence),
                )
            )
            await self.listed.note(done.case, self.clock.now())
        except Exception as fault:  # one case that cannot be read must not keep the others from being handed on
            if not is_gone(fault):
                log.error("absence_failed", case=case, reason=type(fault).__name__)

    def _away(self, person: str) -> bool:
        return self.chain.absence_of(person, local(self.clock.now()).date()) is not None

    def next_after(self, now: datetime) -> datetime | None:
        """When somebody's next absence begins."""
        begins = (_morning(absence) for absence in self.chain.absences())
        return min((moment for moment in begins if moment > now), default=None)


def _away_alone(case: Case, now: datetime) -> PersonId | None:
    found = alone(case, now)
    return found and found.person


def _back_at(absence: Absence) -> datetime:
    """The day after the last; "until further notice" may be written as the last day there is."""
    return start_of(min(absence.last_day, LAST_DAY) + timedelta(days=1))


def _morning(absence: Absence) -> datetime:
    return next_waking(start_of(absence.first_day))
