"""When a group's yearly talk comes, what is noted, and that it is kept as it was."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.calendar import at_clock, is_working_day, local
from casework.pace import PACE, in_hours
from casework.vocabulary import PersonId
from casework.yearly import (
    Season,
    Topic,
    Wheel,
    begins,
    document_of,
    due,
    meant,
    next_look,
    not_talked,
    talked,
    told,
    wheel_of,
    year_of,
)
from tests.story import local as moment

NOVEMBER, SARA, ALI = moment(2026, 11, 23, 10), PersonId("sara"), PersonId("ali")
JANUARY, FIRST = Season(), datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
seasons = st.builds(Season, st.integers(1, 12))


def noted(wheel: Wheel, year: int, *topics: Topic) -> Wheel:
    for topic in topics:
        wheel = talked(wheel, year, topic, SARA, NOVEMBER)
    return wheel


def test_it_comes_on_the_first_working_day_of_january_at_nine():
    wheel = Wheel(NOVEMBER)

    assert begins(2027, JANUARY) == moment(2027, 1, 4, 9)  # the first is a Friday and a public holiday
    assert not due(wheel, moment(2027, 1, 3, 12), JANUARY) and not due(wheel, moment(2027, 1, 4, 8, 59), JANUARY)
    assert due(wheel, moment(2027, 1, 4, 9), JANUARY)


def test_in_another_month_if_the_settings_say_so_and_never_in_the_year_the_group_was_connected():
    september, wheel = Season(9), Wheel(moment(2027, 2, 1, 10))

    assert not due(wheel, moment(2027, 9, 1, 9), september)
    assert not due(wheel, moment(2028, 8, 31, 9), september) and due(wheel, moment(2028, 9, 1, 9), september)


def test_it_is_said_once_and_after_thirty_days_once_more():
    wheel = told(Wheel(NOVEMBER), moment(2027, 1, 4, 9), JANUARY)

    assert not due(wheel, moment(2027, 2, 2, 10), JANUARY) and due(wheel, moment(2027, 2, 3, 9), JANUARY)
    again = told(wheel, moment(2027, 2, 3, 9), JANUARY)
    assert not due(again, moment(2027, 12, 1, 9), JANUARY) and due(again, moment(2028, 1, 3, 9), JANUARY)


def test_what_is_all_talked_of_is_not_reminded_of():
    wheel = told(Wheel(NOVEMBER), moment(2027, 1, 4, 9), JANUARY)

    assert due(noted(wheel, 2027, Topic.RISKS, Topic.PLAN), moment(2027, 2, 3, 9), JANUARY)
    assert not due(noted(wheel, 2027, *Topic), moment(2027, 2, 3, 9), JANUARY)
    assert not due(noted(Wheel(NOVEMBER), 2027, *Topic), moment(2027, 1, 4, 9), JANUARY)


def test_what_is_still_open_is_over_when_the_next_year_begins():
    wheel = told(Wheel(NOVEMBER), moment(2027, 12, 28, 9), Season(12))

    assert year_of(moment(2028, 2, 1, 10), Season(12)) == 2027  # December's talk is reminded of in the new year
    assert due(wheel, moment(2028, 2, 1, 10), Season(12))
    assert year_of(moment(2028, 2, 1, 10), JANUARY) == 2028


def test_whoever_noted_it_first_stays_and_what_was_a_slip_is_taken_back():
    wheel = talked(noted(Wheel(NOVEMBER), 2027, Topic.RISKS), 2027, Topic.RISKS, ALI, NOVEMBER)
    assert wheel.of(2027).talked[Topic.RISKS].by == SARA

    assert not_talked(wheel, 2027, Topic.RISKS).of(2027).talked == {}
    assert not_talked(wheel, 2027, Topic.PLAN) is wheel


def test_a_button_of_a_year_that_nothing_is_kept_of_means_the_newest():
    wheel = noted(Wheel(NOVEMBER), 2027, Topic.RISKS)
    years = [meant(wheel, year, moment(2028, 2, 1, 10), JANUARY) for year in (2027, 2001, None)]

    assert years == [2027, 2028, 2028]


@given(moments, seasons)
def test_it_is_only_said_in_the_hours_of_a_working_day(now, season):
    wheel = Wheel(datetime(2025, 6, 1, tzinfo=UTC))
    if due(wheel, now, season):
        assert is_working_day(local(now).date()) and PACE.begin <= local(now).time() < PACE.end


@given(moments, seasons)
def test_looking_again_at_the_next_look_misses_no_beginning(now, season):
    """Between two looks nothing begins: what is due at some moment of the hours is due when they begin, or was."""
    look = next_look(now, season)

    assert now < look <= now + timedelta(days=7) and in_hours(look) == look
    assert look == at_clock(local(look).date(), PACE.begin)
    begin = begins(local(look).year, season)
    assert not now < begin < look


@given(st.lists(st.tuples(st.integers(2026, 2030), st.sampled_from(Topic), moments), max_size=12), moments, seasons)
def test_what_is_kept_is_read_back_as_it_was(notes, now, season):
    wheel = told(Wheel(NOVEMBER), now, season)
    for year, topic, at in notes:
        wheel = talked(wheel, year, topic, ALI, at)

    assert wheel_of(document_of(wheel)) == wheel


@pytest.mark.parametrize("month", range(1, 13))
def test_every_year_begins_once_in_its_month(month):
    begun = [begins(year, Season(month)) for year in range(2026, 2031)]

    assert [local(at).month for at in begun] == [month] * 5
    assert [year_of(at, Season(month)) for at in begun] == list(range(2026, 2031))
