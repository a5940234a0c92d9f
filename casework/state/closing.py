"""Whether anything is missing, who closed the case and when, and what has opened it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casework import events as e
from casework.state import changed
from casework.vocabulary import ClosingAnswer, ItemId, PersonId, Reopened


@dataclass(frozen=True)
class AskedToClose:
    """The question "Is anything missing?" to one person. `answer` None: not answered.

    `over`: it was asked before the case was opened again.
    """

    at: datetime
    answer_by: datetime
    answer: ClosingAnswer | None = None
    answered_at: datetime | None = None
    words: ItemId | None = None
    over: bool = False


@dataclass(frozen=True)
class Closing:
    """`closed_at` stands until the case is opened again; `reopened_at`: the last time it was, `reopened`: how often."""

    asked: Mapping[PersonId, AskedToClose] = field(default_factory=dict)
    analysis_asked_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: PersonId | None = None
    journal: ItemId | None = None
    reopened_at: datetime | None = None
    reopened: int = 0
    reopened_by: PersonId | None = None
    because: Reopened | None = None
    why: ItemId | None = None

    def question_to(self, person: PersonId) -> AskedToClose | None:
        """The question to this person. What was asked before the case was opened again is asked anew."""
        asked = self.asked.get(person)
        return None if asked is None or asked.over else asked

    def counted_from(self, moment: datetime) -> datetime:
        """What is counted from that moment is counted anew from when the case was opened again."""
        return moment if self.reopened_at is None else max(moment, self.reopened_at)


ClosingEvent = e.AskedIfMissing | e.ClosingAnswered | e.AnalysisAsked | e.CaseClosed | e.CaseReopened


def closing_after(closing: Closing, event: ClosingEvent) -> Closing:
    """The end of the case after one of its own events."""
    match event:
        case e.AskedIfMissing():
            return changed(closing, asked={**closing.asked, event.person: AskedToClose(event.at, event.answer_by)})
        case e.ClosingAnswered():
            asked = closing.asked[event.by]
            said = changed(asked, answer=event.answer, answered_at=event.at, words=event.words)
            return changed(closing, asked={**closing.asked, event.by: said})
        case e.AnalysisAsked():
            return changed(closing, analysis_asked_at=event.at)
        case e.CaseClosed():
            return changed(closing, closed_at=event.at, closed_by=event.by, journal=event.journal or closing.journal)
        case _:
            asked = {person: changed(one, over=True) for person, one in closing.asked.items()}
            again = changed(closing, asked=asked, closed_at=None, closed_by=None, reopened_at=event.at)
            again = changed(again, reopened=closing.reopened + 1)
            return changed(again, reopened_by=event.by, because=event.because, why=event.why)
