"""The case clock: real, moved by hand, or standing still."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import MovableClock, SystemClock, VirtualClock

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def soon(waiting) -> None:
    async with asyncio.timeout(5):
        await waiting


async def test_waiting_ends_at_once_when_the_moment_has_been():
    await soon(VirtualClock(NOON).wait_until(NOON))
    await soon(SystemClock().wait_until(NOON - 1000 * HOUR))


async def test_waiting_ends_by_itself_when_the_moment_comes():
    clock = SystemClock()
    moment = clock.now() + timedelta(milliseconds=20)
    await soon(clock.wait_until(moment))
    assert clock.now() >= moment


@pytest.mark.parametrize("moment", [None, NOON + 100 * HOUR])
async def test_a_moved_clock_wakes_all_who_wait(moment):
    clock = VirtualClock(NOON)

    async def move():
        clock.move_by(HOUR)

    await soon(asyncio.gather(clock.wait_until(moment), clock.wait_until(moment), move()))
    assert clock.now() == NOON + HOUR


async def test_what_happens_in_a_case_wakes_nobody_who_waits_for_the_time_alone():
    clock = VirtualClock(NOON)
    for_the_time = asyncio.create_task(clock.wait_until(NOON + 100 * HOUR, whatever_happens=True))

    async def happen():
        clock.wake()

    await soon(asyncio.gather(clock.wait_until(None), happen()))
    assert not for_the_time.done()
    clock.move_by(HOUR)
    await soon(for_the_time)


async def test_a_call_that_comes_while_somebody_works_is_not_lost():
    clock = VirtualClock(NOON)

    async def round_of_work():
        await clock.wait_until(NOON)  # from here on this task listens
        clock.wake()
        await clock.wait_until(None)

    await soon(asyncio.create_task(round_of_work()))


async def test_a_moved_clock_stays_moved_over_a_restart(tmp_path):
    MovableClock(tmp_path / "clock.json").move_to(NOON + 10_000 * HOUR)
    again = MovableClock(tmp_path / "clock.json")
    assert again.now() >= NOON + 10_000 * HOUR

    again.reset()
    assert MovableClock(tmp_path / "clock.json").now() <= SystemClock().now()


def test_an_unreadable_offset_is_told_and_not_taken_for_none(tmp_path):
    (tmp_path / "clock.json").write_text("{")
    with pytest.raises(ValueError, match=r"clock\.json"):
        MovableClock(tmp_path / "clock.json")


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        VirtualClock(NOON.replace(tzinfo=None))
