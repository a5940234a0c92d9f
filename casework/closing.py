"""When a case can be closed, and what opens it again (W2, D2, D3).

A call that was made is closed too, and is another matter: it has no plan and nothing to miss.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casework import commands as c
from casework import events as e
from casework import workplace_agenda
from casework.agenda import analysis_days
from casework.calendar import days_after, utc
from casework.case import ANALYSIS, TALK, Case
from casework.deadline import open_questions
from casework.messages import unread
from casework.plan import is_closed, owner_of, step_of, steps_of
from casework.reminder import Reminder
from casework.state.wellbeing import CHECK_IN
from casework.vocabulary import PersonId, Refused, Reopened, Stage, StepId
from casework.writing import a_few_words, not_too_long

SAFETYNET, UPDATED = StepId("safetynet"), StepId("keep_updated")
MAY_CLOSE_DAYS = (7, 37, 97)
"""After the last thing was done: when whoever has the case is reminded that it can be closed."""
FEWEST_TOUCHED = 6
"""Steps that somebody has closed by hand where all are closed: below that nobody need look at all of them."""
LONGEST_JOURNAL = 100  # characters
ANSWER_WITHIN = 5
"""Working days an affected person has to say whether anything is missing."""
COUNTS = frozenset({"nothing", "enough", "silent", "not_told"})
"""How an affected person may stand when the case is closed."""
TO_BE_ASKED = frozenset({"unasked", "something"})


@dataclass(frozen=True)
class Gap:
    """What still stands between the case and its end. `what`: safetynet, police, unnamed, analysis, untold, unread,
    unasked, waiting, something; the last five are about `person`."""

    what: str
    person: PersonId | None = None


# -- what is missing -------------------------------------------------------------------------------------------------


def gaps(case: Case, now: datetime) -> tuple[Gap, ...]:
    """Everything that is missing, in the order in which it is shown; empty: the case can be closed."""
    return (*_work(case), *_people(case, now))


def _work(case: Case) -> Iterator[Gap]:
    """The workplace's own duties, whatever anybody has answered (D2)."""
    if not case.step(SAFETYNET).closed:
        yield Gap("safetynet")
    if not case.affected and not case.nobody_affected:
        yield Gap("unnamed")
    elif open_questions(case):
        yield Gap("police")
    if not analysis_stands(case):
        yield Gap("analysis")


def _people(case: Case, now: datetime) -> Iterator[Gap]:
    for person in case.affected:
        stands = stands_of(case, person, now)
        if stands not in COUNTS:
            yield Gap(stands, person)


def stands_of(case: Case, person: PersonId, now: datetime) -> str:
    """How one affected person stands to the end of the case, each for themselves.

    unread: they wrote something that whoever has the case has not opened; what they had answered before may be over.
    enough: they want no more done, or do not feel offended, and have said so (D3). not_told: they were not reached, and
    the talk was set aside with a reason.
    """
    if person not in case.told:
        return "not_told" if case.step(TALK).reason else "untold"
    if unread(case, person, of_person=True):
        return "unread"
    asked = case.closing.question_to(person)
    if asked is not None and asked.answer is not None:
        return asked.answer.value
    if person in case.denied or person in case.no_more:
        return "enough"
    if asked is None:
        return "unasked"
    return "silent" if utc(now) >= utc(asked.answer_by) else "waiting"


def analysis_stands(case: Case) -> bool:
    """It is done; or it is somebody's, and they are reminded until it is, also after the case is closed (B21, H9).

    The group's it is from the day it was asked to begin: by time, or by whoever has the case.
    """
    planned = step_of(case, ANALYSIS)
    if planned is None or is_closed(case, planned) or owner_of(case, planned) is not None:
        return True
    by_time = any(name.startswith("analysis:") for name in case.reminded)
    return by_time or case.closing.analysis_asked_at is not None


# -- decisions -------------------------------------------------------------------------------------------------------


def ask_if_missing(case: Case, command: c.AskIfMissing, now: datetime) -> tuple[e.Event, ...]:
    """Everybody who has heard of the case and has not said yet that nothing is missing."""
    _open(case)
    people = [person for person in case.affected if stands_of(case, person, now) in TO_BE_ASKED]
    return tuple(
        e.AskedIfMissing(by=command.by, at=now, person=person, answer_by=command.answer_by) for person in people
    )


def answer_closing(case: Case, command: c.AnswerClosing, now: datetime) -> tuple[e.Event, ...]:
    """The person's own answer; it can be changed as long as the case is open. Words are for whoever has it."""
    asked = case.closing.question_to(command.by)
    if asked is None:
        raise Refused("not_asked")
    not_too_long(command.words)
    said = command.words.item if command.words and command.words.text.strip() else None
    if (asked.answer, asked.words) == (command.answer, said):
        return ()
    return (e.ClosingAnswered(by=command.by, at=now, answer=command.answer, words=said),)


