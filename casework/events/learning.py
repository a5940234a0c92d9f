"""What time has brought, and what the health and safety group learns."""

from dataclasses import dataclass
from datetime import datetime

from casework.events.event import Event
from casework.vocabulary import FollowUpAnswer, ItemId, PersonId


@dataclass(frozen=True, kw_only=True)
class Reminded(Event):
    """One message went to one person (or the group) about what is due; `covers` are the reminders it answers.

    `later`: what waited too and is said on another day, each on one of `mornings`.
    """

    to: PersonId | None  # None: the health and safety group
    reminder: str
    covers: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    mornings: tuple[datetime, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReminderUnsaid(Event):
    """What was to be said to that person on a certain day was not: the 72 hours had all the messages of it."""

    to: PersonId
    reminder: str


@dataclass(frozen=True, kw_only=True)
class AnalysisTaken(Event):
    """A member of the group does the analysis, in personal chat (B21)."""


@dataclass(frozen=True, kw_only=True)
class AnalysisFinished(Event):
    """The form is answered. `answers` is one item; `measures` are the decided measures, each its own item.

    `plan`: the one of them that is a proposal to change the emergency plan (H10).
    """

    answers: ItemId
    measures: tuple[ItemId, ...]
    change_plan: bool
    follow_up_by: PersonId | None = None
    plan: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class FollowedUp(Event):
    """How a decided measure is going."""

    measure: ItemId
    answer: FollowUpAnswer
    reason: ItemId | None = None  # why it was dropped
