"""The police branch: legal staff first, an assessment, each one's own accept, one of five outcomes. B12-B16, L1-L5."""

from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.case import Case
from casework.deadline import has_passed, questions
from casework.plan import accepted
from casework.vocabulary import Answer, Assessment, ConsentKind, OutcomeKind, PersonId, Refused, StepId


def assess_police(case: Case, command: c.AssessPolice, now: datetime) -> tuple[e.Event, ...]:
    """The leader's own assessment and the reason for it; not a verdict (L3)."""
    _legal_staff_first(case)
    if not command.reason.text.strip():
        raise Refused("reason_missing")
    return (
        e.PoliceAssessed(by=command.by, at=now, assessment=command.assessment, reason=command.reason.item),
    )


def _legal_staff_first(case: Case) -> None:
    if not case.step(StepId("legal_staff")).closed:
        raise Refused("legal_staff_first")


def record_outcome(case: Case, command: c.RecordOutcome, now: datetime) -> tuple[e.Event, ...]:
    """What came of the question for one (episode, affected person). Recorded once."""
    question = (command.episode, command.person)
    if command.person is None and not case.nobody_affected:
        raise Refused("affected_unnamed")
    if question not in questions(case):
        raise Refused("outcome_missing")
    known = case.outcomes.get(question)
    if known is not None:
        return _again(known.kind, command.outcome)
    _legal_staff_first(case)
    _lawful(case, command, now)
    return (_outcome(command, now),)


def _again(known: OutcomeKind, asked: OutcomeKind) -> tuple[e.Event, ...]:
    if known is asked:
        return ()
    raise Refused("already_recorded")


def _outcome(command: c.RecordOutcome, now: datetime) -> e.OutcomeRecorded:
    return e.OutcomeRecorded(
        by=command.by,
        at=now,
        episode=command.episode,
        person=command.person,
        outcome=command.outcome,
        details=command.details.item if command.details else None,
        reported_at=command.reported_at,
    )


def _lawful(case: Case, command: c.RecordOutcome, now: datetime) -> None:
    match command.outcome:
        case OutcomeKind.REPORTED:
            _reported(case, command, now)
        case OutcomeKind.NOT_REPORTED:
            if case.assessed is None or case.assessed.assessment is not Assessment.NOT_TO_BE_REPORTED:
                raise Refused("assessment_missing")
            _details(command)
        case OutcomeKind.NOT_ACCEPTED:
            if not _refused_by(case, command):
                raise Refused("not_refused")
        case OutcomeKind.EXEMPTION_ASKED:
            _details(command)
        case OutcomeKind.PASSED:
            if not has_passed(case.episodes[command.episode], now):
                raise Refused("not_passed")


def _reported(case: Case, command: c.RecordOutcome, now: datetime) -> None:
    if command.person is not None and not accepted(case, command.person, command.episode):
        refused = _refused_by(case, command)
        raise Refused("consent_refused" if refused else "consent_missing", people=(command.person,))
    if command.reported_at is None:
        raise Refused("time_missing")
    if command.reported_at > now:
        raise Refused("moment_in_future")
    _details(command)


def _refused_by(case: Case, command: c.RecordOutcome) -> bool:
    if command.person is None:
        return False
    consent = case.consent(ConsentKind.POLICE, command.person, command.episode)
    return consent is not None and consent.answer is Answer.NO


def _details(command: c.RecordOutcome) -> None:
    if command.details is None or not command.details.text.strip():
        raise Refused("details_missing")


def report_myself(case: Case, command: c.ReportMyself, now: datetime) -> tuple[e.Event, ...]:
    """The affected person has been to the police themselves: recorded without anyone else's accept."""
    question = (command.episode, command.by)
    if question not in questions(case):
        raise Refused("outcome_missing")
    known = case.outcomes.get(question)
    if known is not None and known.kind is OutcomeKind.REPORTED:
        return ()
    if command.reported_at > now:
        raise Refused("moment_in_future")
    return (
        e.OutcomeRecorded(
            by=command.by,
            at=now,
            episode=command.episode,
            person=command.by,
            outcome=OutcomeKind.REPORTED,
            details=command.details.item if command.details.text.strip() else None,
            reported_at=command.reported_at,
        ),
    )


def name_affected(case: Case, command: c.NameAffected, now: datetime) -> tuple[e.Event, ...]:
    """The leader says who is affected, or that nobody is: "all have accepted" is never true of an empty list."""
    new: tuple[PersonId, ...] = tuple(person for person in command.people if person not in case.affected)
    if any(person in case.excluded for person in new):
        raise Refused("person_unknown")
    if command.people and not new or not command.people and case.nobody_affected:
        return ()
    if not command.people and case.affected:
        raise Refused("already_recorded")
    return (e.AffectedNamed(by=command.by, at=now, people=new),)


