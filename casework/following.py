"""Who has the case in hand, what the affected person says to it, and what the group learns (B21, H9)."""

from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.case import Case
from casework.measures import follows
from casework.naming import may_take_part
from casework.plan import owner_of, step_of
from casework.vocabulary import FollowUpAnswer, PersonId, Refused, StepId
from casework.writing import a_few_words, not_too_long

MOST_MEASURES = 10
LONGEST_ANSWERS = 20_000  # characters


def open_case(case: Case, command: c.OpenCase, now: datetime) -> tuple[e.Event, ...]:
    """The neutral notice is opened, once."""
    return () if case.opened_at else (e.CaseOpened(by=command.by, at=now),)


def mark_seen(case: Case, command: c.MarkSeen, now: datetime) -> tuple[e.Event, ...]:
    """The employee is told that it is seen, and by whom (W3)."""
    if case.seen_at:
        return ()
    opened = () if case.opened_at else (e.CaseOpened(by=command.by, at=now),)
    return (*opened, e.CaseSeen(by=command.by, at=now))


def deny_offence(case: Case, command: c.DenyOffence, now: datetime) -> tuple[e.Event, ...]:
    """The person does not feel offended: a valid answer; the experience decides, both ways (D3)."""
    return () if command.by in case.denied else (e.OffenceDenied(by=command.by, at=now),)


def want_no_more(case: Case, command: c.WantNoMore, now: datetime) -> tuple[e.Event, ...]:
    """The person wants no more done: recorded, and a valid reason for closing."""
    return () if command.by in case.no_more else (e.NoMoreWanted(by=command.by, at=now),)


def take_analysis(case: Case, command: c.TakeAnalysis, now: datetime) -> tuple[e.Event, ...]:
    """One of the group takes the form; the others are told whose it is."""
    if case.analysis_by == command.by or case.analysis:
        return ()
    if case.analysis_by is not None:
        raise Refused("analysis_taken", owner=case.analysis_by)
    return (e.AnalysisTaken(by=command.by, at=now),)


def finish_analysis(case: Case, command: c.FinishAnalysis, now: datetime) -> tuple[e.Event, ...]:
    """The form is answered: about the workplace, not about people. Decided measures are followed up."""
    if case.analysis is not None:
        return ()
    if _analyst(case) != command.by:
        raise Refused("step_belongs_to_another", step=StepId("analysis"), owner=_analyst(case))
    measures = _decided(command)
    if not command.answers.text.strip() and not measures:
        raise Refused("details_missing")
    not_too_long(command.answers, LONGEST_ANSWERS)
    for measure in measures:
        not_too_long(measure)
    may_take_part(case, command.follow_up_by)
    return (_finished(command, measures, now),)


def _decided(command: c.FinishAnalysis) -> tuple[c.Written, ...]:
    """The measures, and last what should change in the emergency plan."""
    measures = tuple(measure for measure in command.measures if measure.text.strip())[:MOST_MEASURES]
    return (*measures, command.plan) if command.plan else measures


def _finished(command: c.FinishAnalysis, measures: tuple[c.Written, ...], now: datetime) -> e.AnalysisFinished:
    return e.AnalysisFinished(
        by=command.by,
        at=now,
        answers=command.answers.item,
        measures=tuple(measure.item for measure in measures),
        change_plan=command.change_plan or command.plan is not None,
        follow_up_by=command.follow_up_by or command.by,
        plan=command.plan.item if command.plan else None,
    )


def _analyst(case: Case) -> PersonId | None:
    step = step_of(case, StepId("analysis"))
    return owner_of(case, step) if step else None


def answer_follow_up(case: Case, command: c.AnswerFollowUp, now: datetime) -> tuple[e.Event, ...]:
    """How a decided measure is going, said by whoever follows it up."""
    analysis = case.analysis
    if analysis is None or command.measure not in analysis.measures:
        raise Refused("nothing_open")
    if not follows(case, command.by, command.measure):
        raise Refused("step_belongs_to_another", step=StepId("analysis"), owner=analysis.follow_up_by)
    known = case.followed_up.get(command.measure)
    if known and known[0] is command.answer:
        return ()
    if command.answer is FollowUpAnswer.DROPPED:
        a_few_words(command.reason)
    reason = command.reason.item if command.reason and command.answer is FollowUpAnswer.DROPPED else None
    return (e.FollowedUp(by=command.by, at=now, measure=command.measure, answer=command.answer, reason=reason),)
