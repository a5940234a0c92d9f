"""What is agreed at the workplace: the citizen's risk, contact, who was told, a debriefing. B13, B17, B18, C15."""

from datetime import timedelta

import pytest

from casework import commands as c
from casework import events as e
from casework.calendar import at_clock, local, start_of
from casework.plan import is_closed, read_plan
from casework.projections import employee_view, reminder_view, step_view
from casework.reminders import due, holds
from casework.vocabulary import VAERN, Answer, Audience, ContactWay, Held, OriginatorKind, StepId, Whom
from tests.cases import COLLEAGUES, JONAS, METTE, SARA, Working, of_several, opened, said
from tests.scenes import LISE, PETER, TOM

DAY = timedelta(days=1)
RISK, CONTACT, DEBRIEFING = (StepId(step) for step in ("risk_assessment", "avoid_contact", "debriefing"))


def risk(case: Working, days: float = 9) -> dict[str, object]:
    words = {name: said(f"ord om {name}") for name in ("again", "meeting", "agreed", "follow_up_by")}
    return {**words, "follow_up_at": case.now + days * DAY}


def protection(case: Working, person=METTE, days: float | None = 9, **more: object) -> dict[str, object]:
    until = None if days is None else case.now + days * DAY
    return {"person": person, "ways": (ContactWay.DOOR,), "words": said("ad bagdøren"), "until": until, **more}


def closed(case: Working, step: StepId) -> bool:
    return is_closed(case.case, next(row for row in read_plan() if row.id == step))


def kinds(case: Working, to=JONAS) -> list[str]:
    return [reminder.kind for reminder in due(case.case, case.now) if reminder.to == to and not reminder.legal]


# -- 12: the citizen's risk ------------------------------------------------------------------------------------


def test_an_assessment_closes_its_step_and_stands_on_it_for_the_leader():
    case = opened()
    case.does(JONAS, c.AssessRisk, **risk(case))

    view = step_view(case.case, RISK, JONAS, case.texts, case.now).workplace.risk
    assert closed(case, RISK) and (view.again, view.agreed) == ("ord om again", "ord om agreed")


def test_what_is_written_of_the_citizen_is_for_nobody_but_the_leader():
    case = opened()
    case.does(JONAS, c.AssessRisk, **risk(case))
    case.does(JONAS, c.UndoStep, step=RISK)
    case.handed_over(RISK, TOM)

    assert step_view(case.case, RISK, TOM, case.texts, case.now).workplace is None
    assert "ord om" not in repr(employee_view(case.case, METTE, case.texts, case.now))


def test_the_leader_is_reminded_on_the_day_that_was_agreed_and_a_new_assessment_moves_it():
    case = opened()
    case.does(JONAS, c.AssessRisk, **risk(case))
    case.passes(days=8)
    assert "risk_follow_up" not in kinds(case)
    case.passes(days=1)
    assert "risk_follow_up" in kinds(case)

    case.does(JONAS, c.AssessRisk, **risk(case))
    assert "risk_follow_up" not in kinds(case)


def words_of(case: Working, kind: str, to=JONAS) -> tuple[str, object]:
    """The kind of the card that says it now, and the day it speaks of."""
    (found,) = [one for one in due(case.case, case.now) if one.kind == kind and one.to == to]
    view = reminder_view(case.case, found, case.texts, case.now)
    return view.kind, local(view.moment).date()


def test_whoever_gets_the_case_after_the_day_is_told_which_day_it_was_the_next_working_morning():
    case = opened()
    case.does(JONAS, c.AssessRisk, **risk(case))
    day = local(case.case.arranged.risk.follow_up_at).date()
    case.passes(days=10)
    case.does(VAERN, c.MoveCase, former=JONAS, to=SARA)
    assert "risk_follow_up" not in kinds(case, SARA)
    case.passes(days=4)

    assert words_of(case, "risk_follow_up", SARA) == ("risk_follow_up", day)


def test_a_follow_up_lies_ahead():
    case = opened()

    assert case.refuses(JONAS, c.AssessRisk, **risk(case, days=-1)) == "until_in_past"


@pytest.mark.parametrize("word", ["again", "agreed", "follow_up_by"])
def test_an_assessment_says_what_may_happen_what_is_agreed_and_who_follows_up(word):
    case = opened()

    assert case.refuses(JONAS, c.AssessRisk, **(risk(case) | {word: said("")})) == "details_missing"


