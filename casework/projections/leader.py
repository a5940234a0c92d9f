"""The case as whoever has it may see it, and single steps as those who take them over may."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from casework import events as e
from casework import views as w
from casework.case import TALK, Case
from casework.consent import keys
from casework.deadline import deadline, has_passed, questions
from casework.leaving import given_back, unanswerable
from casework.plan import Step as PlanStep
from casework.plan import is_closed, missing, owner_of, said_yes, step_of, steps_of
from casework.projections.accepts import ledger_lines, taken_back, unreachable_lines
from casework.projections.closing import ended
from casework.projections.coach import how_far, secured
from casework.projections.common import Texts, deadlines, evidence_lines, not_told, reason_read, safetynet_over, text_of
from casework.projections.custody import custody_lines
from casework.projections.handed import goes_on_at, handed, not_reached, nudged
from casework.projections.letters import can_write, letter_lines
from casework.projections.removal import removal_view, rung_view
from casework.projections.talk import points_view, talk_lines
from casework.projections.workplace import workplace_view
from casework.recognition import is_known
from casework.removal import waits
from casework.rungs import fell_away
from casework.safetynet import SAFETYNET, next_due
from casework.steps import was_offered
from casework.vocabulary import (
    ConsentKind,
    EpisodeId,
    GoingOn,
    ItemId,
    OriginatorKind,
    PersonId,
    Recorded,
    Shared,
    Stage,
    StepId,
    WorkingHours,
)

ACCEPTS_OF: Mapping[str, tuple[ConsentKind, ...]] = {
    "ask_colleagues": (ConsentKind.COLLEAGUES, ConsentKind.PARTNERS),
    "inform_colleagues": (ConsentKind.COLLEAGUES, ConsentKind.PARTNERS),
    "ask_author": (ConsentKind.REMOVAL,),
    "police_consent": (ConsentKind.POLICE,),
}
"""Step → the accepts whose ledger stands on its card."""
WORKPLACE_STEPS = ("risk_assessment", "avoid_contact", "inform_colleagues", "debriefing")


def leader_view(case: Case, reader: PersonId, texts: Texts, now: datetime) -> w.LeaderView:
    """Everything whoever has the case needs; words people wrote only where a step's own text stands."""
    told = case.circumstances
    lines = tuple(step_line(case, step, reader, texts, now) for step in steps_of(case))
    return w.LeaderView(
        case=case.id,
        version=case.version,
        opened=case.opened_at is not None,
        seen_at=case.seen_at,
        reporter=case.reporter or PersonId(""),
        affected=case.affected,
        affected_unnamed=not case.affected and not case.nobody_affected,
        nobody_affected=case.nobody_affected,
        untold=not_told(case),
        denied=tuple(case.denied),
        no_more=tuple(case.no_more),
        danger=case.danger,
        media=told.media if told else (),
        forms=told.forms if told else (),
        going_on=told.going_on if told else GoingOn.UNKNOWN,
        recorded=told.recorded if told else Recorded.UNKNOWN,
        shared=told.shared if told else Shared.UNKNOWN,
        outside_working_hours=_outside(case),
        from_the_workplace=case.originator is not None and case.originator.kind is OriginatorKind.WORKPLACE,
        deadlines=deadlines(case, now),
        police=police_lines(case, texts, now),
        consents=consent_lines(case),
        evidence=evidence_lines(case, reader, texts, all_of_it=True),
        has_account=bool(case.account),
        steps=lines,
        next_steps=_next(lines, hurry=_to_be_reported(case, now)),
        done=sum(line.state in w.CLOSED for line in lines),
        sent_at=case.sent_at or now,
        closed=case.stage is Stage.CLOSED,
        originator=case.originator.kind if case.originator else None,
        originator_items=_about_the_originator(case),
        handed=handed(case, now),
        given_back=given_back(case),
        unanswerable=unanswerable(case),
        nudged=nudged(case),
        goes_on_at=goes_on_at(case),
        not_reached=not_reached(case),
        ended=ended(case, reader, texts),
        taken_back=taken_back(case),
        removal=removal_view(case),
        custody=custody_lines(case, texts),
        known_conduct=is_known(case),
        talks=talk_lines(case, texts),
        secured=how_far(case, reader),
    )


def _about_the_originator(case: Case) -> tuple[ItemId, ...]:
    behind = case.originator
    return tuple(item for item in (behind.identifier, behind.links) if item) if behind else ()


