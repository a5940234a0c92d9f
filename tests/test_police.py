"""The police branch: one of five outcomes for each (episode, affected person), and none without that person's yes."""

from datetime import UTC, datetime, timedelta

import pytest

from casework import commands as c
from casework import events as e
from casework.access import people_of
from casework.deadline import open_questions
from casework.plan import is_closed, step_of
from casework.vocabulary import Answer, Assessment, Certainty, ConsentKind, EpisodeId, OutcomeKind, StepId, Whom
from tests.cases import (
    HAPPENED,
    JONAS,
    LEGAL,
    METTE,
    TALK,
    from_a_colleague,
    of_several,
    opened,
    outcome_of,
    said,
)
from tests.scenes import EPISODE, LISE, NADIA, PETER, SENT

REPORTED, NOT_REPORTED, NOT_ACCEPTED, EXEMPTION, PASSED = OutcomeKind
RECORD = c.RecordOutcome


def nobody_named():
    return opened(by=LISE, whom=Whom.WORKPLACE).done(LEGAL)


@pytest.mark.parametrize("kind", OutcomeKind)
def test_no_outcome_before_the_legal_staff_has_been_asked(kind):
    case = opened()

    assert case.refuses(JONAS, RECORD, **outcome_of(kind, case.now)) == "legal_staff_first"


def test_the_leader_goes_on_when_the_legal_staff_cannot_be_reached_with_that_reason():
    case = opened()
    case.does(JONAS, c.SetStepAside, step=LEGAL, reason=said("Vagten svarer ikke."))

    assert case.assessed().outcome(NOT_REPORTED)


def test_reported_needs_that_persons_own_yes():
    case = of_several(PETER).asked()
    case.answers(METTE, Answer.YES)

    assert case.outcome(REPORTED, METTE)
    assert case.refuses(JONAS, RECORD, **outcome_of(REPORTED, case.now, PETER)) == "consent_missing"


def test_a_yes_to_one_episode_is_not_a_yes_to_another():
    case = opened().asked()
    case.answers(METTE, Answer.YES)
    second = EpisodeId("second")
    case.does(METTE, c.TellWhen, episode=second, certainty=Certainty.EXACT, moment=EPISODE + timedelta(hours=5))

    assert case.refuses(JONAS, RECORD, **{**outcome_of(REPORTED, case.now), "episode": second}) == "consent_missing"


@pytest.mark.parametrize(("left_out", "why"), [("reported_at", "time_missing"), ("details", "details_missing")])
def test_reported_says_when_and_where(left_out, why):
    case = opened().asked()
    case.answers(METTE, Answer.YES)

    assert case.refuses(JONAS, RECORD, **{**outcome_of(REPORTED, case.now), left_out: None}) == why


def said_yes_at(case, said_at, answer=Answer.YES):
    how = {"kind": ConsentKind.POLICE, "person": METTE, "episode": HAPPENED, "answer": answer}
    case.does(JONAS, c.RecordOralConsent, **how, said_at=said_at, how=said("I telefonen."))


def reported(case, **before):
    return {**outcome_of(REPORTED, case.now), "reported_at": case.now - timedelta(**before)}


def test_a_report_is_never_from_before_the_yes_it_rests_on_beyond_a_rough_clock():
    case = opened().asked().passes(hours=10)
    case.answers(METTE, Answer.YES)

    assert case.refuses(JONAS, RECORD, **reported(case, hours=1, minutes=1)) == "reported_before_yes"
    assert case.does(JONAS, RECORD, **reported(case, hours=1))


def test_a_report_of_yesterday_does_not_rest_on_a_yes_of_just_after_midnight():
    midnight = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # where the people are
    case = opened().asked()
    case.now = midnight + timedelta(minutes=30)
    case.answers(METTE, Answer.YES)

    assert case.refuses(JONAS, RECORD, **reported(case, hours=2)) == "reported_before_yes"
    assert case.does(JONAS, RECORD, **reported(case, minutes=45)), "on the day before, and within the hour"


