"""From the picture to the file, on the rehearsal's page: uploaded, guided, put together, and saved by its link."""

import io
import zipfile

import pikepdf
import pytest
import pytest_asyncio

from bot.packages.verifying import verify_package
from tests.browser.browser import chromium
from tests.browser.practice import Pane, Practice, practice
from tests.test_documentation import png

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    async with chromium() as running:
        yield running


async def saved(room: Practice, pane: Pane, name: str) -> bytes:
    """Yes to the file that waits, and what its link saves."""
    await pane.press("Ja tak")
    link = pane.talk.get_by_role("link", name=name).last
    async with room.page.expect_download() as saving:
        await link.click()
    return (await (await saving.value).path()).read_bytes()


async def test_a_picture_goes_in_by_the_paper_clip_and_comes_out_in_pdf_and_package_as_it_was(browser, tmp_path):
    content = png((600, 900))
    async with practice(browser) as room:
        await room.report()
        await room.mette.write("flere beviser")
        await room.mette.choose_file("opslag.png", "image/png", content)
        await room.mette.field.press("Enter")
        await room.mette.has_seen("er modtaget i dag kl. 11.00")
        await room.mette.write("færdig")
        await room.mette.write("hent pdf")
        await room.mette.has_seen("Siger du ja, bliver filen lagt i dit eget OneDrive.")
        pdf = await saved(room, room.mette, ".pdf")
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert opened.attachments["001.png"].get_file().read_bytes() == content

        await room.jonas.write("pakke til politiet")
        await room.jonas.has_seen("Det kommer med")
        await room.jonas.press("Lav pakken")
        await room.jonas.has_seen("Siger du ja, bliver filen lagt i dit eget OneDrive.")
        package = await saved(room, room.jonas, "politi")
    (tmp_path / "package.zip").write_bytes(package)
    assert not verify_package(tmp_path / "package.zip").broken
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.read("originaler/001.png") == content
