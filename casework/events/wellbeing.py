"""Check-ins: nothing is known of them but that they were sent (`Reminded`), and whether they are wanted."""

from dataclasses import dataclass

from casework.events.event import Event


@dataclass(frozen=True, kw_only=True)
class CheckInsSwitched(Event):
    """The person wants no more of them, or wants them after all. No reason, no answer."""

    on: bool
