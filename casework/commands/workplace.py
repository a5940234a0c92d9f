"""What is agreed at the workplace: risk, contact, who has been told, a debriefing."""

from dataclasses import dataclass
from datetime import datetime

from casework.commands.command import Command, Written
from casework.vocabulary import Audience, ContactWay, Held, PersonId


@dataclass(frozen=True, kw_only=True)
class AssessRisk(Command):
    """What may happen again, when they meet next, what is agreed, who follows up and when."""

    again: Written
    agreed: Written
    follow_up_by: Written
    follow_up_at: datetime
    meeting: Written | None = None


@dataclass(frozen=True, kw_only=True)
class AgreeProtection(Command):
    """How one affected employee is kept out of contact, and until when."""

    person: PersonId
    ways: tuple[ContactWay, ...] = ()
    words: Written | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class NoteTold(Command):
    """An audience was told: who, and on which day."""

    audience: Audience
    told_at: datetime
    who: Written


@dataclass(frozen=True, kw_only=True)
class PlanDebriefing(Command):
    """When, and with whom."""

    begins_at: datetime
    who: Written


@dataclass(frozen=True, kw_only=True)
class AnswerDebriefing(Command):
    """Whether the planned one was held."""

    held: Held