def test_a_yes_said_earlier_counts_from_when_it_was_said_also_when_the_card_confirms_it():
    case = opened().asked().passes(hours=10)
    said_yes_at(case, case.now - timedelta(hours=6))
    case.answers(METTE, Answer.YES)

    assert case.refuses(JONAS, RECORD, **reported(case, hours=8)) == "reported_before_yes"
    assert case.does(JONAS, RECORD, **reported(case, hours=5))


def test_a_yes_after_a_no_counts_from_the_new_yes():
    case = opened().asked()
    case.answers(METTE, Answer.YES)
    case.passes(hours=5).answers(METTE, Answer.NO)
    case.passes(hours=5).answers(METTE, Answer.YES)

    assert case.refuses(JONAS, RECORD, **reported(case, hours=7)) == "reported_before_yes"


def test_who_has_been_to_the_police_themselves_needs_nobodys_yes_before():
    case = opened().asked().passes(hours=10)
    case.answers(METTE, Answer.YES)

    assert case.does(METTE, c.ReportMyself, episode=HAPPENED, reported_at=SENT, details=said(""))


def test_not_reported_rests_on_an_assessment():
    case = opened().done(LEGAL)
    assert case.refuses(JONAS, RECORD, **outcome_of(NOT_REPORTED, case.now)) == "assessment_missing"

    case.assessed(Assessment.TO_BE_REPORTED)
    assert case.refuses(JONAS, RECORD, **outcome_of(NOT_REPORTED, case.now)) == "assessment_missing"

    case.assessed(Assessment.NOT_TO_BE_REPORTED)
    assert case.outcome(NOT_REPORTED)


def test_not_accepted_is_only_for_a_no():
    case = opened().asked()
    assert case.refuses(JONAS, RECORD, **outcome_of(NOT_ACCEPTED, case.now)) == "not_refused"

    case.answers(METTE, Answer.NO)
    assert case.outcome(NOT_ACCEPTED)


def test_not_accepting_is_never_an_exemption():
    case = opened().asked()
    case.answers(METTE, Answer.NO)

    assert case.refuses(JONAS, RECORD, **outcome_of(EXEMPTION, case.now)) == "consent_refused"


def test_an_exemption_has_its_own_reason():
    case = opened().done(LEGAL)
    asked = outcome_of(EXEMPTION, case.now)

    assert case.refuses(JONAS, RECORD, **{**asked, "details": said(" ")}) == "details_missing"
    assert case.does(JONAS, RECORD, **asked)


def test_passed_is_said_only_when_it_has():
    case = opened().done(LEGAL)
    assert case.refuses(JONAS, RECORD, **outcome_of(PASSED, case.now)) == "not_passed"

    assert case.passes(hours=72).outcome(PASSED)


def test_an_outcome_recorded_twice_is_one_and_a_report_is_never_taken_back():
    case = opened().asked()
    case.answers(METTE, Answer.YES)
    case.outcome(REPORTED)

    assert case.outcome(REPORTED) == ()
    assert case.refuses(JONAS, RECORD, **outcome_of(EXEMPTION, case.now)) == "already_recorded"


def test_after_the_deadline_the_person_can_still_be_asked_and_it_can_still_be_reported():
    case = opened().done(LEGAL).passes(hours=72)
    case.outcome(PASSED)
    case.asked()
    case.answers(METTE, Answer.YES)

    assert case.outcome(REPORTED)


def test_passed_falls_when_the_episode_turns_out_to_be_later():
    case = opened().done(LEGAL).passes(hours=72)
    case.outcome(PASSED)
    later = case.now - timedelta(hours=10)
    case.does(METTE, c.TellWhen, episode=HAPPENED, certainty=Certainty.EXACT, moment=later)

    assert open_questions(case.case) == ((HAPPENED, METTE),)