def ask_for_analysis(case: Case, command: c.AskForAnalysis, now: datetime) -> tuple[e.Event, ...]:
    """The group is asked to begin before its day has come."""
    _open(case)
    return () if analysis_stands(case) else (e.AnalysisAsked(by=command.by, at=now),)


def close_case(case: Case, command: c.CloseCase, now: datetime) -> tuple[e.Event, ...]:
    """Closed when nothing is missing. A second press changes nothing."""
    if case.stage is Stage.CLOSED:
        return ()
    if gaps(case, now):
        raise Refused("not_ready_to_close")
    not_too_long(command.journal, LONGEST_JOURNAL)
    number = command.journal.item if command.journal and command.journal.text.strip() else None
    return (e.CaseClosed(by=command.by, at=now, journal=number),)


def reopen_case(case: Case, command: c.ReopenCase, now: datetime) -> tuple[e.Event, ...]:
    """At any time, however long ago. The leader says why; of an affected person no reason is asked (D3)."""
    if case.stage is Stage.OPEN:
        return ()
    if command.by not in case.affected:
        a_few_words(command.why, "again_reason_missing")
    not_too_long(command.why)
    why = command.why.item if command.why and command.why.text.strip() else None
    return (e.CaseReopened(by=command.by, at=now, because=Reopened.ASKED, why=why),)


def _open(case: Case) -> None:
    if case.stage is not Stage.OPEN:
        raise Refused("case_closed")


# -- what opens it by itself -----------------------------------------------------------------------------------------


def opens_again(case: Case, after: Case, command: c.Command, now: datetime) -> tuple[e.Event, ...]:
    """A closed case with something new in it is open: a new episode has its own 72 hours. `after`: with the news."""
    if case.stage is not Stage.CLOSED or after.stage is not Stage.CLOSED or not case.episodes:
        return ()
    because = _because(case, after)
    return (e.CaseReopened(by=command.by, at=now, because=because),) if because else ()


def _because(case: Case, after: Case) -> Reopened | None:
    if after.episodes.keys() - case.episodes.keys():
        return Reopened.EPISODE
    if after.items.keys() - case.items.keys():
        return Reopened.EVIDENCE
    return Reopened.POLICE if set(open_questions(after)) - set(open_questions(case)) else None


# -- what time brings ------------------------------------------------------------------------------------------------


def reminders(case: Case) -> Iterator[Reminder]:
    """To whoever has the case: no answer is needed any more; or everything is done, and nobody has closed it."""
    if case.stage is not Stage.OPEN:
        return
    asked = (case.closing.question_to(person) for person in case.affected)
    waiting = [one for one in asked if one is not None and one.answer is None]
    for answer_by in dict.fromkeys(utc(one.answer_by) for one in waiting):
        yield Reminder(f"closing:{answer_by.isoformat()}", "closing", case.recipient, answer_by)
    if not waiting:
        yield from _all_done(case)


def _all_done(case: Case) -> Iterator[Reminder]:
    """To whoever has the case: every step is closed, but that the employee is kept updated until it is closed."""
    if len(case.steps) < FEWEST_TOUCHED:
        return
    if not all(is_closed(case, step) for step in steps_of(case) if step.id != UPDATED):
        return
    moments = [state.done_at for state in case.steps.values() if state.done_at is not None]
    learned = [case.analysis.at] if case.analysis else []
    last = max((*moments, *learned, *(one.at for one in case.outcomes.values())))
    last = utc(case.closing.counted_from(last))
    for days in MAY_CLOSE_DAYS:
        name = f"may_close:{last.isoformat()}:{days}:{case.recipient}"
        yield Reminder(name, "may_close", case.recipient, days_after(last, days))


def slept_through(case: Case, reminder: Reminder) -> bool:
    """Whether it came due before the case was opened again, and is no news. Never the 72 hours, nor what went on, nor
    what still lies ahead."""
    reopened = case.closing.reopened_at
    if reopened is None or reminder.legal or reminder.kind in GOES_ON:
        return False
    return reminder.at < utc(reopened) and (reminder.until is None or reminder.until <= utc(reopened))


GOES_ON = frozenset({"analysis", "follow_up", "unread", CHECK_IN, *workplace_agenda.KINDS})
"""What is reminded of in a closed case too."""


def analysis_day(case: Case, now: datetime) -> datetime | None:
    """When whoever has the analysis is reminded of it next."""
    return next((at for _, at in analysis_days(case) if at > utc(now)), None)
