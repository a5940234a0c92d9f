"""The evidence coach on the rehearsal's page: a picture is sent, one thing is asked at a time, the paper is fetched."""

from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.browser import chromium, overflow
from tests.browser.practice import practice
from tests.test_stories import PICTURE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    async with chromium() as running:
        yield running


def content_of(path: Path) -> bytes:
    return path.read_bytes()


async def test_mette_sends_a_picture_is_coached_one_thing_at_a_time_and_fetches_her_own_documentation(browser):
    async with practice(browser) as r:
        mette = r.mette
        await r.begin_report()
        await mette.choose_file("opslag.png", "image/png", PICTURE)
        await mette.field.press("Enter")
        await mette.sees("er modtaget i dag kl. 11.00")
        await mette.newest.get_by_label("Hele opslaget").check()
        await mette.newest.get_by_label("Dato og klokkeslæt").check()
        await mette.press("Gem svar")
        await mette.sees("Har du også det, man ser længere nede?")
        await mette.sees("2 af 7 dele er gemt eller nævnt")
        await mette.press("Har det ikke")
        await mette.sees("Har du linket?")
        await mette.press("Ikke nu")
        await mette.sees("Tak. Det er nok for nu")
        await r.send_report()

        await expect(mette.newest).to_contain_text("1 bevis er gemt, 2 af 7 dele gemt eller nævnt")
        await mette.write("hent dokumentation")
        await mette.has_seen("Siger du ja, bliver filen lagt i dit eget OneDrive.")
        await mette.press("Ja tak")
        link = mette.talk.get_by_role("link", name=".pdf")
        async with r.page.expect_download() as saving:
            await link.click()
        assert content_of(await (await saving.value).path()).startswith(b"%PDF")


async def test_every_question_fits_a_phone_and_the_device_is_remembered(browser):
    async with practice(browser, width=320) as r:
        mette = r.mette
        await mette.write("noget er sket")
        await mette.sees("Trin 1 af 5")
        await mette.choose_file("opslag.png", "image/png", PICTURE)
        await mette.field.press("Enter")
        await mette.sees("er modtaget")
        await mette.newest.get_by_label("Hele opslaget").check()
        await mette.press("Gem svar")
        await mette.press("Vis hvordan")
        await mette.press("iPhone")
        await mette.sees("På en iPhone")
        await mette.write("hvad mangler")
        await mette.sees("Har du også det, man ser længere nede?")

        await expect(mette.newest.get_by_role("button", name="Anden enhed")).to_be_visible()
        assert await overflow(r.page) == 0
