"""A case as one person may see it. What is not put into a view cannot be drawn, so nothing else can leak.

`texts` maps item ids to what was written; only the words a view is meant to carry are taken out of it.
"""

from datetime import datetime

from casework import views as w
from casework.access import LEGAL, A, C, D, F, L, R, roles_of
from casework.case import Case
from casework.measures import first_of
from casework.projections.accepts import answers_view, wording_view
from casework.projections.closing import closing_view, missing_view
from casework.projections.coach import coach_view, how_far
from casework.projections.common import Texts, deadlines, evidence_line
from casework.projections.custody import custody_lines, custody_view, erasure_view, legal_view
from casework.projections.documenting import documenter_lines, documenter_view, own_lines
from casework.projections.employee import (
    asked,
    employee_view,
    own_deadlines,
    questions_to,
    reporter_view,
    told_deadlines,
)
from casework.projections.group import analysis_view, call_view, follow_up_view, group_view
from casework.projections.handed import former_reading, former_view
from casework.projections.intake import LONGEST_IN_FORM, draft_view, kept_message
from casework.projections.leader import leader_view, step_view
from casework.projections.letters import letter_view
from casework.projections.reminder import reminder_view
from casework.projections.talk import (
    check_in_view,
    messages_view,
    next_talk_view,
    points_view,
    sent_view,
    silent_view,
    talk_people,
    update_view,
    words_of,
    writing_view,
)
from casework.vocabulary import PersonId, Role, Stage, Whom

__all__ = [
    "LONGEST_IN_FORM",
    "analysis_view",
    "answers_view",
    "asked",
    "call_view",
    "case_line",
    "case_view",
    "check_in_view",
    "closing_view",
    "coach_view",
    "custody_lines",
    "custody_view",
    "documenter_lines",
    "documenter_view",
    "draft_view",
    "employee_view",
    "erasure_view",
    "evidence_line",
    "follow_up_view",
    "former_reading",
    "former_view",
    "group_view",
    "how_far",
    "kept_message",
    "leader_view",
    "legal_view",
    "letter_view",
    "messages_view",
    "missing_view",
    "next_talk_view",
    "own_lines",
    "points_view",
    "questions_to",
    "reminder_view",
    "reporter_view",
    "sent_view",
    "silent_view",
    "step_view",
    "talk_people",
    "update_view",
    "wording_view",
    "words_of",
    "writing_view",
]


OfTheAnalysis = w.AnalysisView | w.FollowUpView
CaseView = w.LeaderView | w.EmployeeView | w.ReporterView | w.StepView | OfTheAnalysis | w.CallView | w.FormerView


def case_view(case: Case, reader: PersonId, texts: Texts, now: datetime) -> CaseView | None:
    """The reader's one card of a case that was sent, by what they are in it. None: no part of it, or still a draft."""
    roles = roles_of(case, reader)
    if not roles or case.stage is Stage.DRAFT:
        return None
    if roles <= {F, C} and F in roles:
        return former_view(case, reader, reads=bool(case.episodes))
    if case.stage is Stage.CALL or case.call_made_at is not None:
        return call_view(case, now)
    return _open_case_view(case, reader, roles, texts, now)


def _open_case_view(
    case: Case, reader: PersonId, roles: frozenset[Role], texts: Texts, now: datetime
) -> CaseView | None:
    if L in roles:
        return leader_view(case, reader, texts, now)
    if A in roles:
        return employee_view(case, reader, texts, now)
    if R in roles:
        return reporter_view(case, reader, texts, now)
    if C in roles:
        return _companion_view(case, reader, texts, now)
    return documenter_view(case, reader, texts) if D in roles else None


def _companion_view(case: Case, reader: PersonId, texts: Texts, now: datetime) -> w.StepView | OfTheAnalysis | None:
    """The step they hold, open ones first; else the analysis, for whoever has it; else the measure that is theirs."""
    held = [step for step, state in case.steps.items() if reader in (state.owner, state.offered_to)]
    held.sort(key=lambda step: case.step(step).closed)
    shown = step_view(case, held[0], reader, texts, now) if held else None
    return shown or _of_the_analysis(case, reader, texts, now)


def _of_the_analysis(case: Case, reader: PersonId, texts: Texts, now: datetime) -> OfTheAnalysis | None:
    follows_up = case.analysis.follow_up_by if case.analysis else None
    if reader in (case.analysis_by, follows_up):
        return analysis_view(case, texts, now)
    measure = first_of(case, reader)
    return follow_up_view(case, measure, reader, texts, now) if measure else None


def case_line(
    case: Case, reader: PersonId, now: datetime, legal: frozenset[PersonId] = frozenset()
) -> w.CaseLine | None:
    """A line in "mine sager"; None when the reader is no part of it."""
    roles = roles_of(case, reader, legal=legal)
    role = next((role for role in (A, R, L, F, C, LEGAL, D) if role in roles), None)
    if role is None:
        return None
    ahead = [d.until for d in _their_deadlines(case, reader, role, now) if not d.passed and d.open]
    shown = Role.AFFECTED_EMPLOYEE if role is R and case.whom in (Whom.ME, Whom.SEVERAL) else role
    at = case.sent_at or case.started_at or now
    return w.CaseLine(
        case.id, case.version, shown, case.stage.value, at, min(ahead, default=None), case.closing.closed_at
    )


def _their_deadlines(case: Case, reader: PersonId, role: Role, now: datetime) -> tuple[w.Deadline, ...]:
    """What a line may tell of the 72 hours: to the affected their own, to the reporter what they told."""
    if case.stage is Stage.DRAFT or role is L:
        return deadlines(case, now)
    if role is A:
        return own_deadlines(case, reader, now)
    return told_deadlines(case, reader, now) if role is R else ()
