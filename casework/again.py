"""What was done last, and whether that was just now: a second press within the minute is the same look or making."""

from datetime import datetime, timedelta
from typing import TypeVar

from casework import events as e
from casework.case import Case

ONE_PRESS = timedelta(minutes=1)
Done = TypeVar("Done", bound=e.Event)


def newest(case: Case, kind: type[Done], **of: object) -> Done | None:
    """The last of its kind, by that person or of whatever else is named."""
    found = (event for event in reversed(case.log) if isinstance(event, kind))
    return next((event for event in found if all(getattr(event, name) == value for name, value in of.items())), None)


def same_press(last: e.Event | None, now: datetime) -> bool:
    """Whether what is asked for has been done just now."""
    return last is not None and now - last.at < ONE_PRESS
