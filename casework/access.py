"""Who may do what: the one place. Answered from the verified sender's directory id, never from what a card says.

Somebody who is no part of a case, or is excluded from it, gets exactly what they would get if it did not exist.
"""

from collections.abc import Mapping

from casework import commands as c
from casework.access_of_packages import SAFETYNET, permit_package
from casework.case import ANALYSIS, Case
from casework.custody import given_for, takes_back
from casework.evidence import giver_of, meant_by
from casework.gone import why_not_there
from casework.readers import STILL_READS, people_of, untold
from casework.steps import was_offered
from casework.vocabulary import VAERN, ItemId, PersonId, Refused, Role, Stage, WorkplaceId
from casework.workplace import FOR_A_DAY

__all__ = ["may_open", "openable", "people_of", "permit", "roles_of", "untold"]

A, R, L, F, C, G, LEGAL, ADMINISTRATOR, D = (
    Role.AFFECTED_EMPLOYEE,
    Role.REPORTER,
    Role.LEADER,
    Role.FORMER_LEADER,
    Role.COMPANION,
    Role.HEALTH_SAFETY_GROUP,
    Role.LEGAL_STAFF,
    Role.ADMINISTRATOR,
    Role.DOCUMENTER,
)

IN_A_DRAFT: frozenset[type[c.Command]] = frozenset(
    {
        c.StartDraft,
        c.TellForWhom,
        c.GiveAccount,
        c.TellCircumstances,
        c.TellWhen,
        c.WithdrawAccount,
        c.WithdrawEpisode,
        c.TellOriginator,
        c.ReceiveEvidence,
        c.DescribeEvidence,
        c.PlaceEvidence,
        c.AnswerPart,
        c.TellCapture,
        c.OpenItem,
        c.DestroyItem,
        c.ChooseRecipient,
        c.SendReport,
    }
)
"""What the author alone may do before Send."""

IN_A_CASE: Mapping[type[c.Command], frozenset[Role]] = {
    c.GiveAccount: frozenset({A, R}),
    c.TellWhen: frozenset({A, R}),
    c.ReceiveEvidence: frozenset({A, R, D}),
    c.DescribeEvidence: frozenset({A, R, D}),
    c.PlaceEvidence: frozenset({A, R}),
    c.AnswerPart: frozenset({A, R, D}),
    c.TellCapture: frozenset({A, R, D}),
    c.AskDocumenter: frozenset({A}),
    c.DeclineDocumenting: frozenset({D}),
    c.EndDocumenting: frozenset({A}),
    c.OpenItem: frozenset({A, R, L, LEGAL, D}),
    c.WithdrawItem: frozenset({A, R, D}),
    c.ConsultCase: frozenset({LEGAL}),
    c.SetHold: frozenset({LEGAL}),
    c.LiftHold: frozenset({LEGAL}),
    c.OpenCase: frozenset({L}),
    c.MarkSeen: frozenset({L}),
    c.NameAffected: frozenset({L}),
    c.DenyOffence: frozenset({A}),
    c.WantNoMore: frozenset({A}),
    c.CompleteStep: frozenset({L, C, G}),
    c.SetStepAside: frozenset({L, C}),
    c.OfferStep: frozenset({L, C}),
    c.AcceptStep: frozenset({C}),
    c.DeclineStep: frozenset({C}),
    c.TakeStep: frozenset({G}),
    c.NoteStep: frozenset({L, C}),
    c.PostponeStep: frozenset({L, C}),
    c.UndoStep: frozenset({L, C, G}),
    c.AskConsent: frozenset({L}),
    c.AnswerConsent: frozenset({A}),
    c.RecordOralConsent: frozenset({L}),
    c.ContradictConsent: frozenset({A}),
    c.WithdrawConsent: frozenset({A}),
    c.NoteUnreachable: frozenset({L}),
    c.AssessRisk: frozenset({L}),
    c.AgreeProtection: frozenset({L}),
    c.NoteTold: frozenset({L}),
    c.PlanDebriefing: frozenset({L}),
    c.AnswerDebriefing: frozenset({L}),
    c.AssessPolice: frozenset({L}),
    c.RecordOutcome: frozenset({L}),
    c.ReportMyself: frozenset({A}),
    c.TakeAnalysis: frozenset({G}),
    c.FinishAnalysis: frozenset({L, C, G}),
    c.AnswerFollowUp: frozenset({L, C, G}),
    c.AssignMeasure: frozenset({L, C, G}),
    c.OpenLetter: frozenset({L, C}),
    c.DraftLetter: frozenset({L, C}),
    c.SendLetter: frozenset({L, C}),
    c.JournaliseLetter: frozenset({L, C}),
    c.AskIfMissing: frozenset({L}),
    c.AnswerClosing: frozenset({A}),
    c.AskForAnalysis: frozenset({L}),
    c.CloseCase: frozenset({L}),
    c.ReopenCase: frozenset({A, L}),
    c.TryRung: frozenset({L, C}),
    c.AnswerRung: frozenset({L, C}),
    c.EndRemoval: frozenset({L, C}),
    c.ReopenRemoval: frozenset({L, C}),
    c.MakeDocumentation: frozenset({A, L}),
    c.MakePackage: frozenset({A, L, C, G, LEGAL}),
    c.AgreePoints: frozenset({L}),
    c.AnswerPoints: frozenset({A}),
    c.GiveUpdate: frozenset({L}),
    c.WriteInCase: frozenset({A, R}),
    c.WriteMessage: frozenset({A, L}),
    c.ReadMessages: frozenset({A, L}),
    c.SwitchCheckIns: frozenset({A}),
    c.MoveCase: frozenset({ADMINISTRATOR}),
}
"""Who may do what in a case that was sent. What is not here nobody may."""

