"""Check-ins: nothing is known of them but that they were sent (`Reminded`), and whether they are wanted."""

from dataclasses import dataclass

from casework.events.event import Event


@dataclass(frozen=True, kw_only=True)
class CheckInsSwitched(Event):
    """The person wants no more of them, or wants them after all. No reason, no answer."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class PaceSet(Event):
    """The days and hours by which this case reminds of what can wait, as the settings had them when it was sent.

    `begin` and `end` are minutes after midnight, `closed` ordinal days, `every_year` month * 100 + day.
    """

    silent_days: int
    check_ins: tuple[int, ...]
    begin: int
    end: int
    weekdays: tuple[int, ...]
    closed: tuple[int, ...]
    every_year: tuple[int, ...]
