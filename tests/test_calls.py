"""A wish to be rung: nobody who asked for a call is left waiting for whoever does not ring."""

from datetime import timedelta

import pytest

from bot.rehearsal.pressing import buttons
from casework import commands as c
from casework import events as e
from casework import wire
from casework.case import Case
from casework.evolving import evolve
from casework.reminders import agenda, due, next_due
from casework.silence import hand_on_at, is_silent
from casework.state.waiting import Patience
from casework.vocabulary import VAERN, HandedOn
from tests.cases import CASE, JONAS, KARIN, METTE, Working
from tests.scenes import BIRGIT
from tests.story import Story, local, said, story
from tests.test_silence import LATE, MORNING, goes_on, nudges


def asked(now=MORNING, **how) -> Working:
    case = Working(now)
    case.does(METTE, c.AskForCall, recipient=JONAS, **how)
    return case


def test_two_hours_bring_a_nudge_and_four_the_next_who_is_asked_to_ring():
    case = asked()
    assert nudges(case) == [MORNING + timedelta(hours=2)] and hand_on_at(case.case) == MORNING + timedelta(hours=4)
    (handed,) = goes_on(case)
    assert (handed.to, handed.reason) == (KARIN, HandedOn.SILENT)
    assert {(one.to, one.kind, one.fresh) for one in case.told} >= {(KARIN, "call", True), (METTE, "call", True)}


def test_the_nudge_is_the_card_of_the_call_come_anew():
    case = asked()
    case.now = nudges(case)[0]
    case.does(VAERN, c.Remind)
    assert [(one.to, one.kind, one.fresh) for one in case.told] == [(JONAS, "call", True)]
    assert nudges(case) == [] and due(case.case, case.now) == ()


def test_the_night_does_not_count():
    assert hand_on_at(asked(LATE).case) == LATE + timedelta(hours=4 + 10)


def test_whoever_has_rung_has_answered():
    case = asked()
    case.does(JONAS, c.MarkCallMade)
    assert next_due(case.case) is None and hand_on_at(case.case) is None


def test_whoever_was_asked_before_may_note_that_they_rang_and_whoever_is_asked_now_hears_it():
    case = asked()
    goes_on(case)
    assert case.refuses(JONAS, c.MarkCallMade, shut_out=frozenset({JONAS})) == "not_yours"
    assert case.refuses(BIRGIT, c.MarkCallMade) == "not_yours"
    (made,) = case.does(JONAS, c.MarkCallMade)

    assert made.by == JONAS and next_due(case.case) is None and hand_on_at(case.case) is None
    assert {(one.to, one.fresh) for one in case.told} == {(KARIN, True), (METTE, False), (JONAS, False)}
    assert case.does(KARIN, c.MarkCallMade) == ()


def test_of_a_wish_that_was_moved_from_them_nobody_notes_anything():
    case = asked()
    case.administrators = frozenset({BIRGIT})
    case.does(BIRGIT, c.MoveCase, former=JONAS, to=KARIN)
    assert case.refuses(JONAS, c.MarkCallMade) == "not_yours"


def test_with_nobody_next_it_is_looked_again_and_whoever_has_it_is_nudged_each_time():
    case = asked()
    (nobody,) = goes_on(case, (JONAS,))
    assert isinstance(nobody, e.NobodyNext) and METTE in {one.to for one in case.told if one.fresh}
    for _ in range(3):
        goes_on(case, (JONAS,))
        case.does(VAERN, c.Remind)
        assert [(one.to, one.kind) for one in case.told] == [(JONAS, "call")]


def test_it_is_never_asked_of_whoever_is_kept_out_of_her_cases_unless_she_asks_them_herself():
    case = asked(excluded=frozenset({KARIN, JONAS, METTE}))
    assert case.case.excluded == {KARIN}
    (handed,) = goes_on(case, (JONAS, KARIN, BIRGIT))
    assert handed.to == BIRGIT and KARIN not in case.reached()


def test_how_long_it_may_take_is_what_was_promised_when_it_was_asked():
    case = asked(patience=Patience(timedelta(hours=1), timedelta(hours=6)))
    assert nudges(case) == [MORNING + timedelta(hours=1)] and hand_on_at(case.case) == MORNING + timedelta(hours=6)


def test_one_that_was_asked_before_that_was_promised_stays_with_whoever_has_it():
    case = evolve(Case(CASE), e.CallAsked(by=METTE, at=MORNING, recipient=JONAS))
    assert agenda(case) == () and not is_silent(case, MORNING + timedelta(days=300))


def names(case: Case) -> list[str]:
    return [wire.encode(event)["event"] for event in case.log]


