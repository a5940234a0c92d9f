"""Day 1, 7 and 21: how one can feel, and whom one can talk to. Nothing is asked, and nothing of it is kept."""

from datetime import timedelta

import pytest

from casework import wire
from casework.events import CheckInsSwitched, Reminded
from tests.story import SUNDAY, Story, local, said, story
from tests.test_stories_talk import had_the_case, lives

SYMPTOMS = "er mange trætte, sover dårligt, har svært ved at samle tankerne eller er urolige"


def check_ins(s: Story) -> int:
    return said(s.mette).count(SYMPTOMS)


@pytest.mark.duty("H3", "H5")
async def test_mette_hears_on_days_1_7_and_21_how_one_can_feel_and_whom_to_call_and_nothing_is_asked():
    async with story() as s:
        await had_the_case(s)
        for day, times in (
            (local(2026, 11, 23, 8, 59), 0),
            (local(2026, 11, 23, 11, 0), 1),
            (local(2026, 11, 30, 8), 1),
        ):
            await lives(s, day)
            assert check_ins(s) == times
        await lives(s, local(2026, 11, 30, 14, 59))
        assert check_ins(s) == 2 and "tal med din egen læge" in said(s.mette) and "Tidlig Indsats" in said(s.mette)
        await lives(s, local(2027, 1, 3))

        assert check_ins(s) == 3
        assert SYMPTOMS not in said(s.jonas)


async def test_check_ins_that_are_switched_off_do_not_come_and_jonas_hears_nothing_of_it():
    async with story() as s:
        await had_the_case(s)
        await s.until(SUNDAY + timedelta(days=1, hours=3))
        before = [sent.id for sent in s.jonas.messages]
        await s.does(s.mette, "check_ins_off")
        assert "Der kommer ikke flere af dem" in said(s.mette)
        assert [sent.id for sent in s.jonas.messages] == before
        await lives(s, local(2026, 12, 2))
        off = check_ins(s)
        await s.mette.say("slå til")
        await lives(s, local(2026, 12, 20))

        assert (off, check_ins(s)) == (0, 1)


async def test_after_a_week_of_downtime_one_check_in_comes_and_never_at_night():
    async with story() as s:
        await had_the_case(s)
        await s.until(local(2026, 12, 5, 2))
        assert check_ins(s) == 0
        await s.until(local(2026, 12, 7, 9))

        assert check_ins(s) == 1


def the_card(s: Story) -> dict:
    """The newest check-in in her chat."""
    return next(one.card for one in reversed(s.mette.messages) if one.card and SYMPTOMS in str(one.card))


async def test_a_check_in_has_no_field_and_whatever_is_pressed_on_it_the_case_holds_no_word_of_how_she_is():
    async with story() as s:
        await had_the_case(s)
        await lives(s, local(2026, 11, 23, 12))
        assert "Input." not in str(the_card(s)) and "Værn gemmer kun, at denne besked er sendt." in said(s.mette)
        before = len((await s.case()).log)
        await s.does(s.mette, "check_ins_off")
        await s.does(s.mette, "check_ins_on")
        came = (await s.case()).log[before:]

        assert [type(event) for event in came] == [CheckInsSwitched, CheckInsSwitched]
        assert all(set(wire.encode(event)) == {"event", "v", "by", "at", "on"} for event in came)
        reminded = (event for event in (await s.case()).log if isinstance(event, Reminded))
        (sent,) = [event for event in reminded if event.reminder.startswith("check_in")]
        kept = {name for name, value in wire.encode(sent).items() if value}
        assert kept == {"event", "v", "by", "at", "to", "reminder"} and sent.to == s.id("mette")


async def test_a_call_that_a_check_in_offers_is_asked_for_by_two_presses_and_goes_on_when_nobody_rings():
    async with story() as s:
        await had_the_case(s)
        await lives(s, local(2026, 11, 23, 12))
        card = next(one for one in reversed(s.mette.messages) if one.card is the_card(s))
        await s.mette.press("Ring til mig", card=card)
        await s.does(s.mette, "choose_call", person=s.id("jonas"))
        assert "Mette Lund vil gerne ringes op" in said(s.jonas) and SYMPTOMS not in said(s.jonas)
        await s.passes(hours=4)

        assert s.has(s.karin, "make_call") and "Karin Holm er bedt om at ringe" in said(s.mette)
        assert "call_asked" not in [wire.encode(event)["event"] for event in (await s.cases("mette"))[0].log]


async def test_they_come_on_working_days_in_their_hours():
    async with story() as s:
        await s.report(s.mette, date="2026-11-22", time="09:00")
        await s.until(local(2026, 11, 23, 8, 59))
        assert check_ins(s) == 0
        for day in range(23, 31):
            for hour in (8, 9, 12, 15, 18, 21):
                before = check_ins(s)
                await s.until(max(s.clock.now(), local(2026, 11, day, hour)))
                assert check_ins(s) == before or (9 <= hour <= 15 and day in (23, 30))

        assert check_ins(s) == 2
