"""Figures for whoever watches over the bot: they count and look, and name nobody."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.clock import VirtualClock
from bot.keeping.backup import back_up
from bot.metrics import Figures, Watched
from bot.rehearsal.faults import Fault
from bot.stores import UnreadableFile
from tests.kept_store import House
from tests.story import PEOPLE, Story, story
from tests.test_channel_faults import posts_to

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@asynccontextmanager
async def watched() -> AsyncIterator[Story]:
    """A story whose bot shows figures, on any port that is free."""
    async with story() as s:
        s.settings = replace(s.settings, metrics_port=0)
        await s.restart()
        yield s


async def text(s: Story) -> str:
    async with ClientSession() as browser, browser.get(s.app.metrics_url) as answer:
        assert answer.status == 200
        return await answer.text()


async def figures(s: Story) -> dict[str, float]:
    """Every sample, by its name and label values."""
    families = text_string_to_metric_families(await text(s))
    samples = [sample for family in families for sample in family.samples]
    return {" ".join((sample.name, *sample.labels.values())): sample.value for sample in samples}


async def test_turns_are_counted_by_how_they_were_answered():
    async with watched() as s:
        await s.report(s.mette)
        async with ClientSession() as stranger, stranger.post(f"{s.app.url}/api/messages", json={}) as answer:
            assert answer.status == 401

        seen = await figures(s)

        assert seen["vaern_turn_seconds_count 200"] >= 7
        assert seen["vaern_turn_seconds_count 401"] == 1
        assert seen["vaern_notices_total delivered"] >= 2
        assert (seen["vaern_notices_waiting"], seen["vaern_background_loops_ended"]) == (0, 0)


async def test_what_waits_is_told_with_how_long_it_has_waited():
    async with watched() as s:
        too_many = Fault(429, {"Retry-After": "3000"}, count=99, match=posts_to(s.jonas))
        s.channel.faults.append(too_many)
        await s.connect_group()
        await s.report(s.mette)
        s.clock.move_by(timedelta(hours=1))

        seen = await figures(s)

        assert seen["vaern_notices_waiting"] == seen["vaern_notices_put_off"] >= 1
        assert seen["vaern_notices_total put_off"] >= 1
        assert seen["vaern_oldest_notice_seconds"] >= 3600


async def test_a_reminder_that_was_not_said_in_time_is_late():
    async with watched() as s:
        await s.report(s.mette)
        assert (await figures(s))["vaern_reminders_late_seconds"] == 0
        due = await s.app.store.next_due()
        for loop in s.app.loops:
            loop.cancel()

        s.clock.move_to(due + timedelta(minutes=10))

        seen = await figures(s)
        assert seen["vaern_reminders_late_seconds"] == 600
        assert seen["vaern_background_loops_ended"] == len(s.app.loops) >= 2


async def test_what_is_set_aside_and_when_the_last_backup_was_made_are_told(tmp_path):
    async with watched() as s:
        assert (await figures(s))["vaern_last_backup_timestamp_seconds"] == 0
        back_up(s.folder, tmp_path, NOON)
        await s.report(s.mette)
        [case] = await s.app.store.cases_of(s.id("mette"))
        (s.folder / "cases" / "open" / f"{case}.case").write_bytes(b"damaged")
        with pytest.raises(UnreadableFile):
            await s.app.store.load(case)

        seen = await figures(s)

        assert seen["vaern_last_backup_timestamp_seconds"] == NOON.timestamp()
        assert seen["vaern_set_aside_files"] == 1


async def test_no_figure_names_anybody_or_anything():
    async with watched() as s:
        await s.connect_group()
        await s.report(s.mette)
        told = await text(s)

        ids = {person.id for person in s.settings.organisation.people} | {*await s.app.store.cases_of(s.id("mette"))}
        assert not [each for each in (*ids, *PEOPLE, *PEOPLE.values()) if each in told]
        assert not re.search(r"VK-|[0-9a-f]{8}-[0-9a-f]{4}", told)


async def test_figures_are_on_a_port_of_their_own_on_this_machine_alone_and_only_when_asked_for():
    async with story() as s:
        assert s.app.metrics_url == ""
    async with watched() as s, ClientSession() as browser:
        assert urlsplit(s.app.metrics_url).hostname == "127.0.0.1"
        assert urlsplit(s.app.metrics_url).port != urlsplit(s.app.url).port
        async with browser.get(f"{s.app.url}/metrics") as answer:
            assert answer.status == 404


async def test_how_long_the_loop_stood_still_is_told_once(tmp_path):
    moments = chain((0.0, 3.5), repeat(3.5))  # asked to come back at once, it came after three and a half seconds
    house = await House.open(tmp_path)
    seen = Watched(house.store, VirtualClock(NOON), lambda: NOON, lambda: next(moments), tmp_path, {}, ())
    figures = Figures(seen, every=0)
    watching = asyncio.create_task(figures.watch_the_loop())
    for _ in range(3):
        await asyncio.sleep(0)
    watching.cancel()

    told = [(await figures.text()).decode() for _ in range(2)]

    assert "vaern_loop_stall_seconds 3.5" in told[0] and "vaern_loop_stall_seconds 0.0" in told[1]
    await house.store.close()
