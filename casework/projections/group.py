"""The case as the health and safety group may see it, and what time brings them."""

from datetime import datetime

from casework import events as e
from casework import views as w
from casework.again import newest
from casework.agenda import analysis_days
from casework.calendar import days_after
from casework.case import ANALYSIS, Analysis, Case
from casework.measures import first_asked, follows, once_had, settled
from casework.plan import owner_of, step_of
from casework.projections.common import Texts, deadlines, text_of
from casework.projections.handed import goes_on_at, handed, nudged
from casework.safetynet import next_due, over
from casework.vocabulary import FollowUpAnswer, ItemId, PersonId, Stage, StepId, WorkplaceId

LATE_AFTER = 90  # days


def group_view(case: Case, now: datetime) -> w.GroupView:
    """That there is a case, and the two things the group has to do in it."""
    state = case.step(StepId("safetynet"))
    return w.GroupView(
        case=case.id,
        version=case.version,
        workplace=case.group or case.workplace or WorkplaceId(""),
        sent_at=case.sent_at or now,
        safetynet_until=next_due(case, now),
        safetynet_over=len(over(case, now)),
        safetynet_done=state.closed,
        safetynet_done_at=state.done_at,
        safetynet_set_aside=state.reason is not None,
        safetynet_owner=state.owner,
        analysis_at=_analysis_at(case, now),
        analysis_by=case.analysis_by,
        analysis_done_at=case.analysis.at if case.analysis else None,
        measures=len(case.analysis.measures) if case.analysis else 0,
        measures_done=_answered(case, FollowUpAnswer.DONE),
        measures_dropped=_answered(case, FollowUpAnswer.DROPPED),
        plan_proposed=bool(case.analysis and case.analysis.plan),
        plan_settled=_plan_settled(case),
        closed=case.stage is Stage.CLOSED,
    )


def _plan_settled(case: Case) -> bool:
    plan = case.analysis.plan if case.analysis else None
    return plan is not None and settled(case, plan)


def _answered(case: Case, answer: FollowUpAnswer) -> int:
    """How many of what was decided; in the channel these numbers are all that stands of it."""
    return sum(said is answer for said, _ in case.followed_up.values())


def _analysis_at(case: Case, now: datetime) -> datetime:
    """Its day; or when whoever has the case has asked for it before."""
    day, asked = next((at for _, at in analysis_days(case)), now), case.closing.analysis_asked_at
    return min(day, asked) if asked else day


def analysis_view(case: Case, texts: Texts, now: datetime) -> w.AnalysisView:
    """The form for whoever has taken it, with forms, media and times. Nobody's yet: no content."""
    told, theirs = case.circumstances, _analyst(case) is not None
    return w.AnalysisView(
        case=case.id,
        version=case.version,
        media=told.media if told and theirs else (),
        forms=told.forms if told and theirs else (),
        deadlines=deadlines(case, now) if theirs else (),
        done=case.analysis is not None,
        measures=_measures(case, texts) if theirs else (),
        assigned={item: (one.owner, one.due) for item, one in case.measures.assigned.items()} if theirs else {},
    )


def _analyst(case: Case) -> PersonId | None:
    """Whose form it is: one of the group, whoever took it over, or the leader where no group is told."""
    step = step_of(case, ANALYSIS)
    return owner_of(case, step) if step else None


def _measures(case: Case, texts: Texts) -> tuple[tuple[ItemId, str, FollowUpAnswer | None, datetime | None], ...]:
    measures = case.analysis.measures if case.analysis else ()
    return tuple((item, texts.get(item, ""), *(case.followed_up.get(item) or (None, None))) for item in measures)


def follow_up_view(case: Case, measure: ItemId, reader: PersonId, texts: Texts, now: datetime) -> w.FollowUpView | None:
    """One decided measure, when it is asked about. Whoever had it before sees that, and not what it says. None for
    everybody else, and when there is no such measure."""
    if case.analysis is None or measure not in case.analysis.measures:
        return None
    if follows(case, reader, measure):
        return _followed(case, case.analysis, measure, reader, texts, now)
    if not once_had(case, reader, measure):
        return None
    return w.FollowUpView(case.id, case.version, measure, "", case.analysis.at, None, passed_on=True)


def _followed(
    case: Case, analysis: Analysis, measure: ItemId, reader: PersonId, texts: Texts, now: datetime
) -> w.FollowUpView:
    answer, _ = case.followed_up.get(measure, (None, None))
    given = case.measures.of(measure)
    return w.FollowUpView(
        case=case.id,
        version=case.version,
        measure=measure,
        text=texts.get(measure, ""),
        decided_at=analysis.at,
        answer=answer,
        reason=text_of(texts, _dropped_because(case, measure)) if answer is FollowUpAnswer.DROPPED else "",
        late=given is None and not settled(case, measure) and now >= days_after(analysis.at, LATE_AFTER),
        owner=given.owner if given else None,
        due=given.due if given else None,
        mine=given is not None and given.owner == reader,
        asked_on=first_asked(case, measure),
    )


def _dropped_because(case: Case, measure: ItemId) -> ItemId | None:
    said = newest(case, e.FollowedUp, measure=measure)
    return said.reason if said else None


def call_view(case: Case, now: datetime) -> w.CallView:
    """For the two it is between: who would like to be rung up, by whom, and whether it has been done."""
    rang = next((event.by for event in case.log if isinstance(event, e.CallMade)), case.recipient)
    return w.CallView(
        case.id,
        case.version,
        case.reporter or PersonId(""),
        case.recipient or PersonId(""),
        case.sent_at or now,
        case.call_made_at,
        handed(case, now),
        nudged(case),
        goes_on_at(case),
        case.given_at,
        rang if rang != case.recipient else None,
    )
