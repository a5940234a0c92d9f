"""The buttons of what is written down about asking for accepts."""

from collections.abc import Mapping

from bot.readings.pressed import Pressed, Reading
from casework import commands as c
from casework.vocabulary import PersonId, Refused


async def _note_unreachable(pressed: Pressed) -> c.Command:
    person = pressed.said("unreached")
    if not person:
        raise Refused("person_unknown")
    return c.NoteUnreachable(
        **pressed.head(),
        person=PersonId(person),
        tried=pressed.written("tried"),
        legal_staff=pressed.written("legal_staff"),
    )


READINGS: Mapping[str, Reading] = {"note_unreachable": _note_unreachable}
"""Verb → command."""
