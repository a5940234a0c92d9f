"""What time brings in a case that was opened again: what is counted in days begins anew, and what went on goes on."""

from datetime import timedelta

import pytest

from casework import commands as c
from casework import events as e
from casework.calendar import days_after, local, working_morning
from casework.closing import MAY_CLOSE_DAYS
from casework.evolving import evolve
from casework.latest_hour import done_by_itself, next_by_itself
from casework.pace import working_days_on
from casework.plan import missing, step_of
from casework.reminder import Reminder
from casework.reminders import agenda
from casework.removal import AGAIN
from casework.rungs import ASK_AUTHOR, ASK_SITE
from casework.vocabulary import RemovalEnd, StepId
from tests.cases import ALI, JONAS, METTE, TALK, Working, from_a_colleague, opened, said
from tests.test_may_close import all_done
from tests.test_removal import letters_are_open, runs_until, tries

HELP = StepId("help")


def working() -> Working:
    """Jonas has seen it and had the talk."""
    case = opened()
    case.does(JONAS, c.MarkSeen)
    return case.done(TALK)


def shut(case: Working, **for_so_long: float) -> Working:
    """Closed, and that time goes by."""
    case.case = evolve(case.case, e.CaseClosed(by=JONAS, at=case.now))
    return case.passes(**for_so_long)


def again(case: Working, by: str = JONAS) -> Working:
    case.does(by, c.ReopenCase, why=said("Det er tilbage."))
    return case


def ahead(case: Working, kind: str) -> list[Reminder]:
    return [one for one in agenda(case.case) if one.kind == kind]


@pytest.mark.parametrize("by", [JONAS, METTE])
def test_whoever_has_it_is_asked_to_write_some_working_days_after_it_was_opened_again(by):
    case = again(shut(working(), days=90), by)
    (nudge,) = ahead(case, "silent")
    assert (nudge.to, nudge.at) == (JONAS, working_days_on(case.now, case.case.pace.silent_days, case.case.pace))


def test_where_everything_is_done_it_is_said_anew_that_it_can_be_closed():
    case = again(shut(all_done(), days=90))
    assert [one.at for one in ahead(case, "may_close")] == [days_after(case.now, days) for days in MAY_CLOSE_DAYS]


def test_whoever_gave_a_step_that_nobody_took_hears_of_it_every_working_morning_again():
    case = working()
    case.does(JONAS, c.OfferStep, step=HELP, to=ALI)
    again(shut(case, days=90))
    tomorrow = local(case.now).date() + timedelta(days=1)
    mornings = [working_morning(tomorrow, later, case.case.pace.working) for later in range(14)]

    assert [one.at for one in ahead(case, "offered")] == mornings


@pytest.mark.parametrize(("day", "said_on"), [(30, 91), (120, 120)])
def test_whoever_asked_to_be_reminded_is_on_the_day_or_the_morning_after_it_was_opened_again(day, said_on):
    case = working()
    begun = case.now
    case.does(JONAS, c.PostponeStep, step=HELP, until=days_after(begun, day))
    again(shut(case, days=90))
    (reminder,) = ahead(case, "postponed")
    assert reminder.at == days_after(begun, said_on)


def test_what_was_put_off_to_a_morning_on_which_the_case_was_closed_is_not_lost_by_it():
    case = working()
    case.does(JONAS, c.PostponeStep, step=HELP, until=days_after(case.now, 1))
    (waits,) = ahead(case, "postponed")
    later = {"later": (waits.id,), "mornings": (days_after(case.now, 2),)}
    case.case = evolve(case.case, e.Reminded(by=JONAS, at=case.now, to=JONAS, reminder="x", **later))
    again(shut(case, days=90))

    assert [one.at for one in ahead(case, "postponed")] == [days_after(case.now, 1)]


def test_a_talk_later_on_the_day_it_was_opened_again_is_said_and_one_that_is_over_is_not():
    case = working()
    case.does(JONAS, c.AgreePoints, person=METTE, next_talk=days_after(case.now, 90) + timedelta(hours=5))
    shut(case)
    case.now = days_after(case.now, 90)
    assert {one.to for one in ahead(again(case), "next_talk")} == {JONAS, METTE}

    case.passes(hours=6)
    assert {one.to for one in ahead(again(shut(case)), "next_talk")} == set()


def test_words_and_check_ins_that_came_due_in_the_closed_case_and_were_not_said_yet_are_still_said():
    case = working()
    shut(case).does(METTE, c.WriteMessage, person=METTE, words=said("Tak."))
    (lies,) = ahead(case, "unread")
    before = ahead(case, "check_in")
    case.now = max(lies.at, before[0].at) + timedelta(minutes=1)
    again(case)

    assert ahead(case, "unread") == [lies] and ahead(case, "check_in") == before != []


# -- having it removed -----------------------------------------------------------------------------------------------


def seen_again(case: Working) -> Working:
    """Closed for forty days, opened again by Mette, and seen."""
    again(shut(case, days=40), METTE).does(JONAS, c.MarkSeen)
    return case


def test_was_the_case_closed_when_an_answer_could_have_come_the_next_way_opens_the_morning_after_it_is_opened_again():
    case = seen_again(tries(letters_are_open()))
    assert missing(case.case, step_of(case.case, ASK_SITE))

    tomorrow = local(case.now).date() + timedelta(days=1)
    assert runs_until(case, tomorrow) == ["unanswered:ask_author-1:0:again1"]
    assert not missing(case.case, step_of(case.case, ASK_SITE))


def test_what_was_asked_to_the_end_before_the_case_was_closed_is_asked_anew_and_the_next_way_stays_open():
    case = tries(letters_are_open())
    assert len(runs_until(case, local(case.now).date() + timedelta(days=60))) == 3
    seen_again(case)

    assert not missing(case.case, step_of(case.case, ASK_SITE))
    asked = runs_until(case, local(case.now).date() + timedelta(days=60))
    assert asked == [f"unanswered:ask_author-1:{days}:again1" for days in AGAIN]


def test_gone_and_back_and_closed_and_opened_again_each_asks_anew():
    case = tries(letters_are_open()).passes(hours=1)
    case.does(JONAS, c.EndRemoval, step=ASK_AUTHOR, why=RemovalEnd.GONE)
    case.does(JONAS, c.ReopenRemoval, step=ASK_AUTHOR)
    seen_again(case)
    assert runs_until(case, local(case.now).date() + timedelta(days=2)) == ["unanswered:ask_author-1:0:again2"]


def test_whoever_was_never_told_hears_it_from_a_human_first_also_when_the_case_is_opened_again():
    """At night, in the minute it is opened: their time to tell begins then."""
    case = from_a_colleague(ALI, by=METTE)
    shut(case, days=100)
    again(case)

    assert not done_by_itself(case.case, case.now)
    assert next_by_itself(case.case) == working_days_on(case.now, case.case.pace.silent_days, case.case.pace)
