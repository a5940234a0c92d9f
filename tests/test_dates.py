"""What people type and what cards send, read as they mean it."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.vocabulary import CaseId, Certainty, EpisodeId, PersonId, Refused
from dialogs.dates import Told, card_clock, card_day, moment, moment_told, told_when, typed, typed_day
from dialogs.days_ahead import day_ahead

SUNDAY = datetime(2026, 11, 22, 10, 10, tzinfo=UTC)  # 11.10 in Copenhagen
SATURDAY = date(2026, 11, 21)
TEN_PAST_TWO = time(14, 10)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("lørdag", SATURDAY, None),
        ("Lørdag.", SATURDAY, None),
        ("i lørdags", SATURDAY, None),
        ("sidste søndag", date(2026, 11, 15), None),
        ("last Saturday", SATURDAY, None),
        ("21. nov.", SATURDAY, None),
        ("d. 21/11", SATURDAY, None),
        ("i går kl. 14.10", SATURDAY, TEN_PAST_TWO),
        ("kl. 14 i går", SATURDAY, time(14)),
        ("yesterday at 2:10 p.m.", SATURDAY, TEN_PAST_TWO),
        ("21-11-2026", SATURDAY, None),
        ("21.11 14.10", SATURDAY, TEN_PAST_TWO),
        ("21/11/26 14:10", SATURDAY, TEN_PAST_TWO),
        ("2026-11-21", SATURDAY, None),
        ("lørdag d. 21. november kl. 14.10", SATURDAY, TEN_PAST_TWO),
        ("Saturday 21 November at 14:10", SATURDAY, TEN_PAST_TWO),
        ("Nov 21, 2026", SATURDAY, None),
        ("14.10", None, TEN_PAST_TWO),
        ("i\xa0går kl.\xa014.10", SATURDAY, TEN_PAST_TWO),
        ("5. januar", date(2026, 1, 5), None),
        ("29. februar", date(2024, 2, 29), None),
    ],
)
def test_a_moment_is_read_as_danes_and_britons_write_it(text, day, clock):
    assert typed(text, SUNDAY) == Told(day, clock)


@pytest.mark.parametrize(("text", "day"), [("03/04/2026", date(2026, 4, 3)), ("2026-04-03", date(2026, 4, 3))])
def test_day_and_month_never_change_places(text, day):
    assert typed(text, SUNDAY).day == day


@pytest.mark.parametrize(
    "text",
    ["03-21-2026", "30.02.2026", "november", "nov 2026", "hej med dig", "12345", "", "den 21.", "2 mandag",
     "fredag d. 21. november", "Jeg så det lørdag kl. 14.10 på Facebook"],
)  # fmt: skip
def test_what_is_no_day_is_asked_again(text):
    with pytest.raises(Refused) as refused:
        typed(text, SUNDAY)

    assert refused.value.key == "date_unreadable"


def test_a_near_day_without_a_year_is_not_taken_for_last_year():
    assert typed("23. nov.", SUNDAY).day == date(2026, 11, 23)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_at_all_breaks_the_reading(text):
    try:
        typed(text, SUNDAY)
    except Refused as refused:
        assert refused.key in ("date_unreadable", "time_unreadable")


@pytest.mark.parametrize(
    ("value", "clock"),
    [("14:10", TEN_PAST_TWO), ("14:10:33", TEN_PAST_TWO), ("02:10 PM", TEN_PAST_TWO), ("12:05 AM", time(0, 5)),
     ("kl. 7", time(7)), ("14", time(14)), ("9.05", time(9, 5))],
)  # fmt: skip
def test_every_way_a_client_sends_a_clock_is_read(value, clock):
    assert card_clock(value) == clock


@pytest.mark.parametrize("value", ["25:00", "24:00", "7.5", "x", "", "13 pm"])
def test_what_is_no_clock_is_asked_again(value):
    with pytest.raises(Refused, match="time_unreadable"):
        card_clock(value)


def test_a_card_may_send_what_was_typed_where_it_has_no_calendar():
    assert card_day("21-11-2026", SUNDAY) == SATURDAY


def test_the_hour_that_comes_twice_is_the_first_one():
    assert moment(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_hour_that_never_was_counts_from_the_earliest_it_can_mean():
    assert moment(date(2027, 3, 28), time(2, 30)) == datetime(2027, 3, 28, 0, 30, tzinfo=UTC)


def test_a_day_in_summer_and_one_in_winter_have_their_own_offset():
    assert moment(date(2026, 7, 1), TEN_PAST_TWO).hour == 12
    assert moment(SATURDAY, TEN_PAST_TWO).hour == 13


def test_a_weekday_to_come_is_the_next_one_and_never_today():
    assert day_ahead("søndag", SUNDAY) == date(2026, 11, 29)
    assert day_ahead("på fredag", SUNDAY) == date(2026, 11, 27)
    assert day_ahead("i morgen", SUNDAY) == date(2026, 11, 23)


def when(**answers: str):
    return told_when(CaseId("VK-1"), PersonId("mette"), EpisodeId("e1"), answers, SUNDAY)


def test_an_exact_moment_is_told_in_utc():
    told = when(certainty="exact", date="2026-11-21", time="14:10")

    assert (told.moment, told.day) == (datetime(2026, 11, 21, 13, 10, tzinfo=UTC), None)


def test_only_the_date_counts_when_the_clock_is_not_known():
    for certainty in ("date_only", "unknown"):
        told = when(certainty=certainty, date="2026-11-21", time="14:10")
        assert (told.moment, told.day) == (None, SATURDAY)


def test_about_without_a_clock_counts_from_the_start_of_the_day():
    assert when(certainty="about", date="2026-11-21").day == SATURDAY


def test_a_certainty_left_open_follows_from_what_was_given():
    assert when(date="2026-11-21", time="14:10").certainty is Certainty.EXACT
    assert when(date="2026-11-21").certainty is Certainty.DATE_ONLY


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({"certainty": "exact"}, "episode_missing"),
        ({"certainty": "exact", "date": "2026-11-21"}, "time_missing"),
        ({"certainty": "exact", "date": "2026-11-21", "time": "kvart over"}, "time_unreadable"),
        ({"certainty": "exact", "date": "i sommer", "time": "14:10"}, "date_unreadable"),
        ({"date": "0021-11-21"}, "moment_too_old"),
    ],
)
def test_what_is_missing_or_unreadable_is_named(answers, key):
    with pytest.raises(Refused) as refused:
        when(**answers)

    assert refused.value.key == key


@pytest.mark.parametrize("text", ["9999-12-31", "9999-12-30", "31-12-9999", "31. december 9999", "2200-01-01"])
@pytest.mark.parametrize("read", [card_day, day_ahead, typed_day])
def test_a_day_that_nobody_means_is_no_end_of_the_calendar(text, read):
    with pytest.raises(Refused) as refused:
        read(text, SUNDAY)

    assert refused.value.key == ("day_ahead_unreadable" if read is day_ahead else "date_unreadable")


@pytest.mark.parametrize(
    ("words", "clock"),
    [
        ("i går cirka 9.30", "09:30"),
        ("lørdag ca. 9.30", "09:30"),
        ("cirka 9.30 i går", "09:30"),
        ("i går omkring kl. 9", "09:00"),
        ("yesterday at about 9:30", "09:30"),
        ("around 9:30 yesterday", "09:30"),
        ("omkring lørdag", ""),
        ("ca. 21.11 14.10", "14:10"),
        ("ca. 21.11 kl. 14", "14:00"),
        ("ca. 21.11 kl 14.10", "14:10"),
        ("21.11 ca. 14.10", "14:10"),
        ("den 21. november ca. 14", "14:00"),
        ("lørdag ca. 9", "09:00"),
        ("i går kl ca 14", "14:00"),
    ],
)
def test_a_typed_moment_that_is_only_about_right_is_never_taken_for_certain(words, clock):
    assert moment_told(words, SUNDAY) == {"date": "2026-11-21", "time": clock, "certainty": "about"}
