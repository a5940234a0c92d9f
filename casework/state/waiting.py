"""How long a leader may take to answer, and what was found when nobody else may have the case."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from casework import events as e
from casework.state import changed
from casework.vocabulary import PersonId


@dataclass(frozen=True)
class Patience:
    """Counted while people are up. What was promised when a report was sent is kept, whatever settings say later."""

    nudge: timedelta = timedelta(hours=2)
    hand_on: timedelta = timedelta(hours=4)


@dataclass(frozen=True)
class NobodyNext:
    """Since when `person`, who has the case and does not answer, has been the last who may have it.

    `looked_at`: when that was last found to be so; `again_at`: when it is looked again.
    """

    person: PersonId
    since: datetime
    looked_at: datetime
    again_at: datetime


@dataclass(frozen=True)
class Alone:
    """`person`, who has the case, is away from `since` until `back_at`, and nobody stands in."""

    person: PersonId
    since: datetime
    back_at: datetime


@dataclass(frozen=True)
class Waiting:
    """An employee waits for whoever has the case to say that they have seen it, to ring, or to be back."""

    patience: Patience = Patience()
    nobody: NobodyNext | None = None
    goes_on: bool = True
    """Whether it goes to another when nothing comes: not a call that was asked for before that was promised."""
    alone: Alone | None = None


def waiting_from(event: e.ReportSent | e.CallAsked) -> Waiting:
    """What was promised when it was sent, or asked; one from before there were such promises has the usual."""
    usual, given = Patience(), (event.nudge_minutes, event.hand_on_minutes)
    nudge, hand_on = (minutes and timedelta(minutes=minutes) for minutes in given)
    goes_on = isinstance(event, e.ReportSent) or hand_on is not None
    return Waiting(Patience(nudge or usual.nudge, hand_on or usual.hand_on), goes_on=goes_on)


WaitingEvent = e.NobodyNext | e.NobodyStandsIn | e.CaseHandedOn | e.CaseReopened | e.CaseSeen


def waiting_after(waiting: Waiting, event: WaitingEvent) -> Waiting:
    """Found again and again, it is so since the first time. Whoever gets the case next, or anew, has all the time there
    is."""
    if isinstance(event, e.NobodyStandsIn):
        return changed(waiting, alone=Alone(event.person, event.at, event.back_at))
    if not isinstance(event, e.NobodyNext):
        return changed(waiting, nobody=None, alone=None if isinstance(event, e.CaseHandedOn) else waiting.alone)
    since = waiting.nobody.since if waiting.nobody else event.at
    return changed(waiting, nobody=NobodyNext(event.person, since, event.at, event.again_at))
