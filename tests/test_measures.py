"""Decided measures with somebody who does each, and a day."""

from datetime import date, timedelta

import pytest

from casework import commands as c
from casework import events as e
from casework import projections as p
from casework.access import people_of, roles_of
from casework.calendar import days_after, local, start_of
from casework.evolving import evolve
from casework.reminders import agenda
from casework.views import FollowUpView
from casework.vocabulary import FollowUpAnswer, HandedOn, ItemId, Role
from tests.cases import CASE, JONAS, KARIN, METTE, SARA, TALK, Working, opened, said
from tests.scenes import ALI, NADIA, PETER, TOM
from tests.story import local as start

TWO = (said("Skriv svartiden på forsiden."), said("Ny telefonliste."))


def decided(case: Working | None = None) -> Working:
    case = case or opened()
    case.does(SARA, c.TakeAnalysis)
    case.does(SARA, c.FinishAnalysis, answers=said("Lange svartider."), measures=TWO)
    return case


def day(case: Working, days: int) -> date:
    return local(case.now).date() + timedelta(days=days)


def given(case: Working, to=TOM, days: int = 10, by=SARA, number: int = 0) -> tuple[e.Event, ...]:
    measure = case.case.analysis.measures[number]
    return case.does(by, c.AssignMeasure, measure=measure, owner=to, due=day(case, days))


def asked(case: Working, measure: ItemId):
    return [one for one in agenda(case.case) if one.item == measure]


@pytest.mark.parametrize("by", [SARA, JONAS])
def test_whoever_filled_in_the_form_and_whoever_has_the_case_say_whose_a_measure_is(by):
    case = decided()
    assert [type(event) for event in given(case, by=by)] == [e.MeasureAssigned]
    assert given(case, by=by) == ()
    assert [(notice.kind, notice.fresh) for notice in case.told] == []


@pytest.mark.parametrize("by", [METTE, TOM, ALI])
def test_nobody_else_does(by):
    case = decided()
    how = {"measure": case.case.analysis.measures[0], "owner": TOM, "due": day(case, 10)}

    assert case.refuses(by, c.AssignMeasure, **how) == "not_yours"


def test_whoever_has_a_measure_does_not_give_it_on():
    case = decided()
    given(case)
    how = {"measure": case.case.analysis.measures[0], "owner": ALI, "due": day(case, 10)}

    assert case.refuses(TOM, c.AssignMeasure, **how) == "not_yours"


@pytest.mark.parametrize("person", [METTE, NADIA])
def test_nobody_affected_or_excluded_has_a_measure(person):
    case = decided(opened(originator=NADIA))
    how = {"measure": case.case.analysis.measures[0], "owner": person, "due": day(case, 10)}

    assert case.refuses(SARA, c.AssignMeasure, **how) == "cannot_be_chosen"


@pytest.mark.parametrize("days", [0, -3])
def test_the_day_is_still_to_come(days):
    case = decided()
    how = {"measure": case.case.analysis.measures[0], "owner": TOM, "due": day(case, days)}

    assert case.refuses(SARA, c.AssignMeasure, **how) == "until_in_past"


def test_a_measure_that_is_settled_or_is_none_is_given_to_nobody():
    case = decided()
    done, open_one = case.case.analysis.measures
    case.does(SARA, c.AnswerFollowUp, measure=done, answer=FollowUpAnswer.DONE)

    for measure in (done, ItemId("none")):
        how = {"measure": measure, "owner": TOM, "due": day(case, 10)}
        assert case.refuses(SARA, c.AssignMeasure, **how) == "nothing_open"
    assert given(case, number=1) and open_one in case.case.measures.assigned


def test_its_owner_is_asked_on_the_day_and_every_30_days_and_the_others_stay_with_whoever_follows_up():
    case = decided()
    given(case, days=10)
    mine, other = case.case.analysis.measures
    mornings = [start(2026, 12, 2, 9), start(2027, 1, 4, 9), start(2027, 2, 1, 9)]  # or the next working day

    assert [one.at for one in asked(case, mine)[:3]] == mornings
    assert {one.to for one in asked(case, mine)} == {TOM} and {one.to for one in asked(case, other)} == {SARA}
    case.does(TOM, c.AnswerFollowUp, measure=mine, answer=FollowUpAnswer.UNDER_WAY)
    assert asked(case, mine)
    case.does(TOM, c.AnswerFollowUp, measure=mine, answer=FollowUpAnswer.DONE)
    assert not asked(case, mine) and asked(case, other)


