"""People who stand on the administrator's list because of their cases, and go from it when no case says so any more."""

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.administrator.attention import Attention
from bot.caseworker import Caseworker, is_gone
from bot.stores import CaseStore
from casework.case import Case
from casework.vocabulary import CaseId, PersonId

log = structlog.get_logger()


class Listed:
    """`kind`: the list's word for it. `whom`: who must stand there because of a case as it is now, if anybody must."""

    def __init__(
        self,
        kind: str,
        whom: Callable[[Case, datetime], PersonId | None],
        attention: Attention,
        store: CaseStore,
        caseworker: Caseworker,
    ) -> None:
        self.kind, self.whom = kind, whom
        self.attention, self.store, self.caseworker = attention, store, caseworker
        self._names: set[str] | None = None  # who stands there; None: not looked up yet

    async def note(self, case: Case, now: datetime) -> None:
        """Put whoever must stand there because of this case on the list."""
        person = self.whom(case, now)
        if person is not None and person not in await self._listed():
            await self.attention.note(self.kind, person, now)
            (await self._listed()).add(person)

    async def look(self, now: datetime) -> None:
        """Take whoever must stand there no more from the list."""
        for person in tuple(await self._listed()):
            if not await self._still(PersonId(person), now):
                await self.attention.clear(self.kind, person)
                (await self._listed()).discard(person)

    async def _listed(self) -> set[str]:
        if self._names is None:
            self._names = {row.about for row in await self.attention.rows() if row.kind == self.kind}
        return self._names

    async def _still(self, person: PersonId, now: datetime) -> bool:
        for case in await self.store.cases_of(person):
            try:
                if self.whom((await self.caseworker.open(CaseId(case))).case, now) == person:
                    return True
            except Exception as fault:  # what cannot be read says nothing of anybody
                if not is_gone(fault):
                    log.error("list_not_looked_at", kind=self.kind, case=case, reason=type(fault).__name__)
        return False
