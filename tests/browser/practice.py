"""The real rehearsal, the page in a real browser, and its people by first name: what a browser test reads like.

    async with practice(browser) as room:
        await room.mette.write("noget er sket")
        await room.mette.sees("Hvem er det sket for?")
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser, Locator, Page, expect

from bot.clock import MovableClock
from bot.rehearse import Rehearsal, open_rehearsal
from bot.settings import read_settings
from tests.browser.browser import PATIENCE, Theme, open_page
from tests.story import MASTER_KEY, SUNDAY

expect.set_options(timeout=PATIENCE)


@dataclass
class Pane:
    """One of the three, used by its reader: words they can see, buttons by their title."""

    page: Page
    role: str

    @property
    def element(self) -> Locator:
        return self.page.locator(f"#pane-{self.role}")

    @property
    def talk(self) -> Locator:
        return self.element.get_by_role("log")

    @property
    def newest(self) -> Locator:
        """The card or message that came last."""
        return self.talk.locator(".message").last

    @property
    def field(self) -> Locator:
        return self.element.locator(".write textarea")

    async def write(self, words: str) -> None:
        await self.field.fill(words)
        await self.field.press("Enter")

    async def choose_file(self, name: str, kind: str, content: bytes) -> None:
        """Through the paper clip, as a person does."""
        async with self.page.expect_file_chooser() as chooser:
            await self.element.locator(".attach").click()
        await (await chooser.value).set_files([{"name": name, "mimeType": kind, "buffer": content}])
        await self.element.locator(".files li").wait_for()

    def button(self, title: str) -> Locator:
        """The newest button of that title."""
        return self.talk.get_by_role("button", name=title, exact=True).last

    async def press(self, title: str) -> None:
        await self.button(title).click()

    async def sees(self, words: str) -> None:
        """Words stand in the newest card or message, now or soon."""
        await expect(self.newest).to_contain_text(words)

    async def has_seen(self, words: str) -> None:
        """Words stand somewhere in the conversation, now or soon."""
        await expect(self.talk.get_by_text(words).last).to_be_attached()


@dataclass
class Practice:
    """The page, and the rehearsal behind it."""

    page: Page
    rehearsal: Rehearsal

    @property
    def mette(self) -> Pane:
        return Pane(self.page, "employee")

    @property
    def jonas(self) -> Pane:
        return Pane(self.page, "leader")

    @property
    def group(self) -> Pane:
        return Pane(self.page, "group")

    async def move(self, step: str) -> None:
        """Press a button of the clock: now, 1, 6, 24 or next. Returns when what it set going has been sent."""
        await self.page.locator(f"#jump [data-step='{step}']").click()
        await expect(self.page.locator("#clock")).not_to_have_attribute("aria-busy", "true")

    async def report(self) -> None:
        """Mette tells it, from the first word to Send."""
        mette = self.mette
        await mette.write("noget er sket")
        await mette.sees("Trin 1 af 5")
        await mette.newest.get_by_label("Mig", exact=True).check()
        await mette.press("Næste")
        await mette.sees("Trin 2 af 5")
        await mette.newest.get_by_label("Fortæl med dine egne ord").fill("Der er et opslag om mig.")
        await mette.press("Næste")
        await mette.sees("Trin 3 af 5")
        await mette.newest.get_by_label("Jeg ved det præcist").check()
        await mette.newest.get_by_label("Dato", exact=True).fill("2026-11-21")
        await mette.newest.get_by_label("Klokkeslæt").fill("14:10")
        await mette.press("Næste")
        await mette.sees("Trin 4 af 5")
        await mette.press("Næste")
        await mette.sees("Trin 5 af 5")
        await mette.newest.get_by_label("Jonas Friis").check()
        await mette.press("Næste")
        await mette.sees("Se det igennem")
        await mette.press("Send")
        await self.jonas.sees("En medarbejder har bedt om din støtte")


@asynccontextmanager
async def rehearsing(folder: Path, now: datetime | None = SUNDAY) -> AsyncIterator[Rehearsal]:
    """The rehearsal on ports of its own. `now`: what the clock shows when it opens; None: what it showed before."""
    settings = replace(read_settings({}, rehearsal=True), data=folder, port=0, rehearsal_port=0)
    if now:
        MovableClock(folder / "clock").move_to(now)
    running = await open_rehearsal(settings, MASTER_KEY, channel_port=0)
    try:
        yield running
    finally:
        await running.stop()


@asynccontextmanager
async def practice(
    browser: Browser, now: datetime = SUNDAY, width: int = 1440, height: int = 900, theme: Theme = "light"
) -> AsyncIterator[Practice]:
    """A new rehearsal with its page open. Leaving raises Trouble for anything the browser complained about."""
    with TemporaryDirectory(prefix="vaern-") as folder:
        async with rehearsing(Path(folder), now) as running, open_page(
            browser, running.room.url, width, height, theme
        ) as page:
            room = Practice(page, running)
            await room.mette.sees("Du er ikke alene")
            yield room
