"""Accepts: each person for themselves, to the text they saw, and taken back where that still has an effect."""

from datetime import timedelta

import pytest

from casework import commands as c
from casework import events as e
from casework.consent import everyone_asked, police_answers_in, refusing, waiting_for
from casework.vocabulary import Answer, OutcomeKind, StepId, Whom
from tests.cases import (
    COLLEAGUES,
    HAPPENED,
    JONAS,
    LEGAL,
    METTE,
    POLICE,
    REMOVAL,
    TALK,
    from_a_colleague,
    of_several,
    opened,
    outcome_of,
    said,
)
from tests.scenes import LISE, PETER

YES, NO = Answer.YES, Answer.NO


def oral(person=METTE, answer=YES, kind=POLICE, now=None) -> dict:
    episode = HAPPENED if kind is POLICE else None
    return {"kind": kind, "person": person, "answer": answer, "said_at": now, "how": said(), "episode": episode}


def test_the_police_are_asked_about_only_after_the_legal_staff():
    assert opened().refuses(JONAS, c.AskConsent, kind=POLICE) == "legal_staff_first"


def test_nobody_is_asked_when_nobody_is_named():
    case = opened(by=LISE, whom=Whom.WORKPLACE)

    assert case.refuses(JONAS, c.AskConsent, kind=COLLEAGUES) == "affected_unnamed"
    assert not everyone_asked(case.case, COLLEAGUES)
    assert not police_answers_in(case.case)


def test_each_affected_person_is_asked_for_themselves_and_once():
    case = of_several(PETER).asked()

    assert [event.person for event in case.events] == [METTE, PETER]
    assert case.does(JONAS, c.AskConsent, kind=POLICE) == ()


def test_whoever_has_not_heard_of_the_case_is_asked_when_they_do():
    case = from_a_colleague(METTE, by=LISE).asked()
    assert METTE not in case.reached()

    case.done(TALK)
    assert ("question", METTE) in {(notice.kind, notice.to) for notice in case.told}


def test_an_answer_to_an_older_wording_is_refused():
    case = opened().asked(COLLEAGUES)
    answer = {"kind": COLLEAGUES, "answer": YES, "wording": "colleagues.0"}

    assert case.refuses(METTE, c.AnswerConsent, **answer) == "wording_changed"


def test_nobody_answers_for_another():
    case = of_several(PETER).asked(COLLEAGUES)
    case.answers(PETER, NO, COLLEAGUES)

    assert refusing(case.case, COLLEAGUES) == (PETER,)
    assert waiting_for(case.case, COLLEAGUES) == (METTE,)


def test_the_leader_hears_of_an_answer_and_the_others_do_not():
    case = of_several(PETER).asked(COLLEAGUES)
    case.answers(PETER, YES, COLLEAGUES)

    fresh = {notice.to for notice in case.told if notice.fresh}
    assert fresh == {JONAS}


def test_who_said_no_is_not_asked_again_and_can_change_their_mind():
    case = opened().asked()
    case.answers(METTE, NO)

    assert case.does(JONAS, c.AskConsent, kind=POLICE) == ()
    assert case.answers(METTE, YES)


def test_the_same_answer_twice_is_one():
    case = opened().asked()
    case.answers(METTE, YES)

    assert case.answers(METTE, YES) == ()


# -- taken back ------------------------------------------------------------------------------------------------


def test_a_yes_that_was_taken_back_is_a_no_that_nobody_waits_for():
    case = opened().asked()
    case.answers(METTE, YES)
    case.does(METTE, c.WithdrawConsent, kind=POLICE, episode=HAPPENED)

    assert (waiting_for(case.case, POLICE), refusing(case.case, POLICE)) == ((), (METTE,))
    assert case.refuses(JONAS, c.RecordOutcome, **outcome_of(OutcomeKind.REPORTED, case.now)) == "consent_refused"


def test_a_yes_cannot_be_taken_back_when_it_is_reported():
    case = opened().asked()
    case.answers(METTE, YES)
    case.outcome(OutcomeKind.REPORTED)

    assert case.refuses(METTE, c.WithdrawConsent, kind=POLICE, episode=HAPPENED) == "cannot_change_answer"


