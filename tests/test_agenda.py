"""What time brings besides the 72 hours."""

from datetime import timedelta

import pytest

from casework import events as e
from casework.vocabulary import FollowUpAnswer, ItemId, StepId
from tests.waiting import (
    ANOTHER,
    GROUP,
    JONAS,
    KIM,
    SARA,
    Waiting,
    analysed,
    at,
    corrected,
    done,
    outcome,
    sent,
    told,
)


def settled(**how) -> Waiting:
    """A report whose police question is answered, so that only the rest is on the agenda."""
    case = sent(**how)
    return case.then(outcome(case.case.sent_at))


# -- SafetyNet -----------------------------------------------------------------------------------------------------


def test_safetynet_is_reminded_at_nine_on_days_3_7_and_12_or_the_next_working_morning():
    assert settled().ahead(of=JONAS, kinds="safetynet") == [
        ("safetynet_3", at(24, 9)),
        ("safetynet_7", at(30, 9)),  # the 28th is a Saturday
        ("safetynet_12", at(3, 9, month=12)),
    ]


HOLIDAYS = {
    "Saturday, and the Monday after": ((12, 10), 0, [(14, 9), (17, 9), (22, 9)]),  # day 3 is Sunday the 13th
    "the last, which must not come too late": ((12, 12), 0, [(15, 9), (21, 9), (23, 9)]),  # day 12: Christmas Eve
    "and was told too late for the working morning before": ((12, 12), 11 * 24, [(24, 9)]),
}


@pytest.mark.parametrize("name", HOLIDAYS)
def test_no_reminder_of_safetynet_falls_on_a_day_off_where_another_is_in_time(name):
    (month, day), later, mornings = HOLIDAYS[name]
    began = at(day, 8, month=month)
    case = settled(when=began + timedelta(hours=later + 2), began=began)

    assert [moment for _, moment in case.ahead(of=JONAS, kinds="safetynet")] == [
        at(day, hour, month=12) for day, hour in mornings
    ]


def test_days_before_the_report_was_sent_are_dropped():
    kinds = [kind for kind, _ in settled(when=at(26, 12)).ahead(of=JONAS, kinds="safetynet")]

    assert kinds == ["safetynet_7", "safetynet_12"]


def test_the_leader_and_the_group_share_safetynet():
    assert settled(group=GROUP).said(at(24, 9)) == {JONAS: "safetynet_3", None: "safetynet_3"}


def test_once_a_member_has_taken_safetynet_only_that_member_is_reminded():
    case = settled(group=GROUP).then(e.StepTaken(by=SARA, at=at(23, 9), step=StepId("safetynet")))

    assert case.said(at(24, 9)) == {SARA: "safetynet_3"}


def test_whoever_takes_safetynet_over_is_not_told_of_days_that_others_were_told_of():
    case = settled(group=GROUP)
    case.run_until(at(25, 9))
    case.then(e.StepTaken(by=SARA, at=at(25, 9), step=StepId("safetynet")))

    assert [kind for kind, _ in case.ahead(of=SARA)] == ["safetynet_7", "safetynet_12"]


def test_safetynet_done_is_not_reminded_any_more():
    assert settled(group=GROUP).then(done("safetynet", at(23, 9))).run_until(at(5, 9, month=12)) == []


def test_after_downtime_the_latest_day_stands_for_the_earlier_ones():
    case = settled()

    assert case.said(at(30, 12)) == {JONAS: "safetynet_7"}
    assert case.ahead(of=JONAS, kinds="safetynet") == [("safetynet_12", at(3, 9, month=12))]


def test_an_episode_of_weeks_ago_that_is_added_takes_none_of_the_days_away_and_has_a_morning_of_its_own():
    case = settled().then(told(at(3, 8), at(23, 12), ANOTHER), outcome(at(23, 12), which=ANOTHER))

    assert case.ahead(of=JONAS, kinds="safetynet") == [
        ("safetynet_14", at(24, 9)),  # the third day of the first episode too
        ("safetynet_7", at(30, 9)),
        ("safetynet_12", at(3, 9, month=12)),
    ]


def test_of_an_episode_that_was_old_already_when_reported_safetynet_is_reminded_of_the_next_working_morning():
    case = settled(began=at(8, 14), when=at(27, 12))  # a Friday

    assert case.ahead(of=JONAS, kinds="safetynet") == [("safetynet_14", at(30, 9))]


def test_every_episode_has_its_days_and_one_reminder_stands_for_those_of_a_day():
    case = settled().then(told(at(25, 8), at(25, 10), ANOTHER))

    assert case.ahead(of=JONAS, kinds="safetynet") == [
        ("safetynet_3", at(24, 9)),
        ("safetynet_7", at(30, 9)),  # and the third of the second
        ("safetynet_7", at(2, 9, month=12)),
        ("safetynet_12", at(3, 9, month=12)),
        ("safetynet_12", at(7, 9, month=12)),
    ]


def test_after_downtime_one_safetynet_reminder_stands_for_those_of_all_episodes():
    case = settled().then(told(at(1, 8), at(23, 12), ANOTHER), outcome(at(23, 13), which=ANOTHER))

    assert case.said(at(30, 12)) == {JONAS: "safetynet_7"}
    assert case.ahead(of=JONAS, kinds="safetynet") == [("safetynet_12", at(3, 9, month=12))]


def test_an_episode_that_comes_after_safetynet_was_done_is_asked_about_once_and_one_that_was_corrected_is_not():
    case = settled().then(done("safetynet", at(23, 9)), corrected(at(20, 9), at(23, 10)))
    assert case.ahead(of=JONAS, kinds="safetynet") == []
    case.then(told(at(27, 8), at(27, 10), ANOTHER), outcome(at(27, 11), which=ANOTHER))

    assert case.ahead(of=JONAS, kinds="safetynet") == [("safetynet_new", at(30, 9))]
    assert [kind for _, _, kind in case.run_until(at(5, 9, month=12))] == ["safetynet_new"]


