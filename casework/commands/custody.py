"""Keeping and closing what was given: legal staff's look and hold, destroying, withdrawing, announcing the end."""

from dataclasses import dataclass
from datetime import date

from casework.commands.command import Command, Written
from casework.vocabulary import ItemId


@dataclass(frozen=True, kw_only=True)
class ConsultCase(Command):
    """Legal staff: show me the case of that number."""


@dataclass(frozen=True, kw_only=True)
class SetHold(Command):
    """Legal staff: nothing of it is destroyed until I lift this."""

    reason: Written


@dataclass(frozen=True, kw_only=True)
class LiftHold(Command):
    """Legal staff: it may go when its time has come."""

    reason: Written


@dataclass(frozen=True, kw_only=True)
class DestroyItem(Command):
    """Before Send: take it out of my draft, and destroy it."""

    item: ItemId


@dataclass(frozen=True, kw_only=True)
class WithdrawItem(Command):
    """After Send: close what I gave to all but legal staff."""

    item: ItemId


@dataclass(frozen=True, kw_only=True)
class AnnounceErasure(Command):
    """Værn itself: tell those it is about on which day the case is erased."""

    erase_on: date
