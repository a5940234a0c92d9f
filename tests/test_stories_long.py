"""The whole way of a case, over days and weeks, as it is lived. What each story fulfils of the guide is its mark."""

from datetime import datetime, timedelta

import pytest

from casework.vocabulary import OutcomeKind, Stage
from tests.story import Story, local, said, story

FRIDAY_NIGHT = local(2026, 11, 20, 22, 40)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(60)


def came(s: Story, name: str) -> int:
    """How many new messages somebody has got. A card that is changed in place is none."""
    posted = f"/v3/conversations/{getattr(s, name).id}/activities"
    return sum(one.method == "POST" and one.path.startswith(posted) for one in s.channel.received)


async def tells(s: Story, until: datetime, name: str) -> int:
    """How many messages somebody gets until then."""
    before = came(s, name)
    while s.clock.now() < until:
        await s.until(min(until, s.clock.now() + timedelta(hours=1)))
    return came(s, name) - before


async def reported(s: Story, person: str, **when: str) -> None:
    """Jonas notes that it was reported to the police, for one person."""
    episode = (await s.case("jonas")).in_time_order[0].id
    told = {"question": f"{episode}|{s.id(person)}", "outcome": "reported", "where": "Københavns Politi", **when}
    await s.step(s.jonas, "police_outcome", "record_outcome", told)


@pytest.mark.duty("B15", "B16", "H6", "H7")
async def test_the_friday_night_post_is_told_at_once_and_reported_on_monday_within_the_72_hours():
    async with story(FRIDAY_NIGHT) as s:
        await s.report(s.mette, date="2026-11-20", time="21:10", account="Et opslag i aften.")
        assert came(s, "jonas") == 1  # the first notice of a new case goes at once, at any hour
        assert await tells(s, local(2026, 11, 21, 6, 59), "jonas") == 0  # and then nobody is woken
        await s.until(local(2026, 11, 21, 9, 30))
        await s.opened(s.jonas)
        assert "Jonas har set det" in said(s.mette)
        await s.step(s.jonas, "talk")
        await s.until(local(2026, 11, 22, 21, 0))
        assert "Skal det anmeldes til politiet?" in said(s.mette)  # nobody had asked, and a day was left
        await s.until(local(2026, 11, 23, 8, 30))
        await s.step(s.jonas, "legal_staff")
        await reported(s, "mette", date="2026-11-23", time="08:30", receipt="4711")
        assert (await s.case()).outcomes == {}  # she has not answered yet
        await s.does(s.mette, "answer_consent", answer="yes")
        await reported(s, "mette", date="2026-11-23", time="08:30", receipt="4711")

        case = await s.case()
        (outcome,) = case.outcomes.values()
        assert outcome.kind is OutcomeKind.REPORTED and outcome.reported_at < local(2026, 11, 23, 21, 10)
        assert "4711" in said(s.mette)
        assert await tells(s, local(2026, 11, 24, 0, 0), "jonas") <= 6
        assert not [name for name in (await s.case()).reminded if name.startswith("police_passed")]


@pytest.mark.duty("L4", "L5")
async def test_the_friday_night_post_that_nobody_reports_is_reminded_of_through_the_weekend_and_never_at_night():
    async with story(FRIDAY_NIGHT) as s:
        await s.report(s.mette, date="2026-11-20", time="21:10")
        await s.opened(s.jonas)
        nights = 0
        for day in (21, 22, 23):
            nights += await tells(s, local(2026, 11, day, 7), "jonas")
            nights += await tells(s, local(2026, 11, day, 7), "mette")
            await tells(s, local(2026, 11, day, 20, 59), "jonas")
        await s.until(local(2026, 11, 24, 12, 0))

        kinds = {name.split(":")[0] for name in (await s.case()).reminded}
        assert {"police_48", "police_24", "police_12", "police_6", "police_2", "police_passed"} <= kinds
        assert nights <= 4  # the evening before at half past eight, and never later
        assert "juridisk" in said(s.mette).lower()


