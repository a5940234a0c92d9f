"""Who comes next when whoever has a case cannot take it: the workplace's leaders, stand-in, the leader's leader."""

from collections.abc import Callable, Iterator
from datetime import date

from bot.directory import Directory, DirectoryUnreachable
from casework.case import Case
from casework.people import Absence, Workplace
from casework.vocabulary import PersonId, Stage


class Chain:
    """Proposes; who of them may have the case is decided in `casework.handing_on`."""

    def __init__(self, directory: Directory, absences: Callable[[], tuple[Absence, ...]] = tuple) -> None:
        """`absences` are asked for each time: the settings may change."""
        self.directory, self.absences = directory, absences

    def absence_of(self, person: PersonId, day: date) -> Absence | None:
        """That they are away that day, and until when."""
        return next((one for one in self.absences() if one.person == person and one.holds_on(day)), None)

    async def of(self, case: Case, day: date) -> tuple[PersonId, ...]:
        """Whoever is there that day before whoever is away: one who is away may still answer before nobody does."""
        place = await self._place(case)
        people = list(dict.fromkeys(self._in_order(case, place, day)))
        return tuple(sorted(people, key=lambda person: self.absence_of(person, day) is not None))

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
        if case.stage is Stage.CALL and case.recipient in representatives:
            return representatives
    return *place.leaders, place.stand_in, place.leaders_leader