# -- steps -----------------------------------------------------------------------------------------------------------


def test_remind_me_later_comes_to_the_one_who_asked_at_the_moment_asked_for():
    later = e.StepPostponed(by=KIM, at=at(22, 12), step=StepId("talk"), until=at(23, 10))

    assert settled().then(later).ahead(of=KIM) == [("postponed", at(23, 10))]


def test_remind_me_later_is_silent_once_the_step_is_done():
    later = e.StepPostponed(by=KIM, at=at(22, 12), step=StepId("talk"), until=at(23, 10))

    assert settled().then(later, done("talk", at(22, 13))).ahead(of=KIM) == []


def test_asked_for_later_again_it_comes_again():
    case = settled().then(e.StepPostponed(by=KIM, at=at(22, 12), step=StepId("talk"), until=at(23, 10)))
    case.run_until(at(23, 10))
    case.then(e.StepPostponed(by=KIM, at=at(23, 11), step=StepId("talk"), until=at(24, 10)))

    assert case.ahead(of=KIM) == [("postponed", at(24, 10))]


def test_a_step_handed_over_and_not_accepted_is_reminded_every_working_morning_at_most_14_times():
    offer = e.StepOffered(by=JONAS, at=at(22, 12), step=StepId("talk"), to=KIM)
    mornings = settled().then(offer).ahead(of=JONAS, kinds="offered")

    assert mornings[0] == ("offered", at(23, 9))
    assert ("offered", at(28, 9)) not in mornings and ("offered", at(30, 9)) in mornings  # a Saturday, a Monday
    assert mornings[-1] == ("offered", at(10, 9, month=12))
    assert len(mornings) == 14


@pytest.mark.parametrize("answer", [e.StepAccepted, e.StepDeclined])
def test_an_answered_offer_is_not_reminded(answer):
    offer = e.StepOffered(by=JONAS, at=at(22, 12), step=StepId("talk"), to=KIM)
    case = settled().then(offer, answer(by=KIM, at=at(22, 13), step=StepId("talk")))

    assert case.ahead(of=JONAS, kinds="offered") == []


# -- analysis and follow-ups -------------------------------------------------------------------------------------------


def test_the_group_is_reminded_of_the_analysis_after_14_and_21_days_and_then_every_30_for_a_year():
    found = settled(group=GROUP).ahead(of=None, kinds="analysis")

    assert found[:3] == [
        ("analysis", at(7, 9, month=12)),  # the 6th is a Sunday
        ("analysis", at(14, 9, month=12)),
        ("analysis", at(12, 9, month=1, year=2027)),
    ]
    assert len(found) == 13


def test_without_a_group_the_analysis_is_the_leaders():
    assert settled().ahead(of=JONAS, kinds="analysis")[0] == ("analysis", at(7, 9, month=12))


def test_a_finished_analysis_is_not_reminded():
    assert settled(group=GROUP).then(analysed(at(1, 9, month=12))).ahead(of=None, kinds="analysis") == []


def test_each_measure_is_followed_up_after_30_and_90_days_and_then_every_30_by_whoever_said_so():
    case = settled().then(analysed(at(1, 15, month=12), "lock the door", follow_up_by=KIM))

    assert case.ahead(of=KIM)[:3] == [
        ("follow_up", at(4, 9, month=1, year=2027)),  # New Year's Eve, New Year's Day and a weekend are days off
        ("follow_up", at(1, 9, month=3, year=2027)),
        ("follow_up", at(31, 9, month=3, year=2027)),
    ]


def test_several_measures_are_asked_about_one_a_day_so_that_none_is_passed_over():
    case = settled().then(analysed(at(1, 15, month=12), "lock the door", "talk about it", follow_up_by=KIM))

    assert [moment for _, moment in case.ahead(of=KIM)[:2]] == [at(day, 9, month=1, year=2027) for day in (4, 5)]


def test_with_nobody_named_for_it_the_one_who_did_the_analysis_follows_up():
    assert len(settled().then(analysed(at(1, 15, month=12), "lock the door")).ahead(of=SARA)) == 23


@pytest.mark.parametrize(
    ("answer", "left"), [(FollowUpAnswer.DONE, 0), (FollowUpAnswer.DROPPED, 0), (FollowUpAnswer.UNDER_WAY, 23)]
)
def test_a_measure_is_followed_up_until_it_is_done_or_dropped(answer, left):
    followed = e.FollowedUp(by=SARA, at=at(2, 9, month=12), measure=ItemId("lock the door"), answer=answer)

    assert len(settled().then(analysed(at(1, 15, month=12), "lock the door"), followed).ahead(of=SARA)) == left


def test_two_measures_on_the_same_day_are_one_message():
    case = settled().then(analysed(at(1, 15, month=12), "lock the door", "train everyone"))

    assert len(case.said(at(4, 9, month=1, year=2027))) == 2  # the leader's SafetyNet, and one to who follows up


def test_in_a_closed_case_only_analysis_and_follow_ups_go_on():
    case = sent(group=GROUP).then(analysed(at(1, 15, month=12), "lock the door", follow_up_by=KIM)).closed()
    learning = sent(group=GROUP).closed()

    assert {kind for _, _, kind in case.run_until(at(1, 12, month=4, year=2027))} == {"follow_up"}
    assert {kind for _, _, kind in learning.run_until(at(1, 12, month=4, year=2027))} == {"analysis"}
