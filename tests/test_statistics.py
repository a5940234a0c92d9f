"""Numbers per quarter: right, and such that whoever has all of them can say of no group that it is one to four."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import commands as c
from casework.statistics import (
    FEWEST,
    IN_TIME,
    REPORTED,
    SAFETYNET,
    SEEN,
    TALKED,
    TRAITS,
    Facts,
    Quarter,
    Table,
    facts_of,
    newest,
    published,
    quarter_of,
    table_of,
    tables,
)
from casework.vocabulary import Answer, Certainty, EpisodeId, OutcomeKind, PersonId, WorkplaceId
from tests.cases import JONAS, METTE, opened
from tests.scenes import SENT
from tests.story import local

AUTUMN = Quarter(2026, 4)
SOME = ("medium.facebook", "medium.mail", "form.threats", SEEN, REPORTED, IN_TIME)
Wanted = Mapping[str, bool]
"""A group somebody asks about: trait → whether they have it."""


def fact(*traits: str, **more: object) -> Facts:
    minutes = {name: 20 for name in (SEEN, TALKED) if name in traits}
    return Facts(
        **{
            "quarter": AUTUMN,
            "workplace": WorkplaceId("nord"),
            "excluded": frozenset(),
            "traits": frozenset(traits),
            "minutes": minutes,
            **more,
        }
    )


# -- an attacker --------------------------------------------------------


def how_many(cases: Sequence[Facts], wanted: Wanted) -> int:
    return sum(all((trait in one.traits) is has for trait, has in wanted.items()) for one in cases)


def another_world(table: Table, wanted: Wanted) -> list[Facts]:
    """Cases that give the very same table, made so that the group is none or at least five."""
    n = table.cases or 0
    sets: dict[str | None, list[int]] = {None: list(range(n))}
    for trait, whole in TRAITS.items():
        inside, count = sets[whole], table.traits.get(trait, 0)
        parts = [part for part, its_whole in TRAITS.items() if its_whole == trait]
        away = wanted.get(trait) is False or (trait not in wanted and any(wanted.get(p) is False for p in parts))
        sets[trait] = inside[len(inside) - count :] if away else inside[:count]
    world = []
    for number in range(n):
        traits = [trait for trait in TRAITS if number in sets[trait]]
        world.append(fact(*traits, minutes={name: at for name, at in table.minutes.items() if name in traits}))
    return world


def a_case(traits: Sequence[str], minutes: int) -> Facts:
    has = set(traits) - ({IN_TIME} if REPORTED not in traits else set())
    return fact(*has, minutes={name: minutes for name in (SEEN, TALKED) if name in has})


every_case = st.builds(a_case, st.lists(st.sampled_from(SOME), unique=True), st.integers(0, 5000))
weighted = st.one_of(st.just(a_case((), 0)), st.just(a_case(SOME, 10)), every_case)
quarters = st.lists(weighted, max_size=40)
groups = st.dictionaries(st.sampled_from(SOME), st.booleans(), max_size=4)


@given(quarters, groups)
def test_of_no_group_can_anybody_say_from_a_table_that_it_is_one_to_four(cases, wanted):
    table = published(AUTUMN, cases)

    world = another_world(table, wanted)

    assert published(AUTUMN, world) == table, "the attacker cannot tell this world from the true one"
    assert how_many(world, wanted) == 0 or how_many(world, wanted) >= FEWEST


@given(st.lists(st.tuples(quarters, groups), min_size=2, max_size=3))
def test_nor_by_adding_what_several_quarters_or_administrations_show(given_):
    true = [published(AUTUMN, cases) for cases, _ in given_]
    worlds = [another_world(table, wanted) for table, (_, wanted) in zip(true, given_, strict=True)]

    assert [published(AUTUMN, world) for world in worlds] == true
    total = sum(how_many(world, wanted) for world, (_, wanted) in zip(worlds, given_, strict=True))
    assert total == 0 or total >= FEWEST


@given(quarters)
def test_whatever_is_shown_is_five_or_more_and_so_is_what_is_left_of_it(cases):
    table = published(AUTUMN, cases)
    shown = {None: table.cases, **table.traits}

    for trait, count in table.traits.items():
        rest = shown[TRAITS[trait]] - count
        assert count >= FEWEST and (rest == 0 or rest >= FEWEST)
    assert all(name in table.traits for name in table.minutes)


def test_none_three_and_all_but_three_look_the_same():
    seven = [published(AUTUMN, [fact(*(["medium.mail"] if n < k else [])) for n in range(7)]) for k in (0, 3, 6)]

    assert seven[0] == seven[1] == seven[2] and seven[0].cases == 7


def test_a_part_is_not_shown_where_the_whole_is_not():
    """15 of 16 were reported: were 6 "in time" shown, everybody would know that few were not reported."""
    cases = [fact(REPORTED, *([IN_TIME] if n < 8 else [])) for n in range(15)] + [fact()]

    assert published(AUTUMN, cases).traits == {}


def test_four_cases_are_nothing_and_five_are_a_table():
    assert published(AUTUMN, [fact(SEEN)] * 4) == published(AUTUMN, []) == Table(AUTUMN, None, {}, {})
    assert published(AUTUMN, [fact(SEEN)] * 5) == Table(AUTUMN, 5, {SEEN: 5}, {SEEN: 30})


def test_a_table_is_read_as_it_was_kept():
    table = published(AUTUMN, [fact(SEEN, REPORTED)] * 12)
    assert table_of(table.document()) == table


# -- who is in it --------------------------------------------------------


def test_a_case_that_somebody_is_excluded_from_is_in_no_table_they_may_read():
    hidden = fact(excluded=frozenset({JONAS}))
    cases, places = [fact()] * 5 + [hidden], {WorkplaceId("nord"): "nord"}

    assert tables(AUTUMN, cases, {"nord": frozenset({JONAS})}, places)["nord"].cases == 5
    assert tables(AUTUMN, cases, {"nord": frozenset({METTE})}, places)["nord"].cases == 6


def test_a_case_is_in_its_own_administration_and_quarter_and_in_no_other():
    cases = [fact()] * 5 + [fact(workplace=WorkplaceId("syd"))] * 6 + [fact(quarter=Quarter(2026, 3))] * 7
    nobody: frozenset[PersonId] = frozenset()
    places = {WorkplaceId("nord"): "nord", WorkplaceId("syd"): "syd"}

    found = tables(AUTUMN, chain(cases), {"nord": nobody, "syd": nobody}, places)

    assert (found["nord"].cases, found["syd"].cases) == (5, 6)


# -- what a case tells --------------------------------------------------------


def test_seen_and_talked_are_measured_from_send():
    case = opened()
    case.passes(minutes=50).does(JONAS, c.OpenCase)
    case.does(JONAS, c.MarkSeen)
    case.passes(hours=2).done("talk")

    assert facts_of(case.case).minutes == {SEEN: 50, TALKED: 170}


@pytest.mark.parametrize(("hours", "in_time"), [(1, True), (100, False)])
def test_reported_in_time_is_within_the_72_hours(hours, in_time):
    case = opened().asked()
    case.answers(METTE, Answer.YES)
    case.passes(hours=hours).outcome(OutcomeKind.REPORTED)

    assert {REPORTED, *([IN_TIME] if in_time else [])} <= facts_of(case.case).traits
    assert (IN_TIME in facts_of(case.case).traits) is in_time


DAYS = [(local(2026, 11, 25, 8), True), (local(2026, 12, 5, 23, 59), True), (local(2026, 12, 6, 1), False)]


@pytest.mark.parametrize(("day", "in_time"), DAYS)
def test_safetynet_in_time_is_on_the_fourteenth_day_of_the_episode_at_the_latest(day, in_time):
    case = opened(began=local(2026, 11, 21, 8))
    case.now = day
    case.done("safetynet")

    assert (SAFETYNET in facts_of(case.case).traits) is in_time


@pytest.mark.parametrize(("began", "in_time"), [(local(2026, 11, 18, 8), True), (local(2026, 10, 30, 8), False)])
def test_every_episode_that_was_told_before_the_report_in_safetynet_counts_with_its_own_fourteen_days(began, in_time):
    case = opened().passes(days=1)
    case.does(METTE, c.TellWhen, episode=EpisodeId("other"), certainty=Certainty.EXACT, moment=began)
    case.passes(days=1).done("safetynet")

    assert (SAFETYNET in facts_of(case.case).traits) is in_time


def test_an_episode_that_was_told_after_the_report_in_safetynet_makes_it_neither_late_nor_early():
    case = opened().passes(days=1).done("safetynet")
    old = {"episode": EpisodeId("other"), "certainty": Certainty.EXACT, "moment": case.now - timedelta(days=40)}
    case.passes(days=1).does(METTE, c.TellWhen, **old)

    assert SAFETYNET in facts_of(case.case).traits


def test_what_happens_after_the_numbers_were_published_changes_nothing():
    case = opened()
    before = facts_of(case.case)
    case.now = quarter_of(SENT).published_at + timedelta(minutes=1)
    case.does(JONAS, c.OpenCase)
    case.does(JONAS, c.MarkSeen)

    assert facts_of(case.case) == before


def test_a_case_that_was_never_sent_is_in_no_number():
    call = opened().case
    assert facts_of(call) is not None
    assert facts_of(type(call)(call.id)) is None


# -- quarters --------------------------------------------------------


def test_a_quarter_can_be_had_in_the_morning_fifteen_days_after_it():
    third = Quarter(2026, 3)

    assert third.published_at == local(2026, 10, 16, 9)
    assert newest(local(2026, 10, 16, 8, 59)) == Quarter(2026, 2)
    assert newest(local(2026, 10, 16, 9)) == third
    assert newest(local(2027, 1, 1)) == third and newest(local(2027, 1, 16, 9)) == AUTUMN


def test_quarters_follow_on_each_other_over_new_year():
    assert AUTUMN.next == Quarter(2027, 1) and Quarter(2027, 1).before == AUTUMN
    assert quarter_of(local(2026, 12, 31, 23, 59)) == AUTUMN and quarter_of(local(2027, 1, 1)) == Quarter(2027, 1)
