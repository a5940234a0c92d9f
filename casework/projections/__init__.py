"""A case as one person may see it. What is not put into a view cannot be drawn, so nothing else can leak.

`texts` maps item ids to what was written; only the words a view is meant to carry are taken out of it.
"""

from datetime import datetime

from casework import views as w
from casework.access import A, C, L, R, roles_of
from casework.case import Case
from casework.projections.common import Texts, deadlines, evidence_line
from casework.projections.employee import asked, employee_view, reporter_view
from casework.projections.group import analysis_view, call_view, follow_up_view, group_view
from casework.projections.intake import LONGEST_IN_FORM, draft_view
from casework.projections.leader import leader_view, step_view
from casework.projections.reminder import reminder_view
from casework.vocabulary import PersonId, Role, Whom

__all__ = [
    "LONGEST_IN_FORM",
    "analysis_view",
    "asked",
    "call_view",
    "case_line",
    "case_view",
    "draft_view",
    "employee_view",
    "evidence_line",
    "follow_up_view",
    "group_view",
    "leader_view",
    "reminder_view",
    "reporter_view",
    "step_view",
]


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
