"""Before anything is said in a case, those it waits for are looked up: whoever has left is not waited for in vain."""

from datetime import timedelta

import structlog

from bot.caseworker import Caseworker, is_gone
from bot.clock import Clock
from bot.directory import Directory, DirectoryUnreachable
from bot.reaching.chain import Chain
from casework.calendar import local
from casework.case import Case
from casework.commands import HandOn, NoteLeft
from casework.leaving import waited_for
from casework.vocabulary import VAERN, CaseId, HandedOn, PersonId

log = structlog.get_logger()

AGAIN = timedelta(hours=1)


class LeavingRound:
    """Asked by the reminder round, of every case that is due. Only a directory that answers says that somebody left."""

    def __init__(self, directory: Directory, caseworker: Caseworker, chain: Chain, clock: Clock) -> None:
        self.directory, self.caseworker, self.chain, self.clock = directory, caseworker, chain, clock

    async def once(self, case: CaseId) -> None:
        """Note who has left; if it is whoever has the case, it goes on."""
        try:
            opened = (await self.caseworker.open(case)).case
            for person in waited_for(opened):
                if await self._has_left(person):
                    await self._left(opened, person)
        except Exception as fault:  # one case that cannot be read must not keep the others waiting
            if not is_gone(fault):
                log.error("leaving_failed", case=case, reason=type(fault).__name__)

    async def _has_left(self, person: PersonId) -> bool:
        try:
            return await self.directory.person(person) is None
        except DirectoryUnreachable:
            return False

    async def _left(self, case: Case, person: PersonId) -> None:
        if person != case.recipient:
            await self.caseworker.carry_out(NoteLeft(case=case.id, by=VAERN, person=person))
            return
        now = self.clock.now()
        chain = [one for one in await self.chain.of(case, local(now).date()) if not await self._has_left(one)]
        reason, again = HandedOn.LEFT, now + AGAIN
        await self.caseworker.carry_out(
            HandOn(case=case.id, by=VAERN, former=person, chain=tuple(chain), reason=reason, again_at=again)
        )