def test_there_is_no_citizen_to_assess_when_it_was_somebody_of_the_workplace():
    case = opened(originator=TOM)

    assert case.refuses(JONAS, c.AssessRisk, **risk(case)) == "step_not_here"
    assert case.case.originator.kind is OriginatorKind.WORKPLACE


# -- 13: out of contact ----------------------------------------------------------------------------------------


def test_what_is_agreed_is_read_by_the_one_it_is_agreed_with():
    case = opened().passes(hours=1)
    case.does(JONAS, c.AgreeProtection, **protection(case))

    view = employee_view(case.case, METTE, case.texts, case.now)
    assert (view.protected.ways, view.protected.words, view.headline) == (
        (ContactWay.DOOR,),
        "ad bagdøren",
        "protected",
    )
    assert any((notice.to, notice.kind, notice.fresh) == (METTE, "case", True) for notice in case.told)


def test_with_several_affected_each_has_their_own_and_the_step_is_done_when_all_have():
    case = of_several(PETER)
    case.does(JONAS, c.AgreeProtection, **protection(case, METTE))
    assert not closed(case, CONTACT)
    case.does(JONAS, c.AgreeProtection, **protection(case, PETER, words=said("kun pr. brev")))

    assert closed(case, CONTACT)
    assert "brev" not in repr(employee_view(case.case, METTE, case.texts, case.now))


def test_the_last_day_reminds_the_leader_and_the_one_it_is_agreed_with_and_no_other():
    case = of_several(PETER)
    case.does(JONAS, c.AgreeProtection, **protection(case))
    last = local(case.case.arranged.protected[METTE].until - timedelta(seconds=1)).date()
    case.now = start_of(last) - timedelta(minutes=1)
    assert "contact_ends" not in [*kinds(case), *kinds(case, METTE)]
    case.now = start_of(last) + timedelta(hours=10)

    assert ("contact_ends" in kinds(case), "contact_ends" in kinds(case, METTE)) == (True, True)
    assert "contact_ends" not in kinds(case, PETER)


def test_that_an_agreement_has_ended_is_said_for_a_week_and_of_which_day():
    case = of_several(PETER)
    case.does(JONAS, c.AgreeProtection, **protection(case))
    last = local(case.case.arranged.protected[METTE].until - timedelta(seconds=1)).date()
    case.now = start_of(last) + timedelta(days=1, hours=7)

    assert words_of(case, "contact_ends") == ("contact_ends", last)
    (found,) = [one for one in due(case.case, case.now) if one.kind == "contact_ends" and one.to == METTE]
    assert holds(case.case, found.id, case.now + 5 * DAY) and not holds(case.case, found.id, case.now + 8 * DAY)


def test_an_agreement_that_goes_on_until_further_notice_reminds_nobody():
    case = opened()
    case.does(JONAS, c.AgreeProtection, **protection(case, days=None))
    case.passes(days=400)

    assert "contact_ends" not in [*kinds(case), *kinds(case, METTE)]


def test_what_is_agreed_is_chosen_or_written():
    case = opened()

    assert case.refuses(JONAS, c.AgreeProtection, **protection(case, ways=())) == "ways_missing"
    other = protection(case, ways=(ContactWay.OTHER,), words=None)
    assert case.refuses(JONAS, c.AgreeProtection, **other) == "ways_missing"
    assert case.refuses(JONAS, c.AgreeProtection, **protection(case, TOM)) == "person_unknown"


# -- 18: each audience for itself ------------------------------------------------------------------------------


def of_one_mind() -> Working:
    case = opened().asked(COLLEAGUES)
    case.answers(METTE, Answer.YES, COLLEAGUES)
    return case


def told(case: Working, audience: Audience = Audience.TEAM, **more: object) -> dict[str, object]:
    return {"audience": audience, "told_at": case.now, "who": said("mandagsmødet"), **more}


def test_who_was_told_when_and_by_whom_stands_on_the_step_and_on_the_employees_card():
    case = of_one_mind()
    case.does(JONAS, c.NoteTold, **told(case))

    lines = step_view(case.case, StepId("inform_colleagues"), JONAS, case.texts, case.now).workplace.audiences
    assert [(line.audience, [(one.who, one.by) for one in line.told]) for line in lines][0] == (
        Audience.TEAM,
        [("mandagsmødet", JONAS)],
    )
    assert [one.who for one in employee_view(case.case, METTE, case.texts, case.now).told] == ["mandagsmødet"]


