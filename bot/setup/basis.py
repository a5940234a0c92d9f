"""On what an administration recognises known conduct: decided by somebody, on a day, until it is looked at again.

Without that it is off: what identifies people is kept only where somebody has said why it may be.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.setup.faults import shown

TABLE = "known_conduct"
DAYS = ("decided_on", "review_on")


@dataclass(frozen=True)
class Basis:
    """One administration's. `review_on`: from that day on nothing is recognised, until another day is decided."""

    administration: str
    decided_by: str
    decided_on: date
    review_on: date
    basis: str

    def holds_on(self, day: date) -> bool:
        return self.decided_on <= day < self.review_on


def bases(data: Mapping[str, Any]) -> tuple[Basis, ...]:
    """Those of settings that have been checked."""
    return tuple(Basis(**{**row, **{name: date.fromisoformat(row[name]) for name in DAYS}}) for row in data[TABLE])


def findings(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What no schema can say: an administration that is none, or has two; days that are none, or in the wrong order."""
    known, seen = {row.get("administration") for row in data["workplaces"]}, set()
    for place, row in enumerate(data.get(TABLE, ())):
        key, name = f"{TABLE}[{place}]", row["administration"]
        if name not in known:
            yield f"{key}.administration", shown(name), "No [[workplaces]] belongs to that administration."
        if name in seen:
            yield f"{key}.administration", shown(name), "It has a basis already. Expected each one only once."
        seen.add(name)
        yield from ((f"{key}.{day}", *fault) for day, fault in _days(row))


def _days(row: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    days = {name: _day(row[name]) for name in DAYS}
    for name in (name for name, day in days.items() if day is None):
        yield name, (shown(row[name]), "There is no such day.")
    if all(days.values()) and days["review_on"] <= days["decided_on"]:
        yield (
            "review_on",
            (shown(row["review_on"]), "It is not after the decision. Expected the day to look at it again."),
        )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
