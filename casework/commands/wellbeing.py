"""Check-ins are wanted, or not."""

from dataclasses import dataclass

from casework.commands.command import Command


@dataclass(frozen=True, kw_only=True)
class SwitchCheckIns(Command):
    """Off, or on again, for whoever asks it."""

    on: bool
