"""Dates, hours, lists and sizes as one says them, in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cards.words import HARD, Texts, escape, glue, unescape
from casework.texts import read_catalogue

DA, EN = (Texts(language, read_catalogue(language)) for language in ("da", "en"))
NOW = datetime(2026, 11, 22, 10, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def plain(words: str) -> str:
    return words.replace(HARD, " ")


@pytest.mark.parametrize(
    ("moment", "danish", "english"),
    [
        (NOW, "i dag kl. 11.10", "today at 11:10"),
        (NOW - DAY, "i går kl. 11.10", "yesterday at 11:10"),
        (NOW + DAY, "i morgen kl. 11.10", "tomorrow at 11:10"),
        (NOW - 2 * DAY, "fredag d. 20. november kl. 11.10", "Friday 20 November at 11:10"),
        (NOW - 365 * DAY, "lørdag d. 22. november 2025 kl. 11.10", "Saturday 22 November 2025 at 11:10"),
        (datetime(2026, 11, 21, 23, 30, tzinfo=UTC), "i dag kl. 0.30", "today at 0:30"),
    ],
)
def test_a_moment_is_said_as_one_says_it_now(moment, danish, english):
    assert (plain(DA.moment(moment, NOW)), plain(EN.moment(moment, NOW))) == (danish, english)


def test_a_deadline_has_its_weekday_and_date_also_today():
    assert plain(DA.full(NOW)) == "søndag d. 22. november kl. 11.10"
    assert plain(EN.full(NOW)) == "Sunday 22 November at 11:10"


def test_a_deadline_at_midnight_is_said_so_that_nobody_believes_to_have_the_day():
    midnight = datetime(2026, 11, 26, 23, 0, tzinfo=UTC)

    assert plain(DA.until(midnight, NOW)) == "natten til fredag d. 27. november kl. 0.00"
    assert plain(EN.until(midnight, NOW)) == "midnight before Friday 27 November (0:00)"
    assert plain(DA.until(midnight - 365 * DAY, NOW)) == "natten til torsdag d. 27. november 2025 kl. 0.00"
    assert DA.until(midnight + HOUR, NOW) == DA.full(midnight + HOUR, NOW)


def test_summer_time_is_copenhagens():
    assert plain(DA.full(datetime(2026, 7, 1, 10, 0, tzinfo=UTC))) == "onsdag d. 1. juli kl. 12.00"


@pytest.mark.parametrize(
    ("left", "danish", "english"),
    [
        (timedelta(hours=51, minutes=59), "om 51 timer", "in 51 hours"),
        (timedelta(hours=1), "om 1 time", "in 1 hour"),
        (timedelta(minutes=59, seconds=59), "om 59 minutter", "in 59 minutes"),
        (timedelta(minutes=1), "om 1 minut", "in 1 minute"),
        (timedelta(seconds=59), "nu", "now"),
        (timedelta(hours=-3), "nu", "now"),
    ],
)
def test_what_is_left_is_rounded_down(left, danish, english):
    assert (plain(DA.hours_left(NOW + left, NOW)), plain(EN.hours_left(NOW + left, NOW))) == (danish, english)


def test_what_is_left_is_counted_from_the_minute_that_a_clock_shows():
    assert plain(EN.hours_left(NOW + timedelta(hours=48), NOW + timedelta(seconds=59))) == "in 48 hours"


def test_names_are_a_list_in_a_sentence():
    assert DA.names(["Mette", "Jonas", "Karin"]) == "Mette, Jonas og Karin"
    assert EN.names(["Mette", "Jonas", "Karin"]) == "Mette, Jonas and Karin"
    assert DA.names([]) == ""


def test_a_size_is_in_whole_kilobytes_or_megabytes_with_one_decimal():
    assert [plain(DA.size(size)) for size in (12, 820_400, 1_440_000)] == ["1 kB", "820 kB", "1,4 MB"]
    assert plain(EN.size(1_440_000)) == "1.4 MB"


def test_a_line_never_breaks_inside_a_time_a_date_or_a_number():
    said = glue("senest tirsdag d. 24. november kl. 14.10 (om 51 timer), tlf. 70 20 74 10")

    assert said.replace(HARD, "_") == "senest tirsdag d._24._november kl._14.10 (om 51_timer), tlf._70_20_74_10"
    assert glue("30 dage før, i 24 måneder").replace(HARD, "_") == "30_dage før, i 24_måneder"
    assert glue("30 days before, for 24 months").replace(HARD, "_") == "30_days before, for 24_months"


def test_what_somebody_wrote_is_dead_in_a_sentence_and_as_it_was_in_a_title():
    said = DA("common.contact", name="**A** [b](c)", phone="1")

    assert said.startswith(r"\*\*A\*\* \[b\](c)")
    assert DA.plain("common.contact", name="**A** [b](c)", phone="1").startswith("**A** [b](c)")
    assert unescape(escape("*_[x]_*")) == "*_[x]_*"


def test_an_aware_moment_in_a_sentence_is_said_in_full():
    assert plain(DA("common.deadline", until=NOW)) == "senest søndag d. 22. november kl. 11.10"


def test_a_day_is_said_without_a_clock():
    assert plain(DA.day(date(2026, 11, 21))) == "lørdag d. 21. november"


def test_a_missing_sentence_is_told_with_key_and_language():
    with pytest.raises(KeyError, match=r"welcome\.nothing.*'en'"):
        EN("welcome.nothing")


def test_a_missing_value_is_told_with_the_sentence_it_belongs_to():
    with pytest.raises(KeyError, match=r"common\.contact.*phone"):
        DA("common.contact", name="Falck")


def test_one_and_several_have_their_own_sentences():
    assert DA.count("common.evidence.saved", 1) == "1 bevis er gemt"
    assert DA.count("common.evidence.saved", 3) == "3 beviser er gemt"