# -- as it is lived --------------------------------------------------------------------------------------------------


async def rings(s: Story, name: str = "jonas") -> None:
    """Mette asks to be rung by that person."""
    await s.mette.say("ring til mig")
    await s.does(s.mette, "choose_call", person=s.id(name))


async def test_a_leader_who_does_not_ring_is_nudged_then_another_is_asked_and_mette_is_told_who_with_a_number():
    async with story() as s:
        await rings(s)
        promised = "Har Jonas Friis ikke noteret et opkald senest i dag kl. 15.00, prøver Værn at finde en anden"
        assert promised in said(s.mette)
        await s.passes(hours=2)
        assert "Mette venter på et opkald." in said(s.jonas) and s.karin.messages == ()
        await s.passes(hours=2)

        told, people = said(s.mette), {one.name: one.phone for one in s.settings.organisation.people}
        assert "Jonas Friis har ikke noteret et opkald endnu. Karin Holm er bedt om at ringe, i dag kl. 15.00." in told
        assert people["Karin Holm"] in told and people["Jonas Friis"] in told
        assert "Du er bedt om at ringe i stedet for Jonas Friis, i dag kl. 15.00." in said(s.karin)
        assert "En anden er bedt om at ringe" in said(s.jonas)
        await s.does(s.karin, "make_call")
        assert "Karin har noteret i dag kl. 15.00, at I har talt sammen." in said(s.mette)
        await s.passes(days=3)
        assert s.birgit.messages == ()


async def test_whoever_rang_just_as_another_was_asked_notes_it_and_nobody_rings_again():
    async with story() as s:
        await rings(s)
        await s.passes(hours=4)
        await s.does(s.jonas, "make_call")

        assert "Jonas har noteret i dag kl. 15.00, at I har talt sammen." in said(s.mette)
        assert "Jonas Friis har noteret i dag kl. 15.00, at de har talt sammen. Du skal ikke ringe." in said(s.karin)
        assert "Du har noteret i dag kl. 15.00, at I har talt sammen." in said(s.jonas)
        assert not s.has(s.jonas, "make_call") and not s.has(s.karin, "make_call")
        await s.passes(days=3)
        assert s.birgit.messages == ()


async def test_it_can_be_typed_too_and_all_who_were_asked_read_that_it_is_done():
    async with story() as s:
        await rings(s)
        await s.passes(hours=4)
        await s.until(local(2026, 11, 23, 8))
        assert s.has(s.birgit, "make_call")
        await s.karin.say("har ringet")
        await s.settled()

        assert "Karin har noteret i dag kl. 8.00, at I har talt sammen." in said(s.mette)
        assert "Det er noteret i dag kl. 8.00." in said(s.jonas)
        assert "Karin Holm har noteret i dag kl. 8.00" in said(s.birgit)


async def test_whoever_was_asked_before_and_was_shut_out_since_gets_what_a_stranger_gets():
    async with story() as s:
        await rings(s)
        await s.passes(hours=4)
        how = {"originator": "workplace", "colleague": "Jonas Friis", "identifier": ""}
        await s.report(s.mette, recipient=s.id("birgit"), **how)
        await s.peter.say("har ringet")
        await s.jonas.say("har ringet")
        assert s.jonas.last_card == s.peter.last_card
        message, button = s.button(s.jonas, "make_call")
        await s.jonas.press(button, {}, card=message)
        await s.settled()

        assert "call_made" not in [name for case in await s.cases("mette") for name in names(case)]
        assert "har noteret" not in said(s.mette) and s.has(s.karin, "make_call")
        assert "Den sag findes ikke blandt dine" in said(s.jonas) and not s.has(s.jonas, "make_call")
        case = next(case for case in await s.cases("karin") if case.stage == "call")
        await s.jonas.say(f"sag {case.id}")
        assert not s.has(s.jonas, "make_call"), "nor does it come back when the card is shown again"


async def test_whoever_was_shut_out_before_another_was_asked_to_ring_gets_a_card_without_the_button():
    async with story() as s:
        await rings(s)
        how = {"originator": "workplace", "colleague": "Jonas Friis", "identifier": ""}
        await s.report(s.mette, recipient=s.id("birgit"), **how)
        await s.passes(hours=4)

        assert "En anden er bedt om at ringe" in said(s.jonas) and not s.has(s.jonas, "make_call")


@pytest.mark.parametrize("who", ["jonas", "mette"])
async def test_that_a_call_was_made_said_once_more_begins_nothing_and_is_answered(who):
    async with story() as s:
        await rings(s)
        await s.jonas.say("har ringet")
        await s.settled()
        cases, chat = await s.cases(who), getattr(s, who)
        await chat.say("har ringet")
        assert await s.cases(who) == cases and "Opkaldet er allerede noteret" in chat.messages[-1].text
        await s.report(chat, recipient=s.id("karin"), account="har ringet")

        assert len(await s.cases(who)) == len(cases) + 1


