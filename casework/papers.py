"""Papers made of a case: each making is a fact, so that the affected employee can read who has one (C8)."""

from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.again import newest, same_press
from casework.case import Case


def make_documentation(case: Case, command: c.MakeDocumentation, now: datetime) -> tuple[e.Event, ...]:
    """A second press within the minute is the same making."""
    if same_press(newest(case, e.DocumentationMade, by=command.by), now):
        return ()
    return (e.DocumentationMade(by=command.by, at=now),)
