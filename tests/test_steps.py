"""The steps of the plan: done once, handed over and given back, undone until somebody else has acted on them."""

from datetime import timedelta

import pytest

from casework import commands as c
from casework import events as e
from casework.access import people_of
from casework.plan import is_closed, owner_of, step_of
from casework.vocabulary import Answer, StepId
from tests.cases import (
    ANALYSIS,
    COLLEAGUES,
    JONAS,
    KARIN,
    LEGAL,
    METTE,
    SAFETYNET,
    SARA,
    TALK,
    from_a_colleague,
    opened,
    said,
)
from tests.scenes import ALI, LISE, NADIA, PETER, TOM

HELP, LETTER = StepId("help"), StepId("ask_author")


def test_a_step_pressed_twice_is_done_once():
    case = opened().done(HELP)

    assert case.does(JONAS, c.CompleteStep, step=HELP) == ()


def test_a_step_is_not_done_by_whoever_it_does_not_belong_to():
    case = opened().handed_over(HELP, to=ALI)

    assert case.refuses(JONAS, c.CompleteStep, step=HELP) == "step_belongs_to_another"
    assert case.refuses(METTE, c.CompleteStep, step=HELP) == "not_yours"


def test_a_locked_step_cannot_be_done():
    assert opened().refuses(JONAS, c.CompleteStep, step=LETTER) == "step_locked"


@pytest.mark.parametrize("step", ["assess_police", "police_consent", "police_outcome", "analysis"])
def test_what_only_facts_can_settle_is_neither_pressed_done_nor_set_aside(step):
    case = opened(group=()).done(LEGAL)

    assert case.refuses(JONAS, c.CompleteStep, step=StepId(step)) == "step_needs_its_own_answer"
    assert case.refuses(JONAS, c.SetStepAside, step=StepId(step), reason=said()) == "step_needs_its_own_answer"


@pytest.mark.parametrize(("words", "why"), [("  ", "aside_reason_missing"), ("x" * 1_001, "reason_too_long")])
def test_not_relevant_needs_a_reason_of_a_few_words(words, why):
    assert opened().refuses(JONAS, c.SetStepAside, step=HELP, reason=said(words)) == why


def test_the_talk_tells_the_affected_person_of_the_case():
    case = from_a_colleague(METTE, by=LISE).done(TALK)

    assert METTE in people_of(case.case)
    assert any(notice.to == METTE and notice.kind == "case" and notice.fresh for notice in case.told)


def test_the_talk_set_aside_tells_nobody():
    case = from_a_colleague(METTE, by=LISE)
    case.does(JONAS, c.SetStepAside, step=TALK, reason=said())

    assert METTE not in people_of(case.case)


def test_undoing_the_talk_takes_nobodys_card_away():
    case = from_a_colleague(METTE, by=LISE).done(TALK)
    case.does(JONAS, c.UndoStep, step=TALK)

    assert METTE in people_of(case.case)


# -- handed over -----------------------------------------------------------------------------------------------


def test_a_step_handed_over_is_the_others_only_when_they_accept():
    case = opened()
    case.does(JONAS, c.OfferStep, step=HELP, to=ALI)
    assert case.refuses(ALI, c.CompleteStep, step=HELP) == "not_yours"

    case.does(ALI, c.AcceptStep, step=HELP)
    assert case.does(ALI, c.CompleteStep, step=HELP)


def test_a_shared_step_that_is_only_offered_is_not_done_by_whoever_it_is_offered_to():
    case = opened()
    case.does(JONAS, c.OfferStep, step=SAFETYNET, to=ALI)

    assert case.refuses(ALI, c.CompleteStep, step=SAFETYNET) == "not_yours"


def test_a_no_to_a_step_is_said_once_and_the_case_is_no_longer_theirs():
    case = opened()
    case.does(JONAS, c.OfferStep, step=HELP, to=ALI)
    case.does(ALI, c.DeclineStep, step=HELP)

    assert case.does(ALI, c.DeclineStep, step=HELP) == ()
    assert ALI not in people_of(case.case)
    assert case.refuses(ALI, c.NoteStep, step=HELP, note=said()) == "not_yours"


def test_an_offer_that_was_taken_back_can_no_longer_be_accepted():
    case = opened()
    case.does(JONAS, c.OfferStep, step=HELP, to=ALI)
    case.does(JONAS, c.UndoStep, step=HELP)

    assert case.refuses(ALI, c.AcceptStep, step=HELP) == "not_offered_to_you"


def test_an_offered_step_is_not_offered_to_somebody_else_meanwhile():
    case = opened()
    case.does(JONAS, c.OfferStep, step=HELP, to=ALI)

    assert case.does(JONAS, c.OfferStep, step=HELP, to=ALI) == ()
    assert case.refuses(JONAS, c.OfferStep, step=HELP, to=PETER) == "already_offered"


def test_a_step_taken_over_can_be_given_back_to_the_leader():
    case = opened().handed_over(HELP, to=ALI)
    case.does(ALI, c.OfferStep, step=HELP, to=JONAS)

    assert owner_of(case.case, step_of(case.case, HELP)) == JONAS
    assert JONAS in case.reached()