def test_with_several_affected_nobody_reads_whom_the_leader_has_written_of():
    case = of_several(PETER).asked(COLLEAGUES)
    for person in (METTE, PETER):
        case.answers(person, Answer.YES, COLLEAGUES)
    case.does(JONAS, c.NoteTold, **told(case, who=said("teamet om Mette og Peter")))

    assert [one.who for one in employee_view(case.case, METTE, case.texts, case.now).told] == [""]


def test_nobody_was_told_tomorrow():
    case = of_one_mind()

    assert case.refuses(JONAS, c.NoteTold, **told(case, told_at=case.now + DAY)) == "said_in_future"
    assert case.refuses(JONAS, c.NoteTold, **told(case, who=said(" "))) == "who_missing"


def test_with_nobody_affected_there_is_nobody_to_ask_before_the_team_is_told():
    case = opened(by=LISE, whom=Whom.WORKPLACE)
    assert case.refuses(JONAS, c.NoteTold, **told(case)) == "audience_locked"
    case.does(JONAS, c.NameAffected)

    assert case.does(JONAS, c.NoteTold, **told(case))


# -- 19: debriefing --------------------------------------------------------------------------------------------


def planned(case: Working, days: float = 5) -> dict[str, object]:
    day = local(case.now + days * DAY).date()
    return {"begins_at": at_clock(day, local(case.now).time()), "who": said("hele teamet")}


def test_the_day_before_the_leader_is_reminded_and_the_day_after_asked():
    case = of_one_mind()
    case.does(JONAS, c.PlanDebriefing, **planned(case))
    case.now = at_clock(local(case.now + 4 * DAY).date(), local(case.now).time().replace(hour=9, minute=45))
    assert kinds(case).count("debriefing_ahead") == 1
    reminder = next(one for one in due(case.case, case.now) if one.kind == "debriefing_ahead")
    assert reminder_view(case.case, reminder, {}, case.now).moment == case.case.arranged.debriefing.begins_at
    case.passes(days=2, hours=1)

    assert "debriefing_held" in kinds(case) and holds(case.case, reminder.id, case.now) is None


def test_one_that_was_held_closes_the_step_and_one_that_was_not_leaves_it_open_for_another():
    case = of_one_mind()
    case.does(JONAS, c.PlanDebriefing, **planned(case))
    case.passes(days=6)
    case.does(JONAS, c.AnswerDebriefing, held=Held.NOT_HELD)
    assert not closed(case, DEBRIEFING) and "debriefing_held" not in kinds(case)

    case.does(JONAS, c.PlanDebriefing, **planned(case, days=1))
    case.passes(days=2).does(JONAS, c.AnswerDebriefing, held=Held.HELD)
    assert closed(case, DEBRIEFING)


def test_it_was_not_held_before_it_began_but_may_be_called_off():
    case = of_one_mind()
    case.does(JONAS, c.PlanDebriefing, **planned(case))

    assert case.refuses(JONAS, c.AnswerDebriefing, held=Held.HELD) == "not_held_yet"
    assert case.does(JONAS, c.AnswerDebriefing, held=Held.NOT_HELD)


def test_no_debriefing_is_planned_without_the_accept_it_waits_for():
    case = opened().asked(COLLEAGUES)

    assert case.refuses(JONAS, c.PlanDebriefing, **planned(case)) == "step_locked"


def test_what_somebody_else_has_taken_over_is_not_closed_by_the_leaders_note():
    case = of_one_mind()
    case.handed_over(DEBRIEFING)
    case.does(JONAS, c.PlanDebriefing, **planned(case))
    case.passes(days=6)

    assert [type(event) for event in case.does(JONAS, c.AnswerDebriefing, held=Held.HELD)] == [e.DebriefingAnswered]


# -- and nobody else -------------------------------------------------------------------------------------------


def test_nothing_of_it_reminds_the_group_nor_whoever_was_shut_out():
    case = of_one_mind()
    case.does(JONAS, c.AssessRisk, **risk(case))
    case.does(JONAS, c.AgreeProtection, **protection(case))
    case.does(JONAS, c.PlanDebriefing, **planned(case))
    case.passes(days=10)

    ours = {"risk_follow_up", "contact_ends", "debriefing_ahead", "debriefing_held"}
    assert not ours & {*kinds(case, None), *kinds(case, SARA), *kinds(case, VAERN)}