async def test_when_nobody_rings_she_is_told_whom_to_ring_meanwhile_and_the_last_is_reminded_every_working_day():
    async with story() as s:
        await rings(s)
        for _ in range(4):
            await s.passes(hours=4)
            await s.until(max(s.clock.now(), local(2026, 11, 23, 7)))
        told = said(s.mette)
        assert "Du venter stadig på et opkald" in told and "Birgit Dam har ikke noteret et opkald endnu" in told
        assert "Ring imens til:" in told and "Falck" in told
        assert {row.about for row in await s.app.attention.rows() if row.kind == "silent"} == {s.id("birgit")}
        await s.until(local(2026, 11, 24, 9))
        assert said(s.birgit).count("Mette venter på et opkald.") >= 1
        await s.birgit.say("har ringet")
        await s.settled()

        assert "Birgit har noteret i dag kl. 9.00, at I har talt sammen." in said(s.mette)
        assert [row for row in await s.app.attention.rows() if row.kind == "silent"] == []


async def test_a_representative_who_does_not_ring_is_never_followed_by_a_leader():
    async with story() as s:
        await rings(s, "ali")
        promised = "senest i dag kl. 15.00, prøver Værn at finde en anden, der kan ringe. Du får besked, også hvis"
        assert promised in said(s.mette) and "prøver Værn at finde en anden" in said(s.ali)
        for kept in (said(s.mette), said(s.ali)):
            assert "beder Værn en anden" not in kept, "there may be nobody else to ask"
        await s.passes(hours=4)

        assert "Ali Demir har ikke noteret et opkald endnu, og der er ikke flere, Værn kan bede." in said(s.mette)
        assert s.jonas.messages == s.karin.messages == s.birgit.messages == ()


async def test_whoever_is_behind_it_is_not_offered_and_never_asked_to_ring_her():
    async with story() as s:
        await s.report(s.mette, originator="workplace", colleague="Jonas Friis", identifier="", recipient=s.id("karin"))
        await s.mette.say("ring til mig")
        assert not s.has(s.mette, "choose_call", person=s.id("jonas"))
        await s.does(s.mette, "choose_call", person=s.id("karin"))
        await s.passes(hours=4)

        assert s.has(s.birgit, "make_call") and s.jonas.messages == () and await s.cases("jonas") == ()


async def test_whoever_has_her_case_now_is_the_first_of_those_who_can_be_asked_to_ring_also_from_elsewhere():
    async with story() as s:
        await s.report(s.mette, recipient=s.id("birgit"))
        await s.mette.say("ring til mig")
        offered = [one.action["data"]["press"]["args"]["person"] for one in buttons(s.mette.last_card)]
        assert offered[0] == s.id("birgit") and offered.count(s.id("birgit")) == 1 and s.id("karin") in offered
        await s.does(s.mette, "choose_call", person=s.id("birgit"))
        assert s.has(s.birgit, "make_call")

        await s.report(s.lise, whom="colleague", people="Mette Lund", recipient=s.id("karin"))
        await s.mette.say("ring til mig")
        untold = [one.action["data"]["press"]["args"]["person"] for one in buttons(s.mette.last_card)]
        assert untold == offered, "Of a case that she has not heard of nothing is to be read from it."


async def test_of_a_case_she_has_not_heard_of_she_learns_nothing_by_who_can_be_asked_to_ring():
    async with story() as s:
        how = {"originator": "workplace", "colleague": "Jonas Friis", "identifier": "", "recipient": s.id("karin")}
        await s.report(s.peter, whom="colleague", people="Mette Lund", **how)
        await s.mette.say("ring til mig")
        assert s.has(s.mette, "choose_call", person=s.id("jonas"))
        await s.opened(s.karin)
        await s.step(s.karin, "talk")
        await s.mette.say("ring til mig")

        offered = [one.action["data"]["press"]["args"]["person"] for one in buttons(s.mette.last_card)]
        assert s.id("jonas") not in offered and s.id("karin") in offered


async def test_whoever_is_shut_out_after_the_wish_was_made_is_passed_over():
    async with story() as s:
        await rings(s)
        how = {"originator": "workplace", "colleague": "Karin Holm", "identifier": ""}
        await s.report(s.mette, recipient=s.id("birgit"), **how)
        await s.passes(hours=4)

        assert not s.has(s.karin, "make_call") and s.karin.messages == ()
        assert s.has(s.birgit, "make_call")
