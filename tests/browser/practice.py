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
from bot.setup.settings import read_settings
from tests.browser.browser import PATIENCE, Theme, open_page
from tests.story import MASTER_KEY, SUNDAY

expect.set_options(timeout=PATIENCE)

PASTE = """(field, { kind, content }) => {
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([new Uint8Array(content)], "image.png", { type: kind }));
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
MOST_STOPS = 60
KEYS = ("Enter", "Escape", "ArrowDown", "ArrowUp")


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

    async def paste(self, kind: str, content: bytes) -> None:
        """A picture from the clipboard, into the field."""
        await self.field.evaluate(PASTE, {"kind": kind, "content": list(content)})
        await self.element.locator(".files li").wait_for()

    def button(self, title: str) -> Locator:
        """The newest button of that title."""
        return self.talk.get_by_role("button", name=title, exact=True).last

    async def press(self, title: str) -> None:
        await self.click(self.button(title))

    async def click(self, button: Locator) -> None:
        """Press, and wait until Værn has answered: before that a second press does nothing."""
        await button.click()
        await expect(self.talk.locator("[aria-busy]")).to_have_count(0)

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

    def person(self, role: str) -> str:
        """The id of who stands in a pane to begin with."""
        cast = self.rehearsal.cast
        return {"employee": cast.employee, "leader": cast.leader}[role]

    async def move(self, step: str) -> None:
        """Press a button of the clock: now, 1, 6, 24 or next. Returns when what it set going has been sent."""
        await self.page.locator(f"#jump [data-step='{step}']").click()
        await expect(self.page.locator("#clock")).not_to_have_attribute("aria-busy", "true")

    async def report(self) -> None:
        """Mette tells it, from the first word to Send."""
        await self.begin_report()
        await self.send_report()

    async def begin_report(self, day: str = "2026-11-21", clock: str = "14:10") -> None:
        """Up to the form that asks who did it, and for evidence."""
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
        await mette.newest.get_by_label("Dato", exact=True).fill(day)
        await mette.newest.get_by_label("Klokkeslæt").fill(clock)
        await mette.press("Næste")
        await mette.sees("Trin 4 af 5")

    async def send_report(self) -> None:
        mette = self.mette
        await mette.press("Næste")
        await mette.sees("Trin 5 af 5")
        await mette.newest.get_by_label("Jonas Friis").check()
        await mette.press("Næste")
        await mette.sees("Se det igennem")
        await mette.press("Send")
        await mette.sees("Jonas har fået besked")

    @property
    def now(self) -> Locator:
        return self.page.locator("#now")

    @property
    def left(self) -> Locator:
        return self.page.locator("#left")

    async def marks(self) -> list[float]:
        """Where on the thread reminders stand, in per cent of the 72 hours."""
        return await self.page.locator("#thread > .mark").evaluate_all("all => all.map(m => parseFloat(m.style.left))")

    async def names_on_the_thread(self) -> list[str]:
        names = await self.page.locator("#thread > .name").all_inner_texts()
        return [name.replace("\xa0", " ") for name in names]

    async def tab_to(self, wanted: Locator, backwards: bool = False) -> None:
        """Press Tab until it has the focus, as somebody without a mouse does."""
        for _ in range(MOST_STOPS):
            if await wanted.evaluate("one => one === document.activeElement"):
                return
            await self.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        raise AssertionError(f"{wanted} is not reached by {MOST_STOPS} presses of Tab.")

    async def keys(self, *keys: str) -> None:
        """Type words, or press a key by its name."""
        for key in keys:
            await (self.page.keyboard.press(key) if key in KEYS else self.page.keyboard.type(key))


@asynccontextmanager
async def rehearsing(folder: Path, channel_port: int = 0) -> AsyncIterator[Rehearsal]:
    """The rehearsal on ports of its own, on what lies in `folder`."""
    settings = replace(read_settings({}, rehearsal=True), data=folder, port=0, rehearsal_port=0)
    running = await open_rehearsal(settings, MASTER_KEY, channel_port)
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
        MovableClock(Path(folder) / "clock").move_to(now)
        async with rehearsing(Path(folder)) as running, page_of(browser, running, width, height, theme) as room:
            await room.mette.sees("Du er ikke alene")
            yield room


@asynccontextmanager
async def page_of(
    browser: Browser, running: Rehearsal, width: int = 1440, height: int = 900, theme: Theme = "light"
) -> AsyncIterator[Practice]:
    """The page of a running rehearsal, in a fresh profile."""
    async with open_page(browser, running.room.url, width, height, theme) as page:
        yield Practice(page, running)
