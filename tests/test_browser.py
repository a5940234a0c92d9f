"""The rehearsal page as people use it: the real rehearsal in a real browser.

With VAERN_PICTURES=1 the pictures of the README are taken along the way.
"""

import os
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.clock import MovableClock
from casework.vocabulary import CaseId
from tests.browser.browser import chromium, overflow, picture
from tests.browser.practice import Practice, page_of, practice, rehearsing
from tests.story import SUNDAY
from tests.test_stories import PICTURE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
PHONE = {"width": 390, "height": 844}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    """One for all: every page has a profile of its own."""
    async with chromium() as running:
        yield running


@pytest.fixture
def room(browser):
    """`room(width=…, theme=…)`: a new rehearsal with its page. Leaving fails if the browser complained of anything."""
    return partial(practice, browser)


async def photograph(room: Practice, name: str) -> None:
    """Only when asked for: a test run changes nothing in the tree."""
    if os.environ.get("VAERN_PICTURES") == "1":
        await room.page.mouse.move(0, 0)
        await picture(room.page, PICTURES / name)


async def evidence_in_the_store(room: Practice) -> list[bytes]:
    """The files of the one case there is, as they are kept."""
    store, caseworker = room.rehearsal.app.store, room.rehearsal.app.office.caseworker
    (id,) = await store.cases_of(room.person("employee"))
    case = (await caseworker.open(CaseId(id))).case
    return [await store.get_blob(id, item.id) for item in case.evidence]


async def test_a_report_goes_from_the_first_word_to_send_with_a_picture_chosen_from_the_machine(room):
    async with room() as r:
        await r.begin_report()
        await r.mette.choose_file("opslag.png", "image/png", PICTURE)
        await r.mette.field.press("Enter")
        await r.mette.sees("er modtaget i dag kl. 11.00")
        await r.mette.newest.get_by_label("Hele opslaget").check()
        await r.mette.press("Gem svar")
        await r.mette.sees("Kan ses: hele opslaget")
        await r.send_report()

        await r.mette.sees("Jonas har fået besked i dag kl. 11.00")
        await expect(r.mette.newest).to_contain_text("1 bevis er gemt")
        assert await evidence_in_the_store(r) == [PICTURE]


async def test_a_picture_pasted_into_the_field_is_kept_as_it_was(room):
    async with room() as r:
        await r.begin_report()
        await r.mette.paste("image/png", PICTURE)
        await r.mette.field.press("Enter")
        await r.mette.sees("er modtaget i dag kl. 11.00")

        assert await evidence_in_the_store(r) == [PICTURE]


async def test_the_leader_opens_a_neutral_notice_and_what_they_do_is_seen_on_the_employees_card(room):
    async with room() as r:
        await r.report()
        await r.jonas.sees("En medarbejder har bedt om din støtte")
        await expect(r.jonas.talk).not_to_contain_text("Mette")
        await r.jonas.press("Åbn")
        await r.jonas.sees("Begynd med at ringe til Mette")
        await r.jonas.press("Har set det")
        await r.mette.sees("Jonas har set det")
        await photograph(r, "rehearsal_light.png")

        await r.jonas.click(r.jonas.newest.get_by_role("button", name="Åbn").first)
        await r.jonas.sees("Lyt først, og spørg åbent")
        await r.jonas.press("Klaret")
        await r.jonas.sees("Klaret af Jonas Friis, i dag kl. 11.00")
        await r.jonas.has_seen("1 af 21 trin er klaret")
        await r.mette.sees("I har talt sammen")


async def test_the_group_is_told_that_there_is_a_case_and_nothing_of_whom_or_what(room):
    async with room() as r:
        await r.report()

        await r.group.sees("Der er åbnet en sag i Borgerservice Nord")
        for unsaid in ("Mette", "Jonas", "opslag"):
            await expect(r.group.talk).not_to_contain_text(unsaid)


async def test_the_next_reminder_comes_and_the_clock_stands_where_it_falls(room):
    async with room(theme="dark") as r:
        await r.report()
        await r.jonas.press("Åbn")
        await r.jonas.press("Har set det")
        await r.mette.sees("Jonas har set det")
        await r.move("next")
        await r.jonas.sees("Fristen for politianmeldelse er om 48 timer")
        await expect(r.now).to_have_text("søndag d. 22. november kl. 14.10")
        await expect(r.left).to_have_text("Frist for politianmeldelse om 48 timer")
        await photograph(r, "rehearsal_dark.png")


async def test_a_day_later_the_deadline_is_nearer_and_the_reminders_that_fell_meanwhile_are_one(room):
    async with room() as r:
        await r.report()
        await r.jonas.press("Åbn")
        await r.jonas.press("Har set det")
        await r.mette.sees("Jonas har set det")
        before = await r.jonas.talk.locator(".message").count()
        await r.move("24")
        await r.move("6")

        await expect(r.left).to_have_text("Frist for politianmeldelse om 21 timer")
        await r.jonas.sees("Fristen for politianmeldelse er om 21 timer")
        assert await r.jonas.talk.locator(".message").count() == before + 2  # one a move


async def test_a_leader_who_does_not_answer_is_reminded_and_four_hours_on_somebody_else_has_it(room):
    async with room() as r:
        await r.report()
        await r.move("next")
        await r.jonas.sees("En medarbejder venter på dig")
        await expect(r.now).to_have_text("søndag d. 22. november kl. 13.00")
        await r.move("6")

        await r.jonas.sees("En anden har sagen nu")
        await r.mette.sees("Karin har sagen nu")


