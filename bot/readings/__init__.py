"""What a pressed button asks for: verb → command. Card data says what, never who: that is the verified sender.

Forms of the report belong to the dialog; these are the buttons of cases, and the typed words for them. Each area of the
work has a room of its own here.
"""

from collections.abc import Mapping

from bot.readings import accepts, closing, coaching, handling, letters, measures, removal, talk, workplace
from bot.readings.pressed import Pressed, Reading

__all__ = ["READINGS", "Pressed"]

READINGS: Mapping[str, Reading] = {
    **handling.READINGS,
    **measures.READINGS,
    **accepts.READINGS,
    **letters.READINGS,
    **workplace.READINGS,
    **talk.READINGS,
    **removal.READINGS,
    **closing.READINGS,
    **coaching.READINGS,
}
"""Buttons that change a case."""
