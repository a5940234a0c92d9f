"""What depends on the time alone: looked at again when it may be due, and in an hour when it could not be done."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.rounds import rounds

NOON, HOUR = datetime(2026, 11, 23, 12, tzinfo=UTC), timedelta(hours=1)
NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)


class Leaps:
    """A clock by hand: it is at once what somebody waits for. After `times` waits the work is over."""

    def __init__(self, times: int) -> None:
        self.times, self.time, self.waited = times, NOON, []

    def now(self) -> datetime:
        return self.time

    def wake(self) -> None:
        """Nobody sleeps here."""

    async def wait_until(self, moment: datetime | None, *, whatever_happens: bool = False) -> None:
        self.waited.append((moment, whatever_happens))
        if len(self.waited) == self.times:
            raise asyncio.CancelledError
        self.time = moment or self.time


async def test_what_broke_or_was_left_is_tried_again_in_an_hour_and_what_was_done_when_it_may_be_due():
    clock, answers = Leaps(3), iter((OSError("the store is away"), False, True))

    async def once() -> bool:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with capture_logs() as lines, pytest.raises(asyncio.CancelledError):
        await rounds(clock, "numbers", once, lambda: NEW_YEAR)

    assert clock.waited == [(NOON + HOUR, True), (NOON + 2 * HOUR, True), (NEW_YEAR, True)]
    assert lines == [{"event": "round_put_off", "log_level": "warning", "what": "numbers", "reason": "OSError"}]
