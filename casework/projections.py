"""A case as one person may see it. What is not put into a view cannot be drawn, so nothing else can leak.

`texts` maps item ids to what was written; only the words a view is meant to carry are taken out of it.
"""

from collections.abc import Mapping
from datetime import datetime

from casework import events as e
from casework import views as w
from casework.access import A, C, L, R, roles_of
from casework.calendar import days_after
from casework.case import Case, Item
from casework.consent import has_effect, keys
from casework.deadline import deadline, has_passed, open_questions, questions
from casework.plan import is_closed, missing, owner_of, step_of, steps_of
from casework.plan import Step as PlanStep
from casework.reporting import missing_in
from casework.vocabulary import (
    ConsentKind,
    EpisodeId,
    GoingOn,
    ItemId,
    OriginatorKind,
    PersonId,
    Recorded,
    Role,
    Shared,
    Stage,
    StepId,
    Whom,
    WorkingHours,
    WorkplaceId,
)

Texts = Mapping[str, str]
LONGEST_IN_FORM = 4_000  # characters a form's field holds; longer accounts are kept as pieces


def deadlines(case: Case, now: datetime) -> tuple[w.Deadline, ...]:
    """Every episode with its 72 hours, earliest first."""
    still_open = {episode for episode, _ in open_questions(case)} if case.stage is Stage.OPEN else set(case.episodes)
    return tuple(
        w.Deadline(
            episode.id,
            episode.began_at,
            episode.certainty,
            deadline(episode),
            has_passed(episode, now),
            episode.id in still_open,
        )
        for episode in case.in_time_order
    )


def evidence_line(item: Item, reader: PersonId, texts: Texts) -> w.EvidenceLine:
    mine = item.given_by == reader
    name = texts.get(item.name, "") if mine and item.name else ""
    return w.EvidenceLine(
        item.id, item.number, item.kind, item.media_type, item.size, item.received_at, item.shows, mine, name
    )


def _evidence(case: Case, reader: PersonId, texts: Texts, *, all_of_it: bool) -> tuple[w.EvidenceLine, ...]:
    return tuple(
        evidence_line(item, reader, texts) for item in case.evidence if all_of_it or item.given_by == reader
    )


def draft_view(case: Case, texts: Texts, now: datetime) -> w.DraftView:
    """A report for its author. Only the author's own projection may carry every word."""
    told = case.circumstances
    field = case.account[0] if case.account and len(texts.get(case.account[0], "")) <= LONGEST_IN_FORM else None
    originator = case.originator
    return w.DraftView(
        case=case.id,
        version=case.version,
        started_at=case.started_at or now,
        by=case.reporter or PersonId(""),
        whom=case.whom,
        affected=case.affected,
        danger=case.danger,
        account=texts.get(field, "") if field else "",
        account_item=field,
        pieces=len(case.account) - (1 if field else 0),
        media=told.media if told else (),
        forms=told.forms if told else (),
        going_on=told.going_on if told else GoingOn.UNKNOWN,
        shared=told.shared if told else Shared.UNKNOWN,
        recorded=told.recorded if told else Recorded.UNKNOWN,
        working_hours=told.working_hours if told else WorkingHours.UNKNOWN,
        circumstances_told=told is not None,
        episodes=deadlines(case, now),
        originator=originator.kind if originator else None,
        identifier=_text(texts, originator.identifier if originator else None),
        links=_text(texts, originator.links if originator else None),
        originator_person=originator.person if originator else None,
        evidence=_evidence(case, case.reporter or PersonId(""), texts, all_of_it=True),
        recipient=case.recipient,
        excluded=tuple(sorted(case.excluded)),
        missing=missing_in(case),
    )


def _text(texts: Texts, item: ItemId | None) -> str:
    return texts.get(item, "") if item else ""


# -- employee --------------------------------------------------------------------------------------------------------


