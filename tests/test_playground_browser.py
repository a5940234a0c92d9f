"""Microsoft 365 Agents Playground as people use it: its real page in a real browser, the same bot behind it."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.caseworker import Opened
from bot.playground.run import Playground, people_called
from casework.calendar import local
from casework.vocabulary import CaseId, Stage
from tests.browser.browser import chromium
from tests.browser.playground import Seat, playing, sitting_at

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    async with chromium() as running:
        yield running


async def report(mette: Seat, then: str = "Jonas har fået besked") -> None:
    """From the first word to Send, by typed words and cards; and what her card says then."""
    await mette.write("noget er sket")
    await mette.sees("Trin 1 af 5")
    await mette.choose("Mig")
    await mette.press("Næste")
    await mette.sees("Trin 2 af 5")
    await mette.write("Der er et opslag om mig.")
    await mette.sees("Det, du skrev, er nu en del af det, du fortæller")
    await mette.write("næste")
    await mette.sees("Trin 3 af 5")
    await mette.choose("Jeg ved det præcist")
    await mette.pick_day("21")
    await mette.pick_time("14:10")
    await mette.press("Næste")
    await mette.sees("Trin 4 af 5")
    await mette.press("Næste")
    await mette.sees("Trin 5 af 5")
    await mette.choose("Jonas Friis, din leder")
    await mette.press("Næste")
    await mette.sees("Se det igennem")
    await mette.press("Send")
    await mette.sees(then)


async def the_case(running: Playground, person: str) -> Opened:
    (id,) = await running.app.store.cases_of(person)
    return await running.app.office.caseworker.open(CaseId(id))


async def test_a_report_is_carried_from_the_first_word_to_send_by_typed_words_and_cards(browser, tmp_path):
    async with playing(tmp_path, "mette", "jonas") as running, sitting_at(browser, running.clients[0]) as mette:
        await report(mette)

        person, leader = (client.person.id for client in running.clients)
        opened = await the_case(running, person)
        (episode,) = opened.case.episodes.values()
        assert (opened.case.stage, opened.case.recipient) == (Stage.OPEN, leader)
        assert f"{local(episode.began_at):%Y-%m-%d %H:%M}" == "2026-11-21 14:10"
        assert "Der er et opslag om mig." in opened.texts.values()


async def test_a_leader_who_sits_at_no_playground_yet_is_told_when_they_sit_down_at_one(browser, tmp_path):
    async with playing(tmp_path, "mette") as running, sitting_at(browser, running.clients[0]) as mette:
        await report(mette, then="Ingen har fået besked endnu")
        await mette.write("mine sager")
        await mette.sees("Dine sager")  # who is waited for stops nothing
        (leader,) = people_called(("jonas",), running.app.settings)

        async with sitting_at(browser, await running.join(leader)) as jonas:
            await jonas.has_seen("En medarbejder har bedt om din støtte")
            await jonas.press("Åbn")
            await jonas.has_seen("Har set det")  # above or below the welcome: both come when he sits down
            await jonas.press("Har set det")
            await mette.has_seen("Jonas har set det")


async def test_a_newer_card_comes_below_the_old_one_which_the_playground_cannot_take_away(browser, tmp_path):
    async with (
        playing(tmp_path, "mette", "jonas") as running,
        sitting_at(browser, running.clients[0]) as mette,
        sitting_at(browser, running.clients[1]) as jonas,
    ):
        await report(mette)
        await jonas.press("Åbn")
        await jonas.sees("Har set det")
        before = await jonas.cards.count()
        await mette.press("Tilføj bevis")
        await mette.write("Der er kommet et opslag mere.")

        await expect(jonas.cards).to_have_count(before + 1)
        await jonas.sees("Mette Lund")