def _to_be_reported(case: Case, now: datetime) -> bool:
    """Somebody has said yes to a report, and its 72 hours still run."""
    return any(said_yes(case, one.id) and not has_passed(one, now) for one in case.in_time_order)


def _next(lines: tuple[w.StepLine, ...], *, hurry: bool) -> tuple[w.StepLine, ...]:
    """The three next open ones. Legal staff comes early: the 72 hours run whatever else is open. `hurry`: first."""
    mine = [line for line in lines if line.state in ("open", "postponed", "offered") and line.mine]
    police = [line for line in mine if line.section == "police"][:1]
    others = [line for line in mine if line not in police]
    if hurry:
        return tuple((police + others)[:3])
    return tuple(sorted((others[:2] + police + others[2:])[:3], key=lambda line: line.number))


def _outside(case: Case) -> bool:
    told = case.circumstances
    return told is not None and told.working_hours in (WorkingHours.OUTSIDE, WorkingHours.BOTH)


def step_line(case: Case, step: PlanStep, reader: PersonId, texts: Texts, now: datetime) -> w.StepLine:
    """A step as it stands. Only the leader is told whom it waits for, and reads another's reason."""
    line = _full_line(case, step, reader, texts, now)
    if reader == case.recipient:
        return line
    missing_ = tuple(replace(gap, people=()) for gap in line.missing)
    return replace(line, missing=missing_, reason=line.reason if line.by == reader else "")


def _full_line(case: Case, step: PlanStep, reader: PersonId, texts: Texts, now: datetime) -> w.StepLine:
    state, owner, closed = case.step(step.id), owner_of(case, step), is_closed(case, step)
    gaps = () if closed else missing(case, step)
    return w.StepLine(
        step=step.id,
        number=step.number,
        section=step.section,
        state=_state(case, step.id, closed, bool(gaps), now),
        owner=owner,
        by=state.done_by if closed else None,
        at=state.done_at if closed else None,
        reason=text_of(texts, state.reason),
        missing=gaps,
        offered_to=state.offered_to,
        until=state.until,
        mine=owner == reader or step.shared,
        taken=step.shared and state.owner not in (None, reader),
        can_undo=(state.done_by or (state.offered_to and state.offered_by)) == reader == state.touched_by,
    )


def _state(case: Case, step: StepId, closed: bool, gaps: bool, now: datetime) -> str:
    state = case.step(step)
    if closed:
        return "set_aside" if state.reason else fell_away(case, step) or "done"
    if gaps:
        return "locked"
    if state.offered_to:
        return "offered"
    if state.until and state.until > now:
        return "postponed"
    return "tried" if waits(case, step) else "open"


def police_lines(case: Case, texts: Texts, now: datetime) -> tuple[w.PoliceLine, ...]:
    """Every police question and how far it is, in time order."""
    return tuple(_police_line(case, episode, person, texts, now) for episode, person in questions(case))


def _police_line(case: Case, episode: EpisodeId, person: PersonId | None, texts: Texts, now: datetime) -> w.PoliceLine:
    told, outcome = case.episodes[episode], case.outcomes.get((episode, person))
    consent = case.consent(ConsentKind.POLICE, person, episode) if person else None
    return w.PoliceLine(
        episode=episode,
        began_at=told.began_at,
        until=deadline(told),
        passed=has_passed(told, now),
        person=person,
        asked_at=consent.asked_at if consent else None,
        answer=consent.answer if consent else None,
        answered_at=consent.answered_at if consent else None,
        oral=consent is not None and consent.how is not None,
        outcome=outcome.kind if outcome else None,
        outcome_at=outcome.at if outcome else None,
        reported_at=outcome.reported_at if outcome else None,
        details=text_of(texts, outcome.details if outcome else None),
        certainty=told.certainty,
    )


def consent_lines(case: Case) -> tuple[w.ConsentLine, ...]:
    """How each affected person stands on the accepts that are not about the police."""
    found = []
    for kind in (ConsentKind.COLLEAGUES, ConsentKind.PARTNERS, ConsentKind.REMOVAL):
        for _, person, _ in keys(case, kind):
            consent = case.consent(kind, person)
            found.append(
                w.ConsentLine(
                    kind,
                    person,
                    consent.asked_at if consent else None,
                    consent.answer if consent else None,
                    consent.answered_at if consent else None,
                    consent is not None and consent.how is not None,
                    consent is not None and consent.contradicted_at is not None,
                    consent is not None and consent.withdrawn_at is not None,
                )
            )
    return tuple(found)


