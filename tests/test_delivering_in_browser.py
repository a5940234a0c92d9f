"""A file on the rehearsal's page: the card that asks, and the link that saves it."""

from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.delivering.about import About, Kind
from bot.delivering.offered import File
from bot.desk import Desk
from casework.vocabulary import PersonId
from tests.browser.browser import chromium
from tests.browser.practice import Practice, practice

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

LETTER = File("Brev.txt", "text/plain", "Kære æøå\n".encode())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    async with chromium() as running:
        yield running


async def offered(r: Practice, handled: str) -> None:
    """Jonas, who may have the numbers, is asked whether he wants the letter."""
    office, jonas = r.rehearsal.app.office, PersonId(r.person("leader"))
    record = await office.records.get(f"a:{jonas}")
    (view,) = await office.numbers.views(jonas, None)
    await office.delivery.offer(Desk(office, record, jonas, handled), LETTER, About(Kind.NUMBERS, which=view.place))


def content_of(path: Path) -> bytes:
    return path.read_bytes()


async def test_a_file_is_asked_about_on_the_page_and_saved_by_its_link(browser):
    async with practice(browser) as r:
        await offered(r, "1")
        await r.jonas.sees("Siger du ja, bliver filen lagt i dit eget OneDrive.")
        await r.jonas.press("Ja tak")
        link = r.jonas.talk.get_by_role("link", name="Brev.txt")
        async with r.page.expect_download() as saving:
            await link.click()
        saved = await saving.value
        assert (saved.suggested_filename, content_of(await saved.path())) == ("Brev.txt", LETTER.content)
        await expect(r.jonas.talk.get_by_text("Siger du ja")).to_have_count(0)


async def test_a_no_is_said_back_and_the_card_is_gone(browser):
    async with practice(browser) as r:
        await offered(r, "1")
        await r.jonas.press("Nej tak")
        await r.jonas.sees("Filen er ikke lagt nogen steder.")
        await expect(r.jonas.talk.get_by_text("Siger du ja")).to_have_count(0)
