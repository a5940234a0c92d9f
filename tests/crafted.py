"""Presses that no card offered: whole actions made by hand, as anybody with a client of their own could send them."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.rehearsal.chat import Chat
from cards.verbs import VERBS
from casework import wire
from casework.case import Case
from casework.vocabulary import CaseId
from tests.story import Story

EXECUTE, SUBMIT = "Action.Execute", "Action.Submit"
NOWHERE = "VK-2222-222"
"""The id of a case that does not exist."""
_MOMENTARY = re.compile(r"\d{13,}|VK-[0-9A-Z]{4}-[0-9A-Z]{3}|\b(?:item|episode|name)-[0-9a-f]{20}")


@dataclass(frozen=True)
class Crafted:
    """One button: what stands in its data, and what its fields hold. `case` and `version` are filled in later."""

    verb: str
    args: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)

    def data(self, case: str | None, version: int | None = None) -> dict[str, Any]:
        press: dict[str, Any] = {"verb": self.verb, "args": dict(self.args)}
        if case is not None:
            press |= {"case": case, "version": version or 0}
        return {"press": press, **self.inputs}

    def filled(self, facts: Mapping[str, str]) -> "Crafted":
        """`{name}` in arguments and fields stands for what is known of the prepared case."""
        spec = VERBS[self.verb]
        args = {name: value.format(**facts) for name, value in self.args.items() if name in spec.args}
        inputs = {name: value.format(**facts) for name, value in self.inputs.items()}
        return Crafted(self.verb, args, inputs)


async def press(chat: Chat, crafted: Crafted, case: str | None, *, version: int = 0, by=None, kind: str = EXECUTE):
    """Send it as if the newest message had that button."""
    data = crafted.data(case, version)
    return await chat.press_with(chat.messages[-1], {"type": kind, "verb": crafted.verb}, data, by)


def without_ids(sent: Any) -> str:
    """What was sent, but for ids of cases, items and activities."""
    return _MOMENTARY.sub("#", repr(sent))


async def stored(s: Story, case: str) -> Case:
    return (await s.app.office.caseworker.open(CaseId(case))).case


async def log_of(s: Story, case: str) -> list[str]:
    """The wire names of everything that has happened in the case."""
    return [wire.encode(event)["event"] for event in (await stored(s, case)).log]


@dataclass
class Kept:
    """A story's files as they were, to begin from there again. The bot is stopped and started on them."""

    story: Story
    copy: Path

    @classmethod
    async def of(cls, story: Story) -> "Kept":
        await story.settled()
        await story.stop()
        copy = story.folder.with_name(f"{story.folder.name}-kept")
        shutil.copytree(story.folder, copy)
        await story.start()
        return cls(story, copy)

    async def restore(self) -> None:
        await self.story.stop()
        shutil.rmtree(self.story.folder)
        shutil.copytree(self.copy, self.story.folder)
        await self.story.start()