def employee_view(case: Case, reader: PersonId, texts: Texts, now: datetime) -> w.EmployeeView:
    """The affected employee's own card. Other affected people are not in it."""
    headline, at = _headline(case, reader, now)
    return w.EmployeeView(
        case=case.id,
        version=case.version,
        headline=headline,
        headline_at=at,
        leader=case.recipient or PersonId(""),
        leader_role="leader",
        sent_at=case.sent_at or now,
        opened_at=case.opened_at,
        seen_at=case.seen_at,
        openings=_openings(case, reader),
        group_told=case.group is not None,
        deadlines=deadlines(case, now),
        questions=questions_to(case, reader, texts),
        outcomes=_outcomes(case, reader, texts),
        set_aside=_set_aside(case, texts),
        evidence=_evidence(case, reader, texts, all_of_it=case.affected == (reader,)),
        talked_at=case.step(StepId("talk")).done_at,
        next_step=next((step.id for step in steps_of(case) if not is_closed(case, step)), None),
        reported_by=case.reporter if case.reporter != reader else None,
        denied=reader in case.denied,
        no_more=reader in case.no_more,
        safetynet_done_at=case.step(StepId("safetynet")).done_at,
        closed=case.stage is Stage.CLOSED,
    )


def _headline(case: Case, reader: PersonId, now: datetime) -> tuple[str, datetime]:
    """The newest that has happened, in the reader's words: the last event that has one."""
    newest = ("sent", case.sent_at or now)
    for event in case.log:
        match event:
            case e.CaseSeen():
                newest = ("seen", event.at)
            case e.StepCompleted(step="talk"):
                newest = ("talked", event.at)
            case e.ConsentAsked(person=person) if person == reader:
                newest = ("asked", event.at)
            case e.ConsentAnswered(person=person) | e.ConsentAnsweredOrally(person=person) if person == reader:
                newest = ("seen" if case.seen_at else "sent", case.seen_at or case.sent_at or now)
            case e.OutcomeRecorded(person=person) if person == reader:
                newest = ("reported" if event.outcome == "reported" else "not_reported", event.at)
            case e.Reminded(to=person) if person == reader and "passed" in event.reminder:
                newest = ("passed", event.at)
    return newest


def _openings(case: Case, reader: PersonId) -> tuple[w.Opening, ...]:
    """Who opened what of the reader's own, the newest time of each."""
    seen: dict[tuple[PersonId, ItemId], w.Opening] = {}
    for event in case.log:
        if isinstance(event, e.ItemOpened):
            item = case.items.get(event.item)
            if item is None or item.given_by == reader or case.affected == (reader,):
                seen[event.by, event.item] = w.Opening(event.by, event.at, item.number if item else None)
    return tuple(seen.values())


def questions_to(case: Case, reader: PersonId, texts: Texts) -> tuple[w.Asked, ...]:
    """Every accept this person has been asked for, and how it stands."""
    return tuple(
        asked(case, kind, episode, reader, texts)
        for kind, person, episode in (key for kind in ConsentKind for key in keys(case, kind))
        if person == reader and (kind, person, episode) in case.consents
    )


def asked(case: Case, kind: ConsentKind, episode: EpisodeId | None, reader: PersonId, texts: Texts) -> w.Asked:
    consent = case.consents[kind, reader, episode]
    told = case.episodes.get(episode) if episode else None
    return w.Asked(
        kind,
        episode,
        told.began_at if told else None,
        deadline(told) if told else None,
        consent.answer,
        consent.answered_at,
        consent.how is not None and consent.answer is not None,
        consent.said_at,
        consent.recorded_by,
        _text(texts, consent.how),
        has_effect(case, kind, reader, episode),
        consent.withdrawn_at,
    )


def _outcomes(case: Case, reader: PersonId, texts: Texts) -> tuple[w.OutcomeLine, ...]:
    return tuple(
        w.OutcomeLine(
            episode, case.episodes[episode].began_at, o.kind, o.by, o.at, o.reported_at, _text(texts, o.details)
        )
        for (episode, person), o in case.outcomes.items()
        if person == reader and episode in case.episodes
    )


def _set_aside(case: Case, texts: Texts) -> tuple[w.SetAsideLine, ...]:
    """What was found not relevant, and why. With several affected a reason may be about another: then none is shown."""
    if len(case.affected) > 1:
        return ()
    return tuple(
        w.SetAsideLine(step, _text(texts, state.reason), state.done_by, state.done_at)
        for step, state in case.steps.items()
        if state.reason and state.done_by and state.done_at
    )


def reporter_view(case: Case, reader: PersonId, texts: Texts, now: datetime) -> w.ReporterView:
    return w.ReporterView(
        case=case.id,
        version=case.version,
        sent_at=case.sent_at or now,
        leader=case.recipient or PersonId(""),
        seen_at=case.seen_at,
        affected=_named_by(case, reader),
        evidence=_evidence(case, reader, texts, all_of_it=False),
        deadlines=tuple(
            d for d in deadlines(case, now) if case.episodes[d.episode].told_by == reader
        ),
        closed=case.stage is Stage.CLOSED,
    )