def test_a_yes_cannot_be_taken_back_when_the_colleagues_have_been_told():
    case = opened().asked(COLLEAGUES)
    case.answers(METTE, YES, COLLEAGUES)
    case.done("inform_colleagues")

    assert case.refuses(METTE, c.WithdrawConsent, kind=COLLEAGUES) == "cannot_change_answer"


def test_a_question_that_was_never_put_cannot_be_taken_back():
    assert opened().refuses(METTE, c.WithdrawConsent, kind=REMOVAL) == "not_asked"


@pytest.mark.parametrize("kind", [OutcomeKind.NOT_ACCEPTED, OutcomeKind.PASSED])
def test_after_a_no_or_after_the_deadline_a_yes_still_leads_to_a_report(kind):
    case = opened().asked()
    case.answers(METTE, NO)
    case.passes(hours=80)
    case.outcome(kind)
    case.answers(METTE, YES)

    assert case.outcome(OutcomeKind.REPORTED)


def test_a_yes_after_a_no_opens_the_question_again_while_the_hours_run():
    case = opened().asked()
    case.answers(METTE, NO)
    case.outcome(OutcomeKind.NOT_ACCEPTED)
    case.answers(METTE, YES)

    assert case.case.outcomes == {}
    assert any(notice.to == JONAS and notice.fresh for notice in case.told)


# -- given orally ----------------------------------------------------------------------------------------------


def test_an_answer_given_orally_counts_until_it_is_contradicted():
    case = opened().asked()
    case.does(JONAS, c.RecordOralConsent, **oral(now=case.now))
    assert police_answers_in(case.case)

    case.does(METTE, c.ContradictConsent, kind=POLICE, episode=HAPPENED)
    assert waiting_for(case.case, POLICE) == (METTE,)


def test_an_oral_no_that_is_contradicted_opens_the_question_again():
    case = opened().asked()
    case.does(JONAS, c.RecordOralConsent, **oral(answer=NO, now=case.now))
    case.outcome(OutcomeKind.NOT_ACCEPTED)
    case.does(METTE, c.ContradictConsent, kind=POLICE, episode=HAPPENED)

    assert case.case.outcomes == {}


def test_the_affected_person_is_shown_what_was_written_down_for_them():
    case = from_a_colleague(METTE, by=LISE).done(LEGAL)
    case.does(JONAS, c.RecordOralConsent, **oral(now=case.now))

    assert [type(event) for event in case.events] == [e.AffectedTold, e.ConsentAnsweredOrally]
    assert METTE in case.reached()


def test_what_the_person_answered_themselves_is_not_overruled():
    case = opened().asked()
    case.answers(METTE, NO)

    assert case.refuses(JONAS, c.RecordOralConsent, **oral(now=case.now)) == "own_answer_stands"


def test_a_yes_taken_back_is_not_written_down_again_by_the_leader():
    case = opened().asked()
    case.answers(METTE, YES)
    case.does(METTE, c.WithdrawConsent, kind=POLICE, episode=HAPPENED)

    assert case.refuses(JONAS, c.RecordOralConsent, **oral(now=case.now)) == "own_answer_stands"


def test_an_own_answer_is_not_contradicted_but_changed():
    case = opened().asked()
    case.answers(METTE, YES)

    assert case.refuses(METTE, c.ContradictConsent, kind=POLICE, episode=HAPPENED) == "cannot_change_answer"


def test_nothing_was_said_in_the_future():
    case = opened().asked()

    assert case.refuses(JONAS, c.RecordOralConsent, **oral(now=case.now + timedelta(minutes=1))) == "said_in_future"


def test_informing_colleagues_waits_for_everyones_yes():
    case = of_several(PETER).asked(COLLEAGUES)
    case.answers(METTE, YES, COLLEAGUES)
    assert case.refuses(JONAS, c.CompleteStep, step=StepId("inform_colleagues")) == "step_locked"

    case.answers(PETER, YES, COLLEAGUES)
    assert case.done("inform_colleagues")
