"""One table: what somebody asks for → the function that answers it. Pure; who may ask is `casework.access`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import reduce

from casework import (
    closing,
    coaching,
    consent,
    custody,
    documenting,
    evidence,
    following,
    handing_on,
    leaving,
    letters,
    measures,
    messages,
    packages,
    papers,
    police,
    recognition,
    reminders,
    removal,
    reporting,
    retention,
    steps,
    talk,
    wellbeing,
    workplace,
    writing_in_case,
)
from casework import commands as c
from casework.case import Case
from casework.events import Event
from casework.evolving import evolve
from casework.vocabulary import Stage

Decision = Callable[..., tuple[Event, ...]]

ANSWERS: Mapping[type[c.Command], Decision] = {
    c.StartDraft: reporting.start_draft,
    c.TellForWhom: reporting.tell_for_whom,
    c.GiveAccount: reporting.give_account,
    c.TellCircumstances: reporting.tell_circumstances,
    c.TellWhen: reporting.tell_when,
    c.WithdrawAccount: reporting.withdraw_account,
    c.WithdrawEpisode: reporting.withdraw_episode,
    c.TellOriginator: reporting.tell_originator,
    c.ReceiveEvidence: evidence.receive_evidence,
    c.DescribeEvidence: evidence.describe_evidence,
    c.ChooseRecipient: reporting.choose_recipient,
    c.SendReport: reporting.send_report,
    c.AskForCall: reporting.ask_for_call,
    c.MarkCallMade: reporting.mark_call_made,
    c.HandOn: handing_on.hand_on,
    c.MoveCase: handing_on.move_case,
    c.NoteWay: handing_on.note_way,
    c.NoteReached: handing_on.note_reached,
    c.NoteLeft: leaving.note_left,
    c.NoteRecognised: recognition.note_recognised,
    c.OpenCase: following.open_case,
    c.MarkSeen: following.mark_seen,
    c.PlaceEvidence: coaching.place_evidence,
    c.AnswerPart: coaching.answer_part,
    c.TellCapture: coaching.tell_capture,
    c.AskDocumenter: documenting.ask_documenter,
    c.DeclineDocumenting: documenting.decline_documenting,
    c.EndDocumenting: documenting.end_documenting,
    c.OpenItem: evidence.open_item,
    c.NameAffected: police.name_affected,
    c.DenyOffence: following.deny_offence,
    c.WantNoMore: following.want_no_more,
    c.CompleteStep: steps.complete_step,
    c.SetStepAside: steps.set_step_aside,
    c.OfferStep: steps.offer_step,
    c.AcceptStep: steps.accept_step,
    c.DeclineStep: steps.decline_step,
    c.TakeStep: steps.take_step,
    c.NoteStep: steps.note_step,
    c.PostponeStep: steps.postpone_step,
    c.UndoStep: steps.undo_step,
    c.AskConsent: consent.ask_consent,
    c.AnswerConsent: consent.answer_consent,
    c.RecordOralConsent: consent.record_oral_consent,
    c.ContradictConsent: consent.contradict_consent,
    c.WithdrawConsent: consent.withdraw_consent,
    c.NoteUnreachable: consent.note_unreachable,
    c.AssessRisk: workplace.assess_risk,
    c.AgreeProtection: workplace.agree_protection,
    c.NoteTold: workplace.note_told,
    c.PlanDebriefing: workplace.plan_debriefing,
    c.AnswerDebriefing: workplace.answer_debriefing,
    c.AssessPolice: police.assess_police,
    c.RecordOutcome: police.record_outcome,
    c.ReportMyself: police.report_myself,
    c.Remind: reminders.remind,
    c.NoteUnsaid: reminders.note_unsaid,
    c.TakeAnalysis: following.take_analysis,
    c.FinishAnalysis: following.finish_analysis,
    c.AnswerFollowUp: following.answer_follow_up,
    c.AssignMeasure: measures.assign_measure,
    c.OpenLetter: letters.open_letter,
    c.DraftLetter: letters.draft_letter,
    c.SendLetter: letters.send_letter,
    c.JournaliseLetter: letters.journalise_letter,
    c.AskIfMissing: closing.ask_if_missing,
    c.AnswerClosing: closing.answer_closing,
    c.AskForAnalysis: closing.ask_for_analysis,
    c.CloseCase: closing.close_case,
    c.ReopenCase: closing.reopen_case,
    c.TryRung: removal.try_rung,
    c.AnswerRung: removal.answer_rung,
    c.EndRemoval: removal.end_removal,
    c.ReopenRemoval: removal.reopen_removal,
    c.MakeDocumentation: papers.make_documentation,
    c.MakePackage: packages.make_package,
    c.AgreePoints: talk.agree_points,
    c.AnswerPoints: talk.answer_points,
    c.NoteInvited: talk.note_invited,
    c.GiveUpdate: messages.give_update,
    c.WriteInCase: writing_in_case.write_in_case,
    c.WriteMessage: messages.write_message,
    c.ReadMessages: messages.read_messages,
    c.SwitchCheckIns: wellbeing.switch_check_ins,
    c.ConsultCase: custody.consult_case,
    c.SetHold: custody.set_hold,
    c.LiftHold: custody.lift_hold,
    c.DestroyItem: custody.destroy_item,
    c.WithdrawItem: custody.withdraw_item,
    c.AnnounceErasure: retention.announce_erasure,
}


def decide(case: Case, command: c.Command, now: datetime) -> tuple[Event, ...]:
    """The facts that follow; none when it is already so. Refused when it cannot be, with words in both languages."""
    events = ANSWERS[type(command)](case, command, now)
    if case.stage is not Stage.CLOSED and case.removal.ended is None:
        return events
    after = reduce(evolve, events, case)
    again = removal.begins_again(case, after, command, now)
    return (*events, *again, *closing.opens_again(case, after, command, now))
