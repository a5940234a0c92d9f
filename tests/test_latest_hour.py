"""What Værn does by itself when nobody has: tell the affected, and ask for the police accept, while there is time."""

from datetime import timedelta

from casework import events as e
from casework.reminders import asked_with_the_report, next_due, time_has_moved
from casework.vocabulary import VAERN
from tests.waiting import (
    ALI,
    ANOTHER,
    EPISODE,
    JONAS,
    METTE,
    Waiting,
    answered,
    asked,
    at,
    corrected,
    outcome,
    sent,
    told,
)


def by_itself(case: Waiting, now) -> list[tuple]:
    """(what, person, episode) of all that Værn does now besides its messages."""
    kinds = e.AffectedTold | e.ConsentAsked
    events = [event for event in case.asked(now) if isinstance(event, kinds)]
    assert all(event.by == VAERN for event in events)
    return [(type(event).__name__, event.person, getattr(event, "episode", None)) for event in events]


# -- the accept ----------------------------------------------------------------------------------------------------


def test_the_accept_is_asked_a_day_before_the_deadline_when_nobody_has():
    case = sent()

    assert by_itself(case, at(23, 14, 9)) == []
    assert by_itself(case, at(23, 14, 10)) == [("ConsentAsked", METTE, EPISODE)]


def test_the_question_is_the_message_and_brings_no_reminder_with_it():
    assert METTE not in sent().said(at(23, 14, 10))


def test_a_day_before_that_falls_at_night_is_the_evening_before():
    case = sent(began=at(21, 23), when=at(22, 11))

    assert by_itself(case, at(23, 20, 30)) == [("ConsentAsked", METTE, EPISODE)]


def test_an_accept_that_was_asked_is_not_asked_again():
    assert by_itself(sent().then(asked(at(22, 12))), at(23, 15)) == []
    assert by_itself(sent().then(asked(at(22, 12)), answered(at(22, 13))), at(23, 15)) == []


def test_nothing_is_asked_once_the_outcome_is_recorded():
    assert by_itself(sent().then(outcome(at(22, 12))), at(23, 15)) == []


def test_with_less_than_a_day_left_the_accept_is_asked_with_the_report():
    (question,) = asked_with_the_report(sent(when=at(23, 15)).case, at(23, 15))

    assert (question.person, question.episode, question.by) == (METTE, EPISODE, VAERN)


def test_with_more_than_a_day_left_nothing_is_asked_with_the_report():
    case = sent()

    assert asked_with_the_report(case.case, case.case.sent_at) == ()


def test_an_episode_that_was_past_when_sent_asks_nothing_of_anyone():
    assert asked_with_the_report(sent(when=at(25, 9)).case, at(25, 9)) == ()


def test_a_correction_that_leaves_less_than_a_day_asks_at_once():
    case = sent().then(corrected(at(20, 20), at(23, 8)))

    assert [question.person for question in time_has_moved(case.case, at(23, 8))] == [METTE]


def test_an_episode_added_with_less_than_a_day_left_asks_at_once():
    case = sent().then(told(at(20, 9), at(22, 12), ANOTHER))

    assert [question.episode for question in time_has_moved(case.case, at(22, 12))] == [ANOTHER]


def test_after_downtime_past_the_deadline_the_question_comes_late_and_says_so_itself():
    case = sent()

    assert case.said(at(25, 9)) == {JONAS: "police_passed"}
    assert any(isinstance(event, e.ConsentAsked) for event in case.case.log)


# -- an affected person who has not heard ---------------------------------------------------------------------------


def test_who_was_reported_for_is_told_at_the_latest_a_day_before_the_deadline_and_asked_with_it():
    case = sent(affected=(ALI,))

    assert next_due(case.case) == at(22, 14, 10)  # the leader's
    assert by_itself(case, at(23, 14, 9)) == []
    assert by_itself(case, at(23, 14, 10)) == [("AffectedTold", ALI, None), ("ConsentAsked", ALI, EPISODE)]


def test_a_day_before_at_night_is_told_the_evening_before():
    case = sent(began=at(21, 23), when=at(22, 11), affected=(ALI,))

    assert by_itself(case, at(23, 20, 29)) == []
    assert by_itself(case, at(23, 20, 30))[0] == ("AffectedTold", ALI, None)


def test_with_less_than_a_day_left_they_are_told_in_the_next_waking_hour():
    case = sent(when=at(23, 23), affected=(ALI,))

    assert by_itself(case, at(24, 6, 59)) == []
    assert by_itself(case, at(24, 7))[0] == ("AffectedTold", ALI, None)


def test_who_has_been_told_by_a_human_is_not_told_again():
    case = sent(affected=(ALI,)).then(e.AffectedTold(by=JONAS, at=at(22, 12), person=ALI))

    assert by_itself(case, at(23, 14, 10)) == [("ConsentAsked", ALI, EPISODE)]


def test_of_several_episodes_the_earliest_deadline_decides_when_they_are_told():
    case = sent(affected=(ALI,)).then(told(at(20, 18), at(22, 12), ANOTHER))

    assert by_itself(case, at(22, 18))[0] == ("AffectedTold", ALI, None)


def test_who_is_named_by_the_leader_at_night_is_told_in_the_morning():
    case = sent(affected=()).then(e.AffectedNamed(by=JONAS, at=at(23, 23), people=(ALI,)))

    assert by_itself(case, at(23, 23)) == []
    assert by_itself(case, at(24, 7))[0] == ("AffectedTold", ALI, None)


def test_who_is_told_after_the_deadline_is_not_pressed_about_it():
    case = sent(affected=(ALI,))

    assert by_itself(case, at(25, 9)) == [("AffectedTold", ALI, None)]


def test_where_no_deadline_could_be_reached_a_human_has_three_working_days_to_tell_it_first():
    case = sent(began=at(10, 9), when=at(23, 11), affected=(ALI,))  # a Monday

    assert next_due(case.case) == at(24, 9)  # SafetyNet
    assert by_itself(case, at(26, 10, 59)) == []
    assert by_itself(case, at(26, 11)) == [("AffectedTold", ALI, None)]


def test_an_old_episode_hurries_nobody_where_a_fresh_one_has_its_own_deadline():
    case = sent(affected=(ALI,)).then(told(at(1, 8), at(22, 12), ANOTHER))

    assert by_itself(case, at(23, 14, 9)) == []
    assert by_itself(case, at(23, 14, 10)) == [("AffectedTold", ALI, None), ("ConsentAsked", ALI, EPISODE)]


def test_a_deadline_that_passes_before_anybody_is_up_hurries_nobody():
    case = sent(began=at(21, 2), when=at(23, 23), affected=(ALI,))

    assert by_itself(case, at(24, 7)) == []


def test_who_is_named_weeks_after_the_deadline_is_told_by_a_human_first():
    case = sent(affected=()).then(e.AffectedNamed(by=JONAS, at=at(10, 11, month=12), people=(ALI,)))

    assert by_itself(case, at(15, 10, 59, month=12)) == []
    assert by_itself(case, at(15, 11, month=12)) == [("AffectedTold", ALI, None)]


def test_nobody_excluded_is_told_or_asked():
    case = sent(affected=(ALI, METTE), excluded=(ALI, METTE))

    assert by_itself(case, at(24, 9)) == []


def test_a_closed_case_does_nothing_by_itself():
    assert by_itself(sent(affected=(ALI, METTE)).closed(), at(24, 9) + timedelta(days=3)) == []
