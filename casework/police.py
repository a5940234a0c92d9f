"""The police branch: legal staff first, an assessment, each one's own accept, one of five outcomes. B12-B16, L1-L5."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from casework import commands as c
from casework import events as e
from casework.case import Case
from casework.consent import says_no
from casework.deadline import has_passed, questions
from casework.naming import NOT_THEM
from casework.plan import accepted
from casework.steps import LEGAL_STAFF
from casework.vocabulary import Answer, Assessment, ConsentKind, EpisodeId, OutcomeKind, PersonId, Refused
from casework.writing import a_few_words, not_too_long

LATER: Mapping[OutcomeKind, frozenset[OutcomeKind]] = {
    OutcomeKind.REPORTED: frozenset(),
    OutcomeKind.NOT_REPORTED: frozenset({OutcomeKind.REPORTED}),
    OutcomeKind.NOT_ACCEPTED: frozenset({OutcomeKind.REPORTED}),
    OutcomeKind.EXEMPTION_ASKED: frozenset(set(OutcomeKind) - {OutcomeKind.PASSED}),
    OutcomeKind.PASSED: frozenset({OutcomeKind.REPORTED, OutcomeKind.EXEMPTION_ASKED}),
}
"""What can still come of a question that has an outcome. It is never too late to report (L5); a report stays one."""

ROUGHLY = timedelta(hours=1)
"""How far before the yes the clock of a report may stand: it is written down afterwards, as it is remembered."""


def assess_police(case: Case, command: c.AssessPolice, now: datetime) -> tuple[e.Event, ...]:
    """The leader's own assessment and the reason for it; not a verdict (L3)."""
    _legal_staff_first(case)
    a_few_words(command.reason)
    known = case.assessed
    if known is not None and (known.assessment, known.reason) == (command.assessment, command.reason.item):
        return ()
    return (e.PoliceAssessed(by=command.by, at=now, assessment=command.assessment, reason=command.reason.item),)


def _legal_staff_first(case: Case) -> None:
    if not case.step(LEGAL_STAFF).closed:
        raise Refused("legal_staff_first")


def record_outcome(case: Case, command: c.RecordOutcome, now: datetime) -> tuple[e.Event, ...]:
    """What came of the question for one (episode, affected person). What is settled stays settled: see LATER."""
    question = (command.episode, command.person)
    if command.person is None and not case.nobody_affected:
        raise Refused("affected_unnamed")
    if question not in questions(case):
        raise Refused("outcome_missing")
    known = case.outcomes.get(question)
    if known is not None and known.kind is command.outcome:
        return ()
    if known is not None and command.outcome not in LATER[known.kind]:
        raise Refused("already_recorded")
    _legal_staff_first(case)
    _lawful(case, command, now)
    return (_outcome(command, now),)


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
    not_too_long(command.details)
    match command.outcome:
        case OutcomeKind.REPORTED:
            _reported(case, command, now)
        case OutcomeKind.NOT_REPORTED:
            if case.assessed is None or case.assessed.assessment is not Assessment.NOT_TO_BE_REPORTED:
                raise Refused("assessment_missing")
            a_few_words(command.details, "details_missing")
        case OutcomeKind.NOT_ACCEPTED:
            if not _refused_by(case, command):
                raise Refused("not_refused")
        case OutcomeKind.EXEMPTION_ASKED:
            _no_is_no_exemption(case, command)
            a_few_words(command.details, "details_missing")
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
    _yes_first(case, command, command.reported_at)
    a_few_words(command.details, "details_missing")


def _yes_first(case: Case, command: c.RecordOutcome, reported_at: datetime) -> None:
    """A report rests on the yes, so it is not from before it (B16, H6)."""
    since = _yes_since(case, command.person, command.episode) if command.person else None
    if since is not None and reported_at + ROUGHLY < since:
        raise Refused("reported_before_yes", people=(command.person,), at=since)


def _yes_since(case: Case, person: PersonId, episode: EpisodeId) -> datetime | None:
    """Since when the yes has stood without a break. Given orally: when it was said, also where it was confirmed."""
    since: datetime | None = None
    for event in case.log:
        if (getattr(event, "kind", None), getattr(event, "person", None)) != (ConsentKind.POLICE, person):
            continue
        match event:
            case e.ConsentAnsweredOrally(episode=of, answer=Answer.YES) if of == episode:
                since = min(event.said_at, since or event.said_at)
            case e.ConsentAnswered(episode=of, answer=Answer.YES) if of == episode:
                since = since or event.at
            case e.ConsentAnswered() | e.ConsentAnsweredOrally() | e.ConsentWithdrawn() | e.ConsentContradicted():
                since = since if event.episode != episode else None
    return since


def _refused_by(case: Case, command: c.RecordOutcome) -> bool:
    return command.person is not None and says_no(case, command.person, command.episode)


def _no_is_no_exemption(case: Case, command: c.RecordOutcome) -> None:
    """Not accepting gives no dispensation from the deadline (H7): it has an outcome of its own."""
    if _refused_by(case, command):
        raise Refused("consent_refused", people=(command.person,))


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
    not_too_long(command.details)
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
    new = tuple(person for person in dict.fromkeys(command.people) if person not in case.affected)
    if any(person in case.excluded for person in new):
        raise Refused(NOT_THEM)
    if case.recipient in new:
        raise Refused("leader_is_affected")
    if command.people and not new or not command.people and case.nobody_affected:
        return ()
    if not command.people and case.affected:
        raise Refused("already_recorded")
    named = e.AffectedNamed(by=command.by, at=now, people=new)
    return (named, *_after_naming(case, named))


def _after_naming(case: Case, named: e.AffectedNamed) -> tuple[e.Event, ...]:
    """Whoever reported it has heard of it already."""
    knows = (person for person in named.people if person == case.reporter)
    return tuple(e.AffectedTold(by=named.by, at=named.at, person=person) for person in knows)
