"""What time brings of the report in SafetyNet: due 14 days after each episode, until the one step is done. B8, B20."""

from collections.abc import Iterator
from datetime import datetime

from casework import events as e
from casework.calendar import MORNING, add_working_days, at_clock, days_after, is_working_day, local, utc
from casework.case import Case, Episode, StepState
from casework.reminder import Reminder, known_at
from casework.vocabulary import PersonId, Stage, StepId

SAFETYNET = StepId("safetynet")
DAYS = (3, 7, 12)  # or the next working morning
DUE = 14  # days after the episode the report is due, whatever day that is
LATE = 14
"""For an episode of which all those days were past when it became known: the next working morning instead."""
NEW = "safetynet_new"


def reminders(case: Case) -> Iterator[Reminder]:
    """Of every episode; on a day on which several fall, one stands for all. Who is reminded reports once."""
    if case.stage is not Stage.OPEN:
        return
    state = case.step(SAFETYNET)
    if state.closed:
        yield from _told_since(case, state)
        return
    for at, (kind, of) in _mornings(case).items():
        for seat, person in _seats(case, state).items():
            # named by seat, not by person: whoever takes the step over is not told of days that others were told of
            name = f"{kind}:{of.id}:{utc(of.began_at).isoformat()}:{seat}"
            yield Reminder(name, kind, person, at, step=SAFETYNET)


def _mornings(case: Case) -> dict[datetime, tuple[str, Episode]]:
    """Each with the earliest episode that it is a day of."""
    found: dict[datetime, tuple[str, Episode]] = {}
    for episode in case.in_time_order:
        for days, at in _days(case, episode):
            found.setdefault(at, (f"safetynet_{days}", episode))
    return found


def _days(case: Case, episode: Episode) -> list[tuple[int, datetime]]:
    known, began = known_at(case, episode), episode.began_at
    ahead = [days for days in DAYS if days_after(began, days) >= known]
    days = [(day, _on_a_working_morning(case, episode, days_after(began, day))) for day in ahead]
    return days or [(LATE, _next_morning(case, known))]


def _on_a_working_morning(case: Case, episode: Episode, at: datetime) -> datetime:
    """The next one; where that is after the last day of the report, the one before; should that be over, at all."""
    day, working = local(at).date(), case.pace.working
    if is_working_day(day, working):
        return at
    later = add_working_days(day, 1, working)
    if later <= local(days_after(episode.began_at, DUE)).date():
        return at_clock(later, MORNING)
    before = (days_after(at, -days) for days in range(1, DUE))
    known = known_at(case, episode)
    return next((one for one in before if one >= known and is_working_day(local(one).date(), working)), at)


def _next_morning(case: Case, known: datetime) -> datetime:
    return at_clock(add_working_days(local(known).date(), 1, case.pace.working), MORNING)


def _seats(case: Case, state: StepState) -> dict[str, PersonId | None]:
    """Whose step it is: the leader's and the group's, until one person has taken it."""
    if state.owner is not None or case.group is None:
        return {"owner": state.owner or case.recipient}
    return {"owner": case.recipient, "group": None}


def due(episode: Episode) -> datetime:
    """The morning of its last day; the whole of that day is in time."""
    return days_after(episode.began_at, DUE)


def in_time(case: Case) -> bool:
    """It was reported within the 14 days of every episode that had been told of by then."""
    state = case.step(SAFETYNET)
    if state.done_at is None or state.reason is not None:
        return False
    done = utc(state.done_at)
    before = [one for one in case.in_time_order if not _first_told_after(case, one, done)]
    return bool(before) and all(local(done).date() <= local(due(one)).date() for one in before)


def over(case: Case, now: datetime) -> tuple[Episode, ...]:
    """Episodes whose 14 days have gone while the step was open. It can still be reported, and is to be."""
    if case.step(SAFETYNET).closed:
        return ()
    return tuple(episode for episode in case.in_time_order if local(due(episode)).date() < local(now).date())


def next_due(case: Case, now: datetime) -> datetime | None:
    """The nearest day that is still ahead. None: there is none."""
    if not case.episodes:
        return days_after(case.sent_at or now, DUE)
    ahead = (due(one) for one in case.in_time_order if local(due(one)).date() >= local(now).date())
    return min(ahead, default=None)


def _told_since(case: Case, state: StepState) -> Iterator[Reminder]:
    """The step was closed before these were told of: whoever has it is asked once whether they are to be reported."""
    new: dict[datetime, Episode] = {}
    for episode in case.in_time_order:
        if _first_told_after(case, episode, state.done_at):
            new.setdefault(_next_morning(case, known_at(case, episode)), episode)
    for at, episode in new.items():
        yield Reminder(f"{NEW}:{episode.id}", NEW, state.owner or case.recipient, at, step=SAFETYNET)


def _first_told_after(case: Case, episode: Episode, closed_at: datetime | None) -> bool:
    """What was only corrected since is not new."""
    if closed_at is None or utc(episode.told_at) <= utc(closed_at):
        return False
    told = (event for event in case.log if isinstance(event, e.EpisodeTold) and event.episode == episode.id)
    return any(utc(event.at) > utc(closed_at) for event in told)
