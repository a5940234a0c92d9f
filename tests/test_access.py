"""Who may do what, written down by hand: every command × every role, a stranger, and somebody who is shut out."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import get_args

import pytest

from casework import commands as c
from casework import vocabulary as v
from casework.access import IN_A_CASE, IN_A_DRAFT, ONLY_VAERN, people_of, roles_of
from casework.parts import CapturedBy, Part, PartAnswer
from casework.projections import case_line, case_view, step_view
from casework.views import AnalysisView
from casework.vocabulary import VAERN, ItemId, Refused, Role
from tests.cases import (
    ANALYSIS,
    COLLEAGUES,
    HAPPENED,
    LEGAL,
    SAFETYNET,
    TALK,
    Working,
    draft,
    from_a_colleague,
    opened,
    picture,
    said,
)
from tests.scenes import ALI, BIRGIT, EPISODE, JONAS, KARIN, LISE, METTE, NADIA, NORD, PETER, SARA, SENT, TOM

LATER = SENT + timedelta(days=3)
HELP, RUNG = v.StepId("help"), v.StepId("ask_author")
PEOPLE = {
    "affected": METTE,
    "reporter": LISE,
    "leader": JONAS,
    "companion": ALI,
    "group": SARA,
    "former": KARIN,
    "untold": PETER,
    "stranger": TOM,
    "excluded": NADIA,
    "legal": BIRGIT,
    "legal_excluded": NADIA,
}
LEGAL_STAFF = frozenset({BIRGIT, NADIA})


def everybody() -> Working:
    """Lise has told it of Mette and Peter; Nadia is behind it. Karin had it before Jonas.

    Mette has heard of it, Peter has not. Ali has a step.
    """
    case = draft(by=LISE, whom=v.Whom.COLLEAGUE, affected=(METTE,))
    case.does(LISE, c.TellOriginator, kind=v.OriginatorKind.WORKPLACE, person=NADIA)
    case.does(LISE, c.ChooseRecipient, recipient=KARIN, ordinary=KARIN)
    case.does(LISE, c.SendReport, workplace=NORD, group_members=(SARA, JONAS))
    case.does(VAERN, c.HandOn, former=KARIN, chain=(JONAS,), reason=v.HandedOn.UNREACHABLE)
    case.done(TALK, LEGAL).handed_over(HELP, to=ALI)
    case.does(JONAS, c.AskConsent, kind=COLLEAGUES)
    case.does(JONAS, c.NameAffected, people=(PETER,))
    case.legal = LEGAL_STAFF
    return case


CONSENT = {"kind": COLLEAGUES}
ANSWERED = {"answers": said(), "measures": (said(),)}
ASKED: Mapping[type[c.Command], Callable[[], dict]] = {
    c.StartDraft: dict,
    c.TellForWhom: lambda: {"whom": v.Whom.WORKPLACE},
    c.GiveAccount: lambda: {"account": said()},
    c.TellCircumstances: dict,
    c.TellWhen: lambda: {"episode": "new", "certainty": v.Certainty.EXACT, "moment": EPISODE},
    c.WithdrawEpisode: lambda: {"episode": HAPPENED},
    c.WithdrawAccount: lambda: {"item": "item-1"},
    c.TellOriginator: lambda: {"kind": v.OriginatorKind.UNKNOWN},
    c.ReceiveEvidence: picture,
    c.DescribeEvidence: lambda: {"item": ItemId("none"), "shows": ()},
    c.PlaceEvidence: lambda: {"item": ItemId("none"), "episode": HAPPENED},
    c.AnswerPart: lambda: {"part": Part.LINK, "answer": PartAnswer.NOT_NOW, "episode": HAPPENED},
    c.AskDocumenter: lambda: {"person": TOM},
    c.DeclineDocumenting: dict,
    c.EndDocumenting: lambda: {"person": TOM},
    c.TellCapture: lambda: {"item": ItemId("none"), "captured_by": CapturedBy.MYSELF},
    c.ChooseRecipient: lambda: {"recipient": KARIN},
    c.SendReport: dict,
    c.AskForCall: lambda: {"recipient": KARIN},
    c.MarkCallMade: dict,
    c.OpenCase: dict,
    c.MarkSeen: dict,
    c.OpenItem: lambda: {"item": "account"},
    c.NameAffected: lambda: {"people": (KARIN,)},
    c.DenyOffence: dict,
    c.WantNoMore: dict,
    c.CompleteStep: lambda: {"step": SAFETYNET},
    c.SetStepAside: lambda: {"step": SAFETYNET, "reason": said()},
    c.OfferStep: lambda: {"step": SAFETYNET, "to": KARIN},
    c.AcceptStep: lambda: {"step": HELP},
    c.DeclineStep: lambda: {"step": HELP},
    c.TakeStep: lambda: {"step": SAFETYNET},
    c.NoteStep: lambda: {"step": SAFETYNET, "note": said()},
    c.PostponeStep: lambda: {"step": SAFETYNET, "until": SENT + timedelta(days=1)},
    c.UndoStep: lambda: {"step": SAFETYNET},
    c.TryRung: lambda: {"step": RUNG, "attempt": "attempt-1", "sent_on": SENT.date()},
    c.AnswerRung: lambda: {"step": RUNG, "replied_on": SENT.date()},
    c.EndRemoval: lambda: {"step": RUNG, "why": v.RemovalEnd.GONE},
    c.ReopenRemoval: lambda: {"step": RUNG},
    c.AskConsent: lambda: CONSENT,
    c.AnswerConsent: lambda: {**CONSENT, "answer": v.Answer.YES, "wording": "colleagues.1"},
    c.RecordOralConsent: lambda: {**CONSENT, "person": METTE, "answer": v.Answer.YES, "said_at": SENT, "how": said()},
    c.ContradictConsent: lambda: CONSENT,
    c.WithdrawConsent: lambda: CONSENT,
    c.NoteUnreachable: lambda: {"person": PETER, "tried": said(), "legal_staff": said()},
    c.AssessRisk: lambda: {"again": said(), "agreed": said(), "follow_up_by": said(), "follow_up_at": LATER},
    c.AgreeProtection: lambda: {"person": METTE, "ways": (v.ContactWay.DOOR,)},
    c.NoteTold: lambda: {"audience": v.Audience.TEAM, "told_at": SENT, "who": said()},
    c.PlanDebriefing: lambda: {"begins_at": LATER, "who": said()},
    c.AnswerDebriefing: lambda: {"held": v.Held.HELD},
    c.AssessPolice: lambda: {"assessment": v.Assessment.NOT_SURE, "reason": said()},
    c.RecordOutcome: lambda: {
        "episode": HAPPENED,
        "person": METTE,
        "outcome": v.OutcomeKind.EXEMPTION_ASKED,
        "details": said(),
    },
    c.ReportMyself: lambda: {"episode": HAPPENED, "reported_at": SENT, "details": said()},
    c.Remind: dict,
    c.NoteUnsaid: lambda: {"to": METTE, "reminder": "check_in"},
    c.HandOn: lambda: {"former": JONAS, "chain": (BIRGIT,), "reason": v.HandedOn.UNREACHABLE},
    c.MoveCase: lambda: {"former": JONAS, "to": BIRGIT},
    c.NoteWay: lambda: {"person": JONAS, "way": v.Way.MAIL, "tried": v.Tried.BEGUN},
    c.NoteReached: lambda: {"person": JONAS},
    c.NoteLeft: lambda: {"person": JONAS},
    c.NoteRecognised: lambda: {"earlier": (frozenset(), frozenset())},
    c.TakeAnalysis: dict,
    c.FinishAnalysis: lambda: ANSWERED,
    c.AnswerFollowUp: lambda: {"measure": ItemId("none"), "answer": v.FollowUpAnswer.DONE},
    c.AssignMeasure: lambda: {"measure": ItemId("none"), "owner": PETER, "due": SENT.date()},
    c.AgreePoints: lambda: {"person": METTE, "help": said()},
    c.AnswerPoints: lambda: {"number": 1, "answer": v.Answer.YES},
    c.NoteInvited: lambda: {"person": METTE, "next_talk": LATER, "tried": v.Tried.DONE},
    c.GiveUpdate: lambda: {"words": said()},
    c.WriteInCase: lambda: {"words": said()},
    c.WriteMessage: lambda: {"person": METTE, "words": said()},
    c.ReadMessages: lambda: {"person": METTE},
    c.SwitchCheckIns: lambda: {"on": False},
    c.OpenLetter: lambda: {"step": RUNG},
    c.DraftLetter: lambda: {"step": RUNG, "text": said()},
    c.SendLetter: lambda: {"step": RUNG, "text": said(), "sent_on": SENT.date()},
    c.JournaliseLetter: lambda: {"step": RUNG, "journal": said()},
    c.MakeDocumentation: dict,
    c.MakePackage: lambda: {"package": v.Package.POLICE},
    c.AskIfMissing: lambda: {"answer_by": SENT},
    c.AnswerClosing: lambda: {"answer": v.ClosingAnswer.NOTHING},
    c.AskForAnalysis: dict,
    c.CloseCase: dict,
    c.ReopenCase: dict,
    c.DestroyItem: lambda: {"item": ItemId("none")},
    c.WithdrawItem: lambda: {"item": ItemId("none")},
    c.ConsultCase: dict,
    c.SetHold: lambda: {"reason": said()},
    c.LiftHold: lambda: {"reason": said()},
    c.AnnounceErasure: lambda: {"erase_on": LATER.date()},
}

MAY = {
    # telling it: the reporter after Send only adds, and what was sent is no longer theirs to shape
    c.GiveAccount: "affected reporter",
    c.TellWhen: "affected reporter",
    c.ReceiveEvidence: "affected reporter",
    c.AnswerPart: "affected reporter",
    c.AskDocumenter: "affected",
    # the legal staff's
    c.ConsultCase: "legal",
    c.SetHold: "legal",
    c.LiftHold: "legal",  # already so
    c.OpenItem: "reporter leader legal",  # of the account, which is the reporter's; with several affected nobody else's
    # the leader's
    c.OpenCase: "leader",
    c.MarkSeen: "leader",
    c.NameAffected: "leader",
    c.AskConsent: "leader",
    c.AskIfMissing: "leader",
    c.AskForAnalysis: "leader",
    c.ReopenCase: "affected leader",  # already so
    c.RecordOralConsent: "leader",
    c.AssessPolice: "leader",
    c.RecordOutcome: "leader",
    c.NoteUnreachable: "leader",
    c.AgreePoints: "leader",
    c.GiveUpdate: "leader",
    c.MakeDocumentation: "affected leader",
    c.MakePackage: "affected leader",  # legal staff once they have looked into it
    c.WriteInCase: "affected reporter",
    c.WriteMessage: "affected leader",
    c.ReadMessages: "affected leader",
    # the affected employee's own
    c.SwitchCheckIns: "affected",
    c.DenyOffence: "affected",
    c.WantNoMore: "affected",
    c.AnswerConsent: "affected",
    c.WithdrawConsent: "affected",
    c.ReportMyself: "affected",
    # SafetyNet, which Ali has nothing to do with
    c.CompleteStep: "leader group",
    c.SetStepAside: "leader",
    c.OfferStep: "leader",
    c.NoteStep: "leader",
    c.PostponeStep: "leader",
    c.TakeStep: "leader group",  # this leader is a member of the group
    c.TakeAnalysis: "leader group",
    # the step that Ali has taken
    c.AcceptStep: "companion",
    c.DeclineStep: "companion",
}
"""Who is let through and gets it done, in the case of `everybody`. What is not here nobody gets done in it."""
LET_THROUGH_IN_VAIN = {
    c.WithdrawItem: "affected reporter",  # not_yours again, for the same reason
    c.DescribeEvidence: "affected reporter",  # not_yours again: there is no such piece
    c.EndDocumenting: "affected",  # nobody was asked
    c.PlaceEvidence: "affected reporter",
    c.TellCapture: "affected reporter",
    c.UndoStep: "leader group",
    # the one behind it is from the workplace, and not everybody has said yes
    c.AssessRisk: "leader",
    c.AgreeProtection: "leader",
    c.NoteTold: "leader",
    c.PlanDebriefing: "leader",
    c.AnswerDebriefing: "leader",
    c.ContradictConsent: "affected",
    **dict.fromkeys((c.OpenLetter, c.DraftLetter, c.SendLetter, c.JournaliseLetter), "leader"),  # nor a letter to one
    **dict.fromkeys((c.TryRung, c.AnswerRung, c.EndRemoval, c.ReopenRemoval), "leader"),  # there is no citizen
    c.FinishAnalysis: "leader companion group",
    c.AnswerFollowUp: "leader companion group",
    c.AssignMeasure: "leader companion group",
    c.AnswerClosing: "affected",  # not asked
    c.AnswerPoints: "affected",  # none are written
    c.CloseCase: "leader",  # not ready
}


def outcome_of(who: str, kind: type[c.Command]) -> str:
    how = ASKED[kind]() | ({"all_of_it": True} if (who, kind) == ("legal", c.OpenItem) else {})
    try:
        everybody().does(PEOPLE[who], kind, **how)
    except Refused as refused:
        if refused.key == "with_another" and who == "former":
            return "not_yours"  # no more theirs, though they may know whose it is
        return "not_yours" if refused.key == "not_yours" else "in vain"
    return "done"


def expected(who: str, kind: type[c.Command]) -> set[str]:
    if who in MAY.get(kind, "").split():
        return {"done"}
    if who in LET_THROUGH_IN_VAIN.get(kind, "").split():
        return {"in vain", "not_yours"}
    if who == "reporter" and kind in IN_A_DRAFT and kind not in IN_A_CASE:
        return {"in vain"}  # already sent
    return {"not_yours"}


@pytest.mark.parametrize("kind", ASKED, ids=lambda kind: kind.__name__)
def test_each_role_may_do_exactly_what_the_table_says(kind):
    found = {who: outcome_of(who, kind) for who in PEOPLE}

    assert {who: word for who, word in found.items() if word not in expected(who, kind)} == {}


def test_the_table_names_every_command():
    assert set(ASKED) == set(IN_A_CASE) | IN_A_DRAFT | {c.AskForCall, c.MarkCallMade, c.Remind, *get_args(ONLY_VAERN)}


@pytest.mark.parametrize("who", ["untold", "stranger", "excluded"])
def test_whoever_is_no_part_of_it_gets_what_they_would_get_if_there_were_no_case(who):
    found = {outcome_of(who, kind) for kind in ASKED}
    case = everybody().case
    reader = PEOPLE[who]

    assert found == {"not_yours"}
    assert reader not in people_of(case)
    assert roles_of(case, reader) == frozenset()
    assert (case_view(case, reader, {}, SENT), case_line(case, reader, SENT)) == (None, None)
    assert step_view(case, HELP, reader, {}, SENT) is None


def test_a_new_case_is_anybodys_to_begin():
    for kind in (c.StartDraft, c.AskForCall):
        assert Working(SENT).does(TOM, kind, **ASKED[kind]())


@pytest.mark.parametrize("kind", get_args(ONLY_VAERN))
def test_only_time_itself_reminds_and_only_the_house_hands_on(kind):
    assert everybody().refuses(JONAS, kind, **ASKED[kind]()) == "not_yours"


def test_an_excluded_member_of_the_group_is_no_member_here():
    case = opened(originator=NADIA).case

    assert roles_of(case, NADIA, frozenset({NORD})) == frozenset()
    assert roles_of(case, SARA, frozenset({NORD})) == {Role.HEALTH_SAFETY_GROUP}


def test_a_member_of_another_places_group_is_a_stranger():
    assert roles_of(opened().case, SARA, frozenset({v.WorkplaceId("elsewhere")})) == frozenset()


def test_an_affected_person_is_no_member_of_the_group_in_their_own_case():
    case = from_a_colleague(SARA, by=LISE)
    assert roles_of(case.case, SARA, frozenset({NORD})) == frozenset()

    case.done(TALK)
    assert roles_of(case.case, SARA, frozenset({NORD})) == {Role.AFFECTED_EMPLOYEE}


def test_whoever_follows_up_and_turns_out_to_be_affected_does_not_stumble_upon_the_case():
    case = opened()
    case.does(SARA, c.TakeAnalysis)
    case.does(SARA, c.FinishAnalysis, answers=said(), measures=(said(),), follow_up_by=ALI)
    case.does(JONAS, c.NameAffected, people=(ALI,))

    assert ALI not in people_of(case.case)
    assert roles_of(case.case, ALI) == frozenset()


def test_a_leader_who_reported_it_is_both():
    case = opened(by=JONAS, whom=v.Whom.COLLEAGUE, affected=(METTE,))

    assert roles_of(case.case, JONAS) == {Role.LEADER, Role.REPORTER}


def test_whoever_has_taken_the_analysis_finds_the_case():
    case = opened()
    case.does(SARA, c.TakeAnalysis)

    assert SARA in people_of(case.case)
    assert case.case.analysis_by == SARA and isinstance(case_view(case.case, SARA, {}, SENT), AnalysisView)
    assert ANALYSIS not in case.case.steps


def test_a_card_of_another_case_is_decided_on_that_case():
    other = draft(by=TOM)

    assert other.refuses(METTE, c.GiveAccount, account=said()) == "not_yours"
