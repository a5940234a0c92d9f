"""The case as the affected employee and the reporter may see it."""

from datetime import datetime

from casework import events as e
from casework import views as w
from casework.case import Case
from casework.consent import has_effect, keys
from casework.deadline import deadline
from casework.plan import is_closed, steps_of
from casework.projections.common import Texts, deadlines, evidence_lines, text_of
from casework.vocabulary import ConsentKind, EpisodeId, ItemId, PersonId, Stage, StepId


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
        evidence=evidence_lines(case, reader, texts, all_of_it=case.affected == (reader,)),
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
        text_of(texts, consent.how),
        has_effect(case, kind, reader, episode),
        consent.withdrawn_at,
    )


def _outcomes(case: Case, reader: PersonId, texts: Texts) -> tuple[w.OutcomeLine, ...]:
    return tuple(
        w.OutcomeLine(
            episode, case.episodes[episode].began_at, o.kind, o.by, o.at, o.reported_at, text_of(texts, o.details)
        )
        for (episode, person), o in case.outcomes.items()
        if person == reader and episode in case.episodes
    )


def _set_aside(case: Case, texts: Texts) -> tuple[w.SetAsideLine, ...]:
    """What was found not relevant, and why. With several affected a reason may be about another: then none is shown."""
    if len(case.affected) > 1:
        return ()
    return tuple(
        w.SetAsideLine(step, text_of(texts, state.reason), state.done_by, state.done_at)
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
        evidence=evidence_lines(case, reader, texts, all_of_it=False),
        deadlines=tuple(
            d for d in deadlines(case, now) if case.episodes[d.episode].told_by == reader
        ),
        closed=case.stage is Stage.CLOSED,
    )


def _named_by(case: Case, reader: PersonId) -> tuple[PersonId, ...]:
    """Those the reporter named. Whoever the leader added later is none of the reporter's business."""
    named = [event.affected for event in case.log if isinstance(event, e.WhomTold) and event.by == reader]
    return named[-1] if named else ()
