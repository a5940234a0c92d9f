"""The 72 hours kept in sight: who is reminded, when, and when no more."""

from datetime import UTC, datetime, timedelta

import pytest

from casework import events as e
from casework.calendar import COPENHAGEN
from casework.reminders import due, holds, next_due
from casework.vocabulary import Certainty
from tests.waiting import (
    ALI,
    ANOTHER,
    BEGAN,
    DEADLINE,
    JONAS,
    METTE,
    at,
    corrected,
    done,
    outcome,
    sent,
    told,
)

# -- the leader ------------------------------------------------------------------------------------------------


def test_the_leader_is_reminded_five_times_and_told_when_it_has_passed():
    case = sent().then(done("safetynet", at(22, 12)))
    story = [(when, kind) for when, to, kind in case.run_until(at(24, 22)) if to == JONAS]

    assert story == [
        (at(22, 14, 10), "police_48"),
        (at(23, 14, 10), "police_24"),
        (at(23, 20, 30), "police_12"),  # 2.10 at night, and so the evening before
        (at(24, 8, 10), "police_6"),
        (at(24, 12, 10), "police_2"),
        (at(24, 14, 10), "police_passed"),
    ]


def test_a_deadline_in_the_morning_has_its_last_reminders_the_evening_before():
    ahead = sent(began=at(21, 7, 30), when=at(21, 8)).ahead(of=JONAS, kinds="police")

    assert ahead[2:] == [
        ("police_12", at(23, 19, 30)),
        ("police_2", at(23, 20, 30)),
        ("police_6", at(23, 20, 30)),
        ("police_passed", at(24, 7, 30)),
    ]


def test_two_reminders_moved_to_the_same_evening_are_one_message():
    case = sent(began=at(21, 7, 30), when=at(21, 8))
    case.run_until(at(23, 20))

    assert case.said(at(23, 20, 30))[JONAS] == "police_2"
    assert due(case.case, at(24, 7)) == ()


@pytest.mark.parametrize(("ends", "said"), [((8, 10), (20, 10)), ((7, 31), (19, 31)), ((8, 45), (20, 30))])
def test_of_one_deadline_nothing_comes_twice_in_half_an_evening_and_the_nearer_stands_for_both(ends, said):
    case = sent(began=at(21, *ends), when=at(21, 9))
    evening = at(23, *said)
    assert {when for kind, when in case.ahead(of=JONAS, kinds="police_") if when.day == 23} == {at(23, *ends), evening}
    case.run_until(at(23, 19))

    assert [kind for _, to, kind in case.run_until(at(24, 7)) if to == JONAS] == ["police_2"]
    assert any(name.startswith("police_12:") for name in case.case.reminded)


def test_what_was_past_when_it_was_sent_brings_nothing_of_the_evening_forward():
    ahead = sent(began=at(21, 8, 10), when=at(23, 20, 20)).ahead(of=JONAS, kinds="police_")

    assert ahead[:2] == [("police_2", at(23, 20, 30)), ("police_6", at(23, 20, 30))]


def test_a_deadline_at_night_is_told_as_passed_in_the_morning():
    case = sent(began=at(21, 23), when=at(22, 11))

    assert ("police_passed", at(25, 7)) in case.ahead(of=JONAS)


@pytest.mark.parametrize(
    ("began", "ends"),
    [(at(23, 12, month=10), at(26, 11, month=10)), (at(26, 12, month=3, year=2027), at(29, 13, month=3, year=2027))],
)
def test_the_reminders_run_on_elapsed_hours_when_the_clock_changes(began, ends):
    ahead = sent(began=began, when=began).ahead(of=JONAS, kinds="police_")

    assert ahead[0] == ("police_48", (ends.astimezone(UTC) - timedelta(hours=48)).astimezone(COPENHAGEN))
    assert ahead[-1] == ("police_passed", ends)


def test_what_would_lie_before_the_report_was_sent_is_dropped():
    kinds = [kind for kind, _ in sent(when=at(23, 15)).ahead(of=JONAS, kinds="police")]

    assert kinds == ["police_12", "police_6", "police_2", "police_passed"]


def test_the_last_one_before_the_deadline_always_comes_at_once_when_its_hour_is_gone():
    case = sent(when=at(24, 13))

    assert case.said(at(24, 13)) == {JONAS: "police_2"}


def test_the_last_one_comes_at_once_at_any_hour_of_the_night():
    case = sent(began=at(21, 7, 30), when=at(24, 1))

    assert case.said(at(24, 1)) == {JONAS: "police_2"}


def test_an_episode_that_was_past_when_it_was_sent_brings_no_reminders():
    case = sent(when=at(24, 14, 10))

    assert case.ahead(of=JONAS, kinds="police") == []
    assert case.ahead(of=METTE, kinds="police") == []


def test_everything_about_an_episode_stops_when_its_outcome_is_recorded():
    case = sent().then(outcome(at(22, 12)))

    assert case.run_until(at(24, 8, 59)) == []
    assert case.ahead(of=JONAS, kinds="police") == []


def test_with_two_affected_the_leader_is_reminded_until_both_have_an_outcome():
    case = sent(affected=(METTE, ALI)).then(outcome(at(22, 12), METTE))

    assert case.said(at(22, 14, 10)) == {JONAS: "police_48"}
    assert case.then(outcome(at(22, 15), ALI)).ahead(of=JONAS, kinds="police") == []