async def test_when_nothing_waits_the_clock_says_so_and_stays(room):
    async with room() as r:
        await r.move("next")

        await expect(r.page.locator("#told")).to_have_text("Der er ingen påmindelse i vente.")
        await expect(r.now).to_have_text("søndag d. 22. november kl. 11.00")


async def test_the_thread_shows_reminders_where_they_fall_and_names_the_hour_that_night_has_moved(room):
    async with room() as r:
        await r.report()
        await r.jonas.sees("En medarbejder har bedt om din støtte")
        hours_after = {"48 t": 24, "24 t": 48, "20.30": 54 + 20 / 60, "6 t": 66, "2 t": 70}
        await expect(r.page.locator("#thread > .mark")).to_have_count(len(hours_after))

        assert await r.marks() == pytest.approx([100 * hours / 72 for hours in hours_after.values()], abs=0.01)
        assert [name for name in await r.names_on_the_thread() if name in hours_after] == list(hours_after)
        await r.move("next")
        assert await r.marks() == pytest.approx([100 * hours / 72 for hours in hours_after.values()], abs=0.01)


async def test_the_page_and_the_people_on_it_change_language_together(room):
    async with room() as r:
        await r.page.locator("#language").click()

        await r.mette.sees("You are not alone")
        await r.jonas.sees("Værn now answers you in English")
        await r.group.sees("Værn writes in English here from now on.")
        await expect(r.now).to_have_text("Sunday 22 November at 11:00")
        await expect(r.page.locator("html")).to_have_attribute("lang", "en")
        await r.mette.press("It happened")
        await r.mette.sees("Step 1 of 5")


async def test_the_first_form_can_be_answered_with_the_keyboard_alone(room):
    async with room() as r:
        await r.tab_to(r.mette.field)
        await r.keys("noget er sket", "Enter")
        await r.mette.sees("Trin 1 af 5")
        await r.tab_to(r.mette.newest.get_by_label("Mig", exact=True), backwards=True)
        await r.keys("ArrowUp")  # round to the last
        await expect(r.mette.newest.get_by_label("Hele arbejdspladsen")).to_be_checked()
        await r.tab_to(r.mette.button("Næste"))
        await r.keys("Enter")

        await r.mette.sees("Trin 2 af 5")


async def test_two_people_at_the_same_form_do_not_change_each_others_answers(room):
    async with room() as r:
        for pane, choice in ((r.mette, "Mig"), (r.jonas, "Hele arbejdspladsen")):
            await pane.write("noget er sket")
            await pane.sees("Trin 1 af 5")
            await pane.newest.get_by_label(choice, exact=True).check()

        await expect(r.mette.newest.get_by_label("Mig", exact=True)).to_be_checked()


async def test_on_a_phone_one_of_three_is_shown_and_news_of_the_others_stands_on_their_tabs(room):
    async with room(**PHONE) as r:
        await r.report()
        leader = r.page.get_by_role("tab", name="Leder")
        await expect(leader).to_have_accessible_name("Leder, nyt")
        await expect(r.jonas.element).to_be_hidden()
        await leader.click()
        await expect(r.mette.element).to_be_hidden()
        await r.jonas.press("Åbn")
        await r.jonas.sees("Har set det")
        await expect(r.jonas.newest.get_by_role("heading", name="Mette Lund")).to_be_in_viewport()
        await photograph(r, "rehearsal_phone.png")
        await leader.press("ArrowRight")

        await expect(r.group.element).to_be_visible()
        await expect(leader).to_have_accessible_name("Leder")


@pytest.mark.parametrize("width", [320, 390, 1024, 1440])
async def test_nothing_has_to_be_scrolled_sideways(room, width):
    async with room(width=width, height=844) as r:
        await r.begin_report()
        assert await overflow(r.page) == 0
        await r.send_report()
        if width < 820:
            await r.page.get_by_role("tab", name="Leder").click()
        await r.jonas.press("Åbn")
        await r.jonas.press("Hele planen")
        await r.jonas.sees("Orientér din egen leder")
        assert await overflow(r.page) == 0


async def test_a_second_start_goes_on_where_the_first_one_was(browser, tmp_path):
    MovableClock(tmp_path / "clock").move_to(SUNDAY)
    async with rehearsing(tmp_path) as first, page_of(browser, first) as r:
        await r.begin_report()
        await r.move("24")
        port = int(first.channel.origin.rpartition(":")[2])
    async with rehearsing(tmp_path, port) as second, page_of(browser, second) as r:
        await expect(r.now).to_have_text("mandag d. 23. november kl. 11.00")
        await expect(r.left).to_have_text("Frist for politianmeldelse om 27 timer")
        await r.send_report()
        await r.mette.sees("Jonas har fået besked i dag kl. 11.00")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_most_important_button_keeps_its_colour_under_the_pointer(room, theme):
    async with room(theme=theme) as r:
        await r.mette.write("noget er sket")
        await r.mette.sees("Trin 1 af 5")
        button = r.mette.button("Næste")
        petrol, on_petrol = await r.page.evaluate("""() => ['--petrol', '--on-petrol'].map(name => {
            const probe = document.body.appendChild(document.createElement('i'));
            probe.style.color = `var(${name})`;
            return getComputedStyle(probe).color; })""")
        await button.hover()

        await expect(button).to_have_css("background-color", petrol)
        await expect(button).to_have_css("color", on_petrol)
