"""Waking hours, working days and local days, by the clock and calendar of Copenhagen."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from casework.calendar import (
    COPENHAGEN,
    WakingHours,
    add_working_days,
    after_waking,
    days_after,
    earlier_if_night,
    is_working_day,
    next_waking,
    waking,
)


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("hour", "minute", "up"), [(6, 59, False), (7, 0, True), (12, 0, True), (20, 59, True), (21, 0, False)]
)
def test_people_are_up_from_seven_until_nine_in_the_evening(hour, minute, up):
    assert waking(at(11, 21, hour, minute)) is up


def test_what_is_due_late_in_the_evening_comes_the_same_evening_before_nine():
    assert earlier_if_night(at(11, 21, 23, 15)) == at(11, 21, 20, 30)


def test_what_is_due_early_in_the_morning_comes_the_evening_before():
    assert earlier_if_night(at(11, 22, 6, 59)) == at(11, 21, 20, 30)


def test_what_is_due_by_day_stays_where_it_is():
    assert earlier_if_night(at(11, 22, 7)) == at(11, 22, 7)
    assert earlier_if_night(at(11, 22, 20, 59)) == at(11, 22, 20, 59)


def test_a_night_in_which_the_clock_changes_still_moves_to_half_past_eight():
    assert earlier_if_night(at(10, 25, 6)) == datetime(2026, 10, 24, 18, 30, tzinfo=UTC)
    assert earlier_if_night(at(3, 28, 6, year=2027)) == datetime(2027, 3, 27, 19, 30, tzinfo=UTC)


def test_the_next_waking_moment_of_a_night_is_seven_oclock():
    assert next_waking(at(11, 21, 22)) == at(11, 22, 7)
    assert next_waking(at(11, 22, 3)) == at(11, 22, 7)


def test_by_day_the_next_waking_moment_is_now():
    assert next_waking(at(11, 21, 14, 10)) == at(11, 21, 14, 10)


def test_waking_hours_are_a_setting():
    early = WakingHours(begin=time(5), end=time(18), evening=time(17))

    assert next_waking(at(11, 21, 19), early) == at(11, 22, 5)
    assert earlier_if_night(at(11, 21, 19), early) == at(11, 21, 17)


def test_the_night_does_not_count_in_waking_time():
    assert after_waking(at(11, 21, 14), timedelta(hours=4)) == at(11, 21, 18)
    assert after_waking(at(11, 21, 19), timedelta(hours=4)) == at(11, 22, 9)
    assert after_waking(at(11, 21, 23), timedelta(hours=4)) == at(11, 22, 11)


def test_waking_time_that_ends_with_the_day_goes_on_in_the_morning():
    assert after_waking(at(11, 21, 17), timedelta(hours=4)) == at(11, 22, 7)


def test_days_are_counted_in_the_local_calendar_across_winter_time():
    assert days_after(at(10, 23, 23, 30), 3) == at(10, 26, 9)


def test_a_day_begins_at_midnight_in_copenhagen_and_not_in_utc():
    assert days_after(datetime(2026, 6, 1, 22, 30, tzinfo=UTC), 1) == at(6, 3, 9)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 4, 2), False),  # Maundy Thursday
        (date(2026, 5, 14), False),  # Ascension Day
        (date(2026, 5, 1), True),  # the great prayer day is a working day since 2024
        (date(2023, 5, 5), False),
    ],
)
def test_a_working_day_is_a_weekday_that_is_no_public_holiday(day, works):
    assert is_working_day(day) is works


def test_three_working_days_step_over_the_weekend():
    assert add_working_days(date(2026, 11, 19), 3) == date(2026, 11, 24)


def test_working_days_step_over_easter():
    assert add_working_days(date(2026, 4, 1), 1) == date(2026, 4, 7)


def test_no_working_days_at_all_are_refused():
    with pytest.raises(ValueError, match="Expected 1 or more"):
        add_working_days(date(2026, 4, 1), 0)


@pytest.mark.parametrize("door", [waking, earlier_if_night, next_waking, lambda moment: days_after(moment, 1)])
def test_a_naive_moment_is_refused_at_the_door(door):
    with pytest.raises(ValueError, match="naive"):
        door(datetime(2026, 11, 21, 12))  # noqa: DTZ001 - the point of it


@pytest.mark.parametrize("move", [earlier_if_night, next_waking])
def test_what_comes_out_is_utc(move):
    assert move(at(11, 21, 12)).tzinfo is UTC
