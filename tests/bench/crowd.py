"""Who takes part in a measurement: invented leaders and employees, as settings. Imports nothing a bot would not."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.setup.settings import Settings, read_settings
from casework.people import Person
from casework.vocabulary import PersonId

MASTER_KEY = bytes(range(32))
SECRET = "only for measuring"
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
"""When everything happens: an hour after the cases were told, so that no reminder comes in between."""
AT_ONCE = 16
"""People who write or press at the same moment, each in a conversation of their own."""
CROWD = 15 * AT_ONCE
"""Leaders, and as many employees; each of the 1,000 cases is between two of them."""


def leader(number: int) -> PersonId:
    return PersonId(f"5f000000-0000-4000-8001-{number:012d}")


def employee(number: int) -> PersonId:
    return PersonId(f"5f000000-0000-4000-8002-{number:012d}")


def settings(folder: Path) -> Settings:
    """The rehearsal's settings with the crowd among its people."""
    ordinary = replace(read_settings({}, rehearsal=True), data=folder, port=0, host="127.0.0.1")
    crowd = [Person(leader(n), f"Leder {n}") for n in range(CROWD)]
    crowd += [Person(employee(n), f"Medarbejder {n}") for n in range(CROWD)]
    organisation = ordinary.organisation
    return replace(ordinary, organisation=replace(organisation, people=(*organisation.people, *crowd)))
