"""Every notice arrives; what is sent twice, and what never, follows from the kind of failure."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.reaching.outbox import Outbox
from bot.stores import Commit, Pending
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from bot.teams.faults import Ambiguous, ChannelFault, DefiniteNo, Unreachable

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Postman:
    """Fails as told, then delivers. `tried` is every attempt, `came` what arrived."""

    def __init__(self, *failures: Exception) -> None:
        self.failures, self.tried, self.came = list(failures), [], []

    async def deliver(self, row: Pending) -> None:
        self.tried.append(row.notice["id"])
        if self.failures:
            raise self.failures.pop(0)
        self.came.append(row.notice)


class Time:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def notice(number: str, to: str = "jonas", kind: str = "case", **more: object) -> dict:
    return {"id": number, "to": to, "kind": kind, "about": "", "fresh": False, "legal": False, **more}


@pytest.fixture
async def house(tmp_path):
    """An outbox over a real store, with a case to put notices into."""
    store = await TinyCaseStore.open(tmp_path / "cases", Vault(tmp_path / "keys", bytes(32)))
    postman, time = Postman(), Time()

    class House:
        outbox = Outbox(store, postman, time)

    House.store, House.postman, House.time = store, postman, time
    yield House
    await store.close()


class Busy:
    """Somebody's own turn, under way or not. `side_by_side`: the most people who were written to at one time."""

    def __init__(self, postman: Postman) -> None:
        self.postman, self.pressing, self.now, self.side_by_side = postman, True, 0, 0

    def __call__(self) -> bool:
        return self.pressing

    async def deliver(self, row: Pending) -> None:
        self.now += 1
        self.side_by_side = max(self.side_by_side, self.now)
        await asyncio.sleep(0)
        self.now -= 1
        await self.postman.deliver(row)


async def put(house, *notices: dict) -> None:
    version = (await house.store.load("VK-1")).version if "VK-1" in await house.store.cases_of("mette") else 0
    commit = Commit(at=NOON, events=({"event": "x"},), notices=notices, people=frozenset({"mette"}))
    await house.store.append("VK-1", commit, after=version)


async def test_a_definite_no_is_tried_again_when_the_channel_asked_for_it(house):
    house.postman.failures = [DefiniteNo(429, retry_after=30)]
    await put(house, notice("1-0"))

    assert await house.outbox.once() == NOON + timedelta(seconds=30)
    assert await house.outbox.once() == NOON + timedelta(seconds=30) and len(house.postman.tried) == 1
    house.time.now += timedelta(seconds=31)
    await house.outbox.once()

    assert len(house.postman.came) == 1 and await house.store.pending() == ()


async def test_a_channel_that_is_down_for_an_hour_loses_nothing(house):
    house.postman.failures = [DefiniteNo(503)] * 12
    await put(house, notice("1-0", legal=True))
    for _ in range(40):
        wait = await house.outbox.once()
        house.time.now = wait or house.time.now

    assert [row["id"] for row in house.postman.came] == ["1-0"]


async def test_an_ambiguous_legal_reminder_is_sent_once_more_and_never_again(house):
    house.postman.failures = [Ambiguous(500)] * 9
    await put(house, notice("1-0", kind="reminder", about="police_2:x", legal=True))
    for _ in range(9):
        house.time.now = await house.outbox.once() or house.time.now

    assert len(house.postman.tried) == 2 and await house.store.pending() == ()


async def test_an_ambiguous_card_goes_on_being_tried(house):
    house.postman.failures = [Ambiguous(500), Ambiguous(None), Ambiguous(504)]
    await put(house, notice("1-0"))
    for _ in range(6):
        house.time.now = await house.outbox.once() or house.time.now

    assert [row["id"] for row in house.postman.came] == ["1-0"]


async def test_whoever_blocked_us_is_reached_when_they_write_again(house):
    house.postman.failures = [Unreachable(403)]
    await put(house, notice("1-0"))
    await house.outbox.once()
    await house.outbox.once()
    assert len(house.postman.tried) == 1

    await house.outbox.retry("jonas")
    await house.outbox.once()

    assert len(house.postman.came) == 1


async def test_one_person_out_of_reach_holds_nobody_else_up(house):
    house.postman.failures = [Unreachable(403)]
    await put(house, notice("1-0", to="jonas"), notice("1-1", to="karin"))
    await house.outbox.once()

    assert [row["to"] for row in house.postman.came] == ["karin"]


