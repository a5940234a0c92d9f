"""Chromium as our browser tests drive it: Debian's, a fresh profile each time, never on the network."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Page, async_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 10_000
"""Milliseconds any single wait may take."""

Theme = Literal["light", "dark"]


class Trouble(AssertionError):
    """The page reported errors in its console, or asked for something that was not there."""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """One browser; close it by leaving. Pages come from `open_page`."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def open_page(
    browser: Browser, url: str, width: int = 1440, height: int = 900, theme: Theme = "light", still: bool = True
) -> AsyncIterator[Page]:
    """The page at that size in CSS pixels, in a profile of its own. Phones (below 820) have two pixels to each.

    `still`: the reader asked for less motion. Leaving raises Trouble for anything the console complained about.
    """
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if width < 820 else 1,
        has_touch=width < 820,
        color_scheme=theme,
        locale="da-DK",
        reduced_motion="reduce" if still else "no-preference",
    )
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    complaints = _collect(page)
    try:
        await page.goto(url)
        yield page
    finally:
        await context.close()
    if complaints:
        raise Trouble("\n".join(complaints))


def _collect(page: Page) -> list[str]:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    return complaints


async def picture(page: Page, path: Path) -> None:
    """A picture of what is visible, with no caret blinking in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=path, caret="hide", animations="disabled")


async def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window: 0 when nothing has to be scrolled sideways."""
    return await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
