"""Somebody cannot be written to in Teams: the app is installed for them, else a neutral mail goes, and a case whose
recipient it is goes on to the next in the chain. The employee is told at once, by name.

What was tried is kept in the case before it is done, so that after a crash nothing is done twice: a way that was begun
and cut off may have worked, and the case goes on without it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.administrator.attention import Attention
from bot.caseworker import Caseworker
from bot.clock import Clock
from bot.keeping.records import Records
from bot.reaching.chain import Chain
from bot.reaching.outbox import UNREACHABLE_WAIT, Postman
from bot.reaching.ways import WayClosed, Ways
from bot.stores import Pending
from bot.teams.faults import DefiniteNo, Unreachable
from cards.words import Texts
from casework.calendar import local
from casework.case import Case
from casework.commands import HandOn, NoteReached, NoteWay
from casework.handing_on import failed_for_now, last_tried
from casework.texts import read_catalogue
from casework.vocabulary import VAERN, CaseId, HandedOn, PersonId, Stage, Tried, Way

log = structlog.get_logger()

UNREACHABLE = "unreachable"  # the list's word for it
AGAIN = timedelta(minutes=1)  # after a way that failed, but is not closed


@dataclass(frozen=True)
class WayRound:
    """What there is besides the chat: ways to a person, and who comes next. `link` opens the chat with Værn."""

    ways: Ways
    chain: Chain
    link: str


class Undelivered:
    """A postman who does not give up at a closed door."""

    def __init__(
        self,
        postman: Postman,
        caseworker: Caseworker,
        around: WayRound,
        attention: Attention,
        records: Records,
        clock: Clock,
    ) -> None:
        self.postman, self.caseworker, self.around = postman, caseworker, around
        self.attention, self.records, self.clock = attention, records, clock
        self._listed: set[str] | None = None  # who stands on the administrator's list; None: not looked up yet

    async def deliver(self, row: Pending) -> bool:
        """As the postman behind; Unreachable only when every other way has been tried too."""
        try:
            came = await self.postman.deliver(row)
        except Unreachable as fault:
            if row.notice["to"] is None:  # a group has no other way
                raise
            return await self._otherwise(row, fault)
        if came and row.notice["to"]:
            await self._reached(CaseId(row.case), PersonId(row.notice["to"]))
        return came

    async def heard(self, person: PersonId) -> None:
        """Somebody has written: they can be reached."""
        if self._listed is None:
            self._listed = {row.about for row in await self.attention.rows() if row.kind == UNREACHABLE}
        if person in self._listed:
            await self.attention.clear(UNREACHABLE, person)
            self._listed.discard(person)

    async def _reached(self, case: CaseId, person: PersonId) -> None:
        await self.heard(person)
        if (await self.caseworker.open(case)).case.unreached:
            await self.caseworker.carry_out(NoteReached(case=case, by=VAERN, person=person))

    async def _otherwise(self, row: Pending, fault: Unreachable) -> bool:
        case, person = CaseId(row.case), PersonId(row.notice["to"])
        if await self._went(case, person, Way.INSTALL, lambda: self.around.ways.install(person)):
            try:
                came = await self.postman.deliver(row)
            except Unreachable:
                log.info("installed_in_vain", case=case)
            else:
                await self._reached(case, person)
                return came
        await self._went(case, person, Way.MAIL, lambda: self._mail(person))
        await self._put_on_the_list(case, person)
        await self._hand_on(case, person)
        raise fault

    async def _went(self, case: CaseId, person: PersonId, way: Way, go: Callable[[], Awaitable[None]]) -> bool:
        """Whether the way was gone now, and led there. DefiniteNo: it failed, and is worth another try in a while."""
        if not await self._noted(case, person, way, Tried.BEGUN):
            return False
        tried = await self._gone(way, go)
        await self._noted(case, person, way, tried)
        if failed_for_now(await self._case(case), person, way, self.clock.now()):
            raise DefiniteNo(None, retry_after=AGAIN.total_seconds())
        return tried is Tried.DONE

    async def _gone(self, way: Way, go: Callable[[], Awaitable[None]]) -> Tried:
        try:
            await go()
        except WayClosed as closed:
            if closed.permission:
                await self.attention.note("permission", closed.permission, self.clock.now())
            return Tried.CLOSED
        except Exception as fault:  # the network's, Graph's, ours: to whoever waits it is all one
            log.warning("way_failed", way=way, reason=type(fault).__name__)
            return Tried.FAILED
        return Tried.DONE

    async def _mail(self, person: PersonId) -> None:
        record = await self.records.of_person(person)
        language = record.language if record else "da"
        say = Texts(language, read_catalogue(language)).plain
        subject, body = say("handing_on.mail.subject"), say("handing_on.mail.body", link=self.around.link)
        await self.around.ways.mail(person, subject, body)

    async def _noted(self, case: CaseId, person: PersonId, way: Way, tried: Tried) -> bool:
        done = await self.caseworker.carry_out(NoteWay(case=case, by=VAERN, person=person, way=way, tried=tried))
        return bool(done.events)

    async def _put_on_the_list(self, case: CaseId, person: PersonId) -> None:
        """Who it is, the list says only of whoever has a function. A draft is nobody's business but its author's."""
        opened = await self._case(case)
        if opened.stage is Stage.DRAFT:
            return
        found = {way: last_tried(opened, person, way) for way in Way}
        tried = {way.value: last.value for way, last in found.items() if last}
        await self.attention.note(UNREACHABLE, person, self.clock.now(), **tried)
        if self._listed is not None:
            self._listed.add(person)

    async def _hand_on(self, case: CaseId, person: PersonId) -> None:
        opened, now = await self._case(case), self.clock.now()
        if opened.recipient != person or opened.stage is Stage.DRAFT:
            return
        chain = await self.around.chain.of(opened, local(now).date())
        again = now + UNREACHABLE_WAIT
        reason = HandedOn.UNREACHABLE
        await self.caseworker.carry_out(
            HandOn(case=case, by=VAERN, former=person, chain=chain, reason=reason, again_at=again)
        )

    async def _case(self, case: CaseId) -> Case:
        return (await self.caseworker.open(case)).case
