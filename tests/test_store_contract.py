"""What every store promises of cases and notices, on real files and on a real server."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.stores import CaseStore, Commit, StaleCase, UnknownCase
from tests.every_store import CASE, MONDAY, OTHER, THIRD, Desk, commit, told, waiting

# --- commits ---


async def test_what_is_appended_is_loaded_oldest_first(store: CaseStore):
    await store.append(CASE, commit(events=({"type": "begun"}, {"type": "told"})), after=0)
    await store.append(CASE, commit(1, events=({"type": "sent", "to": ["anna"]},)), after=1)

    found = await store.load(CASE)
    assert (found.id, found.version) == (CASE, 2)
    assert found.events == ({"type": "begun"}, {"type": "told"}, {"type": "sent", "to": ["anna"]})


async def test_texts_of_all_commits_lie_beside_the_log_and_what_was_written_first_stands(store: CaseStore):
    await store.append(CASE, commit(texts={"t1": "Først", "t2": "æøå \u202e 😀\n"}), after=0)
    await store.append(CASE, commit(texts={"t1": "Rettet", "t3": "Nyt"}), after=1)

    assert (await store.load(CASE)).texts == {"t1": "Først", "t3": "Nyt", "t2": "æøå \u202e 😀\n"}


async def test_on_top_of_an_older_version_nothing_is_written(store: CaseStore):
    await store.append(CASE, commit(events=({"n": 1},)), after=0)

    with pytest.raises(StaleCase):
        await store.append(CASE, told("late", events=({"n": 2},)), after=0)

    assert (await store.load(CASE)).events == ({"n": 1},)
    assert await waiting(store) == []


async def test_of_many_who_write_at_once_on_the_same_version_one_gets_there(store: CaseStore):
    await store.append(CASE, commit(), after=0)

    tries = [store.append(CASE, commit(events=({"by": n},)), after=1) for n in range(8)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)

    assert sum(outcome is None for outcome in outcomes) == 1
    assert sum(isinstance(outcome, StaleCase) for outcome in outcomes) == 7
    assert (await store.load(CASE)).version == 2


async def test_cases_written_side_by_side_do_not_touch_each_other(store: CaseStore):
    cases = [f"VK-{number}" for number in range(20)]

    await asyncio.gather(*(store.append(case, commit(events=({"case": case},)), after=0) for case in cases))

    assert [(await store.load(case)).events for case in cases] == [({"case": case},) for case in cases]


async def test_what_has_been_handled_is_remembered(store: CaseStore):
    await store.append(CASE, commit(handled=("activity-1",)), after=0)
    await store.append(CASE, commit(handled=("press-2", "press-3")), after=1)

    assert (await store.load(CASE)).handled == {"activity-1", "press-2", "press-3"}


async def test_a_commit_goes_on_to_its_end_when_whoever_asked_is_gone(desk: Desk):
    asking = asyncio.ensure_future(desk.store.append(CASE, commit(people=frozenset({"anna"})), after=0))
    await asyncio.sleep(0)
    asking.cancel()

    assert (await desk.store.load(CASE)).version == 1
    assert await desk.store.cases_of("anna") == (CASE,)
    assert (await (await desk.restart()).load(CASE)).version == 1


@pytest.mark.parametrize("case", ["VK-1", "", "../../etc/passwd", "a/b", ".", "x" * 200, "VK 1", "VK-1\n", "æ", "\0"])
async def test_a_case_that_is_not_there_is_unknown_whatever_is_asked_for(store: CaseStore, case: str):
    with pytest.raises(UnknownCase):
        await store.load(case)


async def test_nothing_is_put_on_top_of_a_case_that_never_was(store: CaseStore):
    with pytest.raises(UnknownCase):
        await store.append(CASE, commit(), after=3)


@pytest.mark.parametrize("case", ["../VK-1", "VK/1", "", "VK.1", "VK-1\n"])
async def test_an_id_that_could_be_a_path_is_refused(store: CaseStore, case: str):
    with pytest.raises(ValueError):
        await store.append(case, commit(), after=0)
    with pytest.raises(ValueError):
        await store.put_blob(case, "photo", b"x")
    with pytest.raises(ValueError):
        await store.put_blob(CASE, case, b"x")


async def test_a_moment_without_a_time_zone_is_refused_and_nothing_is_written(store: CaseStore):
    naive = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the point of the test
    for wrong in (Commit(at=naive), Commit(at=MONDAY, next_due=naive)):
        with pytest.raises(ValueError):
            await store.append(CASE, wrong, after=0)
    with pytest.raises(UnknownCase):
        await store.load(CASE)


async def test_what_json_would_not_give_back_is_refused_and_nothing_is_written(store: CaseStore):
    await store.append(CASE, commit(), after=0)

    for value in (MONDAY, {1, 2}, b"bytes", float("nan")):
        with pytest.raises((TypeError, ValueError)):
            await store.append(CASE, commit(events=({"value": value},)), after=1)

    assert (await store.load(CASE)).version == 1


# --- indexes ---


async def test_a_persons_cases_are_found_oldest_first_closed_ones_too(store: CaseStore):
    await store.append(OTHER, commit(5, people=frozenset({"anna", "bo"})), after=0)
    await store.append(CASE, commit(1, people=frozenset({"anna"})), after=0)
    await store.append(CASE, commit(9, people=frozenset({"anna"}), closed=True), after=1)

    assert await store.cases_of("anna") == (CASE, OTHER)
    assert await store.cases_of("bo") == (OTHER,)
    assert await store.cases_of("nobody") == ()


async def test_whoever_is_no_longer_among_the_people_does_not_find_the_case(store: CaseStore):
    await store.append(CASE, commit(people=frozenset({"anna", "bo"}), groups=frozenset({"school"})), after=0)
    await store.append(CASE, commit(people=frozenset({"anna"})), after=1)

    assert await store.cases_of("bo") == ()
    assert await store.cases_of_group("school") == ()


async def test_a_groups_cases_are_found_by_workplace(store: CaseStore):
    await store.append(CASE, commit(2, groups=frozenset({"school", "library"})), after=0)
    await store.append(OTHER, commit(1, groups=frozenset({"school"})), after=0)

    assert await store.cases_of_group("school") == (OTHER, CASE)
    assert await store.cases_of_group("library") == (CASE,)


async def test_open_cases_are_counted_but_no_draft_and_none_that_is_closed(store: CaseStore):
    await store.append(CASE, commit(people=frozenset({"anna", "bo"})), after=0)
    await store.append(OTHER, commit(people=frozenset({"anna"})), after=0)
    await store.append(THIRD, commit(people=frozenset({"bo"}), groups=frozenset({"school"})), after=0)
    assert await store.open_cases() == 2

    await store.append(CASE, commit(people=frozenset({"anna", "bo"}), closed=True), after=1)
    assert await store.open_cases() == 1


async def test_due_are_the_cases_whose_time_has_come_most_overdue_first(store: CaseStore):
    await store.append(CASE, commit(due=5), after=0)
    await store.append(OTHER, commit(due=3), after=0)
    await store.append(THIRD, commit(due=8), after=0)

    assert await store.due(MONDAY + timedelta(hours=5)) == (OTHER, CASE)
    assert await store.due(MONDAY + timedelta(hours=5)) == (OTHER, CASE), "asking is not answering"
    assert await store.next_due() == MONDAY + timedelta(hours=3)


async def test_the_latest_commit_alone_says_when_a_case_is_due(store: CaseStore):
    await store.append(CASE, commit(due=1), after=0)
    await store.append(CASE, commit(due=48), after=1)
    await store.append(OTHER, commit(due=2), after=0)
    await store.append(OTHER, commit(), after=1)

    assert await store.due(MONDAY + timedelta(hours=47)) == ()
    assert await store.next_due() == MONDAY + timedelta(hours=48)


async def test_with_nothing_due_there_is_no_next_time(store: CaseStore):
    assert await store.next_due() is None


async def test_a_moment_given_in_another_zone_is_the_same_moment(store: CaseStore):
    noon_in_copenhagen = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=1)))
    await store.append(CASE, Commit(at=MONDAY, next_due=noon_in_copenhagen), after=0)

    assert await store.next_due() == datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


# --- outbox ---


async def test_notices_wait_oldest_first_and_in_the_order_they_were_given(store: CaseStore):
    await store.append(OTHER, told("c", hours=2), after=0)
    await store.append(CASE, told("b", "a", hours=1), after=0)

    assert await waiting(store) == [(CASE, "b"), (CASE, "a"), (OTHER, "c")]
    first = (await store.pending())[0]
    assert first.notice == {"id": "b", "card": "leader.case"}
    assert (first.queued_at, first.attempts, first.not_before) == (MONDAY + timedelta(hours=1), 0, None)


async def test_a_settled_notice_is_gone_and_settling_twice_is_once(store: CaseStore):
    await store.append(CASE, told("a", "b"), after=0)

    await store.settle(CASE, "a")
    await store.settle(CASE, "a")

    assert await waiting(store) == [(CASE, "b")]
    assert (await store.load(CASE)).version == 1, "delivery is no commit"


async def test_settling_what_nobody_knows_is_nothing(store: CaseStore):
    await store.settle("VK-UNKNOWN", "a")
    await store.settle("../x", "a")
    await store.settle("\0", "a")
    await store.put_off("VK-UNKNOWN", "a", attempts=1, not_before=MONDAY)

    assert await store.pending() == ()


async def test_a_notice_put_off_waits_with_its_attempts_and_its_time(store: CaseStore):
    await store.append(CASE, told("a", "b"), after=0)

    await store.put_off(CASE, "a", attempts=3, not_before=MONDAY + timedelta(minutes=7))

    put_off, untouched = await store.pending()
    assert (put_off.attempts, put_off.not_before) == (3, MONDAY + timedelta(minutes=7))
    assert put_off.queued_at == MONDAY
    assert (untouched.attempts, untouched.not_before) == (0, None)


async def test_notices_put_off_and_settled_beside_commits_are_all_kept(store: CaseStore):
    await store.append(CASE, told(*(f"n{n}" for n in range(10))), after=0)

    await asyncio.gather(
        *(store.settle(CASE, f"n{n}") for n in range(0, 10, 2)),
        *(store.put_off(CASE, f"n{n}", attempts=1, not_before=MONDAY) for n in range(1, 10, 2)),
        store.append(CASE, told("later", hours=1), after=1),
    )

    assert await waiting(store) == [(CASE, f"n{n}") for n in range(1, 10, 2)] + [(CASE, "later")]


# --- erasing, closing, restarting ---


async def test_of_an_erased_case_nothing_is_left(desk: Desk):
    whole = told("a", due=1, people=frozenset({"anna"}), groups=frozenset({"school"}), events=({"item": "photo"},))
    await desk.store.put_blob(CASE, "photo", b"x")
    await desk.store.append(CASE, whole, after=0)
    await desk.store.append(OTHER, whole, after=0)

    await desk.store.erase(CASE)

    for again in (False, True):
        store = await desk.restart() if again else desk.store
        with pytest.raises(UnknownCase):
            await store.load(CASE)
        with pytest.raises(UnknownCase):
            await store.get_blob(CASE, "photo")
        assert await store.cases_of("anna") == await store.cases_of_group("school") == (OTHER,)
        assert await store.due(MONDAY + timedelta(hours=2)) == (OTHER,)
        assert await waiting(store) == [(OTHER, "a")]
        assert await store.unreadable() == ()


async def test_an_erased_id_is_not_used_again(store: CaseStore):
    await store.append(CASE, commit(), after=0)
    await store.erase(CASE)

    with pytest.raises(UnknownCase):
        await store.append(CASE, commit(), after=0)
    with pytest.raises(UnknownCase):
        await store.put_blob(CASE, "photo", b"x")
    await store.settle(CASE, "a")


async def test_erasing_twice_or_what_never_was_is_nothing(store: CaseStore):
    await store.append(CASE, commit(), after=0)
    await store.erase(CASE)
    await store.erase(CASE)
    await store.erase("VK-UNKNOWN")
    await store.erase("../x")

    await store.append("VK-UNKNOWN", commit(), after=0)


async def test_what_was_written_since_it_was_looked_at_is_not_erased(desk: Desk):
    store = desk.store
    await store.append(CASE, commit(closed=True), after=0)
    await store.append(CASE, commit(1, closed=True, texts={"hold": "Retten bruger den."}), after=1)

    with pytest.raises(StaleCase):
        await store.erase(CASE, after=1)
    assert (await (await desk.restart()).load(CASE)).texts == {"hold": "Retten bruger den."}

    await desk.store.erase(CASE, after=2)
    await desk.store.erase(CASE, after=2)

    with pytest.raises(UnknownCase):
        await desk.store.load(CASE)


async def test_of_an_erasure_and_a_step_at_the_same_moment_one_alone_happens(store: CaseStore):
    for case in (CASE, OTHER, THIRD):
        await store.append(case, commit(closed=True), after=0)
        both = store.erase(case, after=1), store.append(case, commit(1), after=1)
        pair = both if case != OTHER else both[::-1]

        found = await asyncio.gather(*pair, return_exceptions=True)

        assert sum(one is None for one in found) == 1, found
        assert await store.version(case) in (2, None)


async def test_a_closed_case_goes_on_being_read_written_due_and_told(desk: Desk):
    await desk.store.append(CASE, commit(), after=0)
    await desk.store.append(CASE, told("analysis", due=24, closed=True), after=1)

    for again in (False, True):
        store = await desk.restart() if again else desk.store
        assert (await store.load(CASE)).version == 2
        assert await store.next_due() == MONDAY + timedelta(hours=24)
        assert await waiting(store) == [(CASE, "analysis")]
    await store.settle(CASE, "analysis")
    await store.append(CASE, commit(3, closed=True), after=2)
    assert (await store.load(CASE)).version == 3


async def test_a_case_can_be_reopened(desk: Desk):
    await desk.store.append(CASE, commit(closed=True), after=0)
    await desk.store.append(CASE, commit(due=1), after=1)

    store = await desk.restart()

    assert (await store.load(CASE)).version == 2
    assert await store.due(MONDAY + timedelta(hours=1)) == (CASE,)


async def test_a_restart_keeps_everything(desk: Desk):
    before = desk.store
    await before.append(CASE, told("a", "b", due=4, people=frozenset({"anna"}), texts={"t": "ord"}), after=0)
    await before.append(CASE, commit(1, due=5, people=frozenset({"anna"}), handled=("press-1",)), after=1)
    await before.append(OTHER, told("c", groups=frozenset({"school"}), closed=True), after=0)
    await before.settle(CASE, "a")
    await before.put_off(CASE, "b", attempts=2, not_before=MONDAY + timedelta(hours=1))
    seen = await everything(before)

    assert await everything(await desk.restart()) == seen


async def everything(store: CaseStore) -> list[object]:
    return [
        await store.load(CASE),
        await store.load(OTHER),
        await store.cases_of("anna"),
        await store.cases_of_group("school"),
        await store.due(MONDAY + timedelta(days=9)),
        await store.pending(),
        await store.unreadable(),
    ]


async def test_every_case_can_be_looked_at_closed_ones_too_and_none_that_is_erased(desk: Desk):
    store = desk.store
    await store.append(CASE, commit(people=frozenset({"anna"})), after=0)
    await store.append(OTHER, commit(closed=True), after=0)
    await store.append(THIRD, commit(), after=0)
    await store.erase(THIRD)

    assert await store.every() == await (await desk.restart()).every() == tuple(sorted((CASE, OTHER)))


async def test_closed_are_those_whose_newest_commit_says_so(desk: Desk):
    store = desk.store
    for case in (CASE, OTHER, THIRD):
        await store.append(case, commit(closed=case != CASE), after=0)
    await store.append(OTHER, commit(), after=1)
    await store.append(CASE, commit(closed=True), after=1)

    assert await store.closed() == await (await desk.restart()).closed() == tuple(sorted((CASE, THIRD)))
    await desk.store.erase(THIRD)
    assert await desk.store.closed() == (CASE,)
