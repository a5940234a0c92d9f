"""What time brings by itself, on a morning on which the channel takes nothing, and killed at its first message: it ends
as it would have. The bot that is killed is a process of its own (`tests/bot_process.py`).
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.rehearsal.faults import Fault
from bot.rehearse import local_settings
from tests.acts_of_a_case import (
    asked_if_anything_is_missing,
    before_an_oral_answer,
    measures_decided,
    was_tried,
    wished,
    written_to,
)
from tests.bot_process import BotProcess
from tests.story import SECRET, SUNDAY, Story, local, story
from tests.test_bad_hours import BAD_HOURS, LATE, dies_at_its_first_message, differs, left, standing, too_many
from tests.test_channel_faults import EVERY, anything, failing
from tests.test_stories_closing import closed

Prepare = Callable[[Story], Awaitable[None]]


async def told(s: Story) -> None:
    await s.report(s.mette)


async def with_a_group(s: Story) -> None:
    await s.connect_group()


MORNINGS: dict[str, tuple[Prepare, datetime]] = {
    "a case goes on to another": (told, SUNDAY + timedelta(hours=5)),
    "a wish to be rung goes on to another": (wished, SUNDAY + timedelta(hours=5)),
    "words have lain unread": (written_to, local(2026, 11, 24, 12)),
    "nobody has written": (before_an_oral_answer, local(2026, 11, 26, 12)),
    "no answer has come": (was_tried, local(2026, 12, 1, 12)),
    "nobody has said whether anything is missing": (asked_if_anything_is_missing, local(2026, 12, 3, 12)),
    "measures are asked about": (measures_decided, SUNDAY + timedelta(days=46)),
    "a closed case is to be erased": (closed, local(2028, 10, 26, 9, 30)),
    "the year's talk has come": (with_a_group, local(2027, 1, 4, 9)),
}
"""What went before, and when it is."""
every_morning = pytest.mark.parametrize("name", MORNINGS)
USUAL: dict[str, tuple[dict[str, Any], Counter[str]]] = {}


async def usually(name: str) -> tuple[dict[str, Any], Counter[str]]:
    """How it ends where nothing goes wrong. The bot is started that morning."""
    if name not in USUAL:
        async with story() as s:
            before, _ = await until_then(s, name), await s.start()
            await two_hours_on(s)
            USUAL[name] = (await left(s), standing(s))
            assert USUAL[name][1] != before, "Something was said."
    return USUAL[name]


async def two_hours_on(s: Story) -> None:
    """Everything is said, also what is tried once an hour."""
    f = failing(s)
    f.now = LATE
    for hours in (0, 1, 1):
        await s.passes(hours=hours)
        await f.until_all_is_said()


async def until_then(s: Story, name: str) -> Counter[str]:
    """It is that morning, and the bot is down. How many messages stand in the chats."""
    prepare, moment = MORNINGS[name]
    await prepare(s)
    await s.settled()
    await s.stop()
    s.clock.move_to(moment)
    return standing(s)


@every_morning
async def test_after_an_hour_in_which_nothing_was_taken_it_is_said_as_it_would_have_been(name: str):
    usual, messages = await usually(name)
    how = BAD_HOURS[list(MORNINGS).index(name) % 2]
    async with story() as s:
        await until_then(s, name)
        what, headers = EVERY[how]
        s.channel.faults.append(wrong := Fault(what, headers, 10_000, anything))
        await s.start()
        await s.settled()
        s.channel.faults.clear()
        await two_hours_on(s)

        assert wrong.count < 10_000
        assert differs(await left(s), usual, but=s.eva) == [] and standing(s) == messages


async def killed(s: Story, name: str, folder: Path, *, taken: bool) -> None:
    await until_then(s, name)
    async with AsyncExitStack() as stack:
        bot = BotProcess(folder, local_settings(s.channel, s.settings, SECRET), s.folder, s.clock.now().isoformat())
        stack.push_async_callback(bot.close)
        died = dies_at_its_first_message(s, bot, taken=taken)
        await bot.launch()
        await bot.listening()
        async with asyncio.timeout(30):
            await died.wait()
    s.channel.faults.clear()
    await s.start()
    await two_hours_on(s)


@every_morning
@pytest.mark.parametrize("taken", [False, True])
async def test_killed_at_its_first_message_it_is_said_as_it_would_have_been_and_once_too_often_at_most(
    name: str, taken: bool, tmp_path: Path
):
    usual, messages = await usually(name)
    async with story() as s:
        await killed(s, name, tmp_path, taken=taken)

        assert differs(await left(s), usual, but=s.eva) == []
        assert too_many(s, messages) == []