def step_view(case: Case, step_id: StepId, reader: PersonId, texts: Texts, now: datetime) -> w.StepView | None:
    """One step's card. The leader sees the step as it is; anybody else only what that step needs. None: not theirs."""
    step, leads = step_of(case, step_id), reader == case.recipient
    if step is None or reader in case.excluded or reader in case.affected and not leads:
        return None
    if not leads and reader not in (owner_of(case, step), case.step(step_id).offered_to):
        return _no_longer(case, step, reader)
    notes = tuple(_notes(case, step_id, reader, leads, texts))
    assessed = case.assessed if leads else None
    told = case.circumstances if leads and step_id == "legal_staff" else None
    return w.StepView(
        case=case.id,
        version=case.version,
        line=step_line(case, step, reader, texts, now),
        notes=notes,
        deadlines=deadlines(case, now) if leads else (),
        police=police_lines(case, texts, now) if leads and step.section == "police" else (),
        consents=consent_lines(case) if leads else (),
        assessment=assessed.assessment if assessed else None,
        assessment_reason=text_of(texts, assessed.reason) if assessed else "",
        outside_working_hours=leads and _outside(case),
        affected=case.affected if leads else (),
        untold=not_told(case) if leads else (),
        reason_read=reason_read(case) if leads else "helper",
        affected_unnamed=leads and not case.affected and not case.nobody_affected,
        evidence=evidence_lines(case, reader, texts, all_of_it=True) if leads and step_id == "documentation" else (),
        need=None if leads else need(case, step_id, reader, texts, now),
        safetynet_until=next_due(case, now) if step_id == SAFETYNET else None,
        safetynet_over=safetynet_over(case, step_id, now, known=leads or owner_of(case, step) == reader),
        letters=letter_lines(case, step_id, texts) if leads or owner_of(case, step) == reader else (),
        letter=can_write(case, step, reader),
        forms=told.forms if told else (),
        recorded=told.recorded if told else Recorded.UNKNOWN,
        ledger=ledger_lines(case, ACCEPTS_OF.get(step_id, ())) if leads else (),
        unreachable=unreachable_lines(case, texts) if leads else (),
        workplace=workplace_view(case, texts, now) if leads and step_id in WORKPLACE_STEPS else None,
        points=_points(case, reader, texts) if leads and step_id == TALK else (),
        talks=talk_lines(case, texts) if leads and step_id == "keep_updated" else (),
        rung=_rung(case, step, reader, texts),
        secured=secured(case, reader) if leads and step_id == "documentation" else (),
    )


def _points(case: Case, reader: PersonId, texts: Texts) -> tuple[w.PointsView, ...]:
    return tuple(view for person in case.affected if (view := points_view(case, person, reader, texts)) is not None)


def _rung(case: Case, step: PlanStep, reader: PersonId, texts: Texts) -> w.RungView | None:
    """For whoever has the rung; not for somebody who has only been asked to take it."""
    return rung_view(case, step.id, reader, texts) if reader in (case.recipient, owner_of(case, step)) else None


def _no_longer(case: Case, step: PlanStep, reader: PersonId) -> w.StepView | None:
    """For whoever was asked and has said no, or has given it back: that it is with someone else, and nothing more."""
    if not was_offered(case, step.id, reader):
        return None
    line = w.StepLine(step.id, step.number, step.section, "open", None, mine=False)
    return w.StepView(case.id, case.version, line, (), (), (), (), None, "", False, (), False, ())


def _notes(
    case: Case, step: StepId, reader: PersonId, leads: bool, texts: Texts
) -> Iterator[tuple[PersonId, datetime, str]]:
    for event in case.log:
        if isinstance(event, e.StepNoted) and event.step == step and (leads or event.by == reader):
            yield event.by, event.at, texts.get(event.note, "")


def need(case: Case, step: StepId, reader: PersonId, texts: Texts, now: datetime) -> w.Need | None:
    """What a step needs and no more, once it has been taken: before that, only that it is offered."""
    planned = step_of(case, step)
    if planned is None or owner_of(case, planned) != reader:
        return None
    told = case.circumstances
    media, forms = (told.media, told.forms) if told else ((), ())
    if step == "safetynet":
        account = "\n\n".join(texts.get(item, "") for item in case.account)
        return w.Need(case.affected, deadlines(case, now), media, forms, account)
    return w.Need((), deadlines(case, now), media, forms, "")
