"""What a row of the access table is, and the ways to say who may: `tests/access_table.py` reads by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.crafted import Crafted

READS: tuple[str, ...] = ()
ANYBODY = "anybody"
"""The button has nothing to do with a case: it is answered alike whoever presses it, whatever case its data name."""


@dataclass(frozen=True)
class Row:
    button: Crafted
    may: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    case: str = "running"


def row(verb: str, may: Mapping[str, tuple[str, ...]], case: str = "running", inputs=None, **args: str) -> Row:
    return Row(Crafted(verb, args, inputs or {}), may, case)


AFFECTED = {"affected": READS}


def leader(*events: str) -> dict[str, tuple[str, ...]]:
    """The leader alone, and not where others read along."""
    return {"leader": events}


def anywhere(*events: str) -> dict[str, tuple[str, ...]]:
    """The leader; of what the channel's own buttons do, also there."""
    return {"leader": events, "leader_in_channel": events}


def shared(*events: str) -> dict[str, tuple[str, ...]]:
    """What the leader and the health and safety group may both do, here and there."""
    return {**anywhere(*events), "in_channel": events, "in_private": events}


EVERYBODY = {ANYBODY: READS}
AT = {"date": "2026-11-22", "time": "10:30"}
OWN = {"affected": READS, "reporter": READS}
LOOKS = {"leader": ("item_opened",), "legal": ("item_opened",)}
"""Who looks into what was given, and leaves in the log that they did."""
