"""Known conduct at the edge: a case that was sent is looked at, told what was found, and taken in. Once, also after a
death on the way, and only where the administration's basis for it holds.

It never stands in the way of a report: whatever goes wrong here is said in the log, and tried again.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.caseworker import Caseworker, Opened
from bot.clock import Clock
from bot.keeping.known_conduct import BEGUN, CASE, KEY, Held, KnownConduct
from bot.setup.standing import Standing
from bot.stores import CaseStore, UnknownCase, UnreadableFile
from casework.calendar import local
from casework.case import Case
from casework.commands import Command, NameAffected, NoteRecognised, ReceiveEvidence, SendReport, WithdrawItem
from casework.identifiers import Identifier, Kind, mails
from casework.people import Person
from casework.recognition import hidden, hidden_person, identifiers_of
from casework.vocabulary import VAERN, CaseId, PersonId, Refused, Stage, WorkplaceId

log = structlog.get_logger()

EVERY = 60.0  # seconds between two looks at what was tried in vain, and at the settings
NATIONAL = 8  # digits of a Danish number


class Admission:
    """What the caseworker tells of what it does: this case is about to be sent, it is sent, it is to be erased."""

    def __init__(self, known: KnownConduct, standing: Standing, clock: Clock) -> None:
        self.known, self.standing, self.clock = known, standing, clock
        self.ready: set[CaseId] = set()
        self.rung = asyncio.Event()

    def administration(self, workplace: WorkplaceId | None) -> str | None:
        """The workplace's, if its basis holds today."""
        name, today = self.standing.now.administration(workplace), local(self.clock.now()).date()
        bases = self.standing.organisation.known_conduct
        return name if any(one.administration == name and one.holds_on(today) for one in bases) else None

    async def before(self, case: Case, command: Command) -> None:
        """Before it is written, so that no death in between leaves a case out."""
        if self._concerns(case, command):
            try:
                await self.known.begin(case.id)
            except Exception as fault:  # the report goes on: it is looked at all the same, unless we die first
                log.error("not_begun", case=case.id, reason=type(fault).__name__)

    def after(self, case: Case, command: Command) -> None:
        if self._concerns(case, command):
            self.ready.add(case.id)
            self.rung.set()

    def _concerns(self, case: Case, command: Command) -> bool:
        """`case`: as it is after the command. Text that is added later may hold a link too."""
        if isinstance(command, WithdrawItem):
            return self.administration(case.workplace) is not None
        if not isinstance(command, SendReport | NameAffected | ReceiveEvidence) or case.stage is not Stage.OPEN:
            return False
        return self.administration(case.workplace) is not None

    async def erased(self, case: CaseId) -> None:
        """What identifies people goes before the case does: it never outlives it."""
        await self.known.forget(case)

    async def stays(self, case: CaseId) -> None:
        """What went before it is found in it anew."""
        await self.known.begin(case)
        self.ready.add(case)
        self.rung.set()


class Recognising:
    """One round after another; asked at once when a case was sent."""

    def __init__(
        self,
        admission: Admission,
        store: CaseStore,
        caseworker: Caseworker,
        person: Callable[[PersonId], Awaitable[Person | None]],
    ) -> None:
        self.admission, self.known, self.store, self.caseworker = admission, admission.known, store, caseworker
        self.person = person
        self._one_round, self._begun = asyncio.Lock(), False

    async def run(self) -> None:
        """Never returns; cancelled at the end."""
        while True:
            self.admission.rung.clear()
            try:
                await self.once()
            except Exception as fault:  # a store that is away: the loop must outlive it
                log.error("not_recognised", reason=type(fault).__name__)
            try:
                await asyncio.wait_for(self.admission.rung.wait(), EVERY)
            except TimeoutError:
                continue

    async def once(self) -> None:
        """What an earlier life left to be done, then every case that was sent meanwhile."""
        async with self._one_round:
            if not self._begun:
                await self._take_up()
            await self._switched_off()
            for case in sorted(self.admission.ready):
                await self._looked_at(case)

    async def _take_up(self) -> None:
        """Cases that are gone take nothing along into a new life: they were erased, or are in no backup."""
        for case in await self.known.named(CASE):
            if await self._is_gone(case):
                await self.known.forget(case)
        self.known.switched_on |= set(await self.known.named(KEY))
        self.admission.ready |= {CaseId(case) for case in await self.known.named(BEGUN)}
        self._begun = True

    async def _is_gone(self, case: str) -> bool:
        """A case that is set aside may come back."""
        if await self.store.version(case) is not None:
            return False
        try:
            await self.store.load(case)
        except UnknownCase:
            return True
        except UnreadableFile:
            return False
        return False

    async def _switched_off(self) -> None:
        """An administration that has no basis any more: everything of it goes. One to be looked at again is kept."""
        on = {basis.administration for basis in self.admission.standing.organisation.known_conduct}
        for administration in sorted(self.known.switched_on - on):
            await self.known.switch_off(administration)
            log.warning("known_conduct_erased", administration=administration)

    async def _looked_at(self, case: CaseId) -> None:
        try:
            await self._recognise(await self.caseworker.open(case))
        except Refused:
            log.info("case_gone", case=case)  # erased meanwhile
        except Exception as fault:  # one case that cannot be read keeps no other waiting
            return log.error("case_not_recognised", case=case, reason=type(fault).__name__)
        await self.known.looked_at(case)
        self.admission.ready.discard(case)

    async def _recognise(self, opened: Opened) -> None:
        """Told of the earlier ones first, then one of them itself."""
        case, administration = opened.case, self.admission.administration(opened.case.workplace)
        if administration is None or case.stage is Stage.DRAFT or case.sent_at is None:
            return
        key, found = await self.known.key(administration), await self._identifiers(opened)
        hashes = {hidden(key, one) for one in found}
        people = {hidden_person(key, person): person for person in case.affected}
        sharing = await self.known.sharing(administration, hashes)
        earlier = (held.people for other, held in sharing.items() if other != case.id and held.sent_at <= case.sent_at)
        theirs = tuple(frozenset(people[one] for one in held if one in people) for held in earlier)
        await self.caseworker.carry_out(NoteRecognised(case=case.id, by=VAERN, earlier=theirs))
        await self.known.keep(administration, case.id, hashes, Held(case.sent_at, frozenset(people)))
        if await self._is_gone(case.id):
            await self.known.forget(case.id)  # erased meanwhile, and nobody comes again to take these along
        log.info("known_conduct_looked_at", case=case.id)

    async def _identifiers(self, opened: Opened) -> set[Identifier]:
        """Without our own people's numbers and mails: "he wrote to my number" says nothing of him."""
        found = await asyncio.to_thread(identifiers_of, opened.case, opened.texts)
        case = opened.case
        near = [await self.person(one) for one in (case.reporter, case.recipient, *case.affected) if one]
        people = [*self.admission.standing.organisation.people, *(person for person in near if person)]
        return {one for one in found if not any(_belongs_to(person, one) for person in people)}


def _belongs_to(person: Person, identifier: Identifier) -> bool:
    if identifier.kind is Kind.MAIL:
        return identifier.value in mails(person.mail)
    digits = "".join(filter(str.isdigit, person.phone))[-NATIONAL:]
    return identifier.kind is Kind.PHONE and len(digits) == NATIONAL and identifier.value.endswith(digits)