GIVEN_ON = {
    "before that": (start(2026, 11, 26, 15), 27),
    "too late for that": (start(2026, 11, 27, 15), 30),
}


@pytest.mark.parametrize("name", GIVEN_ON)
def test_a_saturday_is_asked_about_on_the_friday_before_or_on_monday_if_it_was_given_later(name):
    case = decided()
    case.now, asked_on = GIVEN_ON[name]
    measure = case.case.analysis.measures[0]
    case.does(SARA, c.AssignMeasure, measure=measure, owner=TOM, due=date(2026, 11, 28))
    first, second, third = asked(case, measure)[:3]

    assert first.at == start(2026, 11, asked_on, 9)
    assert second.at == start(2026, 12, 28, 9)  # and 30 days on, a Monday
    assert third.at == start(2027, 1, 27, 9)
    view = p.follow_up_view(case.case, measure, TOM, case.texts, first.at)
    assert view.asked_on == first.at and view.due == date(2026, 11, 28)


def test_what_is_asked_again_comes_on_a_working_morning():
    case = decided()
    measure = case.case.analysis.measures[0]
    case.does(SARA, c.AssignMeasure, measure=measure, owner=TOM, due=date(2026, 11, 26))

    assert asked(case, measure)[1].at == start(2026, 12, 28, 9)  # 30 days on is a Saturday, and a holiday


def test_it_goes_on_after_the_case_is_closed():
    case = decided()
    case.case = evolve(case.case, e.CaseClosed(by=JONAS, at=case.now))
    assert given(case) and asked(case, case.case.analysis.measures[0])
    assert case.does(TOM, c.AnswerFollowUp, measure=case.case.analysis.measures[0], answer=FollowUpAnswer.DONE)


def test_whoever_has_a_measure_sees_what_it_says_and_nothing_else_of_the_case():
    case = decided()
    given(case)
    mine, other = case.case.analysis.measures
    view = p.case_view(case.case, TOM, case.texts, case.now)

    assert roles_of(case.case, TOM) == {Role.COMPANION} and TOM in people_of(case.case)
    assert isinstance(view, FollowUpView) and (view.measure, view.mine) == (mine, True)
    assert p.follow_up_view(case.case, other, TOM, case.texts, case.now) is None
    assert p.follow_up_view(case.case, mine, ALI, case.texts, case.now) is None
    step = p.step_view(case.case, TALK, TOM, case.texts, case.now)
    assert step is None or (step.need, step.deadlines) == (None, ())


def test_given_to_another_the_first_keeps_nothing_of_it_but_that_it_is_gone():
    case = decided()
    given(case)
    given(case, to=ALI)
    measure = case.case.analysis.measures[0]

    assert {(notice.to, notice.fresh) for notice in case.told if notice.kind == "follow_up"} == {
        (TOM, False),
        (ALI, True),
    }
    left = p.follow_up_view(case.case, measure, TOM, case.texts, case.now)
    assert left.passed_on and left.text == "" and not roles_of(case.case, TOM) and TOM not in people_of(case.case)
    assert case.refuses(TOM, c.AnswerFollowUp, measure=measure, answer=FollowUpAnswer.DONE) == "not_yours"


def test_another_day_is_told_to_whoever_has_it_and_asks_only_then():
    case = decided()
    given(case, days=10)
    given(case, days=23)
    measure = case.case.analysis.measures[0]

    assert (TOM, True) in {(notice.to, notice.fresh) for notice in case.told}
    assert asked(case, measure)[0].at == days_after(start_of(day(case, 23)), 0)


def test_whoever_turns_out_to_be_affected_has_no_measure_any_more():
    case = decided()
    given(case, to=PETER)
    case.does(JONAS, c.NameAffected, people=(PETER,))

    assert case.case.measures.assigned == {} and PETER not in people_of(case.case)
    assert {one.to for one in asked(case, case.case.analysis.measures[0])} == {SARA}


def test_what_the_leader_had_goes_on_with_whoever_has_the_case_then():
    case = decided()
    given(case, to=JONAS)
    head = {"case": CASE, "by": "vaern", "former": JONAS, "chain": (KARIN,)}
    case.carry_out(c.HandOn(**head, reason=HandedOn.UNREACHABLE))

    assert {one.to for one in asked(case, case.case.analysis.measures[0])} == {KARIN}
