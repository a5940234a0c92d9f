"""Which days people are at work: the settings say, and the core is told."""

from datetime import date
from pathlib import Path

import pytest

from bot.setup.organisation import read_organisation
from casework.calendar import MORNING, WorkingDays, add_working_days, at_clock, is_working_day
from tests.local_files import organisation
from tests.story import local, said, story

NOVEMBER = 'legal_staff = { name = "Juridisk vagt"'


def working_days(folder: Path, line: str = "") -> WorkingDays:
    found, faults = read_organisation(organisation(folder, (NOVEMBER, f"{line}\n{NOVEMBER}")))
    assert found is not None, faults
    return found.working_days


@pytest.mark.parametrize("day", [date(2026, 6, 5), date(2026, 12, 24), date(2030, 12, 31), date(2026, 4, 3)])
def test_without_a_word_in_the_settings_public_holidays_and_three_more_days_are_off(tmp_path, day):
    assert not is_working_day(day, working_days(tmp_path))


def test_own_days_take_the_place_of_the_three_and_public_holidays_stay(tmp_path):
    days = working_days(tmp_path, 'holidays = ["2027-05-07", "05-01"]')

    assert not is_working_day(date(2027, 5, 7), days) and is_working_day(date(2026, 5, 7), days)
    assert not is_working_day(date(2028, 5, 1), days)
    assert is_working_day(date(2026, 12, 24), days) and not is_working_day(date(2026, 12, 25), days)


def test_a_place_that_works_on_saturdays_says_so(tmp_path):
    days = working_days(tmp_path, 'working_days = ["tuesday", "wednesday", "thursday", "friday", "saturday"]')

    assert add_working_days(date(2026, 11, 20), 1, days) == date(2026, 11, 21)
    assert add_working_days(date(2026, 11, 20), 2, days) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('holidays = ["24-12"]', 'holidays[0] is "24-12". There is no such day.'),
        ('holidays = ["2027-02-29"]', 'holidays[0] is "2027-02-29". There is no such day.'),
        ('holidays = ["24. december"]', 'holidays[0] is "24. december". Expected a day as "12-24" for every year'),
        ('working_days = ["mandag"]', 'working_days[0] is "mandag". Expected a weekday in English'),
        ("working_days = []", "working_days has 0 entries. Expected a list of weekdays"),
    ],
)
def test_a_day_that_is_none_is_told(tmp_path, line, told):
    _, faults = read_organisation(organisation(tmp_path, (NOVEMBER, f"{line}\n{NOVEMBER}")))

    assert [str(fault)[: len(f"organisation.toml: {told}")] for fault in faults] == [f"organisation.toml: {told}"]


async def test_a_step_put_off_to_the_next_working_day_steps_over_the_christmas_that_the_settings_know():
    async with story(now=local(2026, 12, 23, 10)) as s:
        await s.report(s.mette, date="2026-12-22")
        await s.opened(s.jonas)
        await s.jonas.say("åbn 1")
        await s.jonas.press("Næste hverdag")

        assert (await s.case()).step("talk").until == at_clock(date(2026, 12, 28), MORNING)
        assert "mandag" in said(s.jonas)


async def test_a_day_off_that_is_added_while_it_runs_counts_from_the_next_press(tmp_path):
    file = organisation(tmp_path)
    async with story(now=local(2026, 11, 23, 10), VAERN_ORGANISATION=str(file)) as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.jonas.say("påmind 1 næste hverdag")
        assert (await s.case()).step("talk").until == at_clock(date(2026, 11, 24), MORNING)

        organisation(tmp_path, (NOVEMBER, f'holidays = ["2026-11-24"]\n{NOVEMBER}'))
        await s.settings_changed()
        await s.jonas.say("påmind 1 næste hverdag")
        assert (await s.case()).step("talk").until == at_clock(date(2026, 11, 25), MORNING)
