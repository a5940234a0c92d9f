"""How a case ends, and how it begins again."""

from dataclasses import dataclass
from datetime import datetime

from casework.events.event import Event
from casework.vocabulary import ClosingAnswer, ItemId, PersonId, Reopened


@dataclass(frozen=True, kw_only=True)
class AskedIfMissing(Event):
    """The leader would like to close the case: is anything missing? After `answer_by` no answer is needed any more."""

    person: PersonId
    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class ClosingAnswered(Event):
    """An affected person has answered, perhaps with words."""

    answer: ClosingAnswer
    words: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class AnalysisAsked(Event):
    """The leader has asked the group to begin its analysis now, so that it has somebody and a day."""


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Event):
    """Nothing was missing. `journal` is the number the whole case has been filed under, if there is one."""

    journal: ItemId | None = None


@dataclass(frozen=True, kw_only=True)
class CaseReopened(Event):
    """It goes on, because somebody asked for it (`why`), or because of something new."""

    because: Reopened
    why: ItemId | None = None
