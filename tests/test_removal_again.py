"""What was gone is there again: what is still unanswered counts anew, and what is tried anew has its own time."""

from datetime import date

import pytest

from casework import commands as c
from casework.removal import AGAIN
from casework.rungs import ASK_AUTHOR, ASK_SITE
from casework.vocabulary import RemovalEnd
from tests.cases import JONAS, Working
from tests.test_removal import letters_are_open, open_rungs, reminded, runs_until, tries


def back_again(case: Working) -> Working:
    """Gone, and there again ten days later."""
    case.does(JONAS, c.EndRemoval, step=ASK_AUTHOR, why=RemovalEnd.GONE)
    case.passes(days=10).does(JONAS, c.ReopenRemoval, step=ASK_AUTHOR)
    return case


@pytest.mark.parametrize("times", [1, 2])
def test_what_is_unanswered_counts_anew_when_it_is_there_again(times):
    case = tries(letters_are_open())
    assert len(runs_until(case, date(2027, 3, 1))) == len(AGAIN)
    for _ in range(times):
        back_again(case)
    open_now = open_rungs(case)

    assert ASK_SITE in open_now and reminded(case) == []
    found = runs_until(case, date(2027, 12, 1))
    assert found == [f"unanswered:ask_author-1:{days}:again{times}" for days in AGAIN] and open_rungs(case) == open_now


def test_what_is_tried_anew_when_it_is_there_again_is_asked_about_in_its_own_time():
    case = tries(letters_are_open())
    runs_until(case, date(2027, 3, 1))
    tries(back_again(case), number=2)
    assert ASK_SITE not in open_rungs(case)
    found = runs_until(case, date(2027, 12, 1))

    assert found == [f"unanswered:ask_author-2:{days}" for days in AGAIN] and ASK_SITE in open_rungs(case)
