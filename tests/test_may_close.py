"""Where everything in the plan is done, whoever has the case is reminded that it can be closed."""

from datetime import timedelta

import pytest

from casework import events as e
from casework.calendar import days_after
from casework.closing import MAY_CLOSE_DAYS
from casework.evolving import evolve
from casework.plan import steps_of
from casework.reminders import agenda
from casework.vocabulary import ItemId, StepId
from tests.cases import JONAS, METTE, Working, opened


def all_done(*but: str) -> Working:
    """Every step is set aside with a reason, but these."""
    case = opened()
    case.now += timedelta(days=20)
    for step in steps_of(case.case):
        if step.id not in but:
            aside = e.StepSetAside(by=JONAS, at=case.now, step=step.id, reason=ItemId("why"))
            case.case = evolve(case.case, aside)
    return case


def said(case: Working) -> list:
    return [one for one in agenda(case.case) if one.kind == "may_close"]


@pytest.mark.parametrize("but", [(), ("keep_updated",)])
def test_a_week_after_the_last_step_whoever_has_it_is_reminded_and_twice_again(but):
    case = all_done(*but)

    assert [(one.to, one.at) for one in said(case)] == [(JONAS, days_after(case.now, days)) for days in MAY_CLOSE_DAYS]


@pytest.mark.parametrize("step", ["talk", "safetynet", "police_outcome", "injunction"])
def test_while_a_step_is_open_nothing_of_it_is_said(step):
    assert said(all_done(step)) == []


def test_nothing_of_it_is_said_while_an_answer_is_awaited_nor_of_a_closed_case():
    case = all_done()
    waits = e.AskedIfMissing(by=JONAS, at=case.now, person=METTE, answer_by=case.now + timedelta(days=7))
    asked = evolve(case.case, waits)
    assert [one for one in agenda(asked) if one.kind == "may_close"] == []

    case.case = evolve(case.case, e.CaseClosed(by=JONAS, at=case.now))
    assert said(case) == []


def test_what_is_opened_again_by_hand_is_a_reason_to_wait():
    case = all_done()
    case.case = evolve(case.case, e.StepUndone(by=JONAS, at=case.now, step=StepId("talk")))

    assert said(case) == []
