"""Numbers as they are read: the middle one, how far the others lie apart, and whether a goal is met."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, smallest and largest."""
    return {"median": round(median(values), 3), "min": round(min(values), 3), "max": round(max(values), 3)}


@dataclass(frozen=True)
class Goal:
    """A number, what it is a number of, and where it has to lie."""

    what: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def met(self) -> bool:
        return self.value >= self.at_least if self.at_least is not None else self.value < (self.at_most or 0)

    def document(self) -> dict[str, Any]:
        found = {"what": self.what, "value": round(self.value, 3), "unit": self.unit}
        return found | {"goal": self.wanted, "met": self.met}

    @property
    def wanted(self) -> str:
        return f"at least {self.at_least:g}" if self.at_least is not None else f"below {self.at_most:g}"


def told(goals: Sequence[Goal], measured: dict[str, Any]) -> str:
    lines = [f"{'':52}{'found':>10}  goal"]
    for goal in goals:
        mark = "" if goal.met else "   MISSED"
        lines.append(f"{goal.what:52}{goal.value:>7.4g} {goal.unit:<3} {goal.wanted}{mark}")
    lines += ["", "ratios: median (min to max) of rounds in turn"]
    lines += [f"  {name:20} {_range(found)}" for name, found in measured["ratios"].items()]
    lines += ["", "each by itself: per second; milliseconds for half and for 99 % of the requests; processor ms each"]
    for name, found in measured["turns"].items():
        each = "  ".join(_range(found[part]) for part in ("per_second", "half", "nearly_all", "processor"))
        lines.append(f"  {name:20} {each}")
    lines.append(f"  {'a step, cards and all':20} processor ms {_range(measured['step_and_cards'])}")
    stall = measured["stall"]
    return "\n".join([*lines, "", f"longest stall: {stall['where']} in {stall['story']}"])


def _range(found: dict[str, float]) -> str:
    return f"{found['median']:.4g} ({found['min']:.4g} to {found['max']:.4g})"
