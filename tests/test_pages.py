"""The pages about Værn: open to anybody, in the reader's language, and with nothing that leaves a trace."""

import base64
import hashlib
import re
from contextlib import asynccontextmanager
from dataclasses import replace
from html import unescape

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.pages import PAGES, add_pages, language_wanted
from bot.setup.organisation import DataProtectionContact
from bot.setup.settings import read_settings
from casework.texts import LANGUAGES, read_catalogue
from tests.browser.browser import chromium, open_page, overflow
from tests.story import story

ORGANISATION = replace(read_settings({}, rehearsal=True).organisation, authority="Nord & Syd", retention_months=18)
ASKED = DataProtectionContact("Rådgiveren", "raad@example.dk")


@asynccontextmanager
async def served(organisation=ORGANISATION):
    app = web.Application()
    add_pages(app, lambda: organisation)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/")).rstrip("/")


async def get(url: str, **headers: str):
    async with ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status, answer.headers, await answer.text()


def read(html: str) -> str:
    """What stands on the page, hard spaces as ordinary ones."""
    shown = re.sub(r"<style>.*?</style>|<title>.*?</title>", "", html, flags=re.S)
    return unescape(re.sub(r"<[^>]+>", " ", shown)).replace("\xa0", " ")


@pytest.mark.parametrize("page", PAGES)
async def test_the_bot_serves_its_pages_without_a_login(page):
    async with story() as s:
        status, headers, html = await get(f"{s.app.url}/{page}")

    assert (status, headers["Content-Language"]) == (200, "da")
    assert '<html lang="da">' in html and "<h1>" in html


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_sentence_of_a_page_is_on_it(page, language):
    async with served() as url:
        _, _, html = await get(f"{url}/{page}?lang={language}")

    catalogue = read_catalogue(language)
    keys = [key for key in catalogue if key.startswith(f"pages.{page}.")]
    said = {key for part in PAGES[page] for key in (f"pages.{page}.{part}.title", f"pages.{page}.{part}.body")}
    assert set(keys) == said | {f"pages.{page}.{name}" for name in ("short", "title", "lead")}
    for key in keys:
        for piece in re.split(r"\{\w+\}|\n", catalogue[key]):
            assert " ".join(piece.split()) in " ".join(read(html).split()), key


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_privacy_page_tells_what_the_settings_say(language):
    async with served(replace(ORGANISATION, data_protection_contact=ASKED)) as url:
        text = read((await get(f"{url}/privacy?lang={language}"))[2])

    assert "Nord & Syd" in text and "Rådgiveren, raad@example.dk." in text
    assert ("18 måneder" if language == "da" else "18 months") in text


async def test_a_case_that_is_kept_for_one_month_is_kept_for_a_month_and_not_for_months():
    async with served(replace(ORGANISATION, retention_months=1)) as url:
        assert "Den gemmes i 1 måned, efter at den er lukket." in read((await get(f"{url}/privacy"))[2])


async def test_without_a_contact_the_page_says_where_to_find_one():
    async with served(replace(ORGANISATION, data_protection_contact=None)) as url:
        assert "Databeskyttelsesrådgiveren i Nord & Syd. Kontakten" in read((await get(f"{url}/privacy"))[2])


async def test_what_the_settings_say_is_text_and_never_markup():
    async with served(replace(ORGANISATION, authority="<script>alert(1)</script>")) as url:
        html = (await get(f"{url}/privacy"))[2]

    assert "<script" not in html and "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("", "", "da"),
        ("en", "da", "en"),
        ("da", "en", "da"),
        ("sv", "en", "en"),
        ("", "en-GB,en;q=0.9,da;q=0.8", "en"),
        ("", "sv, da;q=0.5, en;q=0.4", "da"),
        ("", "en;q=0, da;q=0.1", "da"),
        ("", "en;q=much", "da"),
        ("", "de,*", "da"),
        ("", ",;q=,;;", "da"),
    ],
)
def test_the_language_is_what_was_asked_for_else_what_the_browser_likes_best(asked, accepted, language):
    assert language_wanted(asked, accepted) == language


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_sets_no_cookie_runs_nothing_and_fetches_nothing(page):
    async with served() as url:
        _, headers, html = await get(f"{url}/{page}", **{"Accept-Language": "en"})

    style = re.search(r"<style>(.*?)</style>", html, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert headers["Content-Security-Policy"].startswith(f"default-src 'none'; style-src 'sha256-{digest}'; ")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert headers["Vary"] == "Accept-Language" and "Set-Cookie" not in headers
    assert "<script" not in html and "http:" not in html and "https:" not in html


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_page_can_be_read_on_a_phone_in_light_and_dark(theme):
    """320 px wide, in Microsoft's and everybody's smallest window: nothing sticks out, and the style is let in."""
    async with served() as url, chromium() as browser:
        for name in PAGES:
            async with open_page(browser, f"{url}/{name}", 320, 640, theme) as page:
                colour = await page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor")
                assert await overflow(page) == 0
                assert colour == ("rgb(255, 255, 255)" if theme == "light" else "rgb(22, 38, 42)")
                await page.click(".other")
                assert await page.evaluate("document.documentElement.lang") == "en"
