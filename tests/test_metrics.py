"""Figures for whoever watches over the bot: they count and look, and name nobody."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.backup import back_up
from bot.stores import UnreadableFile
from bot.ways import WayClosed
from tests.story import PEOPLE, Story, story


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
        assert (seen["vaern_notices_waiting"], seen["vaern_background_loops"]) == (0, 4)


async def test_what_waits_is_told_with_how_long_it_has_waited():
    async with watched() as s:
        s.channel.unreachable.add(s.id("jonas"))
        s.ways.install_fails = WayClosed("not_set_up")
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
        assert (seen["vaern_reminders_late_seconds"], seen["vaern_background_loops"]) == (600, 0)


async def test_what_is_set_aside_and_when_the_last_backup_was_made_are_told(tmp_path):
    async with watched() as s:
        noon = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
        assert (await figures(s))["vaern_last_backup_timestamp_seconds"] == 0
        back_up(s.folder, tmp_path, noon)
        await s.report(s.mette)
        [case] = await s.app.store.cases_of(s.id("mette"))
        (s.folder / "cases" / "open" / f"{case}.case").write_bytes(b"damaged")
        with pytest.raises(UnreadableFile):
            await s.app.store.load(case)

        seen = await figures(s)

        assert seen["vaern_last_backup_timestamp_seconds"] == noon.timestamp()
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