def test_a_step_taken_over_can_be_handed_on():
    case = opened().handed_over(HELP, to=ALI)
    case.does(ALI, c.OfferStep, step=HELP, to=KARIN)
    case.does(KARIN, c.AcceptStep, step=HELP)

    assert case.reached() >= {JONAS, ALI, KARIN}
    assert ALI not in people_of(case.case)


@pytest.mark.parametrize("to", [METTE, NADIA, JONAS])
def test_a_step_is_handed_to_nobody_affected_excluded_nor_to_oneself(to):
    assert opened(originator=NADIA).refuses(JONAS, c.OfferStep, step=HELP, to=to) == "cannot_be_chosen"


def test_what_the_police_branch_asks_stays_with_the_leader():
    assert opened().refuses(JONAS, c.OfferStep, step=LEGAL, to=ALI) == "step_needs_its_own_answer"


# -- shared with the group -------------------------------------------------------------------------------------


def test_safetynet_done_by_one_is_done_for_both():
    assert opened().done(SAFETYNET, by=SARA).does(JONAS, c.CompleteStep, step=SAFETYNET) == ()


def test_a_member_of_the_group_takes_safetynet_and_the_next_one_is_told_whose_it_is():
    case = opened()
    case.does(SARA, c.TakeStep, step=SAFETYNET)

    assert case.does(SARA, c.TakeStep, step=SAFETYNET) == ()
    assert case.refuses(JONAS, c.TakeStep, step=SAFETYNET) == "step_belongs_to_another"
    assert case.refuses(JONAS, c.OfferStep, step=SAFETYNET, to=ALI) == "step_belongs_to_another"


def test_whoever_is_affected_takes_no_step_of_the_case_as_a_member_of_the_group():
    case = from_a_colleague(SARA, by=LISE)

    assert case.refuses(SARA, c.TakeStep, step=SAFETYNET) == "not_yours"


def test_a_group_member_gets_no_further_than_the_shared_steps():
    case = opened()

    assert case.refuses(SARA, c.CompleteStep, step=HELP) == "not_yours"
    assert case.refuses(SARA, c.SetStepAside, step=SAFETYNET, reason=said()) == "not_yours"


def test_without_a_group_safetynet_and_the_analysis_are_the_leaders():
    case = opened(group=())

    assert {owner_of(case.case, step_of(case.case, step)) for step in (SAFETYNET, ANALYSIS)} == {JONAS}
    assert case.refuses(SARA, c.TakeStep, step=SAFETYNET) == "not_yours"


def test_a_step_whose_owner_turns_out_to_be_affected_is_the_leaders_again():
    case = opened().handed_over(SAFETYNET, to=ALI)
    case.does(JONAS, c.NameAffected, people=(ALI,))

    assert owner_of(case.case, step_of(case.case, SAFETYNET)) == JONAS
    assert ALI not in people_of(case.case)


# -- later, and undone -----------------------------------------------------------------------------------------


def test_a_step_is_put_off_to_a_day_to_come():
    case = opened()

    assert case.refuses(JONAS, c.PostponeStep, step=HELP, until=case.now) == "until_in_past"
    assert case.does(JONAS, c.PostponeStep, step=HELP, until=case.now + timedelta(days=1))


@pytest.mark.parametrize("how", [{}, {"reason": said()}])
def test_done_and_set_aside_can_be_undone_by_whoever_did_it(how):
    case = opened()
    case.does(JONAS, c.SetStepAside if how else c.CompleteStep, step=HELP, **how)
    case.does(JONAS, c.UndoStep, step=HELP)

    assert not is_closed(case.case, step_of(case.case, HELP))


def test_nothing_is_undone_that_somebody_else_has_acted_on():
    case = opened().done(SAFETYNET, by=SARA)
    assert case.refuses(JONAS, c.UndoStep, step=SAFETYNET) == "acted_on_by_another"

    case.does(JONAS, c.NoteStep, step=SAFETYNET, note=said())
    assert case.refuses(SARA, c.UndoStep, step=SAFETYNET) == "acted_on_by_another"


def test_a_step_that_was_never_done_has_nothing_to_undo():
    assert opened().refuses(JONAS, c.UndoStep, step=HELP) == "step_not_done"


def test_the_legal_staff_stays_asked_when_something_was_built_on_it():
    assert opened().asked().refuses(JONAS, c.UndoStep, step=LEGAL) == "cannot_undo"


def test_what_people_have_answered_is_not_undone_by_the_leader():
    case = opened().asked(COLLEAGUES)
    case.answers(METTE, Answer.YES, COLLEAGUES)

    assert case.refuses(JONAS, c.UndoStep, step=StepId("ask_colleagues")) == "step_closed_itself"


def test_the_steps_about_a_citizen_are_not_here_when_it_is_somebody_from_the_workplace():
    assert opened(originator=TOM).refuses(JONAS, c.CompleteStep, step=StepId("case_handling")) == "step_not_here"


def test_who_holds_a_shared_step_sees_that_another_has_done_it():
    case = opened()
    case.does(SARA, c.TakeStep, step=SAFETYNET)
    case.done(SAFETYNET, by=JONAS)

    assert any((notice.to, notice.kind) == (SARA, "step") for notice in case.told)
    assert isinstance(case.events[0], e.StepCompleted)
