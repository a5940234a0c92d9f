"""What the leader's, the companion's and the group's cards must and must not show, whatever they look like."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from cards.show import show
from casework.people import Person
from casework.views import LeaderView
from casework.vocabulary import Reopened
from tests import scenes_leader as views
from tests.scenes import NOW, PEOPLE, scene
from tests.scenes_closing import CLOSING


def drawn(view: object, language: str = "da", **changed: object) -> str:
    """Everything on the card and around it, as one text."""
    found = show(view, replace(scene(language), **changed))
    return json.dumps([found.card, found.summary, found.text], ensure_ascii=False)


def buttons(view: object) -> list[str]:
    return show(view, scene()).text.splitlines()[-1].strip("[]").split("] [")


@pytest.mark.parametrize("language", ["da", "en"])
def test_before_it_is_opened_the_leaders_card_says_nothing_of_the_case(language):
    card = drawn(views.CASES["leader_notice"], language)

    assert not any(word in card for word in ("Mette", "Facebook", "november", "November"))


@pytest.mark.parametrize("name", [name for name in views.GROUP if name.startswith("group")])
def test_the_groups_card_names_nobody_who_is_affected(name):
    card = drawn(views.GROUP[name])

    assert "Mette" not in card and "Facebook" not in card


def test_a_lock_screen_never_shows_a_name():
    summaries = {show(view, scene(language)).summary for view in views.CARDS.values() for language in ("da", "en")}

    assert not any(person.first_name in summary for person in PEOPLE.values() for summary in summaries)


def test_before_a_yes_whoever_is_asked_to_take_a_step_learns_no_name():
    assert "Mette" not in drawn(views.COMPANIONS["companion_asked"])
    assert "Mette" in drawn(views.COMPANIONS["companion_safetynet"])


def test_hours_left_are_told_by_the_time_and_not_by_the_reminders_name():
    late = drawn(views.REMINDERS["reminder_12"])
    later = drawn(views.REMINDERS["reminder_12"], now=NOW + timedelta(hours=9))

    assert "om 17\N{NO-BREAK SPACE}timer" in late and "om 8\N{NO-BREAK SPACE}timer" in later


def test_a_case_card_never_says_hours_left_for_it_grows_old_unseen():
    assert not any("om 49" in drawn(view) for view in views.CASES.values() if isinstance(view, LeaderView))


def test_a_locked_step_can_not_be_completed_but_what_it_waits_for_can_be_opened():
    assert buttons(views.STEPS["step_police_outcome_locked"]) == ["Åbn trin 14", "Til sagen"]


def test_who_has_said_no_is_not_asked_again():
    assert "Spørg" not in buttons(views.STEPS["step_ask_author_refused"])


def test_seen_is_the_first_button_until_it_has_been_pressed():
    first = show(views.CASES["leader_opened"], scene()).card["actions"][0]

    assert first["verb"] == "mark_seen" and first["style"] == "positive"
    assert "Har set det" not in buttons(views.CASES["leader_under_way"])


def test_help_to_report_is_offered_when_it_happened_outside_working_hours():
    assert "Tilbyd hjælp til anmeldelsen" in drawn(views.STEPS["step_police_outcome_outside"])
    assert "Tilbyd hjælp til anmeldelsen" not in drawn(views.STEPS["step_police_outcome"])


def test_the_questions_to_the_affected_employee_have_no_coloured_button():
    for name in ("reminder_24_employee", "reminder_6_employee"):
        assert "positive" not in drawn(views.REMINDERS[name])


def test_somebody_who_has_left_is_no_crash_on_any_card():
    nobody: dict[str, Person] = {}

    assert all(drawn(view, people=nobody) for view in views.CARDS.values())


def test_the_talk_with_the_legal_staff_stands_before_the_other_things_a_deadline_lacks():
    lacking = [line for line in show(views.CASES["leader_opened"], scene()).text.splitlines() if "Mangler: " in line]

    assert lacking == ["Mangler: drøftelsen med juridisk.", "Mangler: Mette er ikke spurgt endnu."]


@pytest.mark.parametrize("because", Reopened)
def test_a_case_that_was_opened_again_asks_whether_what_was_gone_is_back_unless_it_is_about_the_police(because):
    again = CLOSING["leader_reopened_asked_there_again"]
    shown = buttons(replace(again, ended=replace(again.ended, because=because)))

    assert ("Er der igen" in shown) is (because is not Reopened.POLICE)
