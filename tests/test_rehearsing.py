"""The rehearsal as it is started and stopped by hand."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import aiohttp

from bot.rehearse import Watch
from casework.deadline import deadline
from tests.house import ROOT
from tests.story import story


async def test_ctrl_c_ends_it_and_leaves_no_port_taken_while_a_page_is_still_open(tmp_path):
    page, bot = free_ports()
    run = await started(VAERN_DATA=str(tmp_path), VAERN_REHEARSAL_PORT=str(page), VAERN_PORT=str(bot))
    try:
        async with asyncio.timeout(30), aiohttp.ClientSession(f"http://127.0.0.1:{page}") as browser:
            async with browser.get("/api/events") as open_page:
                await open_page.content.readline()
                run.send_signal(signal.SIGINT)
                assert await run.wait() == 0
        for port in (page, page - 1, bot):
            with socket.create_server(("127.0.0.1", port)):
                pass
    finally:
        if run.returncode is None:
            run.kill()
            await run.wait()


async def test_what_it_keeps_is_kept_apart_from_a_real_bots(tmp_path):
    page, bot = free_ports()
    run = await started(tmp_path, VAERN_REHEARSAL_PORT=str(page), VAERN_PORT=str(bot))
    run.terminate()
    assert await run.wait() == 0

    assert [kept.name for kept in (tmp_path / "var").iterdir()] == ["rehearsal"]
    assert (tmp_path / "var" / "rehearsal" / "master.key").is_file()


async def started(folder: Path = ROOT, **settings: str) -> asyncio.subprocess.Process:
    """The rehearsal in a process of its own, once it has said where to go."""
    run = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "--rehearsal",
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), **settings}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(30):
        while settings["VAERN_REHEARSAL_PORT"].encode() not in await run.stdout.readline():
            assert not run.stdout.at_eof(), "It ended before it was ready."
    return run


def free_ports() -> tuple[int, int]:
    """One for the page, with a free one below it for the channel, and one for the bot."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first, socket.create_server(("127.0.0.1", 0)) as other:
            page, bot = first.getsockname()[1], other.getsockname()[1]
            try:
                with socket.create_server(("127.0.0.1", page - 1)):
                    return page, bot
            except OSError:
                continue


async def test_the_thread_is_of_the_72_hours_that_end_next_whoever_told_of_them():
    async with story() as s:
        watch = Watch(s.app)
        assert await watch.deadlines() == {}
        await s.report(s.peter)
        alone = await watch.deadlines()
        ends = deadline((await s.case("peter")).in_time_order[0])
        assert alone["deadline"] == ends and alone["reminders"]

        await s.passes(hours=1)
        await s.report(s.mette)
        assert (await watch.deadlines())["deadline"] == min(ends, deadline((await s.case()).in_time_order[0]))
        await s.passes(days=5)
        assert (await watch.deadlines())["deadline"] <= s.clock.now()
