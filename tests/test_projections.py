"""What each person may see. What is not put into a view cannot be drawn, so it is looked for here."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.caseworker import Opened
from bot.drawing import view_of
from casework import commands as c
from casework import projections as p
from casework.reminder import Reminder
from casework.reminders import agenda
from casework.vocabulary import VAERN, Answer, Certainty, EpisodeId, OriginatorKind, OutcomeKind, Role, StepId, Whom
from tests.cases import (
    ANALYSIS,
    COLLEAGUES,
    HAPPENED,
    JONAS,
    LEGAL,
    METTE,
    SAFETYNET,
    SARA,
    TALK,
    Working,
    draft,
    from_a_colleague,
    of_several,
    opened,
    picture,
    said,
)
from tests.scenes import ALI, EPISODE, LISE, NADIA, NORD, PETER, SENT, TOM

HELP = StepId("help")


def seen_by(case: Working, reader):
    return p.case_view(case.case, reader, case.texts, case.now)


def step(case: Working, which: StepId, reader):
    return p.step_view(case.case, which, reader, case.texts, case.now)


# -- the affected employee -------------------------------------------------------------------------------------


def headline(case: Working) -> str:
    return seen_by(case, METTE).headline


def test_the_card_says_the_newest_thing_that_still_holds():
    case = opened()
    assert headline(case) == "sent"

    case.passes(minutes=1).does(JONAS, c.MarkSeen)
    assert headline(case) == "seen"

    assert headline(case.passes(minutes=1).done(TALK)) == "talked"
    assert headline(case.passes(minutes=1).asked()) == "asked"

    case.passes(minutes=1).answers(METTE, Answer.YES)
    assert headline(case) == "talked"

    case.passes(minutes=1).outcome(OutcomeKind.REPORTED)
    assert headline(case) == "reported"


def test_a_talk_that_was_undone_was_not_had():
    case = opened().passes(minutes=1).done(TALK)
    case.does(JONAS, c.UndoStep, step=TALK)

    assert (headline(case), seen_by(case, METTE).talked_at) == ("sent", None)


def test_a_talk_that_was_had_before_somebody_was_named_was_not_with_them():
    case = opened().done(TALK)
    case.does(JONAS, c.NameAffected, people=(PETER,))
    case.passes(hours=40).does(VAERN, c.Remind)

    assert seen_by(case, PETER).talked_at is None
    assert seen_by(case, METTE).talked_at == SENT


def test_safetynet_set_aside_is_not_shown_as_done():
    case = opened()
    case.does(JONAS, c.SetStepAside, step=SAFETYNET, reason=said("Allerede anmeldt."))
    view = seen_by(case, METTE)

    assert view.safetynet_done_at is None
    assert [(line.step, line.reason) for line in view.set_aside] == [(SAFETYNET, "Allerede anmeldt.")]


def test_the_affected_employee_sees_who_opened_what():
    case, one = opened(), picture()
    case.does(METTE, c.ReceiveEvidence, **one)
    case.passes(hours=1).does(JONAS, c.OpenItem, item=one["item"])

    assert [(line.by, line.at, line.number) for line in seen_by(case, METTE).openings] == [(JONAS, case.now, 1)]


def test_what_the_leader_does_next_is_something_that_is_open():
    case = opened(originator=TOM).done(TALK, "documentation", "help", "safetynet")

    assert seen_by(case, METTE).next_step == "ask_colleagues"


# -- several affected ------------------------------------------------------------------------------------------


def told_by_peter() -> Working:
    """Mette told it for both. Peter has given a picture and an account of his own, and the leader has looked."""
    case, one = of_several(PETER), picture()
    case.does(PETER, c.ReceiveEvidence, **one)
    case.does(PETER, c.GiveAccount, account=said("Peters egne ord"))
    case.does(JONAS, c.OpenItem, item=one["item"])
    case.does(JONAS, c.SetStepAside, step=HELP, reason=said("Peter vil ikke."))
    case.asked(COLLEAGUES).answers(PETER, Answer.NO, COLLEAGUES)
    case.done(LEGAL).assessed().outcome(OutcomeKind.NOT_REPORTED, PETER)
    return case


def test_nobody_sees_who_else_is_affected_nor_anything_of_theirs():
    for_mette = seen_by(told_by_peter(), METTE)

    assert PETER not in repr(for_mette)
    assert "Peter" not in repr(for_mette)
    assert (for_mette.openings, for_mette.evidence, for_mette.outcomes, for_mette.set_aside) == ((), (), (), ())


def test_a_deadline_is_open_as_long_as_it_is_for_the_reader():
    case = told_by_peter()

    assert [line.open for line in seen_by(case, METTE).deadlines] == [True]
    assert [line.open for line in seen_by(case, PETER).deadlines] == [False]


def test_whoever_was_told_about_by_another_sees_who_told_it():
    case = of_several(PETER)

    assert seen_by(case, PETER).reported_by == METTE
    assert seen_by(case, METTE).reported_by is None


# -- the reporter ----------------------------------------------------------------------------------------------


def test_a_reporter_sees_that_it_was_received_and_seen_and_what_they_gave():
    case, one = from_a_colleague(METTE, by=LISE), picture()
    case.does(LISE, c.ReceiveEvidence, **one)
    case.does(JONAS, c.MarkSeen)
    view = seen_by(case, LISE)

    assert (view.leader, view.seen_at, view.affected) == (JONAS, SENT, (METTE,))
    assert [line.item for line in view.evidence] == [one["item"]]


def test_a_reporter_sees_nothing_of_what_others_gave_or_what_came_of_it():
    case = from_a_colleague(METTE, by=LISE).done(TALK)
    before = seen_by(case, LISE)
    case.does(METTE, c.ReceiveEvidence, **picture())
    case.does(METTE, c.TellWhen, episode=HAPPENED, certainty=Certainty.EXACT, moment=EPISODE - timedelta(hours=2))
    case.does(METTE, c.TellWhen, episode=EpisodeId("new"), certainty=Certainty.EXACT, moment=EPISODE)
    case.does(JONAS, c.NameAffected, people=(PETER,))
    case.done(LEGAL).assessed().outcome(OutcomeKind.NOT_REPORTED)

    assert replace(seen_by(case, LISE), version=before.version) == before
    assert p.case_line(case.case, LISE, case.now).deadline == before.deadlines[0].until


# -- the leader ------------------------------------------------------------------------------------------------


def test_with_a_yes_and_hours_left_the_police_come_first_and_the_reminder_says_that_it_is_to_be_reported():
    case = opened().done("talk", "documentation", "legal_staff").asked()
    case.answers(METTE, Answer.YES)
    view = p.leader_view(case.case, JONAS, {}, case.now)
    assert view.next_steps[0].section == "police"

    reminder = next(each for each in agenda(case.case) if each.kind == "police_24" and each.to == JONAS)
    missing = p.reminder_view(case.case, reminder, {}, case.now).missing
    assert ("report_police", (METTE,)) in [(gap.what, gap.people) for gap in missing]


def test_the_leader_sees_the_three_next_steps_and_the_legal_staff_among_them():
    view = seen_by(opened(), JONAS)

    assert [line.step for line in view.next_steps] == ["talk", "documentation", "legal_staff"]
    assert (view.done, len(view.steps)) == (0, 21)


def test_the_leader_sees_who_has_not_heard_of_it_yet():
    assert seen_by(from_a_colleague(METTE, by=LISE), JONAS).untold == (METTE,)


def test_the_leader_is_given_the_links_to_open_and_not_to_meet():
    case, links = draft(), said("https://example.dk/opslag")
    case.does(METTE, c.TellOriginator, kind=OriginatorKind.UNKNOWN, links=links)
    case.does(METTE, c.ChooseRecipient, recipient=JONAS)
    case.does(METTE, c.SendReport)
    view = seen_by(case, JONAS)

    assert view.originator_items == (links.item,)
    assert links.text not in repr(view)


def test_the_account_is_on_no_card_before_somebody_asks_for_it():
    case = opened()

    assert not any("grimme" in repr(seen_by(case, reader)) for reader in (METTE, JONAS))


def test_a_step_is_put_off_until_its_day_comes():
    case = opened()
    case.does(JONAS, c.PostponeStep, step=HELP, until=case.now + timedelta(days=1))
    assert step(case, HELP, JONAS).line.state == "postponed"

    assert step(case.passes(days=2), HELP, JONAS).line.state == "open"


# -- steps in other hands --------------------------------------------------------------------------------------


def test_before_a_step_is_accepted_only_that_it_is_offered_is_shown():
    case = opened()
    case.does(JONAS, c.OfferStep, step=SAFETYNET, to=ALI)
    view = step(case, SAFETYNET, ALI)

    assert (view.line.state, view.need, view.affected, view.deadlines) == ("offered", None, (), ())


def test_safetynet_needs_name_times_forms_and_the_account():
    need = step(opened().handed_over(SAFETYNET), SAFETYNET, ALI).need

    assert need.affected == (METTE,)
    assert "grimme" in need.account


@pytest.mark.parametrize("which", [HELP, ANALYSIS])
def test_other_steps_need_no_name_and_no_account(which):
    need = step(opened(group=()).handed_over(which), which, ALI).need

    assert (need.affected, need.account) == ((), "")


def test_a_companion_is_not_told_whom_a_locked_step_waits_for():
    case = of_several(PETER).asked(COLLEAGUES).handed_over(StepId("inform_colleagues"))
    view = step(case, StepId("inform_colleagues"), ALI)

    assert [gap.people for gap in view.line.missing] == [()]
    assert METTE not in repr(view)


def test_a_companion_does_not_read_the_reason_of_the_leader():
    case = opened().handed_over(SAFETYNET)
    case.does(JONAS, c.SetStepAside, step=SAFETYNET, reason=said("Mette har meldt det før."))

    assert (step(case, SAFETYNET, ALI).line.state, step(case, SAFETYNET, ALI).line.reason) == ("set_aside", "")


@pytest.mark.parametrize("case", [opened, lambda: of_several(PETER)])
def test_a_companion_does_not_learn_how_many_are_affected_by_who_reads_a_reason(case):
    handed = case().handed_over(HELP)

    assert step(handed, HELP, ALI).reason_read == "helper" != step(handed, HELP, JONAS).reason_read


def test_the_leader_notes_of_a_step_are_the_leaders():
    case = opened()
    case.does(JONAS, c.NoteStep, step=SAFETYNET, note=said("Ringede til Mette."))
    case.handed_over(SAFETYNET)

    assert step(case, SAFETYNET, ALI).notes == ()
    assert len(step(case, SAFETYNET, JONAS).notes) == 1


def test_whoever_has_said_no_to_a_step_sees_that_and_nothing_more():
    case = opened()
    case.does(JONAS, c.OfferStep, step=SAFETYNET, to=ALI)
    case.does(ALI, c.DeclineStep, step=SAFETYNET)
    case.done(SAFETYNET)
    view = step(case, SAFETYNET, ALI)

    assert (view.line.state, view.line.by, view.need, view.safetynet_until) == ("open", None, None, None)


def test_a_step_is_no_business_of_whoever_never_had_it():
    case = opened().handed_over(SAFETYNET)

    assert (step(case, HELP, ALI), step(case, SAFETYNET, TOM), step(case, SAFETYNET, METTE)) == (None, None, None)


# -- the group -------------------------------------------------------------------------------------------------


def test_the_group_learns_that_there_is_a_case_and_no_name():
    case = opened()
    said_to_them = repr(p.group_view(case.case, case.now))

    assert not any(person in said_to_them for person in (METTE, JONAS))


def test_the_analysis_holds_content_for_whoever_has_taken_it_and_never_stands_in_the_channel():
    case = draft()
    case.does(METTE, c.TellCircumstances, media=("facebook",), forms=("threats",))
    case.does(METTE, c.ChooseRecipient, recipient=JONAS, ordinary=JONAS)
    case.does(METTE, c.SendReport, workplace=NORD, group_members=(SARA, JONAS))
    case.does(SARA, c.TakeAnalysis)

    assert p.analysis_view(case.case, case.texts, case.now).forms == ("threats",)
    assert view_of(Opened(case.case, case.texts), "analysis", "", None, case.now) is None


def test_an_analysis_nobody_has_taken_holds_no_content():
    view = p.analysis_view(opened().case, {}, SENT)

    assert (view.media, view.forms, view.deadlines, view.measures) == ((), (), (), ())


def test_a_measure_is_followed_up_in_its_own_words():
    case = opened(group=())
    case.does(JONAS, c.FinishAnalysis, answers=said(), measures=(said("Skilt i forhallen"),))
    measure = case.case.analysis.measures[0]

    assert p.follow_up_view(case.case, measure, JONAS, case.texts, case.now).text == "Skilt i forhallen"
    assert p.follow_up_view(case.case, "none", JONAS, case.texts, case.now) is None


# -- drafts, calls and lists -----------------------------------------------------------------------------------


def test_the_author_sees_everything_in_the_draft_and_who_will_be_shut_out():
    case = draft()
    case.does(METTE, c.TellOriginator, kind=OriginatorKind.WORKPLACE, person=NADIA)
    view = p.draft_view(case.case, case.texts, case.now)

    assert (view.account, view.excluded, view.missing) == ("Der står grimme ting om mig.", (NADIA,), ("recipient",))


def test_a_long_account_is_kept_and_not_put_into_the_form():
    case = draft()
    case.does(METTE, c.GiveAccount, account=said("x" * 100_000), replaces=case.case.account[0])
    view = p.draft_view(case.case, case.texts, case.now)

    assert (view.account, view.account_item, view.pieces) == ("", None, 1)


def test_a_call_is_shown_as_a_call_to_both_before_and_after():
    case = Working(SENT)
    case.does(METTE, c.AskForCall, recipient=SARA)
    before = {seen_by(case, reader).made_at for reader in (METTE, SARA)}
    case.does(SARA, c.MarkCallMade)

    assert before == {None}
    assert {seen_by(case, reader).made_at for reader in (METTE, SARA)} == {SENT}
    assert seen_by(case, TOM) is None


def test_a_draft_has_no_case_card():
    assert seen_by(draft(), METTE) is None


@pytest.mark.parametrize(
    ("reader", "role"),
    [(METTE, Role.AFFECTED_EMPLOYEE), (JONAS, Role.LEADER), (LISE, Role.REPORTER), (ALI, Role.COMPANION)],
)
def test_a_line_in_the_list_says_what_one_is_in_the_case(reader, role):
    case = from_a_colleague(METTE, by=LISE).done(TALK).handed_over(HELP)

    assert p.case_line(case.case, reader, case.now).role is role


def test_a_line_says_no_deadline_to_whoever_holds_a_single_step():
    assert p.case_line(opened().handed_over(HELP).case, ALI, SENT).deadline is None


def test_a_reminder_tells_the_leader_from_whom_an_answer_is_missing():
    case = of_several(PETER).asked()
    case.answers(METTE, Answer.NO)
    reminder = Reminder("police_6:x", "police_6", JONAS, SENT, HAPPENED, legal=True)
    view = p.reminder_view(case.case, reminder, case.texts, SENT)

    assert [(gap.what, gap.people) for gap in view.missing if gap.people] == [("answer_police", (PETER,))]


def test_a_reminder_tells_the_leader_whom_nobody_has_asked_yet():
    case = of_several(PETER)
    reminder = Reminder("police_24:x", "police_24", JONAS, SENT, HAPPENED, legal=True)
    view = p.reminder_view(case.case, reminder, case.texts, SENT)

    assert [(gap.what, set(gap.people)) for gap in view.missing if gap.people] == [("asked_police", {METTE, PETER})]


def test_a_reminder_to_a_companion_holds_the_step_and_no_deadline():
    case = opened().handed_over(SAFETYNET)
    reminder = Reminder("safetynet_3:x", "safetynet_3", ALI, SENT, HAPPENED, SAFETYNET)
    view = p.reminder_view(case.case, reminder, case.texts, SENT)

    assert (view.to, view.deadline, view.step.step) == ("companion", None, SAFETYNET)


def test_with_nobody_named_a_reminder_says_so():
    case = opened(by=LISE, whom=Whom.WORKPLACE)
    reminder = Reminder("police_6:x", "police_6", JONAS, SENT, HAPPENED, legal=True)

    assert p.reminder_view(case.case, reminder, {}, SENT).missing[0].what == "affected_unnamed"
