"""When it happened to somebody else, to several, to nobody in particular, or was done by a colleague."""

from datetime import timedelta

from casework.vocabulary import OutcomeKind
from tests.story import SUNDAY, local, said, story


async def test_a_colleague_who_reports_for_another_sees_only_what_they_gave_and_lise_hears_it_from_a_human_first():
    async with story() as s:
        await s.report(s.peter, whom="colleague", people="Lise Bech")
        assert s.lise.messages == () and await s.cases("lise") == ()
        assert "Lise" in said(s.peter)
        await s.opened(s.jonas)
        await s.step(s.jonas, "talk")

        assert "Peter" in said(s.lise)
        assert not s.has(s.peter, "report_myself") and not s.has(s.peter, "show_plan")
        assert (await s.case("lise")).told.keys() == {s.id("lise")}


async def test_lise_gets_her_own_card_a_day_before_the_deadline_even_if_nobody_has_talked_with_her():
    async with story() as s:
        await s.report(s.peter, whom="colleague", people="Lise Bech")
        await s.until(local(2026, 11, 23, 14, 9))
        assert s.lise.messages == ()
        await s.until(local(2026, 11, 23, 14, 10))

        assert "Skal det anmeldes til politiet?" in said(s.lise)


async def test_three_affected_answer_each_for_themselves_and_one_no_stands():
    async with story() as s:
        await s.report(s.mette, whom="several", people="Lise Bech\nNadia Krogh")
        await s.opened(s.jonas)
        for step in ("talk", "legal_staff"):
            await s.step(s.jonas, step)
        await s.step(s.jonas, "police_consent", "ask_consent", kind="police")
        await s.does(s.mette, "answer_consent", answer="yes")
        await s.does(s.lise, "answer_consent", answer="no")
        case = await s.case()
        episode = next(iter(case.episodes))
        reported = {"outcome": "reported", "where": "Politiet", "date": "2026-11-22", "time": "10:30"}
        for name in ("mette", "lise", "nadia"):
            await s.step(
                s.jonas, "police_outcome", "record_outcome", {**reported, "question": f"{episode}|{s.id(name)}"}
            )
        await s.step(
            s.jonas,
            "police_outcome",
            "record_outcome",
            {"question": f"{episode}|{s.id('lise')}", "outcome": "not_accepted"},
        )

        found = {person: outcome.kind for (_, person), outcome in (await s.case()).outcomes.items()}
        assert found == {s.id("mette"): OutcomeKind.REPORTED, s.id("lise"): OutcomeKind.NOT_ACCEPTED}
        assert "Nadia" not in said(s.lise) and "Lise" not in said(s.nadia)


async def test_for_the_workplace_it_must_be_said_who_is_affected_before_the_police_question_can_be_settled():
    async with story() as s:
        await s.report(s.mette, whom="workplace")
        await s.opened(s.jonas)
        await s.step(s.jonas, "legal_staff")
        episode = next(iter((await s.case()).episodes))
        passed = {"question": f"{episode}|", "outcome": "exemption_asked", "reason": "Ingen bestemt"}
        await s.does(s.jonas, "open_step", step="police_outcome") if s.has(
            s.jonas, "open_step", step="police_outcome"
        ) else await s.jonas.say("åbn 17")
        assert not s.has(s.jonas, "record_outcome")
        await s.jonas.say("ingen bestemt")
        await s.step(s.jonas, "police_outcome", "record_outcome", passed)

        case = await s.case()
        assert case.nobody_affected and [row.kind for row in case.outcomes.values()] == ["exemption_asked"]


async def test_a_colleague_behind_it_is_shut_out_and_the_citizen_steps_fall_away():
    async with story() as s:
        await s.connect_group()
        await s.report(s.mette, originator="workplace", colleague="Sara Nygaard", identifier="")
        await s.opened(s.jonas)
        await s.until(SUNDAY + timedelta(days=30))

        case = await s.case()
        assert s.id("sara") in case.excluded and case.group is None
        assert s.sara.messages == () and not [m for m in s.group.messages if m.card]
        await s.jonas.say("færdig 7")
        assert "ikke i planen" in said(s.jonas)


async def test_ring_til_mig_says_who_would_like_to_be_rung_and_nothing_else():
    async with story() as s:
        await s.mette.say("ring til mig")
        await s.does(s.mette, "choose_call", person=s.id("ali"))
        assert "Mette Lund" in said(s.ali)
        await s.does(s.ali, "make_call")

        assert "Ali" in said(s.mette)
        assert (await s.facts()) == ["call_asked", "call_made"]


async def test_lise_does_not_feel_offended_and_jonas_can_see_it():
    async with story() as s:
        await s.report(s.peter, whom="colleague", people="Lise Bech")
        await s.opened(s.jonas)
        await s.step(s.jonas, "talk")
        await s.does(s.lise, "deny_offence")

        assert (await s.case("lise")).denied.keys() == {s.id("lise")}
        assert "føler sig ikke krænket" in said(s.jonas)


async def test_the_group_is_reminded_by_its_one_card_and_it_says_so_when_the_step_is_done():
    async with story() as s:
        await s.connect_group()
        await s.report(s.mette)
        first = s.group.messages[-1].id
        await s.until(local(2026, 11, 24, 9, 0))
        cards = [message for message in s.group.messages if message.card and not message.deleted]
        assert len(cards) == 1 and cards[0].id != first
        await s.does(s.group, "take_step", by="sara")
        await s.does(s.group, "complete_step", by="sara")
        cards = [message for message in s.group.messages if message.card and not message.deleted]

        assert len(cards) == 1 and "klaret" in said(s.group)
        assert not s.has(s.group, "complete_step")


async def test_somebody_of_the_group_it_happened_to_cannot_find_that_out_from_a_card_they_alone_cannot_press():
    async with story() as s:
        await s.connect_group()
        before = len(s.group.messages)
        await s.report(s.lise, whom="colleague", people="Sara Nygaard")
        await s.opened(s.jonas)

        assert (await s.case("lise")).group is None and len(s.group.messages) == before
        assert s.has(s.jonas, "open_step")


async def test_whoever_tells_of_themselves_and_is_of_the_group_keeps_it_from_no_other_member():
    async with story() as s:
        await s.connect_group()
        await s.report(s.sara)

        assert (await s.case("sara")).group is not None
