"""What time brings in a case besides the 72 hours: steps, the analysis, its follow-ups, and what each area has."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from casework import measures, messages, removal, safetynet, silence, talk, wellbeing, workplace_agenda
from casework.calendar import MORNING, WorkingDays, add_working_days, at_clock, days_after, local, utc, working_morning
from casework.case import Case, StepState
from casework.plan import is_closed, step_of
from casework.reminder import Reminder
from casework.vocabulary import FollowUpAnswer, Stage, StepId

ANALYSIS = StepId("analysis")
MOST_OFFERED_DAYS = 14  # working mornings
ANALYSIS_DAYS = (14, 21, *range(51, 381, 30))  # after the report was sent, as long as nobody has finished it
FOLLOW_UP_DAYS = (30, 90, *range(120, 750, 30))  # after the analysis, until it is done or dropped
ROOMS = (safetynet, messages, removal, silence, talk, wellbeing, workplace_agenda)
"""Areas with reminders of their own; each says itself at which stage of a case it speaks."""
OF_A_DAY = (talk, wellbeing, workplace_agenda)
"""Those of them that have something for one day and no other, besides the 72 hours."""


def daily_work(case: Case) -> Iterator[Reminder]:
    """Everything but the 72 hours. Of a closed case only what was learned from it goes on."""
    if case.stage is Stage.OPEN:
        yield from _open_steps(case)
    if case.stage in (Stage.OPEN, Stage.CLOSED):
        yield from _analysis(case)
        yield from _follow_ups(case)
    for room in ROOMS:
        yield from room.reminders(case)


def bound_to_a_day(case: Case) -> Iterator[Reminder]:
    """All of it that may be, and some that is not."""
    for room in OF_A_DAY:
        yield from room.reminders(case)


def _open_steps(case: Case) -> Iterator[Reminder]:
    for step, state in case.steps.items():
        if _is_open(case, step):
            yield from _postponed(case, step, state)
            yield from _offered(case, step, state)


def _is_open(case: Case, step: StepId) -> bool:
    planned = step_of(case, step)
    return planned is not None and not is_closed(case, planned)


def _postponed(case: Case, step: StepId, state: StepState) -> Iterator[Reminder]:
    """Whoever asked for it is reminded. Was that day while the case was closed, on the morning after it was opened."""
    if state.until is not None and state.postponed_by is not None:
        since, name = case.closing.counted_from(state.until), f"{utc(state.until).isoformat()}:{state.postponed_by}"
        at = utc(state.until) if since == state.until else days_after(since, 1)
        yield Reminder(f"postponed:{step}:{name}", "postponed", state.postponed_by, at, step=step)


def _offered(case: Case, step: StepId, state: StepState) -> Iterator[Reminder]:
    """A step handed over is the other's only once accepted; until then the giver hears of it every working morning."""
    if state.offered_to is None or state.offered_by is None or state.offered_at is None:
        return
    since = case.closing.counted_from(state.offered_at)
    for day in range(1, MOST_OFFERED_DAYS + 1):
        name = f"offered:{step}:{utc(since).isoformat()}:{day}"
        at = at_clock(add_working_days(local(since).date(), day, case.pace.working), MORNING)
        yield Reminder(name, "offered", state.offered_by, at, step=step)


def _analysis(case: Case) -> Iterator[Reminder]:
    # a call that was made is closed too, and teaches nothing: it has no episode
    if case.sent_at is None or not case.episodes or not _is_open(case, ANALYSIS):
        return
    to, sent = case.recipient if case.group is None else None, utc(case.sent_at).isoformat()
    for days, at in analysis_days(case):
        yield Reminder(f"analysis:{days}:{sent}", "analysis", to, at, step=ANALYSIS)


def analysis_days(case: Case) -> Iterator[tuple[int, datetime]]:
    """When the analysis is due, and reminded of: that day, or the next working morning."""
    if case.sent_at is not None:
        yield from _analysis_days(local(case.sent_at).date(), case.pace.working)


@lru_cache(maxsize=4096)
def _analysis_days(sent: date, working: WorkingDays) -> tuple[tuple[int, datetime], ...]:
    return tuple((days, working_morning(sent + timedelta(days=days), 0, working)) for days in ANALYSIS_DAYS)


def _follow_ups(case: Case) -> Iterator[Reminder]:
    if case.analysis is None:
        return
    to = case.analysis.follow_up_by or case.analysis.by
    decided = local(case.analysis.at).date()
    for place, measure in enumerate(case.analysis.measures):  # one a day: no pile of questions
        answer, _ = case.followed_up.get(measure, (FollowUpAnswer.UNDER_WAY, None))
        if answer is FollowUpAnswer.UNDER_WAY and case.measures.of(measure):
            yield from measures.asked_about(case, measure)
        elif answer is FollowUpAnswer.UNDER_WAY:
            for days, at in _follow_up_days(decided, place, case.pace.working):
                yield Reminder(f"follow_up:{measure}:{days}:{to}", "follow_up", to, at, item=measure)


@lru_cache(maxsize=4096)
def _follow_up_days(decided: date, place: int, working: WorkingDays) -> tuple[tuple[int, datetime], ...]:
    return tuple((days, working_morning(decided + timedelta(days=days), place, working)) for days in FOLLOW_UP_DAYS)
