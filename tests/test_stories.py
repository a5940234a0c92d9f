"""Whole cases as people live them: over HTTP, with signed tokens, on real files, on a clock that is moved.

Marked with the guide's duties they fulfil (`tests/duties.toml`).
"""

from datetime import timedelta

import pytest

from bot.rehearsal.chat import Chat
from cards.show import as_text
from casework.vocabulary import Stage
from tests.story import SUNDAY, Story, local, said, story

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "a735812f0000000049454e44ae426082"
)
"""The smallest PNG there is."""


async def sent(s: Story, **said: str) -> None:
    """The group is connected, Mette has told Jonas, and Jonas has opened and seen it."""
    await s.connect_group()
    await s.report(s.mette, **said)
    await s.opened(s.jonas)


def cards_of_the_case(group: Chat) -> list[str]:
    """What the channel's cards that say there is a case read."""
    cards = [as_text(sent.card) for sent in group.messages if sent.card]
    return [card for card in cards if "Der er åbnet en sag" in card]


async def legal_staff_asked(s: Story) -> None:
    await s.step(s.jonas, "legal_staff")


@pytest.mark.duty("D1", "H11", "H12", "B2", "D3")
async def test_mette_tells_it_from_the_first_word_to_send_and_jonas_is_told_at_once():
    async with story() as s:
        await s.connect_group()
        await s.mette.say("hej")
        await s.mette.press("Noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        await s.mette.press("Næste", {"account": "Der er et opslag om mig.", "forms": "degrading,threats"})
        await s.mette.press("Næste", {"certainty": "exact", "date": "2026-11-21", "time": "14:10"})
        await s.does(s.mette, "report_how", device="iphone")
        await s.mette.upload("opslag.png", PICTURE, "image/png")
        assert "Tryk Næste på formularen ovenfor, så kommer det med, du har skrevet i den." in said(s.mette)
        await s.mette.press("Næste", {"originator": "unknown"})
        await s.mette.press("Næste", {"recipient": s.id("jonas")})
        await s.mette.press("Send")
        await s.settled()

        case = await s.case()
        assert case.stage is Stage.OPEN and case.recipient == s.id("jonas")
        assert [item.size for item in case.evidence] == [len(PICTURE)]
        assert "Jonas" in said(s.mette)
        assert "Mette" not in said(s.jonas)  # the notice is neutral until it is opened
        await s.does(s.jonas, "open_case")
        assert "Mette Lund" in said(s.jonas)


@pytest.mark.duty("B4", "B5", "H2", "B12", "B14")
async def test_jonas_goes_through_the_first_steps_and_mette_sees_that_he_has_seen_it():
    async with story() as s:
        await sent(s)
        assert "har set det" in said(s.mette)
        for step in ("talk", "documentation", "help", "legal_staff"):
            await s.step(s.jonas, step)
        await s.step(
            s.jonas, "assess_police", "assess_police", {"assessment": "to_be_reported", "reason": "Det er groft."}
        )

        case = await s.case()
        assert {step for step, state in case.steps.items() if state.closed} >= {"talk", "documentation", "help"}
        assert case.assessed is not None


@pytest.mark.duty("B16", "H6", "H7")
async def test_nobody_reports_to_the_police_before_mette_has_said_yes():
    async with story() as s:
        await sent(s)
        await legal_staff_asked(s)
        question = f"{next(iter((await s.case()).episodes))}|{s.id('mette')}"
        report = {"question": question, "outcome": "reported", "where": "Københavns Politi", "receipt": "123"}
        report |= {"date": "2026-11-22", "time": "10:30"}
        await s.step(s.jonas, "police_outcome", "record_outcome", report)
        assert (await s.case()).outcomes == {}
        await s.step(s.jonas, "police_consent", "ask_consent", kind="police")
        assert "Skal det anmeldes til politiet?" in said(s.mette)
        await s.does(s.mette, "answer_consent", answer="yes", kind="police")
        await s.step(s.jonas, "police_outcome", "record_outcome", report)

        case = await s.case()
        assert [outcome.kind for outcome in case.outcomes.values()] == ["reported"]
        await s.passes(days=4)
        assert not [name for name in (await s.case()).reminded if "police" in name]


@pytest.mark.duty("B9")
async def test_colleagues_are_told_only_when_mette_has_said_yes():
    async with story() as s:
        await sent(s)
        await s.jonas.say("færdig 18")
        assert not (await s.case()).step("inform_colleagues").closed
        await s.step(s.jonas, "ask_colleagues", "ask_consent", kind="colleagues")
        await s.does(s.mette, "answer_consent", answer="yes", kind="colleagues")
        await s.jonas.say("færdig 18")

        assert (await s.case()).step("inform_colleagues").closed


@pytest.mark.duty("H4", "B8", "B20", "D2")
async def test_safetynet_done_by_the_group_is_done_for_the_leader_too():
    async with story() as s:
        await sent(s)
        assert "En sag" in said(s.group) or "sag" in said(s.group)
        assert "Mette" not in said(s.group) and "opslag" not in said(s.group)
        await s.does(s.group, "take_step", by="sara")
        await s.does(s.group, "complete_step", by="sara")

        assert (await s.case()).step("safetynet").done_by == s.id("sara")
        await s.jonas.say("åbn 4")
        assert "Sara" in said(s.jonas) and not s.has(s.jonas, "complete_step", step="safetynet")
        await s.jonas.say("dokumentation")


async def test_the_group_reads_that_it_is_not_reported_when_the_step_is_set_aside_and_not_why():
    async with story() as s:
        await sent(s)
        await s.jonas.say("ikke relevant 4 fordi Mette blev hjemme")
        await s.settled()

        card = as_text(s.group.last_card)
        assert "bliver ikke anmeldt, og grunden er skrevet" in card and "klaret" not in card
        assert "hjemme" not in said(s.group) and "✓" not in card


async def test_who_of_the_group_has_taken_safetynet_stands_on_the_leaders_cards_until_it_is_done():
    async with story() as s:
        await sent(s)
        for step in ("talk", "documentation", "help"):
            await s.step(s.jonas, step)
        await s.does(s.group, "take_step", by="sara")
        await s.jonas.say("luk sagen")
        closing = as_text(s.jonas.messages[-1].card)
        await s.jonas.say("åbn 4")
        step = as_text(s.jonas.messages[-1].card)

        assert "Sara har trinnet" in said(s.jonas), "on the case's own card"
        assert "Sara Nygaard har trinnet." in step
        assert "Sara Nygaard har taget det og har ikke noteret endnu, at det er anmeldt" in closing
        await s.does(s.jonas, "complete_step", step="safetynet")  # done by one is done for both, as before
        await s.jonas.say("luk sagen")
        assert "Sara" not in as_text(s.jonas.messages[-1].card)


@pytest.mark.duty("B21")
async def test_fourteen_days_later_the_group_says_what_it_has_learned():
    async with story() as s:
        await sent(s)
        await s.until(SUNDAY + timedelta(days=15))
        await s.does(s.group, "take_analysis", by="sara")
        await s.does(
            s.sara, "finish_analysis", {"possible": "Åbne profiler", "measures": "Tal om tonen", "change_plan": "no"}
        )
        assert (await s.case()).analysis is not None
        await s.passes(days=31)
        await s.does(s.sara, "answer_follow_up", answer="done")

        assert [answer for answer, _ in (await s.case()).followed_up.values()] == ["done"]


async def test_the_group_has_one_card_of_a_case_and_it_ends_with_what_is_done():
    async with story() as s:
        await sent(s)
        await s.until(SUNDAY + timedelta(days=15))
        assert len(cards_of_the_case(s.group)) == 1
        assert "kan udfyldes nu" in said(s.group)
        await s.does(s.group, "take_analysis", by="sara")
        await s.does(s.sara, "finish_analysis", {"possible": "Åbne profiler", "change_plan": "no"})

        [card] = cards_of_the_case(s.group)
        assert "Skemaet om, hvad I kan lære, klaret" in card


async def test_reminders_come_when_the_clock_moves_and_one_that_would_come_at_night_comes_at_half_past_eight():
    async with story() as s:
        await sent(s)
        before = len(s.jonas.messages)
        await s.until(local(2026, 11, 23, 14, 10))
        assert len(s.jonas.messages) > before
        await s.until(local(2026, 11, 23, 20, 29))
        quiet = len(s.jonas.messages)
        await s.until(local(2026, 11, 23, 20, 30))

        assert len(s.jonas.messages) > quiet
        assert "17 timer" in said(s.jonas)


async def test_the_draft_is_there_after_a_restart_and_goes_on_where_it_was():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        await s.mette.press("Næste", {"account": "Mine egne ord"})
        await s.restart()
        await s.mette.say("fortsæt")
        await s.mette.press("Næste", {"certainty": "date_only", "date": "2026-11-21"})

        case = await s.case()
        assert case.stage is Stage.DRAFT and len(case.episodes) == 1 and len(case.account) == 1


async def test_whoever_was_chosen_away_gets_nothing_and_the_group_is_not_told():
    async with story() as s:
        await s.connect_group()
        before = len(s.group.messages)
        await s.report(s.mette, recipient=s.id("karin"))
        await s.opened(s.karin)
        await s.passes(days=20)

        assert len(s.group.messages) == before
        assert s.jonas.messages == ()
        assert "Mette Lund" in said(s.karin)


async def test_everything_on_the_main_path_can_be_typed():
    async with story() as s:
        await s.connect_group()
        for words in (
            "noget er sket",
            "mig",
            "Der er lagt noget op om mig på Facebook.",
            "næste",
            "lørdag kl. 14.10",
            "næste",
            "min leder",
            "send",
        ):
            await s.mette.say(words)
        await s.settled()
        await s.jonas.say("mine sager")
        await s.does(s.jonas, "open_case")
        await s.jonas.say("har set det")
        await s.jonas.say("færdig 1")
        await s.settled()

        case = await s.case()
        assert case.seen_at is not None and case.step("talk").closed


async def test_a_stranger_gets_what_they_would_get_if_there_were_no_case():
    async with story() as s:
        await sent(s)
        _, action = s.button(s.jonas, "show_plan")
        there = await s.peter.press(action) if s.peter.cards else await _pressed_by_a_stranger(s, action)
        gone = {**action, "data": {"press": {**action["data"]["press"], "case": "VK-2222-222"}}}

        assert there == await _pressed_by_a_stranger(s, gone)


async def _pressed_by_a_stranger(s: Story, action: dict):
    await s.peter.say("mine sager")
    answer = await s.peter.press(action)
    return answer.words


async def test_what_was_written_in_the_chat_is_seen_before_send_and_can_be_left_out():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        await s.mette.press("Næste", {"account": "Et opslag om mig"})
        await s.mette.say("sdkfjh")
        await s.mette.say("De har lagt mit telefonnummer ud.")
        await s.mette.press("Næste", {"certainty": "exact", "date": "2026-11-21", "time": "14:10"})
        await s.mette.press("Næste")
        await s.mette.press("Næste", {"recipient": s.id("jonas")})
        first = (await s.case()).account[1]
        await s.does(s.mette, "report_drop_piece", item=first)
        await s.mette.press("Send")
        await s.settled()
        await s.opened(s.jonas)
        await s.does(s.jonas, "show_evidence")
        await s.does(s.jonas, "open_item", item="account")

        assert "De har lagt mit telefonnummer ud." in said(s.jonas) and "sdkfjh" not in said(s.jonas)