def _named_by(case: Case, reader: PersonId) -> tuple[PersonId, ...]:
    """Those the reporter named. Whoever the leader added later is none of the reporter's business."""
    named = [event.affected for event in case.log if isinstance(event, e.WhomTold) and event.by == reader]
    return named[-1] if named else ()


# -- leader ----------------------------------------------------------------------------------------------------------


def leader_view(case: Case, reader: PersonId, texts: Texts, now: datetime) -> w.LeaderView:
    told = case.circumstances
    lines = tuple(step_line(case, step, reader, texts) for step in steps_of(case))
    return w.LeaderView(
        case=case.id,
        version=case.version,
        opened=case.opened_at is not None,
        seen_at=case.seen_at,
        reporter=case.reporter or PersonId(""),
        affected=case.affected,
        affected_unnamed=not case.affected and not case.nobody_affected,
        nobody_affected=case.nobody_affected,
        untold=tuple(person for person in case.affected if person not in case.told),
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
        evidence=_evidence(case, reader, texts, all_of_it=True),
        has_account=bool(case.account),
        steps=lines,
        next_steps=_next(lines),
        done=sum(line.state in ("done", "set_aside") for line in lines),
        sent_at=case.sent_at or now,
        last_word_at=case.seen_at,
        closed=case.stage is Stage.CLOSED,
    )


def _next(lines: tuple[w.StepLine, ...]) -> tuple[w.StepLine, ...]:
    """The three next open ones. Legal staff comes early: the 72 hours run whatever else is open."""
    mine = [line for line in lines if line.state in ("open", "postponed", "offered") and line.mine]
    police = [line for line in mine if line.section == "police"][:1]
    others = [line for line in mine if line not in police]
    return tuple(sorted((others[:2] + police + others[2:])[:3], key=lambda line: line.number))


def _outside(case: Case) -> bool:
    told = case.circumstances
    return told is not None and told.working_hours in (WorkingHours.OUTSIDE, WorkingHours.BOTH)


def step_line(case: Case, step: PlanStep, reader: PersonId, texts: Texts) -> w.StepLine:
    state, owner, gaps = case.step(step.id), owner_of(case, step), missing(case, step)
    closed = is_closed(case, step)
    return w.StepLine(
        step=step.id,
        number=step.number,
        section=step.section,
        state=_state(case, step, bool(gaps)),
        owner=owner,
        by=state.done_by if closed else None,
        at=state.done_at if closed else None,
        reason=_text(texts, state.reason),
        missing=() if closed else gaps,
        offered_to=state.offered_to,
        until=state.until,
        mine=owner == reader or step.shared,
        can_undo=(state.done_by or (state.offered_to and state.offered_by)) == reader == state.touched_by,
    )


def _state(case: Case, step: PlanStep, gaps: bool) -> str:
    state = case.step(step.id)
    if is_closed(case, step):
        return "set_aside" if state.reason else "done"
    if gaps:
        return "locked"
    return "offered" if state.offered_to else "postponed" if state.until else "open"


def police_lines(case: Case, texts: Texts, now: datetime) -> tuple[w.PoliceLine, ...]:
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
        details=_text(texts, outcome.details if outcome else None),
    )


def consent_lines(case: Case) -> tuple[w.ConsentLine, ...]:
    found = []
    for kind in (ConsentKind.COLLEAGUES, ConsentKind.REMOVAL):
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
    """One step's card. The leader sees the step as it is; anybody else only what that step needs."""
    step = step_of(case, step_id)
    if step is None:
        return None
    leads = reader == case.recipient
    notes = tuple(_notes(case, step_id, reader, leads, texts))
    assessed = case.assessed if leads else None
    return w.StepView(
        case=case.id,
        version=case.version,
        line=step_line(case, step, reader, texts),
        notes=notes,
        deadlines=deadlines(case, now) if leads else (),
        police=police_lines(case, texts, now) if leads and step.section == "police" else (),
        consents=consent_lines(case) if leads else (),
        assessment=assessed.assessment if assessed else None,
        assessment_reason=_text(texts, assessed.reason) if assessed else "",
        outside_working_hours=leads and _outside(case),
        affected=case.affected if leads else (),
        affected_unnamed=leads and not case.affected and not case.nobody_affected,
        evidence=_evidence(case, reader, texts, all_of_it=True) if leads and step_id == "documentation" else (),
        need=None if leads else need(case, step_id, reader, texts, now),
        safetynet_until=safetynet_until(case) if step_id == "safetynet" else None,
    )


