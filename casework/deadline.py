"""The 72 hours: per episode, from the episode itself, whatever anyone has decided. L4, L5, B15."""

from datetime import date, datetime, timedelta

from casework.calendar import local, start_of, utc
from casework.case import Case, Episode, OutcomeKey
from casework.vocabulary import Certainty, Stage

RESPONSE_TIME = timedelta(hours=72)
AS_TOLD = frozenset({Certainty.EXACT})
"""These count from the moment that was told; the others from the start of that day, the earliest it can have been."""


def began_at(certainty: Certainty, moment: datetime | None = None, day: date | None = None) -> datetime:
    """The earliest moment that counts, UTC. `day` is Copenhagen's. ValueError when neither is given."""
    if moment is not None and certainty in AS_TOLD:
        return utc(moment)
    if moment is not None:
        return start_of(local(moment).date())
    if day is None:
        raise ValueError("Neither a moment nor a day was given. Expected one of them.")
    return start_of(day)


def deadline(episode: Episode) -> datetime:
    """72 hours that have really passed (L4), UTC: summer time neither gives nor takes one."""
    return utc(episode.began_at) + RESPONSE_TIME


def has_passed(episode: Episode, now: datetime) -> bool:
    return utc(now) >= deadline(episode)


def hours_left(until: datetime, now: datetime) -> int:
    """Whole hours still to come; below zero when it has passed."""
    return (utc(until) - utc(now)) // timedelta(hours=1)


def questions(case: Case) -> tuple[OutcomeKey, ...]:
    """What the police branch must answer: every (episode, affected person), in time order. Empty for a draft.

    With nobody named it is (episode, None): either nobody is affected, or the leader first says who is.
    Whoever denies the offence or wants no more done still counts, until an outcome is recorded.
    """
    if case.stage is Stage.DRAFT:
        return ()
    people = tuple(dict.fromkeys(case.affected)) or (None,)
    return tuple((episode.id, person) for episode in case.in_time_order for person in people)


def open_questions(case: Case) -> tuple[OutcomeKey, ...]:
    """Those without an outcome."""
    return tuple(question for question in questions(case) if question not in case.outcomes)