async def test_several_changes_of_one_card_are_drawn_once_and_as_fresh_as_any_of_them(house):
    await put(house, notice("1-0", fresh=True))
    await put(house, notice("2-0"))
    await house.outbox.once()

    assert [(row["id"], row["fresh"]) for row in house.postman.came] == [("2-0", True)]
    assert await house.store.pending() == ()


async def test_what_waits_is_still_there_after_a_restart(house, tmp_path):
    house.postman.failures = [DefiniteNo(503)]
    await put(house, notice("1-0"))
    await house.outbox.once()
    await house.store.close()

    store = await TinyCaseStore.open(tmp_path / "cases", Vault(tmp_path / "keys", bytes(32)))

    assert [row.notice["id"] for row in await store.pending()] == ["1-0"]
    await store.close()


async def test_a_card_that_has_to_come_anew_still_does_when_a_quiet_change_of_it_failed_first(house):
    house.postman.failures = [DefiniteNo(503)]
    await put(house, notice("1-0", fresh=True))
    await put(house, notice("2-0"))
    house.time.now = await house.outbox.once()
    await house.outbox.once()

    assert [(row["id"], row["fresh"]) for row in house.postman.came] == [("2-0", True)]
    assert await house.store.pending() == ()


async def test_a_card_the_channel_will_never_take_holds_up_nothing_behind_it(house):
    house.postman.failures = [ChannelFault(413)]
    await put(house, notice("1-0", kind="case"), notice("1-1", kind="question", about="police|e1"))
    await house.outbox.once()

    assert [row["kind"] for row in house.postman.came] == ["question"]


async def test_while_the_channel_does_not_know_us_nothing_is_let_go(house):
    house.postman.failures = [ChannelFault(401)] * 20
    await put(house, notice("1-0"))
    for _ in range(21):
        house.time.now = await house.outbox.once() or house.time.now

    assert [row["id"] for row in house.postman.came] == ["1-0"]


@pytest.mark.parametrize(("pressing", "fresh", "most"), [(True, False, 1), (True, True, 3), (False, False, 3)])
async def test_cards_that_follow_along_go_one_by_one_while_somebody_presses(house, pressing, fresh, most):
    busy = Busy(house.postman)
    house.outbox.postman, house.outbox.busy, busy.pressing = busy, busy, pressing
    await put(house, *(notice(person, to=person, fresh=fresh) for person in ("anna", "bo", "carl")))

    await house.outbox.once()

    assert busy.side_by_side == most
    assert {notice["to"] for notice in house.postman.came} == {"anna", "bo", "carl"}


async def test_a_card_that_follows_along_lets_whoever_presses_go_first(house):
    class Pressing(Busy):
        """Until the new message has come."""

        over = asyncio.Event()

        async def deliver(self, row: Pending) -> None:
            await super().deliver(row)
            if row.notice["fresh"]:
                self.over.set()

    busy = house.outbox.postman = house.outbox.busy = Pressing(house.postman)
    house.outbox.quiet, house.outbox.patience = busy.over.wait, 60
    await put(house, notice("1", to="anna"), notice("2", to="bo", fresh=True))

    await house.outbox.once()

    assert [notice["to"] for notice in house.postman.came] == ["bo", "anna"]


async def test_a_card_that_follows_along_does_not_wait_for_ever(house):
    busy = Busy(house.postman)
    house.outbox.postman, house.outbox.busy, house.outbox.quiet = busy, busy, asyncio.Event().wait
    house.outbox.patience = 0.01
    await put(house, notice("1", to="anna"), notice("2", to="bo"))

    await house.outbox.once()

    assert {notice["to"] for notice in house.postman.came} == {"anna", "bo"}


async def test_what_was_put_off_before_a_restart_is_tried_when_the_person_writes(house):
    house.postman.failures = [Unreachable(403)]
    await put(house, notice("1"))
    await house.outbox.once()
    started_anew = Outbox(house.store, house.postman, house.time)

    await started_anew.retry("anna")
    await started_anew.once()
    assert house.postman.came == []

    await started_anew.retry("jonas")
    await started_anew.once()
    assert [notice["id"] for notice in house.postman.came] == ["1"]