def test_passed_stands_when_the_corrected_moment_is_past_too():
    case = opened().done(LEGAL).passes(hours=90)
    case.outcome(PASSED)
    case.does(METTE, c.TellWhen, episode=HAPPENED, certainty=Certainty.EXACT, moment=EPISODE + timedelta(hours=1))

    assert open_questions(case.case) == ()


def test_the_affected_person_hears_of_every_outcome_at_once():
    case = opened().done(LEGAL).assessed()
    case.outcome(NOT_REPORTED)

    assert any(notice.to == METTE and notice.fresh for notice in case.told)


def test_the_affected_person_can_report_themselves_without_anyones_yes():
    case = opened()
    case.does(METTE, c.ReportMyself, episode=HAPPENED, reported_at=case.now, details=said(""))

    assert case.case.outcomes[HAPPENED, METTE].kind is REPORTED
    assert any(notice.to == JONAS and notice.fresh for notice in case.told)


def test_the_affected_person_can_report_after_it_was_assessed_not_to_be():
    case = opened().done(LEGAL).assessed()
    case.outcome(NOT_REPORTED)

    assert case.does(METTE, c.ReportMyself, episode=HAPPENED, reported_at=case.now, details=said())


def test_an_assessment_that_is_not_sure_leaves_the_step_open():
    case = opened().done(LEGAL).assessed(Assessment.NOT_SURE)

    assert not is_closed(case.case, step_of(case.case, StepId("assess_police")))


# -- nobody named ----------------------------------------------------------------------------------------------


def test_with_nobody_named_the_leader_first_says_who_or_that_nobody_is():
    case = nobody_named().assessed()
    assert case.refuses(JONAS, RECORD, **outcome_of(NOT_REPORTED, case.now, None)) == "affected_unnamed"

    case.does(JONAS, c.NameAffected)
    assert case.outcome(NOT_REPORTED, None)


def test_that_nobody_is_affected_is_said_once():
    case = nobody_named()
    case.does(JONAS, c.NameAffected)

    assert case.does(JONAS, c.NameAffected) == ()


def test_nobody_is_affected_cannot_be_said_of_a_case_with_somebody_in_it():
    assert opened().refuses(JONAS, c.NameAffected) == "already_recorded"


def test_people_named_twice_are_there_once():
    case = nobody_named()
    case.does(JONAS, c.NameAffected, people=(METTE, METTE))
    case.does(JONAS, c.NameAffected, people=(METTE, PETER))

    assert case.case.affected == (METTE, PETER)
    assert case.does(JONAS, c.NameAffected, people=(PETER,)) == ()


def test_whoever_is_named_after_the_talk_is_talked_with_too():
    case = nobody_named().done(TALK)
    case.does(JONAS, c.NameAffected, people=(METTE,))
    assert METTE not in people_of(case.case)

    case.done(TALK)
    assert METTE in people_of(case.case)


def test_a_reporter_who_is_named_knows_of_the_case_already():
    case = nobody_named()
    case.does(JONAS, c.NameAffected, people=(LISE,))

    assert [type(event) for event in case.events] == [e.AffectedNamed, e.AffectedTold]


def test_an_excluded_person_cannot_be_named():
    assert opened(originator=NADIA).refuses(JONAS, c.NameAffected, people=(NADIA,)) == "cannot_be_chosen"


def test_whoever_has_the_case_cannot_be_named_and_the_others_can():
    """They would read of the others, and be asked to talk with themselves."""
    case = nobody_named()
    assert case.refuses(JONAS, c.NameAffected, people=(METTE, JONAS)) == "leader_is_affected"
    case.does(JONAS, c.NameAffected, people=(METTE,))

    assert case.case.affected == (METTE,)


def test_the_outcome_of_a_person_who_has_not_heard_of_the_case_reaches_only_the_leader():
    case = from_a_colleague(METTE, by=LISE).done(LEGAL).assessed()
    case.outcome(NOT_REPORTED)

    assert METTE not in case.reached()
