"""The button that says whose a decided measure is, and by when."""

from collections.abc import Mapping
from datetime import date

from bot.readings.pressed import Pressed, Reading, someone
from casework import commands as c
from casework.vocabulary import ItemId, Refused
from dialogs import dates, days_ahead


async def _assign_measure(pressed: Pressed) -> c.Command:
    for name in ("measure", "owner", "due"):
        if not pressed.said(name):
            raise Refused(f"measure_{name}_missing")
    owner = await someone(pressed.desk, pressed.said("owner"))
    due = _day(pressed)
    return c.AssignMeasure(**pressed.head(), measure=ItemId(pressed.said("measure")), owner=owner.id, due=due)


def _day(pressed: Pressed) -> date:
    """A day of the field; where a client sends what was typed, one that is to come."""
    said = pressed.said("due")
    try:
        return dates.near_enough(date.fromisoformat(said))
    except ValueError:
        return days_ahead.day_ahead(said, pressed.desk.now())


READINGS: Mapping[str, Reading] = {"assign_measure": _assign_measure}
"""Verb → command."""
