"""The plan: 21 steps with fixed numbers, what each waits for, and which fall away."""

import pytest

from casework import commands as c
from casework.plan import SECTIONS, is_closed, missing, read_plan, step_of, steps_of
from casework.vocabulary import Answer, OutcomeKind, StepId, Whom
from tests.cases import COLLEAGUES, JONAS, LEGAL, METTE, REMOVAL, of_several, opened, said
from tests.scenes import LISE, PETER, TOM


def waits_for(case, step: str) -> list[str]:
    return [gap.what for gap in missing(case.case, step_of(case.case, StepId(step)))]


def closed(case, step: str) -> bool:
    return is_closed(case.case, step_of(case.case, StepId(step)))


def test_the_steps_are_numbered_from_1_to_21_in_the_order_of_their_sections():
    assert [step.number for step in read_plan()] == list(range(1, 22))
    assert list(dict.fromkeys(step.section for step in read_plan())) == list(SECTIONS)


def test_every_step_waits_only_for_steps_there_are():
    ids = {step.id for step in read_plan()}
    awaited = {rule.split(":")[1] for step in read_plan() for rule in step.waits_for if rule.startswith("closed:")}

    assert awaited <= ids


def test_the_numbers_stay_when_the_steps_about_a_citizen_fall_away():
    numbers = [step.number for step in steps_of(opened(originator=TOM).case)]

    assert numbers == [1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18, 19, 20, 21]


def test_a_letter_waits_for_documentation_a_look_at_the_case_and_that_the_affected_was_asked():
    case = opened()
    assert waits_for(case, "ask_author") == ["step", "step", "asked_removal"]

    case.done("documentation", "case_handling").does(JONAS, c.AskConsent, kind=REMOVAL)
    assert waits_for(case, "ask_author") == []


def test_a_reason_instead_of_the_documentation_opens_the_letter_too():
    case = opened().done("case_handling").asked(REMOVAL)
    case.does(JONAS, c.SetStepAside, step=StepId("documentation"), reason=said())

    assert waits_for(case, "ask_author") == []


def test_the_rungs_of_removal_open_one_after_the_other():
    case = opened().done("documentation", "case_handling").asked(REMOVAL)
    for rung, following in (("ask_author", "ask_site"), ("ask_site", "datatilsynet"), ("datatilsynet", "injunction")):
        assert waits_for(case, following) == ["step"]
        case.done(rung)
        assert waits_for(case, following) == []


def test_the_police_steps_wait_for_the_legal_staff():
    case = opened()
    steps = ("assess_police", "police_consent", "police_outcome")
    assert {step: waits_for(case, step) for step in steps} == dict.fromkeys(steps, ["step"])

    case.done(LEGAL)
    assert [gap for step in steps for gap in waits_for(case, step)] == []


def test_colleagues_are_informed_only_with_everyones_yes_and_it_says_from_whom_it_is_missing():
    case = of_several(PETER).asked(COLLEAGUES)
    case.answers(METTE, Answer.NO, COLLEAGUES)
    gaps = missing(case.case, step_of(case.case, StepId("inform_colleagues")))

    found = [(gap.what, gap.people) for gap in gaps]
    assert found == [("refused_colleagues", (METTE,)), ("answer_colleagues", (PETER,))]


def test_with_nobody_named_that_is_what_the_step_waits_for():
    case = opened(by=LISE, whom=Whom.WORKPLACE)
    assert waits_for(case, "inform_colleagues") == ["affected_unnamed"]

    case.does(JONAS, c.NameAffected)
    assert waits_for(case, "inform_colleagues") == []


def test_asking_the_colleagues_question_is_done_when_it_is_answered():
    case = opened().asked(COLLEAGUES)
    assert not closed(case, "ask_colleagues")

    case.answers(METTE, Answer.NO, COLLEAGUES)
    assert closed(case, "ask_colleagues")


@pytest.mark.parametrize("answer", Answer)
def test_the_police_question_is_done_when_everyone_has_answered(answer):
    case = of_several(PETER).asked()
    case.answers(METTE, answer)
    assert not closed(case, "police_consent")

    case.answers(PETER, answer)
    assert closed(case, "police_consent")


def test_the_outcome_is_done_when_every_question_has_one():
    case = of_several(PETER).done(LEGAL).assessed()
    case.outcome(OutcomeKind.NOT_REPORTED, METTE)
    assert not closed(case, "police_outcome")

    case.outcome(OutcomeKind.NOT_REPORTED, PETER)
    assert closed(case, "police_outcome")
