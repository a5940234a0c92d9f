"""What each person may see of a case, and nothing else: `casework.projections` fills these, cards draw them.

Words that people wrote are in a view only where it says so. Moments are aware and in UTC; people are ids.
"""

from casework.views.common import Deadline, EvidenceLine, FormerLine, Handed
from casework.views.documentation import (
    CustodyLine,
    Documentation,
    PaperOutcome,
    PaperStep,
    PieceLine,
    TellingLine,
)
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
from casework.views.removal import AttemptLine, EndedLine, RemovalLine, RemovalView, RungView, UnansweredView

__all__ = [
    "AnalysisView",
    "Asked",
    "AttemptLine",
    "CallView",
    "CaseLine",
    "ConsentLine",
    "ContentView",
    "CustodyLine",
    "Deadline",
    "Documentation",
    "DraftView",
    "EmployeeView",
    "EndedLine",
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
    "Missing",
    "Need",
    "Opening",
    "OutcomeLine",
    "PaperOutcome",
    "PaperStep",
    "PieceLine",
    "PoliceLine",
    "QuestionView",
    "RecipientChoice",
    "ReminderView",
    "RemovalLine",
    "RemovalView",
    "ReporterView",
    "RungView",
    "SetAsideLine",
    "StepLine",
    "StepView",
    "TeamsMessage",
    "TellingLine",
    "UnansweredView",
]