@pytest.mark.duty("H11", "B2")
async def test_a_colleague_tells_of_lise_who_hears_it_from_a_human_and_then_decides_everything_herself():
    async with story(FRIDAY_NIGHT) as s:
        await s.peter.say("noget er sket")
        await s.peter.press("Næste", {"whom": "colleague", "people": "Lise Bech"})
        await s.peter.press("Næste", {"account": "Jeg har set et opslag om Lise."})
        await s.peter.press("Næste", {"certainty": "exact", "date": "2026-11-20", "time": "20:00"})
        await s.does(s.peter, "report_how", device="computer")
        await s.peter.upload("opslag.png", PICTURE, "image/png")
        await s.peter.press("Næste", {"originator": "unknown"})
        await s.peter.press("Næste", {"recipient": s.id("jonas")})
        await s.peter.press("Send")
        await s.settled()
        assert s.lise.messages == ()
        await s.until(local(2026, 11, 21, 10, 0))
        await s.opened(s.jonas)
        assert "har set det" in said(s.peter)
        await s.step(s.jonas, "talk")
        assert "Peter" in said(s.lise)
        await s.step(s.jonas, "legal_staff")
        await s.step(s.jonas, "police_consent", "ask_consent", kind="police")
        await s.does(s.lise, "answer_consent", answer="no")
        await reported(s, "lise", date="2026-11-21", time="09:00", receipt="1")
        assert (await s.case("lise")).outcomes == {}
        await s.does(s.lise, "report_myself", {"date": "2026-11-21", "time": "09:30", "where": "Station City"})

        (outcome,) = (await s.case("lise")).outcomes.values()
        assert outcome.kind is OutcomeKind.REPORTED and outcome.by == s.id("lise")
        assert "Station City" not in said(s.peter) and not s.has(s.peter, "answer_consent")


@pytest.mark.duty("B16", "H7")
async def test_of_three_affected_one_refuses_and_the_other_two_are_reported_and_the_team_is_not_told():
    async with story(FRIDAY_NIGHT) as s:
        await s.report(s.mette, whom="several", people="Lise Bech\nNadia Krogh", date="2026-11-20", time="18:00")
        await s.until(local(2026, 11, 21, 9, 0))
        await s.opened(s.jonas)
        for step in ("talk", "legal_staff"):
            await s.step(s.jonas, step)
        await s.step(s.jonas, "police_consent", "ask_consent", kind="police")
        for name, answer in (("mette", "yes"), ("lise", "no"), ("nadia", "yes")):
            await s.does(getattr(s, name), "answer_consent", answer=answer)
        for name in ("mette", "lise", "nadia"):
            await reported(s, name, date="2026-11-21", time="08:30", receipt="99")
        await s.step(s.jonas, "ask_colleagues", "ask_consent", kind="colleagues")
        for name, answer in (("mette", "yes"), ("lise", "no"), ("nadia", "yes")):
            await s.does(getattr(s, name), "answer_consent", answer=answer, kind="colleagues")
        await s.jonas.say("færdig 18")

        case = await s.case()
        found = {person: outcome.kind for (_, person), outcome in case.outcomes.items()}
        assert found == {s.id("mette"): OutcomeKind.REPORTED, s.id("nadia"): OutcomeKind.REPORTED}
        assert not case.step("inform_colleagues").closed
        assert "Nadia" not in said(s.lise) and "Lise" not in said(s.nadia)
        await s.step(s.jonas, "police_outcome", "record_outcome",
                     {"question": f"{case.in_time_order[0].id}|{s.id('lise')}", "outcome": "not_accepted"})  # fmt: skip
        await s.until(local(2026, 11, 25, 9, 0))
        assert not [name for name in (await s.case()).reminded if name.startswith("police_passed")]


async def test_what_is_eighty_hours_old_is_taken_in_without_a_countdown_and_can_still_be_reported():
    async with story(local(2026, 11, 24, 9, 0)) as s:
        await s.report(s.mette, date="2026-11-21", time="01:00", account="Jeg turde ikke sige det før.")
        await s.opened(s.jonas)
        assert "De 72 timer" in said(s.mette)
        await s.step(s.jonas, "talk")
        await s.step(s.jonas, "legal_staff")
        await s.step(s.jonas, "police_consent", "ask_consent", kind="police")
        await s.does(s.mette, "answer_consent", answer="yes")
        await reported(s, "mette", date="2026-11-24", time="08:45", receipt="12")
        await s.step(s.jonas, "safetynet")

        case = await s.case()
        assert [one.kind for one in case.outcomes.values()] == [OutcomeKind.REPORTED]
        assert case.stage is Stage.OPEN and not [name for name in case.reminded if name.startswith("police")]
