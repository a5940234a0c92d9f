"""Who comes next when whoever has a case cannot take it: the workplace's leaders, stand-in, the leader's leader."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import date

from bot.directory import Directory, DirectoryUnreachable
from casework.case import Case
from casework.events import CallAsked
from casework.people import Absence, Workplace
from casework.vocabulary import PersonId, Stage


class Chain:
    """Proposes; who of them may have the case is decided in `casework.handing_on`."""

    def __init__(
        self,
        directory: Directory,
        absences: Callable[[], tuple[Absence, ...]] = tuple,
        kept_out: Callable[[PersonId], Awaitable[frozenset[PersonId]]] | None = None,
    ) -> None:
        """`absences` are asked for each time: the settings may change. `kept_out`: of whoever asks to be rung, whom
        they have shut out of what they told, which may have come after the wish.
        """
        self.directory, self.absences, self.kept_out = directory, absences, kept_out

    def absence_of(self, person: PersonId, day: date) -> Absence | None:
        """That they are away that day, and until when."""
        return next((one for one in self.absences() if one.person == person and one.holds_on(day)), None)

    async def of(self, case: Case, day: date) -> tuple[PersonId, ...]:
        """Whoever is there that day before whoever is away: one who is away may still answer before nobody does."""
        place, out = await self._place(case), await self._kept_out(case)
        people = [one for one in dict.fromkeys(self._in_order(case, place, day)) if one not in out]
        return tuple(sorted(people, key=lambda person: self.absence_of(person, day) is not None))

    async def _kept_out(self, case: Case) -> frozenset[PersonId]:
        asks = case.reporter if case.stage is Stage.CALL else None
        return await self.kept_out(asks) if asks and self.kept_out else frozenset()

    def _in_order(self, case: Case, place: Workplace | None, day: date) -> Iterator[PersonId]:
        """A stand-in named for just these days steps in before the ordinary one."""
        for person in (case.recipient, *_after(case, place)):
            away = self.absence_of(person, day) if person else None
            yield from (one for one in (away and away.stand_in, person) if one)

    async def _place(self, case: Case) -> Workplace | None:
        """Where it happened: an affected person's workplace, else the reporter's, else what the report said."""
        for person in (*case.affected, case.reporter):
            try:
                place = await self.directory.workplace_of(person) if person else None
            except DirectoryUnreachable:
                continue
            if place is not None:
                return place
        return await self.directory.workplace(case.workplace) if case.workplace else None


def _after(case: Case, place: Workplace | None) -> tuple[PersonId | None, ...]:
    """Leaders after a leader. Whoever asked a representative to ring never reaches a leader: that is why they did."""
    if place is None:
        return ()
    for representatives in (place.health_safety_reps, place.union_reps):
        if _asked_first(case) in representatives:
            return representatives
    return *place.leaders, place.stand_in, place.leaders_leader


def _asked_first(case: Case) -> PersonId | None:
    """Whom a wish to be rung was for, whoever has it now."""
    if case.stage is not Stage.CALL:
        return None
    return next((event.recipient for event in case.log if isinstance(event, CallAsked)), case.recipient)
