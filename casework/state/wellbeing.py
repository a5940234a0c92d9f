"""Check-ins as they stand: who wants none, which were sent, and when one was put off. Nothing of how anybody is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casework import events as e
from casework.state import changed
from casework.vocabulary import PersonId

CHECK_IN = "check_in"


@dataclass(frozen=True)
class Wellbeing:
    """`sent` and `put_off` by (person, day): a check-in that something more pressing stood for comes another day."""

    off: frozenset[PersonId] = frozenset()
    on_since: Mapping[PersonId, datetime] = field(default_factory=dict)
    """When they were wanted again; what would have come before that is not made up for."""
    sent: Mapping[tuple[PersonId, int], str] = field(default_factory=dict)
    put_off: Mapping[tuple[PersonId, int], datetime] = field(default_factory=dict)


def wellbeing_after(wellbeing: Wellbeing, event: e.Event) -> Wellbeing:
    """The same after one more event: switched, sent, or put off."""
    match event:
        case e.CheckInsSwitched():
            off = wellbeing.off - {event.by} if event.on else wellbeing.off | {event.by}
            return changed(wellbeing, off=off, on_since={**wellbeing.on_since, event.by: event.at})
        case e.Reminded():
            return _reminded(wellbeing, event)
        case e.ReminderUnsaid() if event.reminder.startswith(f"{CHECK_IN}:"):
            return _put_off(wellbeing, event.to, event.reminder, event.at)
    return wellbeing


def _reminded(wellbeing: Wellbeing, event: e.Reminded) -> Wellbeing:
    """One that was said late, after its hours, was not sent: it is put off as well."""
    for name in (event.reminder, *event.covers):
        if name.startswith(f"{CHECK_IN}:"):
            key = (event.to, day_of(name))
            if name == event.reminder and event.at < ends(name):
                wellbeing = changed(wellbeing, sent={**wellbeing.sent, key: name})
            else:
                wellbeing = _put_off(wellbeing, event.to, name, event.at)
    return wellbeing


def _put_off(wellbeing: Wellbeing, person: PersonId, name: str, at: datetime) -> Wellbeing:
    """It was not sent, though it may have been on its way, and comes another day."""
    key = (person, day_of(name))
    sent = {of: said for of, said in wellbeing.sent.items() if (of, said) != (key, name)}
    return changed(wellbeing, sent=sent, put_off={**wellbeing.put_off, key: at})


def day_of(name: str) -> int:
    """1, 7 or 21: which one it is."""
    return int(name.split(":")[1])


def ends(name: str) -> datetime:
    """When the hours are over in which it may be sent."""
    return datetime.fromisoformat(name.split(":")[2])
