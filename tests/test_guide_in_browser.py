"""What the Danish user's guide shows, seen on the rehearsal page on a phone: a Friday at 22.40 and what follows.

With VAERN_PICTURES=1 the guide's pictures are taken along the way.
"""

import os
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import expect

from tests.browser.browser import chromium
from tests.browser.practice import Pane, Practice, practice
from tests.test_stories import PICTURE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
FRIDAY = datetime(2026, 11, 20, 21, 40, tzinfo=UTC)  # 22.40 in Copenhagen
TALL = {"width": 390, "height": 2400}
"""A phone's width, and high enough for a whole card."""
COLOURS = 64


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    async with chromium() as running:
        yield running


@pytest.fixture
def friday(browser):
    return partial(practice, browser, now=FRIDAY, **TALL)


async def photograph(pane: Pane, name: str) -> None:
    """The newest card alone, in few colours: small in print and in git. Only when asked for, as in test_browser.py."""
    if os.environ.get("VAERN_PICTURES") == "1":
        await pane.page.mouse.move(0, 0)
        await pane.page.evaluate("document.activeElement.blur()")
        drawn = await pane.newest.screenshot(caret="hide", animations="disabled")
        Image.open(BytesIO(drawn)).convert("RGB").quantize(COLOURS).save(PICTURES / name, optimize=True)


async def tell(room: Practice) -> None:
    """What is required, and nothing else, up to the form that asks for evidence."""
    await room.begin_report(day="2026-11-20", clock="21:30")


async def look_ahead(room: Practice) -> None:
    """At the last form, and back again: nothing is lost by it."""
    await room.mette.press("Næste")
    await room.mette.sees("Trin 5 af 5")
    await room.mette.newest.get_by_label("Jonas Friis").check()
    await photograph(room.mette, "guide_who.png")
    await room.mette.press("Tilbage")
    await room.mette.sees("Trin 4 af 5")


async def look_at(room: Practice, who: str) -> None:
    await room.page.locator(f"#tab-{who}").click()


async def test_late_on_a_friday_three_answers_are_enough_and_the_employee_can_follow_along(friday):
    async with friday() as room:
        await photograph(room.mette, "guide_welcome.png")
        await tell(room)
        await room.mette.choose_file("opslag.png", "image/png", PICTURE)
        await room.mette.field.press("Enter")
        await room.mette.sees("er modtaget i dag kl. 22.40")
        await look_ahead(room)
        await room.send_report()
        await room.move("1")
        await look_at(room, "leader")
        await room.jonas.press("Åbn")
        await room.jonas.press("Har set det")
        await look_at(room, "employee")

        await room.mette.sees("Jonas har set det")
        await expect(room.mette.newest).to_contain_text("senest mandag d. 23. november kl. 21.30")
        await photograph(room.mette, "guide_case.png")


async def test_the_leader_meets_a_neutral_notice_and_then_the_plan(friday):
    async with friday() as room:
        await tell(room)
        await room.send_report()
        await look_at(room, "leader")
        await room.jonas.sees("En medarbejder har bedt om din støtte")
        await photograph(room.jonas, "guide_notice.png")
        await room.jonas.press("Åbn")
        await room.jonas.press("Har set det")

        await room.jonas.sees("0 af 21 trin er klaret")
        await photograph(room.jonas, "guide_plan.png")


async def test_the_health_and_safety_group_is_told_without_name_or_content(friday):
    async with friday() as room:
        await tell(room)
        await room.send_report()
        await look_at(room, "group")

        await room.group.sees("Der er åbnet en sag i Borgerservice Nord")
        await expect(room.group.newest).not_to_contain_text("Mette")
        await photograph(room.group, "guide_group.png")
