"""The case on paper: for whoever has it, everything; for the affected employee, what is theirs."""

from collections.abc import Iterator
from datetime import datetime

from casework import events as e
from casework import views as w
from casework.access import openable, roles_of
from casework.case import Case, Item
from casework.deadline import questions
from casework.original import Original
from casework.packages import seen_by
from casework.plan import is_closed, steps_of
from casework.projections.common import Texts, deadlines, text_of
from casework.projections.paper_custody import gone, on_paper
from casework.rungs import fell_away
from casework.state.coaching import NOTHING_TOLD
from casework.vocabulary import (
    GoingOn,
    PersonId,
    Recorded,
    Role,
    Shared,
    Source,
    Stage,
    WorkingHours,
)

ALL_OF_IT = frozenset({Role.LEADER, Role.LEGAL_STAFF})
MAY_HAVE_ONE = ALL_OF_IT | {Role.AFFECTED_EMPLOYEE}


def documentation(
    case: Case,
    reader: PersonId,
    texts: Texts,
    now: datetime,
    legal: frozenset[PersonId] = frozenset(),
    *,
    withdrawn: bool = False,
) -> w.Documentation | None:
    """None: the reader may have none of it, which is so for everybody but whoever has the case, the affected, and the
    legal staff (`legal`). `withdrawn`: also what was withdrawn, where they may open it.
    """
    roles = roles_of(case, reader, legal=legal)
    if case.stage not in (Stage.OPEN, Stage.CLOSED) or case.sent_at is None or not roles & MAY_HAVE_ONE:
        return None
    leads = bool(roles & ALL_OF_IT)
    alone = leads or case.affected == (reader,)
    told, behind = case.circumstances, case.originator if alone or reader == case.reporter else None
    return w.Documentation(
        case=case.id,
        own=not leads,
        made_by=reader,
        made_at=now,
        sent_at=case.sent_at,
        reporter=case.reporter or PersonId(""),
        affected=case.affected if alone else (reader,),
        leader=case.recipient or PersonId(""),
        media=told.media if told else (),
        forms=told.forms if told else (),
        going_on=told.going_on if told else GoingOn.UNKNOWN,
        shared=told.shared if told else Shared.UNKNOWN,
        recorded=told.recorded if told else Recorded.UNKNOWN,
        working_hours=told.working_hours if told else WorkingHours.UNKNOWN,
        originator=behind.kind if behind else None,
        identifier=text_of(texts, behind.identifier) if behind else "",
        links=text_of(texts, behind.links) if behind else "",
        episodes=deadlines(case, now),
        outcomes=tuple(_outcomes(case, reader, leads, texts)),
        account=tuple(_told(case, reader, roles, texts)),
        evidence=tuple(_piece(case, item, texts) for item in seen_by(case, reader, roles, withdrawn=withdrawn)),
        custody=tuple(on_paper(case, reader, roles)),
        steps=tuple(_steps(case, leads, alone, texts)),
        workplace=case.workplace,
        withdrawn=gone(case, reader, roles, case.custody.withdrawn),
        destroyed=gone(case, reader, roles, case.custody.destroyed),
    )


def _told(case: Case, reader: PersonId, roles: frozenset[Role], texts: Texts) -> Iterator[w.OwnWords]:
    for event in case.log:
        is_told = isinstance(event, e.AccountGiven) and event.item in case.account
        if is_told and openable(case, reader, roles, event.item):
            yield w.OwnWords(event.by, event.at, texts.get(event.item, ""))


def _piece(case: Case, item: Item, texts: Texts) -> w.PieceLine:
    original, taken_back = item.original or Original(), case.custody.withdrawn.get(item.id)
    return w.PieceLine(
        item.id,
        item.number,
        item.kind,
        item.media_type,
        item.size,
        item.sha256,
        item.given_by,
        item.received_at,
        item.shows,
        text_of(texts, item.name),
        texts.get(item.id, ""),
        item.original,
        text_of(texts, original.device),
        text_of(texts, original.heading),
        is_message=item.source is Source.TEAMS_MESSAGE,
        withdrawn_at=taken_back.at if taken_back else None,
        told=case.coaching.captures.get(item.id, NOTHING_TOLD),
    )


def _outcomes(case: Case, reader: PersonId, leads: bool, texts: Texts) -> Iterator[w.PaperOutcome]:
    for episode, person in questions(case):
        if not leads and person != reader:
            continue
        told, outcome = case.episodes[episode], case.outcomes.get((episode, person))
        yield w.PaperOutcome(
            told.began_at,
            told.certainty,
            person,
            outcome.kind if outcome else None,
            (outcome.reported_at or outcome.at) if outcome else None,
            text_of(texts, outcome.details) if outcome else "",
        )


def _steps(case: Case, leads: bool, alone: bool, texts: Texts) -> Iterator[w.PaperStep]:
    """A reason may be about another of several affected: then only whoever has the case reads it."""
    for step in steps_of(case):
        state, closed = case.step(step.id), is_closed(case, step)
        aside = closed and state.reason is not None
        name = "set_aside" if aside else fell_away(case, step.id) or "done" if closed else "open"
        reason = text_of(texts, state.reason) if aside and (leads or alone) else ""
        by, at = (state.done_by, state.done_at) if closed else (None, None)
        yield w.PaperStep(step.id, step.number, name, by, at, reason)
