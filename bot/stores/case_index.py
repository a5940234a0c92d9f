"""What is asked across cases, held in memory: whose cases, what is due, what waits to be sent. Built at start."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from datetime import datetime

from bot.stores import Pending
from bot.stores.case_file import Summary


class CaseIndex:
    """Follows the files: a case's summary is put here after its file is durable, and never before."""

    def __init__(self) -> None:
        self._summaries: dict[str, Summary] = {}
        self._due: list[tuple[datetime, str]] = []  # sorted: the most overdue first
        self._by_person: defaultdict[str, set[str]] = defaultdict(set)
        self._by_group: defaultdict[str, set[str]] = defaultdict(set)
        self._waiting: set[str] = set()  # cases with something in their outbox: few, however many cases there are

    def __contains__(self, case: str) -> bool:
        return case in self._summaries

    def get(self, case: str) -> Summary | None:
        return self._summaries.get(case)

    def cases(self) -> tuple[str, ...]:
        return tuple(sorted(self._summaries))

    def put(self, summary: Summary) -> None:
        self.forget(summary.case)
        self._summaries[summary.case] = summary
        if summary.next_due is not None:
            insort(self._due, (summary.next_due, summary.case))
        for person in summary.people:
            self._by_person[person].add(summary.case)
        for workplace in summary.groups:
            self._by_group[workplace].add(summary.case)
        if summary.pending:
            self._waiting.add(summary.case)

    def forget(self, case: str) -> None:
        before = self._summaries.pop(case, None)
        if before is None:
            return
        if before.next_due is not None:
            del self._due[bisect_left(self._due, (before.next_due, case))]
        for names, found in ((before.people, self._by_person), (before.groups, self._by_group)):
            for name in names:
                found[name].discard(case)
                if not found[name]:
                    del found[name]
        self._waiting.discard(case)

    def cases_of(self, person: str) -> tuple[str, ...]:
        return self._oldest_first(self._by_person.get(person, set()))

    def cases_of_group(self, workplace: str) -> tuple[str, ...]:
        return self._oldest_first(self._by_group.get(workplace, set()))

    def _oldest_first(self, cases: set[str]) -> tuple[str, ...]:
        return tuple(sorted(cases, key=lambda case: (self._summaries[case].began_at, case)))

    def closed(self) -> tuple[str, ...]:
        return tuple(sorted(case for case, one in self._summaries.items() if one.closed))

    def open_cases(self) -> int:
        return sum(not one.closed and len(one.people) + len(one.groups) > 1 for one in self._summaries.values())

    def due(self, now: datetime) -> tuple[str, ...]:
        return tuple(case for _, case in self._due[: bisect_right(self._due, now, key=lambda entry: entry[0])])

    def next_due(self) -> datetime | None:
        return self._due[0][0] if self._due else None

    def pending(self) -> tuple[Pending, ...]:
        """Oldest first; of one moment, in the order of the case ids and within a case as they were queued."""
        rows = [row for case in sorted(self._waiting) for row in self._summaries[case].pending]
        return tuple(sorted(rows, key=lambda row: row.queued_at))