IN_A_CLOSED_CASE: frozenset[type[c.Command]] = frozenset(
    {
        c.OpenCase,
        c.MarkSeen,
        c.NoteStep,
        c.TakeAnalysis,
        c.FinishAnalysis,
        c.AnswerFollowUp,
        c.CloseCase,
        c.ConsultCase,
        c.SetHold,
        c.LiftHold,
        c.AssignMeasure,
        c.OpenLetter,  # one that was sent: its number often comes last
        c.JournaliseLetter,
    }
)
"""What whoever handles a case may still do when it is closed, besides all about its analysis. Those it is about may go
on adding to it and taking back what they gave: theirs is not over because somebody else says so."""

ONLY_VAERN = (
    c.Remind | c.NoteUnsaid | c.HandOn | c.NoteWay | c.NoteReached | c.NoteLeft | c.NoteRecognised | c.NoteInvited
    | c.AnnounceErasure
)  # fmt: skip
SHARED_WITH_THE_GROUP = frozenset({SAFETYNET, ANALYSIS})


def roles_of(
    case: Case,
    person: PersonId,
    groups: frozenset[WorkplaceId] = frozenset(),
    administrators: frozenset[PersonId] = frozenset(),
    legal: frozenset[PersonId] = frozenset(),
) -> frozenset[Role]:
    """What this person is in this case. `groups`: workplaces whose health and safety group the person belongs to;
    `legal`: the legal staff, by the settings, who have nothing to do with a wish to be rung up. An affected person
    handles no step of it: they would read of the others, or of the case before a human told them.
    """
    if person in case.excluded:
        return frozenset()
    if case.stage is Stage.DRAFT:
        return frozenset({R}) if person == case.reporter else frozenset()
    affected = person in case.affected
    found = {
        R: person == case.reporter,
        L: person == case.recipient,
        F: not affected and person != case.recipient and case.formers.get(person) in STILL_READS,
        A: affected and person in case.told,
        C: not affected and _holds_a_step(case, person),
        D: not affected and case.stage is Stage.OPEN and case.documenting.documents(person),
        G: not affected and case.group is not None and case.group in groups,
        LEGAL: not affected and person in legal and bool(case.episodes),
        ADMINISTRATOR: not affected and person in administrators,
    }
    return frozenset(role for role, so in found.items() if so)


def _holds_a_step(case: Case, person: PersonId) -> bool:
    held = any(person in (state.owner, state.offered_to) for state in case.steps.values())
    follows_up = case.analysis is not None and person == case.analysis.follow_up_by
    return held or follows_up or person == case.analysis_by or person in case.measures.owners


def permit(
    case: Case,
    command: c.Command,
    groups: frozenset[WorkplaceId] = frozenset(),
    administrators: frozenset[PersonId] = frozenset(),
    legal: frozenset[PersonId] = frozenset(),
) -> None:
    """Let a command through, or refuse it."""
    if isinstance(command, ONLY_VAERN):
        return _among(command.by == VAERN)
    if isinstance(command, c.MoveCase):
        return _only_an_administrator(case, command, administrators)
    if isinstance(command, c.StartDraft | c.AskForCall) and case.started_at is None and case.sent_at is None:
        return None
    return _in_its_stage(case, command, roles_of(case, command.by, groups, legal=legal))


