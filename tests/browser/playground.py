"""The real Playground in a real browser, with the bot and the porter behind it.

async with playing(folder, "mette") as running, sitting_at(browser, running.clients[0]) as mette:
    await mette.write("noget er sket")
    await mette.sees("Hvem er det sket for?")
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, Locator, Page, Route, expect

from bot.clock import MovableClock
from bot.playground.client import Client
from bot.playground.run import Playground, open_playground, people_called, playground_settings
from tests.browser.browser import PATIENCE, Trouble
from tests.story import MASTER_KEY, SUNDAY

expect.set_options(timeout=PATIENCE)

TO_LOAD = 3 * PATIENCE
"""Milliseconds: the page is one script of nine megabytes."""
ORNAMENTS = "res-1.cdn.office.net"
"""Where the page would take fonts and an animation from. Here it does without, as on a machine with no network."""


@dataclass
class Seat:
    """Somebody at their Playground: words they can see, buttons by their title."""

    page: Page

    @property
    def cards(self) -> Locator:
        return self.page.locator(".ac-adaptiveCard")

    @property
    def newest(self) -> Locator:
        return self.cards.last

    async def write(self, words: str) -> None:
        """Into the field below, as a person types."""
        await self.page.locator("[data-lexical-editor]").click()
        await self.page.keyboard.type(words)
        await self.page.keyboard.press("Enter")

    async def sees(self, words: str) -> None:
        """Words stand in the newest card, now or soon."""
        await expect(self.newest).to_contain_text(words)

    async def press(self, title: str) -> None:
        """The newest button of that title."""
        await self.cards.get_by_role("button", name=title, exact=True).last.click()

    async def choose(self, choice: str) -> None:
        await self.newest.get_by_label(choice, exact=True).check()

    async def has_seen(self, words: str) -> None:
        """Words stand somewhere in the conversation, now or soon."""
        await expect(self.page.get_by_text(words).last).to_be_attached()

    async def pick_day(self, day: str) -> None:
        """From the calendar that opens: a day of the month that is shown."""
        await self.newest.get_by_role("combobox", name="Dato").click()
        await self.page.get_by_role("gridcell", name=day).get_by_role("button").click()

    async def pick_time(self, time: str) -> None:
        """Typed, and on with Tab: Enter would open the field's list of times, which lies above the buttons below it."""
        field = self.newest.get_by_role("combobox", name="Klokkeslæt")
        await field.fill(time)
        await field.press("Tab")
        await expect(field).to_have_attribute("aria-expanded", "false")


@asynccontextmanager
async def playing(folder: Path, *names: str) -> AsyncIterator[Playground]:
    """Bot, porter and a Playground for each, on ports of their own; the cases' clock stands on a Sunday."""
    settings = replace(playground_settings({}), data=folder, port=0)
    clock = MovableClock(folder / "clock")
    clock.move_to(SUNDAY)
    running = await open_playground(settings, MASTER_KEY, clock, people_called(names, settings), 0)
    try:
        yield running
    finally:
        await running.stop()


@asynccontextmanager
async def sitting_at(browser: Browser, client: Client) -> AsyncIterator[Seat]:
    """The Playground's page in a fresh profile, on the cases' day. Leaving raises Trouble if it asked others for more
    than ornaments, or complained of anything of its own."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="da-DK")
    context.set_default_timeout(PATIENCE)
    page, trouble = await context.new_page(), []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    await context.route("**/*", partial(_on_this_machine, client.url, trouble))
    await page.clock.install(time=SUNDAY)
    try:
        await page.goto(client.url, timeout=TO_LOAD)
        await page.get_by_text("Du er ikke alene").last.wait_for(timeout=TO_LOAD)
        yield Seat(page)
    finally:
        await context.close()
    if trouble:
        raise Trouble("\n".join(trouble))


async def _on_this_machine(own: str, trouble: list[str], route: Route) -> None:
    url = route.request.url
    if url.startswith(own):
        return await route.continue_()
    if urlsplit(url).hostname != ORNAMENTS:
        trouble.append(f"The page asked for {url}")
    await route.abort()