def test_with_nobody_named_the_leader_is_reminded_all_the_same():
    assert sent(affected=()).said(at(22, 14, 10)) == {JONAS: "police_48"}


def test_every_episode_has_its_own_72_hours():
    case = sent().then(told(at(22, 9), at(22, 11, 30), ANOTHER), outcome(at(22, 12)))

    assert case.ahead(of=JONAS, kinds="police")[0] == ("police_48", at(23, 9))


# -- a corrected moment ------------------------------------------------------------------------------------------


def test_a_corrected_moment_makes_its_own_reminders():
    case = sent()
    case.run_until(at(22, 20))
    case.then(corrected(BEGAN + timedelta(hours=10), at(22, 20)))

    assert case.ahead(of=JONAS, kinds="police")[0] == ("police_48", at(22, 20, 30))


def test_reminders_of_the_corrected_moment_that_would_lie_before_the_correction_are_dropped():
    case = sent()
    case.run_until(at(22, 20))
    case.then(corrected(BEGAN - timedelta(minutes=5), at(22, 20)))

    assert [kind for kind, _ in case.ahead(of=JONAS, kinds="police")][0] == "police_24"


def test_a_moment_corrected_to_the_last_hours_still_brings_the_last_reminder_at_once():
    case = sent().then(corrected(at(20, 13), at(23, 12)))

    assert case.said(at(23, 12))[JONAS] == "police_2"


def test_a_correction_that_makes_the_deadline_pass_is_told_as_passed():
    case = sent().then(corrected(at(19, 12), at(23, 12)))

    assert case.said(at(23, 12)) == {JONAS: "police_passed", METTE: "police_passed"}


def test_a_correction_from_one_past_to_another_is_not_told_again():
    case = sent()
    case.run_until(at(25, 8))
    case.then(corrected(BEGAN - timedelta(hours=1), at(25, 9)))

    assert case.ahead(of=JONAS, kinds="police") == []


def test_an_episode_added_later_that_is_past_already_brings_no_reminders():
    case = sent().then(outcome(at(22, 12)), told(at(18, 9), at(22, 13), ANOTHER))

    assert case.ahead(of=JONAS, kinds="police") == []


# -- downtime ------------------------------------------------------------------------------------------------------


def test_after_downtime_only_the_reminder_that_still_holds_is_sent():
    case = sent()

    assert case.said(at(24, 9)) == {JONAS: "police_6"}
    assert case.run_until(at(24, 12)) == []


def test_after_downtime_past_the_deadline_it_is_told_as_passed():
    assert sent().said(at(26, 9)) == {JONAS: "police_passed"}


def test_after_downtime_past_a_deadline_at_night_it_is_told_as_passed_at_once():
    case = sent(began=at(21, 23), when=at(22, 11))

    assert case.said(at(25, 2))[JONAS] == "police_passed"
    assert case.run_until(at(25, 23)) == []


def test_of_two_episodes_what_can_still_be_reached_today_is_said_before_what_has_passed():
    case = sent(when=BEGAN).then(told(at(21, 20), at(21, 20), ANOTHER))

    assert case.said(at(24, 16))[JONAS] == "police_6"


def test_the_72_hours_are_said_before_anything_else_and_stand_for_it():
    case = sent()
    case.run_until(at(23, 22))

    assert case.said(at(24, 9))[JONAS] == "police_6"  # the third day's SafetyNet reminder is due too
    assert case.asked(at(24, 9)) == ()


def test_the_same_case_asked_twice_says_it_once():
    case = sent()

    assert case.said(at(22, 14, 10)) == {JONAS: "police_48"}
    assert case.asked(at(22, 14, 10)) == ()


def test_nothing_is_said_early_when_the_clock_is_set_back():
    case = sent()
    case.run_until(at(22, 14, 10))

    assert case.asked(at(22, 13)) == ()
    assert next_due(case.case) == at(23, 14, 10)


# -- right before sending ----------------------------------------------------------------------------------------------


def first_message(case) -> str:
    return case.asked(at(22, 14, 10))[0].reminder


def test_a_message_still_holds_when_nothing_has_happened_meanwhile():
    case = sent()

    assert holds(case.case, first_message(case), at(22, 14, 30)).to == JONAS


def test_a_message_no_longer_holds_once_the_outcome_is_recorded():
    case = sent()
    name = first_message(case)

    assert holds(case.then(outcome(at(22, 14, 20))).case, name, at(22, 14, 30)) is None


def test_a_message_no_longer_holds_once_the_moment_is_corrected_or_the_case_closed():
    moved, shut = sent(), sent()
    names = first_message(moved), first_message(shut)

    assert holds(moved.then(corrected(at(21, 15), at(22, 14, 20))).case, names[0], at(22, 14, 30)) is None
    assert holds(shut.closed().case, names[1], at(22, 14, 30)) is None


def test_hours_that_have_run_out_are_not_announced():
    case = sent()

    assert holds(case.case, first_message(case), DEADLINE) is None


def test_a_naive_now_is_refused():
    with pytest.raises(ValueError, match="naive"):
        due(sent().case, datetime(2026, 11, 22, 12))  # noqa: DTZ001 - the point of it


def test_a_day_only_episode_counts_from_midnight():
    case = sent(when=at(21, 10))
    day = e.EpisodeTold(by=METTE, at=at(21, 10, 30), episode=ANOTHER, began_at=at(21, 0), certainty=Certainty.DATE_ONLY)

    assert ("police_passed", at(24, 7)) in case.then(outcome(at(21, 11)), day).ahead(of=JONAS)
