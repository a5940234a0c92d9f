"""A leader who does not answer: nobody is left waiting, and the employee always knows who has it and whom to ring."""

from dataclasses import replace

import pytest

from casework.events import Reminded
from casework.state.waiting import Patience
from tests.story import Story, local, said, story


async def rows(s: Story) -> set[str]:
    return {row.about for row in await s.app.attention.rows() if row.kind == "silent"}


def phone(s: Story, name: str) -> str:
    return next(person.phone for person in s.settings.organisation.people if person.id == s.id(name))


@pytest.mark.duty("W3")
async def test_the_silent_leader_is_nudged_and_then_the_stand_in_has_it_and_the_employee_is_told_by_name():
    async with story() as s:
        await s.report(s.mette)
        assert "Er der ikke kommet noget fra Jonas Friis senest i dag kl. 15.00, prøver Værn at finde en anden" in said(
            s.mette
        )
        await s.passes(hours=2)
        assert "En medarbejder venter på dig." in said(s.jonas) and "Mette" not in said(s.jonas)
        assert not s.has(s.karin, "open_case")
        await s.passes(hours=2)

        told = said(s.mette)
        assert "Karin har sagen nu" in told
        assert "Jonas Friis har ikke meldt tilbage endnu. Karin Holm har den fra i dag kl. 15.00." in told
        assert phone(s, "karin") in told and phone(s, "jonas") in told
        assert "Sagen er givet til Karin Holm i dag kl. 15.00" in said(s.jonas) and not s.has(s.jonas, "open_case")
        await s.does(s.karin, "open_case")
        assert "fordi Jonas Friis ikke har meldt tilbage" in said(s.karin)
        await s.does(s.karin, "mark_seen")
        assert "Karin har set det" in said(s.mette) and "prøver Værn at finde en anden" not in said(s.mette)


async def test_a_leader_who_opens_and_says_nothing_is_silent_too():
    async with story() as s:
        await s.report(s.mette)
        await s.does(s.jonas, "open_case")
        await s.passes(hours=4)

        assert (await s.case()).recipient == s.id("karin")


async def test_whoever_says_that_they_have_seen_it_keeps_it():
    async with story() as s:
        await s.report(s.mette)
        await s.passes(hours=2)
        await s.opened(s.jonas)
        await s.passes(days=1)

        assert (await s.case()).recipient == s.id("jonas") and s.karin.messages == ()


async def test_when_everybody_is_silent_the_employee_is_told_whom_to_ring_and_the_last_is_nudged_every_working_day():
    async with story() as s:
        await s.report(s.mette)
        for _ in range(3):
            await s.passes(hours=4)
            await s.until(max(s.clock.now(), local(2026, 11, 23, 7)))
        await s.passes(hours=4)

        told = said(s.mette)
        assert (await s.case()).recipient == s.id("birgit")
        assert "Birgit Dam har ikke meldt tilbage endnu, og der er ikke flere" in told
        assert "Ring imens til:" in told and phone(s, "birgit") in told and "Falck" in told
        assert await rows(s) == {s.id("birgit")}

        for day in (24, 25, 26, 27, 28, 29):  # the last two are a weekend
            for hour in range(24):
                await s.until(local(2026, 11, day, hour))
        reminded = [event for event in (await s.case()).log if isinstance(event, Reminded)]
        nudges = [event for event in reminded if event.to == s.id("birgit")]
        unseen = [event.at.day for event in nudges if event.reminder.startswith("unseen:")]
        assert unseen == [25, 26, 27], (
            "On the 24th, hours before the deadline, the police's own reminder stands for it."
        )
        assert "police_6" in {event.reminder.split(":")[0] for event in nudges if event.at.day == 24}
        assert (await s.facts()).count("nobody_next") == 5
        await s.opened(s.birgit)
        await s.settled()
        assert await rows(s) == set() and "Birgit har set det" in said(s.mette)


async def test_after_a_weekend_in_which_the_bot_was_down_one_message_comes_and_the_next_has_it():
    async with story() as s:
        await s.report(s.mette)
        await s.stop()
        s.clock.move_to(local(2026, 11, 23, 10))
        before = len(s.jonas.messages)
        await s.start()
        await s.settled()

        assert (await s.case()).recipient == s.id("karin") and s.has(s.karin, "open_case")
        assert len(s.jonas.messages) == before and "Sagen er givet til Karin Holm" in said(s.jonas)


async def test_it_survives_restarts_in_between():
    async with story() as s:
        await s.report(s.mette)
        for hours in (2, 1, 1):
            await s.passes(hours=hours)
            await s.restart()
        await s.settled()

        assert (await s.case()).recipient == s.id("karin")


async def test_a_silent_leader_who_presses_an_old_card_is_told_who_has_it():
    async with story() as s:
        await s.report(s.mette)
        await s.does(s.jonas, "open_case")
        card, button = s.button(s.jonas, "mark_seen")
        await s.passes(hours=4)
        await s.jonas.press(button, card=card.id)
        await s.settled()

        assert "Karin har sagen nu. Intet er ændret." in said(s.jonas) and "Sagen er givet til" in said(s.jonas)
        assert (await s.case()).seen_at is None


@pytest.mark.duty("W3")
async def test_the_leader_as_originator_hears_nothing_ever_and_the_chain_goes_round_them():
    async with story() as s:
        await s.connect_group()
        before = s.group.messages
        await s.report(s.mette, originator="workplace", colleague="Jonas Friis", identifier="", recipient=s.id("karin"))
        await s.passes(hours=4)

        case = await s.case()
        assert case.recipient == s.id("birgit") and "Birgit Dam har den" in said(s.mette)
        assert s.jonas.messages == () and await s.cases("jonas") == () and s.group.messages == before
        await s.passes(hours=20)
        assert s.jonas.messages == () and "Jonas" not in said(s.mette).partition("Ring imens")[2]


async def test_a_leader_who_is_affected_is_offered_their_own_leader_and_no_other_hears_of_it():
    async with story() as s:
        await s.jonas.say("noget er sket")
        await s.report(s.jonas, recipient=s.id("birgit"))

        case = await s.case("jonas")
        assert (case.recipient, case.affected, case.excluded) == (s.id("birgit"), (s.id("jonas"),), frozenset())
        assert s.has(s.birgit, "open_case") and s.karin.messages == ()


async def test_how_long_it_may_take_is_a_setting_and_a_report_keeps_what_held_when_it_was_sent():
    async with story() as s:
        await s.report(s.mette)
        patience = Patience(*(Patience().nudge / 2, Patience().hand_on / 2))
        s.settings = replace(s.settings, organisation=replace(s.settings.organisation, patience=patience))
        await s.restart()
        await s.report(s.peter)
        await s.passes(hours=2)

        assert (await s.case("mette")).recipient == s.id("jonas")
        assert (await s.case("peter")).recipient == s.id("karin")
