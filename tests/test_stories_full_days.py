"""On a day that is full, what was promised for it comes all the same; and nothing that waits is lost."""

from casework.calendar import local as at_home
from casework.six_a_day import Said
from tests.story import Story, local, said, story
from tests.test_six_a_day import MOST, adds, came
from tests.test_stories_closing import asked, ended, police_settled, sent, workplace_is_done
from tests.test_stories_of_promises import heads
from tests.test_stories_talk import agreed


async def on_a_full_day(s: Story, day: int) -> int:
    """So much is given that Jonas has had his six of that day. How many he had had before it."""
    await s.until(local(2026, 11, day - 1, 23, 59))
    before = came(s, "jonas")
    await s.until(local(2026, 11, day, 7, 30))
    await adds(s, 8)
    return before


async def test_two_steps_put_off_to_a_full_day_are_both_said_the_next_morning():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await police_settled(s)
        await s.jonas.say("påmind 3 25-11-2026")
        await s.jonas.say("påmind 19 25-11-2026")
        await s.settled()
        await on_a_full_day(s, 25)
        before = len(s.jonas.messages)
        await s.until(local(2026, 11, 25, 9, 1))
        assert heads(s.jonas, before) == ""
        await s.until(local(2026, 11, 26, 7, 1))

        assert heads(s.jonas, before).count("Du bad om at blive mindet om dette trin.") == 2


async def test_a_check_in_comes_on_its_day_however_much_is_done_for_somebody_that_day():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await police_settled(s)
        await s.until(local(2026, 11, 23, 8))
        before = came(s, "mette")
        for number in range(8):
            await s.passes(minutes=5)
            agreed = {"person": s.id("mette"), "ways": "door", "last_day": f"2027-01-{12 + number}"}
            await s.step(s.jonas, "avoid_contact", "agree_protection", agreed)
        assert came(s, "mette") - before == MOST - 1  # one place is kept
        await s.until(local(2026, 11, 23, 11, 30))

        assert came(s, "mette") - before == MOST and s.has(s.mette, "check_ins_off")


async def full_of_the_72_hours(s: Story, name: str) -> None:
    """Somebody has had their six of today, and each was of the kind that no count holds back."""
    records, case = s.app.office.records, (await s.case()).id
    record = await records.of_person(s.id(name))
    record.say(case, Said(at_home(s.clock.now()).date(), MOST))
    await records.save(record)


async def test_a_check_in_that_the_72_hours_left_no_place_for_stands_as_not_said_and_comes_the_next_working_day():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await police_settled(s)
        await s.until(local(2026, 11, 23, 8))
        await full_of_the_72_hours(s, "mette")
        before = came(s, "mette")
        await s.until(local(2026, 11, 23, 11, 30))
        assert came(s, "mette") == before and not (await s.case()).wellbeing.sent
        await s.until(local(2026, 11, 24, 8))
        assert came(s, "mette") == before
        await s.until(local(2026, 11, 24, 9, 1))

        assert came(s, "mette") == before + 1 and s.has(s.mette, "check_ins_off")
        assert [day for _, day in (await s.case()).wellbeing.sent] == [1]


async def test_a_talk_that_nobody_could_be_reminded_of_that_day_stands_as_not_said_and_does_not_come_after_it():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await police_settled(s)
        await agreed(s)  # Thursday at one
        await s.until(local(2026, 11, 26, 7, 30))
        await full_of_the_72_hours(s, "mette")
        before, messages = len(s.jonas.messages), len(s.mette.messages)
        await s.until(local(2026, 11, 26, 8))
        await s.until(local(2026, 11, 27, 9))
        case = await s.case()

        assert "samtale med Mette." in heads(s.jonas, before) and "samtale med Jonas." not in heads(s.mette, messages)
        assert [name.split(":")[-1] for name in case.unsaid] == [s.id("mette")] and not case.unsaid & case.reminded


async def test_that_an_agreement_ends_is_said_on_its_last_day_also_when_that_is_full():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await police_settled(s)
        agreed = {"person": s.id("mette"), "ways": "door", "last_day": "2026-11-25"}
        await s.step(s.jonas, "avoid_contact", "agree_protection", agreed)
        before = await on_a_full_day(s, 25)
        await s.until(local(2026, 11, 25, 9, 31))

        assert "slutter i dag" in said(s.jonas) and came(s, "jonas") - before == MOST


async def test_a_leader_whose_day_is_full_hears_at_once_that_others_opened_the_case_again_and_is_nudged_in_time():
    async with story(local(2026, 11, 23, 8)) as s:
        await sent(s)
        await workplace_is_done(s)
        await adds(s, 8)
        assert came(s, "jonas") >= MOST
        await asked(s)
        await s.does(s.mette, "answer_closing", answer="nothing")
        await ended(s)
        before, messages = came(s, "jonas"), len(s.jonas.messages)
        await s.does(s.mette, "reopen_case", {"why": "Det er tilbage."})
        await s.settled()
        assert "Jonas har fået besked i dag kl. 8.00" in said(s.mette)
        assert came(s, "jonas") - before == 1
        await s.passes(hours=2)

        assert came(s, "jonas") - before == 2 and "En medarbejder venter på dig." in heads(s.jonas, messages)


async def test_whoever_is_given_a_case_hears_of_it_at_once_though_they_had_their_six_about_it_that_day():
    async with story() as s:
        await s.report(s.mette)
        await s.karin.say("hej")
        records, case = s.app.office.records, (await s.case()).id
        record = await records.of_person(s.id("karin"))
        record.say(case, Said(s.clock.now().date(), MOST))
        await records.save(record)
        await s.passes(hours=4)

        assert (await s.case()).recipient == s.id("karin") and s.has(s.karin, "open_case")
