"""People whose client sends again what was not answered, and who remember what they have said."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Protocol

from bot.clock import SystemClock
from bot.rehearsal.channel import LocalChannel
from bot.rehearsal.chat import Chat, Upload
from bot.rehearsal.messages import Answer
from bot.rehearsal.pressing import buttons
from casework.calendar import local
from tests.test_stories import PICTURE

FILE_NAME = "opslag.png"


class Life(Protocol):
    """Of the bot. `up`: it is worth trying to reach it."""

    up: asyncio.Event

    def happens(self) -> None:
        """Something is said to it now."""


def pressed_by(action: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a press of the action says."""
    return (action.get("data") or {}).get("press", {})


@dataclass
class Told:
    """One report of one person, as far as the bot has acknowledged it."""

    words: list[str] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)


class Reporter:
    """Somebody who reports, one case after the other, and whose client sends again what was not answered."""

    def __init__(self, chat: Chat, channel: LocalChannel, life: Life, leader: str, random: Random) -> None:
        self.chat, self.channel, self.life, self.leader, self.random = chat, channel, life, leader, random
        self.reports: list[Told] = []
        self.resent, self.answers = 0, Counter()

    async def reports_until(self, over: asyncio.Event) -> None:
        while not over.is_set():
            await self.reports_once()

    async def reports_once(self) -> None:
        told = Told()
        self.reports.append(told)
        begun = self.random.random() < 0.5
        if begun:
            await self._begins(told, self._files(told))
        await self._does(lambda: self.chat.say("noget er sket"))
        await self._next(whom="me")
        await self._accounts(told, begun)
        await self._next(**an_hour_ago())
        await self._writes(told, *self._files(told), *self._files(told))
        await self._next(originator="unknown")
        await self._writes(told)
        await self._next(recipient=self.leader)
        await self._does(lambda: self.chat.press("Send"))
        await self._does(lambda: self.chat.say("ring til mig"))
        await self._does(lambda: self.chat.press(self._the_leaders_button()))

    async def _begins(self, told: Told, files: tuple[Upload, ...]) -> None:
        """With a file it is a draft at once; words alone, beside a case that is open, are asked where they belong."""
        await self._writes(told, *files)
        if len(self.reports) > 1 and not files:
            await self._does(lambda: self.chat.press("Noget nyt"))

    async def _accounts(self, told: Told, begun: bool) -> None:
        if not begun:
            words = self._words(told)
            await self._next(account=words, forms="degrading")
            told.words.append(words)
        else:
            await self._writes(told)
            await self._writes(told)
            await self._next(forms="degrading,threats")

    async def _writes(self, told: Told, *files: Upload) -> None:
        words = self._words(told)
        await self._does(lambda: self.chat.say(words, files=files))
        told.words.append(words)
        told.files += [file.content for file in files]

    def _files(self, told: Told) -> tuple[Upload, ...]:
        if self.random.random() < 0.3:
            return ()
        return (Upload(FILE_NAME, PICTURE + self.random.randbytes(self.random.randint(1, 300_000)), "image/png"),)

    def _the_leaders_button(self) -> Mapping[str, Any]:
        found = (button.action for message in self.chat.messages for button in buttons(message.card or {}))
        return next(action for action in found if pressed_by(action).get("args") == {"person": self.leader})

    async def _next(self, **answers: str) -> None:
        await self._does(lambda: self.chat.press("Næste", answers))

    def _words(self, told: Told) -> str:
        return f"Opslag {len(told.words)} om {self.chat.conversation.name} i sag {len(self.reports)}."

    async def _does(self, act: Callable[[], Awaitable[Answer]]) -> None:
        """Once, and then the same activity again and again until it is answered."""
        await self.life.up.wait()
        self.life.happens()
        answer = await act()
        self.answers[answer.status] += 1
        while not answer.ok:
            await self.life.up.wait()
            answer = await self.channel.redeliver(self.chat, new_id=self.random.random() < 0.3)
            self.answers[answer.status] += 1
            self.resent += 1


def an_hour_ago() -> dict[str, str]:
    then: datetime = local(SystemClock().now() - timedelta(hours=1))
    return {"certainty": "exact", "date": f"{then:%Y-%m-%d}", "time": f"{then:%H:%M}"}
