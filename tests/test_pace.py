"""Days and hours for what can wait: working days counted whole, hours kept, holidays left alone, settings followed."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.setup.organisation import read_organisation
from casework import commands as c
from casework.calendar import at_clock, is_working_day, local
from casework.evolving import replay
from casework.pace import PACE, Pace, calendar_days_on, in_hours, pace_of, pace_set, working_days_on
from tests.story import local as at

ORGANISATION = Path(__file__).parent.parent / "bot" / "rehearsal" / "organisation.toml"
moments = st.integers(0, 1_000 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(moments, st.integers(1, 30))
def test_whatever_was_the_moment_people_are_written_to_in_the_hours_of_a_working_day(moment, days):
    for later in (in_hours(moment), working_days_on(moment, days), calendar_days_on(moment, days)):
        shown = local(later)
        assert is_working_day(shown.date(), PACE.working) and PACE.begin <= shown.time() < PACE.end
        assert later >= moment


@given(moments, st.integers(1, 10))
def test_so_many_whole_working_days_have_passed(moment, days):
    later = local(working_days_on(moment, days))
    first, between = local(moment).date(), timedelta(days=1)
    worked = sum(is_working_day(first + between * n, PACE.working) for n in range(1, (later.date() - first).days + 1))

    assert worked >= days


@pytest.mark.parametrize(
    ("heard", "due"),
    [
        (at(2026, 11, 23, 10), at(2026, 11, 26, 10)),  # Monday → Thursday
        (at(2026, 11, 20, 14), at(2026, 11, 25, 14)),  # Friday → Wednesday
        (at(2026, 11, 22, 11), at(2026, 11, 26, 9)),  # Sunday: three whole days, Thursday morning
        (at(2026, 11, 23, 22), at(2026, 11, 27, 9)),  # late on Monday: not at night
        (at(2026, 12, 22, 10), at(2026, 12, 29, 10)),  # 23, 28, 29: Christmas is no silence
    ],
)
def test_three_working_days_of_silence_end(heard, due):
    assert working_days_on(heard, 3) == due


def organisation(folder: Path, lines: str = ""):
    file = folder / "organisation.toml"
    file.write_text(ORGANISATION.read_text("utf-8") + lines, "utf-8")
    return read_organisation(file)


def test_the_settings_as_they_are_shipped_are_the_ordinary_pace(tmp_path):
    found, faults = organisation(tmp_path)

    assert not faults and found.pace == PACE


def test_a_case_goes_by_what_the_settings_said_when_it_was_sent(tmp_path):
    hours = '\n[writing_hours]\nfrom = "08:00"\nsilent_working_days = 2\ncheck_in_days = [30, 2]\n'
    found, _ = organisation(tmp_path, hours)
    [event] = pace_set(found.pace, "mette", at(2026, 11, 22, 11))

    assert (found.pace.begin, found.pace.silent_days, found.pace.check_ins) == (time(8), 2, (2, 30))
    assert pace_of(event) == found.pace == replay("VK", [event]).pace
    assert c.SendReport(case="VK", by="mette").pace == PACE and pace_set(PACE, "mette", at(2026, 11, 22, 11)) == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('from = "15:00"', 'writing_hours.until is "15:00". Expected a time after 15:00 (from).'),
        ('until = "25:00"', 'writing_hours.until is "25:00". Expected a time such as "15:00".'),
        ("check_in_days = [0]", "writing_hours.check_in_days[0] is 0. Expected days, 1 to 365."),
    ],
)
def test_hours_that_cannot_be_are_named(tmp_path, line, told):
    _, faults = organisation(tmp_path, f"\n[writing_hours]\n{line}\n")

    assert told in " ".join(str(fault) for fault in faults)


def test_a_day_off_of_ones_own_is_none_of_the_days():
    pace = Pace(working=type(PACE.working)(closed=frozenset({date(2026, 11, 24)})))

    assert in_hours(at_clock(date(2026, 11, 24), time(10)), pace) == at(2026, 11, 25, 9)
