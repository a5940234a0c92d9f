"""The bot in a process of its own, as it really runs, so that it can be killed.

`python -m tests.bot_process` reads one line of JSON, {"folder": its data, "kept_in": the settings that say where cases
are, "channel": ChannelSettings' fields, "now": the moment it is in the cases, if that is not the machine's}. For each
further line it forks a bot, which says its process id in a line, and its address in another when it listens; when that
one has died, it says "ended". Everything ends when the input does.
"""

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.app import App
from bot.clock import SystemClock, VirtualClock
from bot.setup.settings import read_settings
from bot.teams.settings import ChannelSettings
from tests.story import KEPT_IN, MASTER_KEY

ROOT = Path(__file__).parent.parent
ENDED = "ended"


class BotProcess:
    """The test's side. `folder` gets what the bot logs, and `data`. `now`: the moment it is and stays in the cases."""

    def __init__(self, folder: Path, channel: ChannelSettings, data: Path | None = None, now: str = "") -> None:
        self.folder, self.channel, self.data, self.now, self.address = folder, channel, data or folder / "data", now, ""
        self._house: asyncio.subprocess.Process | None = None
        self._bot = 0

    async def launch(self) -> None:
        """Begin to start; `listening` says when it has."""
        self._house = self._house or await self._opened()
        self._house.stdin.write(b"start\n")
        self._bot = int(await self._line())

    async def listening(self) -> bool:
        """Wait until it serves at `address`; False when it died before."""
        self.address = await self._line()
        if self.address == ENDED:
            self._bot = 0
        return bool(self._bot)

    async def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is closed. Returns when it is gone."""
        if self._bot:
            self.strike()
            self._bot = 0
            while await self._line() != ENDED:
                pass

    def strike(self) -> None:
        """The same at this very moment; `kill` waits until it is gone."""
        if self._bot:
            with suppress(ProcessLookupError):
                os.kill(self._bot, signal.SIGKILL)

    async def close(self) -> None:
        await self.kill()
        if self._house:
            self._house.stdin.close()
            await self._house.wait()

    def log(self) -> str:
        return (self.folder / "bot.log").read_text("utf-8")

    async def _opened(self) -> asyncio.subprocess.Process:
        pipe, command = asyncio.subprocess.PIPE, (sys.executable, "-m", "tests.bot_process")
        with (self.folder / "bot.log").open("ab") as log:
            house = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=log, cwd=ROOT)
        told = {"folder": str(self.data), "kept_in": KEPT_IN.get(), "channel": asdict(self.channel), "now": self.now}
        house.stdin.write(json.dumps(told).encode() + b"\n")
        return house

    async def _line(self) -> str:
        line = (await self._house.stdout.readline()).decode().strip()
        assert line, f"The bot's process has ended:\n{self.log()}"
        return line


def _keep_starting(told: dict[str, Any], answers: int) -> None:
    """Everything is imported once; each bot is a fork that has opened nothing yet."""
    while _read_line():
        bot = os.fork()
        if not bot:
            os.write(answers, f"{os.getpid()}\n".encode())
            asyncio.run(_serve(told, answers))
            os._exit(0)
        os.waitpid(bot, 0)
        os.write(answers, f"{ENDED}\n".encode())


async def _serve(told: dict[str, Any], answers: int) -> None:
    settings = read_settings(told["kept_in"], rehearsal=True)
    settings = replace(settings, data=Path(told["folder"]), host="127.0.0.1", port=0)
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in told["channel"].items()}
    clock = VirtualClock(datetime.fromisoformat(told["now"])) if told["now"] else SystemClock()
    app = await App.open(settings, ChannelSettings(**fields), clock, MASTER_KEY)
    await app.start()
    os.write(answers, f"{app.url}\n".encode())
    await asyncio.to_thread(_read_line)  # nothing more is said to it: only the end of the input comes
    await app.stop()


def _read_line() -> bytes:
    """Unbuffered, so that a fork takes nothing along."""
    line = b""
    while not line.endswith(b"\n") and (one := os.read(0, 1)):
        line += one
    return line


if __name__ == "__main__":
    out = os.dup(1)
    os.dup2(2, 1)  # what is logged goes to the log
    _keep_starting(json.loads(_read_line()), out)
