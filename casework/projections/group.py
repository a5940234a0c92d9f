"""The case as the health and safety group may see it, and what time brings them."""

from datetime import datetime

from casework import views as w
from casework.calendar import days_after
from casework.case import Case
from casework.projections.common import Texts, deadlines
from casework.vocabulary import ItemId, PersonId, StepId, WorkplaceId


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