def _notes(case: Case, step: StepId, reader: PersonId, leads: bool, texts: Texts):
    for event in case.log:
        if isinstance(event, e.StepNoted) and event.step == step and (leads or event.by == reader):
            yield event.by, event.at, texts.get(event.note, "")


def need(case: Case, step: StepId, reader: PersonId, texts: Texts, now: datetime) -> w.Need | None:
    """What a step needs and no more, once it has been taken: before that, only that it is offered."""
    if case.step(step).owner != reader:
        return None
    told = case.circumstances
    media, forms = (told.media, told.forms) if told else ((), ())
    if step == "safetynet":
        account = "\n\n".join(texts.get(item, "") for item in case.account)
        return w.Need(case.affected, deadlines(case, now), media, forms, account)
    return w.Need((), deadlines(case, now), media, forms, "")


# -- the group and time ----------------------------------------------------------------------------------------------


def safetynet_until(case: Case, days: int = 14) -> datetime:
    """When the SafetyNet report is due: 14 days from the earliest episode (product: step 4)."""
    first = case.in_time_order[0].began_at if case.episodes else case.sent_at
    return days_after(first, days)


def group_view(case: Case, now: datetime) -> w.GroupView:
    state = case.step(StepId("safetynet"))
    return w.GroupView(
        case=case.id,
        version=case.version,
        workplace=case.group or case.workplace or WorkplaceId(""),
        sent_at=case.sent_at or now,
        safetynet_until=safetynet_until(case),
        safetynet_done=state.closed,
        safetynet_done_at=state.done_at,
        safetynet_owner=state.owner,
        analysis_at=days_after(case.sent_at or now, 14),
        analysis_by=case.analysis_by,
        analysis_done_at=case.analysis.at if case.analysis else None,
    )


def analysis_view(case: Case, texts: Texts, now: datetime) -> w.AnalysisView:
    told, analysis = case.circumstances, case.analysis
    measures = analysis.measures if analysis else ()
    return w.AnalysisView(
        case=case.id,
        version=case.version,
        media=told.media if told else (),
        forms=told.forms if told else (),
        deadlines=deadlines(case, now),
        taken_by=case.analysis_by,
        done=analysis is not None,
        measures=tuple(
            (item, texts.get(item, ""), *(case.followed_up.get(item) or (None, None))) for item in measures
        ),
    )


def follow_up_view(case: Case, measure: ItemId, texts: Texts) -> w.FollowUpView | None:
    if case.analysis is None or measure not in case.analysis.measures:
        return None
    known = case.followed_up.get(measure)
    return w.FollowUpView(
        case.id, case.version, measure, texts.get(measure, ""), case.analysis.at, known[0] if known else None
    )


def call_view(case: Case, now: datetime) -> w.CallView:
    return w.CallView(
        case.id, case.version, case.reporter or PersonId(""), case.recipient or PersonId(""), case.sent_at or now,
        case.call_made_at,
    )


def case_view(
    case: Case, reader: PersonId, texts: Texts, now: datetime
) -> w.LeaderView | w.EmployeeView | w.ReporterView | w.StepView | None:
    """The reader's one card of an open case, by what they are in it. None: no part of it."""
    roles = roles_of(case, reader)
    if L in roles:
        return leader_view(case, reader, texts, now)
    if A in roles:
        return employee_view(case, reader, texts, now)
    if R in roles:
        return reporter_view(case, reader, texts, now)
    if C in roles:
        held = (s for s, state in case.steps.items() if reader in (state.owner, state.offered_to))
        return next((step_view(case, step, reader, texts, now) for step in held), None)
    return None


def case_line(case: Case, reader: PersonId, now: datetime) -> w.CaseLine | None:
    """A line in "mine sager"; None when the reader is no part of it."""
    roles = roles_of(case, reader)
    role = next((role for role in (A, R, L, C) if role in roles), None)
    if role is None:
        return None
    ahead = [d.until for d in deadlines(case, now) if not d.passed and d.open] if role is not C else []
    shown = Role.AFFECTED_EMPLOYEE if role is R and case.whom in (Whom.ME, Whom.SEVERAL) else role
    at = case.sent_at or case.started_at or now
    return w.CaseLine(case.id, case.version, shown, case.stage.value, at, min(ahead, default=None))


