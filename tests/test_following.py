"""Who has the case in hand, what the affected person says to it, and what the group learns."""

from datetime import timedelta

import pytest

from casework import commands as c
from casework import events as e
from casework.access import people_of
from casework.plan import is_closed, step_of
from casework.projections import follow_up_view, group_view
from casework.vocabulary import FollowUpAnswer
from tests.cases import ANALYSIS, JONAS, METTE, SARA, TALK, Working, from_a_colleague, opened, said
from tests.scenes import ALI, LISE, NADIA, TOM

ANSWERS = {"answers": said("Lange svartider."), "measures": (said("Skriv svartiden på forsiden."), said(" "))}


def finished(case: Working, by=SARA, **more) -> Working:
    if case.case.group:
        case.does(by, c.TakeAnalysis)
    case.does(by, c.FinishAnalysis, **ANSWERS, **more)
    return case


def test_the_employee_is_told_that_it_is_seen_and_by_whom():
    case = opened()
    case.does(JONAS, c.MarkSeen)

    assert [type(event) for event in case.events] == [e.CaseOpened, e.CaseSeen]
    assert METTE in case.reached()


@pytest.mark.parametrize("what", [c.OpenCase, c.MarkSeen])
def test_seen_and_opened_are_so_once(what):
    case = opened()
    case.does(JONAS, what)

    assert case.does(JONAS, what) == ()


def test_nobody_but_the_leader_has_seen_it():
    case = opened()

    assert {case.refuses(person, c.MarkSeen) for person in (METTE, SARA, TOM)} == {"not_yours"}


@pytest.mark.parametrize("what", [c.DenyOffence, c.WantNoMore])
def test_what_the_affected_person_says_of_it_reaches_the_leader_and_is_said_once(what):
    case = from_a_colleague(METTE, by=LISE).done(TALK)
    case.does(METTE, what)

    assert any(notice.to == JONAS and notice.fresh for notice in case.told)
    assert case.does(METTE, what) == ()
    assert case.refuses(LISE, what) == "not_yours"


# -- the analysis ----------------------------------------------------------------------------------------------


def test_the_analysis_is_taken_by_one_of_the_group():
    case = opened()
    case.does(SARA, c.TakeAnalysis)

    assert case.does(SARA, c.TakeAnalysis) == ()
    assert case.refuses(JONAS, c.TakeAnalysis) == "analysis_taken"


def test_only_whoever_took_the_form_answers_it():
    case = opened()
    assert case.refuses(SARA, c.FinishAnalysis, **ANSWERS) == "step_belongs_to_another"

    assert is_closed(finished(case).case, step_of(case.case, ANALYSIS))


def test_an_analysis_handed_on_is_the_others():
    case = opened()
    case.does(SARA, c.TakeAnalysis)
    case.does(SARA, c.OfferStep, step=ANALYSIS, to=ALI)
    case.does(ALI, c.AcceptStep, step=ANALYSIS)

    assert case.refuses(SARA, c.FinishAnalysis, **ANSWERS) == "step_belongs_to_another"
    assert case.does(ALI, c.FinishAnalysis, **ANSWERS)


def test_without_a_group_the_analysis_is_the_leaders():
    assert finished(opened(group=()), by=JONAS).case.analysis


def test_the_form_needs_something_in_it_and_empty_measures_are_none():
    case = opened()
    case.does(SARA, c.TakeAnalysis)
    assert case.refuses(SARA, c.FinishAnalysis, answers=said(""), measures=(said(" "),)) == "details_missing"

    case.does(SARA, c.FinishAnalysis, **ANSWERS)
    assert len(case.case.analysis.measures) == 1


@pytest.mark.parametrize("person", [METTE, NADIA])
def test_nobody_affected_or_excluded_follows_up(person):
    case = opened(originator=NADIA)
    case.does(SARA, c.TakeAnalysis)

    assert case.refuses(SARA, c.FinishAnalysis, **ANSWERS, follow_up_by=person) == "cannot_be_chosen"


def test_a_measure_is_answered_by_whoever_follows_up():
    case = finished(opened(), follow_up_by=ALI).passes(days=30)
    answer = {"measure": case.case.analysis.measures[0], "answer": FollowUpAnswer.DONE}

    assert ALI in people_of(case.case)
    assert case.refuses(JONAS, c.AnswerFollowUp, **answer) == "step_belongs_to_another"
    assert case.does(ALI, c.AnswerFollowUp, **answer)
    assert case.does(ALI, c.AnswerFollowUp, **answer) == ()


def test_a_measure_is_dropped_only_with_a_reason_and_it_stands_on_its_card():
    case = finished(opened(), follow_up_by=ALI).passes(days=30)
    dropped = {"measure": case.case.analysis.measures[0], "answer": FollowUpAnswer.DROPPED}

    assert case.refuses(ALI, c.AnswerFollowUp, **dropped) == "reason_missing"
    assert case.does(ALI, c.AnswerFollowUp, **dropped, reason=said("Der er ikke råd i år."))
    view = follow_up_view(case.case, dropped["measure"], ALI, case.texts, case.now)
    assert (view.answer, view.reason, view.late) == (FollowUpAnswer.DROPPED, "Der er ikke råd i år.", False)


def test_the_group_reads_how_many_measures_are_done_and_nothing_of_what_they_are():
    case = finished(opened(), follow_up_by=ALI).passes(days=120)
    measure = case.case.analysis.measures[0]
    assert follow_up_view(case.case, measure, ALI, case.texts, case.now).late
    case.does(ALI, c.AnswerFollowUp, measure=measure, answer=FollowUpAnswer.DONE)

    view = group_view(case.case, case.now)
    assert (view.measures, view.measures_done, view.measures_dropped) == (1, 1, 0)
    assert None in case.reached()


def test_once_taken_the_form_is_not_posted_to_the_channel():
    case = opened()
    case.does(SARA, c.TakeAnalysis)
    case.now += timedelta(days=21)
    case.does("vaern", c.Remind)

    assert {notice.to for notice in case.told if notice.kind == "analysis"} == {SARA}
