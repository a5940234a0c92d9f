"""Load, decide, append; again when someone was faster. The only place where facts are added to a case."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from cachetools import LRUCache

from bot.clock import Clock
from bot.stores import CaseStore, Commit, StaleCase, UnknownCase
from casework import commands as c
from casework import wire
from casework.access import people_of, permit
from casework.case import Case
from casework.custody import destroyed_by, may_go_alone
from casework.decide import decide
from casework.events import Event
from casework.evolving import evolve, replay
from casework.notices import notices
from casework.reminders import next_due
from casework.state import changed
from casework.vocabulary import CaseId, PersonId, Refused, Stage, WorkplaceId

REMEMBERED = 1000  # cases kept in memory as they were last seen: some 10 MB, and more than are under way at once
TRIES = 20  # one case has a handful of people in it; more than this many lost races is a fault


def is_gone(fault: Exception) -> bool:
    """Whether it says that there is no such case: it was erased while somebody went round all that are due."""
    return isinstance(fault, Refused) and fault.key == "not_yours"


@dataclass(frozen=True)
class Opened:
    """A case as it stands, with the words in it, and what was handled before."""

    case: Case
    texts: Mapping[str, str]
    handled: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Done:
    """What a command led to. No events: it was already so."""

    case: Case
    texts: Mapping[str, str]
    events: tuple[Event, ...]


class Alongside(Protocol):
    """Whoever keeps something of cases apart from them. `before` and `erased` are durable on return.

    `erased` is told twice: before the case goes, since nothing of it may outlive it, and after, when nothing can come.
    `stays` when it did not go after all: a hold was set on it in that moment.
    """

    async def before(self, case: Case, command: c.Command) -> None: ...

    def after(self, case: Case, command: c.Command) -> None: ...

    async def erased(self, case: CaseId) -> None: ...

    async def stays(self, case: CaseId) -> None: ...


class Caseworker:
    """Carries out commands on cases. `wake` is rung when something new may be due or to be sent."""

    def __init__(
        self, store: CaseStore, clock: Clock, wake: Callable[[], None], alongside: tuple[Alongside, ...] = ()
    ) -> None:
        self.store, self.clock, self.wake, self.alongside = store, clock, wake, alongside
        self._seen: LRUCache[CaseId, Opened] = LRUCache(REMEMBERED)

    async def open(self, case: CaseId) -> Opened:
        """The case; Refused("not_yours") when there is none: strangers learn nothing from the difference."""
        seen, version = self._seen.get(case), await self.store.version(case)
        if seen is None or seen.case.version != version:
            seen = self._seen[case] = await self._read(case)
        return seen

    async def _read(self, case: CaseId) -> Opened:
        self._seen.pop(case, None)
        try:
            stored = await self.store.load(case)
        except UnknownCase:
            raise Refused("not_yours") from None
        events = (wire.decode(document) for document in stored.events)
        return Opened(replay(case, events, stored.version), stored.texts, stored.handled)

    async def erase(self, case: Case) -> None:
        """Bytes, key and what stands in memory: nothing of it is left. StaleCase when it is not any more as it is here:
        a hold was set on it, or it goes on.
        """
        if await self.store.version(case.id) not in (None, case.version):
            raise StaleCase(f"{case.id}: version {case.version} is not the newest. Nothing was erased.")
        self._seen.pop(case.id, None)
        for other in self.alongside:
            await other.erased(case.id)
        await self._erased_or_stays(case)
        for other in self.alongside:
            await other.erased(case.id)  # what came meanwhile, from whoever still had it open

    async def _erased_or_stays(self, case: Case) -> None:
        try:
            await self.store.erase(case.id, after=case.version)
        except StaleCase:
            for other in self.alongside:
                await other.stays(case.id)
            raise

    async def carry_out(
        self,
        command: c.Command,
        *,
        groups: frozenset[WorkplaceId] = frozenset(),
        legal: frozenset[PersonId] = frozenset(),
        handled: str = "",
    ) -> Done:
        """Decide and append. Refused when it cannot be; an activity that was handled before changes nothing."""
        for _ in range(TRIES):
            before = await self._before(command)
            if handled and handled in before.handled:
                return Done(before.case, before.texts, ())
            permit(before.case, command, groups, legal=legal)
            try:
                return await self._appended(before, command, handled)
            except StaleCase:
                await asyncio.sleep(0)  # someone was faster: load it again and decide anew
            except UnknownCase:
                raise Refused("not_yours") from None  # erased after it was opened
        raise StaleCase(f"{command.case}: lost {TRIES} races in a row for {type(command).__name__}.")

    async def _before(self, command: c.Command) -> Opened:
        if not isinstance(command, c.StartDraft | c.AskForCall):
            return await self.open(command.case)
        try:
            return await self.open(command.case)
        except Refused:
            return Opened(Case(command.case), {})

    async def _appended(self, before: Opened, command: c.Command, handled: str) -> Done:
        now = self.clock.now()
        events = decide(before.case, command, now)
        if not events:
            return Done(before.case, before.texts, ())
        after = _after(before.case, events)
        texts = {written.item: written.text for written in c.written_in(command) if written.text}
        commit = _commit(before.case, after, events, texts, handled)
        await self._append(after, command, commit)
        left = texts | {item: text for item, text in before.texts.items() if item not in commit.destroyed}
        self._seen[command.case] = Opened(after, left, before.handled | set(commit.handled))
        self.wake()
        return Done(after, left, events)

    async def _append(self, after: Case, command: c.Command, commit: Commit) -> None:
        for other in self.alongside:
            await other.before(after, command)
        await self.store.append(command.case, commit, after=after.version - 1)
        for other in self.alongside:
            other.after(after, command)


def _after(case: Case, events: tuple[Event, ...]) -> Case:
    version = case.version + 1
    for event in events:
        case = evolve(case, event)
    return changed(case, version=version)


def _commit(before: Case, after: Case, events: tuple[Event, ...], texts: dict[str, str], handled: str) -> Commit:
    """Everything this step writes, in one piece."""
    rows = notices(before, after, events)
    return Commit(
        at=events[-1].at,
        events=tuple(wire.encode(event) for event in events),
        texts=texts,
        notices=tuple(row.document(f"{after.version}-{number}") for number, row in enumerate(rows)),
        handled=(handled,) if handled else (),
        next_due=next_due(after),
        people=people_of(after),
        groups=frozenset({after.group} if after.group else ()),
        closed=after.stage is Stage.CLOSED,
        destroyed=destroyed_by(before, events),
        apart=may_go_alone(before, texts),
    )