def _only_an_administrator(case: Case, command: c.MoveCase, administrators: frozenset[PersonId]) -> None:
    """Værn: it was asked on the machine itself, by whoever has its keys."""
    roles = roles_of(case, command.by, administrators=administrators)
    _among(command.by == VAERN or bool(roles & IN_A_CASE[c.MoveCase]))


def _in_its_stage(case: Case, command: c.Command, roles: frozenset[Role]) -> None:
    if _answers_an_offer(case, command) or takes_back(case, command):
        return None
    if not roles:
        raise Refused("not_yours")
    if case.stage is Stage.DRAFT:
        return _among(type(command) in IN_A_DRAFT)
    if case.stage is Stage.CALL or case.call_made_at is not None:
        asks_again = isinstance(command, c.AskForCall) and R in roles
        rang = isinstance(command, c.MarkCallMade) and (L in roles or F in roles and command.by not in command.shut_out)
        return _among(asks_again or rang)
    return _in_a_case(case, command, roles)


def _answers_an_offer(case: Case, command: c.Command) -> bool:
    """Whoever was asked to take a step may answer, and answer again: they know of it, whatever came of it."""
    offered = isinstance(command, c.AcceptStep | c.DeclineStep) and was_offered(case, command.step, command.by)
    if not offered or command.by in case.excluded or command.by in case.affected:
        return False
    if case.stage is Stage.CLOSED and isinstance(command, c.AcceptStep) and command.step != ANALYSIS:
        raise Refused("case_closed")
    return True


def _among(allowed: bool) -> None:
    if not allowed:
        raise Refused("not_yours")


def _in_a_case(case: Case, command: c.Command, roles: frozenset[Role]) -> None:
    if R in roles and type(command) in IN_A_DRAFT and type(command) not in IN_A_CASE:
        raise Refused("already_sent")
    acts = bool(roles & IN_A_CASE.get(type(command), frozenset()))
    acts = acts and (not isinstance(command, c.StepCommand) or L in roles or _step_is_theirs(case, command, roles))
    if F in roles and not acts and not isinstance(command, c.OpenItem):
        raise Refused("with_another", owner=case.recipient)  # they had it, and may know whose it is now
    _among(acts)
    if case.stage is Stage.CLOSED and not _goes_on(command):
        raise Refused("case_closed")
    if isinstance(command, c.ThreadCommand):
        _among(command.person == command.by if L not in roles else command.person in case.affected)
    if isinstance(command, c.MakePackage):
        permit_package(case, command, roles, lambda item: may_open(case, command.by, roles, item))
    _opens(case, command, roles)


def _opens(case: Case, command: c.Command, roles: frozenset[Role]) -> None:
    if isinstance(command, c.OpenItem):
        _among(command.all_of_it is (LEGAL in roles))
    if isinstance(command, c.OpenItem) and not may_open(case, command.by, roles, command.item):
        raise why_not_there(case, command.item, command.by)


def _goes_on(command: c.Command) -> bool:
    """Whether it is still done in a closed case."""
    told_it = IN_A_CASE[type(command)] & {A, R}
    of_the_analysis = isinstance(command, c.StepCommand) and command.step == ANALYSIS
    return bool(told_it) or of_the_analysis or type(command) in (IN_A_CLOSED_CASE | FOR_A_DAY)


def _step_is_theirs(case: Case, command: c.StepCommand, roles: frozenset[Role]) -> bool:
    """It is theirs, or the group's and this is something the group may do. An offer alone gives nothing."""
    if command.by == case.step(command.step).owner or command.step == ANALYSIS and command.by == case.analysis_by:
        return True
    return G in roles and command.step in SHARED_WITH_THE_GROUP and G in IN_A_CASE[type(command)]


def may_open(case: Case, person: PersonId, roles: frozenset[Role], item: ItemId) -> bool:
    """Whether "Vis" on this item (or on `evidence.ACCOUNT`) shows the person anything."""
    return bool(openable(case, person, roles, item))


def openable(case: Case, person: PersonId, roles: frozenset[Role], item: ItemId) -> tuple[ItemId, ...]:
    """What "Vis" on an item shows: itself, or for `evidence.ACCOUNT` every piece of it that the person may see.

    Legal staff see all, withdrawn or not; the leader what was given; everybody else what they gave or asked a colleague
    for, and the one affected what was given about them. With several affected, nobody is shown another's.
    """
    if LEGAL in roles and item in case.custody.withdrawn:
        return (item,)
    all_of_it = bool(roles & {L, LEGAL}) or (A in roles and case.affected == (person,))
    whose = {one: (giver_of(case, one), given_for(case, one) if A in roles else None) for one in meant_by(case, item)}
    return tuple(one for one, own in whose.items() if roles and own[0] and (all_of_it or person in own))
