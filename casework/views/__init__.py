"""What each person may see of a case, and nothing else: `casework.projections` fills these, cards draw them.

Words that people wrote are in a view only where it says so. Moments are aware and in UTC; people are ids.
"""

from casework.views.accepts import AnswersView, Ledger, LedgerLine, UnreachableLine, WordingView
from casework.views.common import Deadline, EvidenceLine, FormerLine, Handed
from casework.views.documentation import (
    CustodyLine,
    Documentation,
    OwnWords,
    PaperOutcome,
    PaperStep,
    PieceLine,
)
from casework.views.employee import (
    Acted,
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
from casework.views.workplace import (
    AudienceLine,
    DebriefingLine,
    ProtectionLine,
    RiskLine,
    TellingLine,
    WorkplaceView,
)

__all__ = [
    "Acted",
    "AnalysisView",
    "AnswersView",
    "Asked",
    "AudienceLine",
    "CallView",
    "CaseLine",
    "ConsentLine",
    "ContentView",
    "CustodyLine",
    "Deadline",
    "DebriefingLine",
    "Documentation",
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
    "Ledger",
    "LedgerLine",
    "LetterLine",
    "LetterView",
    "Missing",
    "Need",
    "Opening",
    "OutcomeLine",
    "OwnWords",
    "PaperOutcome",
    "PaperStep",
    "PieceLine",
    "PoliceLine",
    "ProtectionLine",
    "QuestionView",
    "RecipientChoice",
    "ReminderView",
    "ReporterView",
    "RiskLine",
    "SetAsideLine",
    "StepLine",
    "StepView",
    "TeamsMessage",
    "TellingLine",
    "UnreachableLine",
    "WordingView",
    "WorkplaceView",
]
