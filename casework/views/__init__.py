"""What each person may see of a case, and nothing else: `casework.projections` fills these, cards draw them.

Words that people wrote are in a view only where it says so. Moments are aware and in UTC; people are ids.
"""

from casework.views.common import Deadline, EvidenceLine, FormerLine, Handed
from casework.views.employee import (
    Asked,
    EmployeeView,
    Helper,
    Opening,
    OutcomeLine,
    QuestionView,
    ReporterView,
    SetAsideLine,
)
from casework.views.intake import DraftView, KeptMessage, RecipientChoice, TeamsMessage
from casework.views.leader import ConsentLine, LeaderView, Missing, Need, PoliceLine, StepLine, StepView
from casework.views.letters import LetterLine, LetterView
from casework.views.others import (
    AnalysisView,
    CallView,
    CaseLine,
    ContentView,
    FollowUpView,
    FormerReading,
    FormerView,
    GroupView,
    ReminderView,
)

__all__ = [
    "AnalysisView",
    "Asked",
    "CallView",
    "CaseLine",
    "ConsentLine",
    "ContentView",
    "Deadline",
    "DraftView",
    "EmployeeView",
    "EvidenceLine",
    "FollowUpView",
    "FormerLine",
    "FormerReading",
    "FormerView",
    "GroupView",
    "Handed",
    "Helper",
    "KeptMessage",
    "LeaderView",
    "LetterLine",
    "LetterView",
    "Missing",
    "Need",
    "Opening",
    "OutcomeLine",
    "PoliceLine",
    "QuestionView",
    "RecipientChoice",
    "ReminderView",
    "ReporterView",
    "SetAsideLine",
    "StepLine",
    "StepView",
    "TeamsMessage",
]
