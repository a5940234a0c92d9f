"""What Værn does by itself when nobody has: an affected person hears of it, and is asked, while there is still time.

Product: section 3 and "Reported by another". H6, B16.
"""

from collections.abc import Iterator
from datetime import datetime

from casework import events as e
from casework.calendar import earlier_if_night, next_waking, utc
from casework.case import Case, Episode
from casework.countdown import LATEST_HOUR
from casework.deadline import deadline, open_questions
from casework.evolving import evolve
from casework.pace import working_days_on
from casework.reminder import known_at
from casework.vocabulary import VAERN, ConsentKind, EpisodeId, PersonId, Stage


def done_by_itself(case: Case, now: datetime) -> tuple[e.Event, ...]:
    """Tell whoever must have heard by now, then ask whoever must have been asked by now."""
    told = tuple(e.AffectedTold(by=VAERN, at=now, person=person) for at, person in _to_be_told(case) if at <= now)
    for event in told:
        case = evolve(case, event)
    return (*told, *accepts_asked(case, now))


def accepts_asked(case: Case, now: datetime) -> tuple[e.Event, ...]:
    """The police accepts that must be asked now, of people who have heard of the case."""
    return tuple(
        e.ConsentAsked(by=VAERN, at=now, kind=ConsentKind.POLICE, person=person, episode=episode)
        for at, person, episode in _to_be_asked(case)
        if at <= now
    )


def next_by_itself(case: Case) -> datetime | None:
    """When there is next something to tell or ask."""
    return min((at for at, *_ in (*_to_be_told(case), *_to_be_asked(case))), default=None)


def _to_be_told(case: Case) -> Iterator[tuple[datetime, PersonId]]:
    """A human comes first; but a day before the earliest deadline the person's own card comes, told or not."""
    if case.stage is Stage.OPEN and case.episodes:
        for person in dict.fromkeys(case.affected):
            if person not in case.told and person not in case.excluded:
                yield _latest_told(case, person), person


def _latest_told(case: Case, person: PersonId) -> datetime:
    """Only a deadline that can still be reached hurries. Where none could, a human has the working days of silence.

    In a case that was opened again nobody had known it for longer than that: a human has their time anew.
    """
    since, named = case.closing.counted_from, _named_at(case, person)
    known = {episode: since(max((known_at(case, episode), *named))) for episode in case.episodes.values()}
    hurry = [at for episode, since in known.items() if (at := _a_day_before(episode, since)) < deadline(episode)]
    return min(hurry) if hurry else working_days_on(min(known.values()), case.pace.silent_days, case.pace)


def _a_day_before(episode: Episode, known: datetime) -> datetime:
    """Or as soon as people are up, when it became known later than that."""
    at = earlier_if_night(deadline(episode) - LATEST_HOUR)
    return at if at >= known else next_waking(known)


def _named_at(case: Case, person: PersonId) -> tuple[datetime, ...]:
    """When the leader named the person as affected; empty when the report did."""
    named = (event for event in case.log if isinstance(event, e.AffectedNamed) and person in event.people)
    return tuple(utc(event.at) for event in named)


def _to_be_asked(case: Case) -> Iterator[tuple[datetime, PersonId, EpisodeId]]:
    if case.stage is not Stage.OPEN:
        return
    for which, person in open_questions(case):
        if person is None or person not in case.told or person in case.excluded:
            continue
        episode = case.episodes[which]
        known = max(known_at(case, episode), utc(case.told[person]))
        # nothing is pressed on anyone about a deadline that was past when they heard of it: the leader may still ask
        if known < deadline(episode) and case.consent(ConsentKind.POLICE, person, which) is None:
            yield max(earlier_if_night(deadline(episode) - LATEST_HOUR), known), person, which
