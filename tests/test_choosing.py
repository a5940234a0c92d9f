"""Whom a choice of recipient shuts out, and when that has to be asked."""

from datetime import date

import pytest

from bot.directory.file import seen_by
from casework.choosing import asks_to_stay_out, chosen_away, first_of, stands_in
from casework.people import Workplace
from casework.views import RecipientChoice
from tests.scenes import ALI, BIRGIT, JONAS, KARIN, METTE, NORD

FRIDAY = date(2026, 11, 27)


def choice(person, role, away=None) -> RecipientChoice:
    return RecipientChoice(person, role, away)


ORDINARY = (choice(JONAS, "leader"), choice(KARIN, "stand_in"), choice(BIRGIT, "leaders_leader"))
AWAY = (choice(KARIN, "stand_in"), choice(BIRGIT, "leaders_leader"), choice(JONAS, "leader", FRIDAY))
TWO = (choice(JONAS, "leader"), choice(ALI, "leader"), choice(KARIN, "stand_in"))
ONE_OF_TWO_AWAY = (choice(ALI, "leader"), choice(KARIN, "stand_in"), choice(JONAS, "leader", FRIDAY))
EVERYBODY_AWAY = (choice(JONAS, "leader", FRIDAY), choice(KARIN, "stand_in", FRIDAY))


@pytest.mark.parametrize(
    ("choices", "recipient", "stay_out", "away"),
    [
        (ORDINARY, JONAS, False, ()),
        (ORDINARY, KARIN, False, (JONAS,)),
        (ORDINARY, METTE, False, (JONAS,)),
        (AWAY, KARIN, False, ()),
        (AWAY, KARIN, True, (JONAS,)),
        (AWAY, JONAS, False, ()),
        (AWAY, BIRGIT, False, (JONAS,)),
        (TWO, ALI, False, ()),
        (TWO, ALI, True, (JONAS,)),
        (TWO, KARIN, False, (JONAS, ALI)),
        (ONE_OF_TWO_AWAY, KARIN, False, (ALI, JONAS)),
        (EVERYBODY_AWAY, KARIN, False, (JONAS,)),
    ],
)
def test_choosing_another_chooses_the_leader_away_but_not_whoever_steps_in_or_leads_beside(
    choices, recipient, stay_out, away
):
    leaders = tuple(one.person for one in choices if one.role == "leader")
    assert chosen_away(choices, leaders, recipient, stay_out=stay_out) == away


@pytest.mark.parametrize(
    ("choices", "asked"), [(ORDINARY, ()), (AWAY, (JONAS,)), (TWO, (JONAS, ALI)), (EVERYBODY_AWAY, ()), ((), ())]
)
def test_it_is_asked_only_where_the_choice_itself_does_not_say_it(choices, asked):
    assert asks_to_stay_out(choices) == asked


def test_a_leader_who_is_behind_it_or_affected_is_shut_out_by_choosing_anybody():
    assert chosen_away(ORDINARY[1:], (JONAS,), KARIN, stay_out=False) == (JONAS,)


def test_nobody_stands_chosen_beforehand_unless_a_leader_is_away_and_somebody_steps_in():
    assert [first_of(choices) for choices in (ORDINARY, AWAY, TWO, EVERYBODY_AWAY, ())] == [
        None,
        KARIN,
        None,
        None,
        None,
    ]
    assert stands_in(AWAY, KARIN) and not stands_in(AWAY, BIRGIT) and not stands_in(ORDINARY, KARIN)


def test_a_leader_is_offered_their_own_leader_and_then_whoever_leads_beside_them():
    place = Workplace(NORD, "Nord", JONAS, KARIN, BIRGIT, second_leader=ALI)
    assert (seen_by(JONAS, place).leaders, seen_by(JONAS, place).stand_in) == ((BIRGIT,), ALI)
    assert (seen_by(ALI, place).leaders, seen_by(ALI, place).stand_in) == ((BIRGIT,), JONAS)
    assert seen_by(METTE, place).leaders == (JONAS, ALI)
