"""Papers made of a case: each making is a fact, so that the affected employee can read who has one (C8)."""

from datetime import datetime, timedelta

from casework import commands as c
from casework import events as e
from casework.case import Case

ONE_MAKING = timedelta(minutes=1)


def make_documentation(case: Case, command: c.MakeDocumentation, now: datetime) -> tuple[e.Event, ...]:
    """A second press within the minute is the same making."""
    made = (event for event in reversed(case.log) if isinstance(event, e.DocumentationMade) and event.by == command.by)
    last = next(made, None)
    if last is not None and now - last.at < ONE_MAKING:
        return ()
    return (e.DocumentationMade(by=command.by, at=now),)
