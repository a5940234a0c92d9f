"""Accepts and what is agreed at the workplace, lived through: three affected, one refuses; taken back; out of reach."""

import json

import pytest

from bot.rehearsal.chat import Chat
from cards.show import as_text
from casework.commands import MoveCase
from casework.projections.accepts import ledger_lines
from casework.vocabulary import VAERN, Audience, ConsentKind, OutcomeKind
from tests.story import FORMS, ORDINARY, Story, local, said, story


async def talked(s: Story, **more: str) -> None:
    """Mette has told it of a citizen, and Jonas has talked with everybody."""
    await s.report(s.mette, **more)
    await s.opened(s.jonas)
    await s.step(s.jonas, "talk")


def on_the_cards(chat: Chat) -> str:
    """Everything on the newest card, also what unfolds under a button."""
    card = next(sent.card for sent in reversed(chat.messages) if sent.card)
    return json.dumps(card, ensure_ascii=False).replace("\xa0", " ")


async def asks(s: Story, step: str, kind: str) -> None:
    await s.step(s.jonas, step, "ask_consent", kind=kind)


@pytest.mark.duty("B16", "H7")
async def test_three_are_affected_one_refuses_and_nobody_reads_of_another():
    async with story() as s:
        await talked(s, whom="several", people="Lise Bech\nNadia Krogh")
        await s.step(s.jonas, "legal_staff")
        await asks(s, "ask_colleagues", "colleagues")
        assert not s.has(s.mette, "answer_consent", kind="partners")  # never all at once
        await asks(s, "inform_colleagues", "partners")
        await asks(s, "police_consent", "police")
        for name, answer in (("mette", "yes"), ("lise", "no"), ("nadia", "yes")):
            for kind in ("colleagues", "partners", "police"):
                await s.does(
                    getattr(s, name), "answer_consent", answer="yes" if kind == "partners" else answer, kind=kind
                )
        await s.jonas.say("færdig 18")
        await s.step(s.jonas, "inform_colleagues", "note_told", {"audience": "team", "who": "Alle"})
        assert (await s.case()).arranged.told == ()
        centres = {"audience": "centres", "who": "Center Syd", "told_on": "2026-11-21"}
        await s.step(s.jonas, "inform_colleagues", "note_told", centres)
        await s.lise.say("mine svar")

        case = await s.case()
        assert [one.audience for one in case.arranged.told] == [Audience.CENTRES]
        assert case.arranged.told[0].told_at == local(2026, 11, 21), "The day that was chosen, not today."
        assert "har sagt nej, og det står ved magt" in said(s.jonas)
        assert "Det står ved magt: nej." in said(s.lise) and "Det står ved magt: nej." not in said(s.mette)
        assert "Nadia" not in said(s.lise) and "Lise" not in said(s.nadia)


@pytest.mark.duty("B9", "B17")
async def test_a_yes_taken_back_before_the_team_was_told_locks_the_step_and_after_it_says_what_is_left_to_ask_for():
    async with story() as s:
        await talked(s)
        await asks(s, "ask_colleagues", "colleagues")
        await s.does(s.mette, "answer_consent", kind="colleagues", answer="yes")
        await s.does(s.mette, "withdraw_consent", kind="colleagues")
        assert "Teamet får ikke besked. Jonas har fået besked." in said(s.mette)
        assert "Mette Lund har taget et svar tilbage. Det handler om teamet." in said(s.jonas)
        await s.jonas.say("færdig 18")
        assert not (await s.case()).step("inform_colleagues").closed

        await s.does(s.mette, "answer_consent", kind="colleagues", answer="yes")
        team = {"audience": "team", "who": "Teamet på mandagsmødet", "told_on": "2026-11-22"}
        await s.step(s.jonas, "inform_colleagues", "note_told", team)
        await s.mette.say("mine svar")
        assert "Det kan ikke gøres usagt. Du kan stadig bede Jonas om ikke at sige mere" in said(s.mette)
        assert "Teamet på mandagsmødet" in said(s.mette)
        await s.jonas.say("færdig 18")
        assert (await s.case()).step("inform_colleagues").closed


@pytest.mark.parametrize(
    ("step", "kind", "before", "taken"),
    [
        ("police_consent", "police", "kan Jonas ikke anmelde for arbejdspladsen", "Ingen anmelder for dig."),
        ("ask_colleagues", "colleagues", "siger Jonas ikke noget til teamet", "Teamet får ikke besked."),
        ("inform_colleagues", "partners", "får ikke flere besked", "Ikke flere får besked."),
        ("ask_author", "removal", "går Jonas videre uden dig", "Jonas går videre uden dig"),
    ],
)
async def test_every_yes_says_what_taking_it_back_does_before_and_after_and_costs_nothing_at_work(
    step, kind, before, taken
):
    async with story() as s:
        await talked(s)
        await s.step(s.jonas, "legal_staff")
        await asks(s, step, kind)
        assert "Det får ingen følger for dit arbejde, og du skal ikke give en grund." in said(s.mette)
        await s.does(s.mette, "answer_consent", kind=kind, answer="yes")
        assert f"Tager du dit ja tilbage, {before}" in on_the_cards(s.mette)
        told = len(s.jonas.messages)
        await s.does(s.mette, "withdraw_consent", kind=kind)

        assert taken in said(s.mette) and len(s.jonas.messages) > told
        assert "Mette Lund har taget et svar tilbage. Det handler om" in said(s.jonas)
        assert ("er låst nu" in said(s.jonas)) is (kind != "removal"), "Taking part is nothing that anything waits for."
        ledger = [line.what for line in ledger_lines(await s.case(), (ConsentKind(kind),))]
        assert ledger == ["asked", "yes", "taken_back"]


async def test_an_oral_yes_from_before_her_own_answer_is_not_noted_and_the_refusal_says_why_and_what_to_do_instead():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.step(s.jonas, "ask_colleagues", "ask_consent", kind="colleagues")
        await s.jonas.say("åbn 5")
        message, action = s.button(s.jonas, "record_oral_consent")
        await s.does(s.mette, "answer_consent", answer="yes", kind="colleagues")
        before = await s.facts()
        oral = {"person_episode": f"|{s.id('mette')}", "answer": "yes", "date": "2026-11-22", "time": "10:30"}
        await s.jonas.press(action, {**oral, "how": "I telefonen"}, card=message)
        await s.jonas.say("english")
        await s.jonas.press(action, {**oral, "how": "I telefonen"}, card=message)
        await s.settled()

        assert "Mette har selv svaret eller rettet sit svar i dag kl. 11.00. Det er det, der gælder" in said(s.jonas)
        assert "så skriv det som notat på trinnet" in said(s.jonas)
        assert "an oral answer cannot be noted afterwards" in said(s.jonas) and await s.facts() == before


async def test_an_oral_yes_is_read_by_mette_and_what_it_opened_is_locked_when_she_says_it_does_not_fit():
    async with story() as s:
        await talked(s)
        oral = {
            "person_episode": f"|{s.id('mette')}",
            "answer": "yes",
            "date": "2026-11-22",
            "time": "10:30",
            "how": "På gangen.",
        }
        await s.step(s.jonas, "ask_colleagues", "record_oral_consent", oral)
        await s.mette.say("mine svar")
        assert "Jonas noterede i dag kl. 11.00, at du sagde ja · ordlyd colleagues.1" in said(s.mette)
        assert "På gangen." in said(s.mette)
        await s.jonas.say("brev 18")
        assert "En kollega er udsat for digital chikane" in said(s.jonas)
        await s.does(s.mette, "contradict_consent", kind="colleagues")
        await s.jonas.say("færdig 18")

        assert not (await s.case()).step("inform_colleagues").closed
        await s.jonas.say("åbn 5")
        assert "Er ikke enig i det, der er skrevet om et mundtligt svar." in said(s.jonas)


async def test_a_no_that_was_taken_back_is_nowhere_called_a_yes():
    async with story() as s:
        await talked(s)
        await asks(s, "ask_colleagues", "colleagues")
        await s.does(s.mette, "answer_consent", kind="colleagues", answer="no")
        assert "Tager du dit ja tilbage" not in on_the_cards(s.mette)
        await s.does(s.mette, "withdraw_consent", kind="colleagues")
        await s.jonas.say("åbn 5")

        card = as_text(s.jonas.messages[-1].card)
        assert "Mette Lund, Har taget sit svar tilbage" in card and " ja" not in card.partition("Mette Lund")[2]


async def test_a_report_that_was_made_stays_made_and_mette_reads_whom_she_can_turn_to():
    async with story() as s:
        await talked(s)
        await s.step(s.jonas, "legal_staff")
        await asks(s, "police_consent", "police")
        await s.does(s.mette, "answer_consent", kind="police", answer="yes")
        episode = next(iter((await s.case()).episodes))
        made = {"question": f"{episode}|{s.id('mette')}", "outcome": "reported", "where": "Politiet"}
        await s.step(s.jonas, "police_outcome", "record_outcome", {**made, "date": "2026-11-22", "time": "10:30"})
        await s.mette.say("mine svar")
        await s.does(s.mette, "show_question", kind="police")

        card = as_text(s.mette.messages[-1].card).replace("\xa0", " ")
        assert "Anmeldelsen ligger hos politiet, og det kan Værn ikke ændre." in card
        assert "[Tag tilbage]" not in card and "[Ret mit svar]" not in card


async def test_a_report_noted_from_before_the_yes_is_not_taken_and_jonas_reads_when_the_yes_came():
    async with story() as s:
        await talked(s)
        await s.step(s.jonas, "legal_staff")
        await asks(s, "police_consent", "police")
        await s.does(s.mette, "answer_consent", kind="police", answer="yes")
        case = await s.case()
        made = {"question": f"{next(iter(case.episodes))}|{s.id('mette')}", "outcome": "reported", "where": "Politiet"}
        await s.step(s.jonas, "police_outcome", "record_outcome", {**made, "date": "2026-11-22", "time": "08:00"})

        assert (await s.case()).outcomes == {}
        told = said(s.jonas).replace("\xa0", " ")
        assert "Det kan først anmeldes, når det er accepteret, og Mette sagde ja i dag kl. 1" in told


async def test_what_some_have_been_told_already_stays_on_the_step_beside_the_lock():
    async with story() as s:
        await talked(s)
        await asks(s, "inform_colleagues", "partners")
        await s.does(s.mette, "answer_consent", kind="partners", answer="yes")
        centres = {"audience": "centres", "who": "Center Syd", "told_on": "2026-11-22"}
        await s.step(s.jonas, "inform_colleagues", "note_told", centres)
        await s.does(s.mette, "withdraw_consent", kind="partners")
        await s.jonas.say("åbn 18")

        card = as_text(s.jonas.messages[-1].card).replace("\xa0", " ")
        locked = "Låst: Mette Lund har sagt nej, og det står ved magt"
        assert f"Andre centre, søndag d. 22. november, af Jonas · {locked}" in card
        assert f"Samarbejdspartnere udenfor, {locked}" in card


async def test_whoever_reports_for_herself_and_another_reads_before_send_what_the_other_will_see():
    async with story() as s:
        answers = {**ORDINARY, "recipient": s.id("jonas"), "whom": "several", "people": "Nadia Krogh"}
        await s.mette.say("noget er sket")
        for form in FORMS:
            await s.mette.press("Næste", {name: answers[name] for name in form if name in answers})
        last_page = as_text(s.mette.last_card).replace("\xa0", " ")
        assert "Nadia Krogh får at vide, at det er dig, der har fortalt det" in last_page
        assert "Værn fortæller ikke Nadia Krogh, at det også er sket for dig." in last_page
        await s.mette.press("Send")
        await s.settled()

        assert "Nadia Krogh hører det af et menneske først." in said(s.mette)
        assert said(s.nadia) == "", "And she does: nothing of it has come to her."


async def test_whoever_reports_for_herself_and_another_is_to_the_other_somebody_who_told_it_and_no_more():
    """The other reads just what they would read if it had happened to them alone and a colleague had told it."""
    read = []
    for whom in ("several", "colleague"):
        async with story() as s:
            await s.report(
                s.mette, whom=whom, people="Lise Bech\nNadia Krogh" if whom == "colleague" else "Nadia Krogh"
            )
            await s.opened(s.jonas)
            await s.step(s.jonas, "talk")
            await s.step(s.jonas, "legal_staff")
            for step, kind in (("ask_colleagues", "colleagues"), ("police_consent", "police")):
                await asks(s, step, kind)
            await s.does(s.nadia, "answer_consent", kind="colleagues", answer="yes")
            await s.nadia.say("mine svar")
            await s.nadia.say("mine sager")
            case = (await s.case("nadia")).id
            read.append(said(s.nadia).replace(case, "VK"))

    assert read[0] == read[1] and "Mette Lund har fortalt, at det er sket for dig." in read[0]


async def test_mette_reads_all_she_has_said_and_the_exact_words_also_when_somebody_else_has_the_case_now():
    async with story() as s:
        await talked(s)
        await asks(s, "ask_colleagues", "colleagues")
        await s.does(s.mette, "answer_consent", kind="colleagues", answer="no")
        await s.does(s.mette, "answer_consent", kind="colleagues", answer="yes")
        await s.does(s.mette, "show_answers")
        assert "Spurgt i dag kl. 11.00 af Jonas · ordlyd colleagues.1\nDu sagde nej" in said(s.mette)
        moved = {"case": (await s.case()).id, "former": s.id("jonas"), "to": s.id("karin")}
        await s.app.office.caseworker.carry_out(MoveCase(by=VAERN, **moved))
        await s.settled()
        await s.does(s.mette, "show_wording", kind="colleagues")

        assert "»Det er i orden, at Jonas Friis fortæller mit team" in said(s.mette)
        assert "Sådan lød det, da du blev spurgt" in said(s.mette)


async def test_the_words_can_be_typed_and_only_by_whoever_was_asked():
    async with story() as s:
        await talked(s)
        await asks(s, "ask_colleagues", "colleagues")
        await s.mette.say("Vis ordlyden")
        assert s.has(s.mette, "show_wording", kind="colleagues")
        await s.jonas.say("mine svar")
        assert "Det har du sagt ja og nej til" not in said(s.jonas)
        for words, verb in (("risikovurdering", "assess_risk"), ("undgå kontakt", "agree_protection")):
            await s.jonas.say(words)
            assert s.has(s.jonas, verb)
        await s.jonas.say("har fået besked")
        assert "Teamet\nLåst: afventer svar fra Mette Lund".replace("\n", ", ") in said(s.jonas)


async def test_somebody_who_cannot_be_reached_has_said_nothing_and_the_way_to_the_police_goes_by_the_legal_staff():
    async with story() as s:
        await talked(s)
        await s.step(s.jonas, "legal_staff")
        await asks(s, "police_consent", "police")
        await asks(s, "ask_colleagues", "colleagues")
        await s.jonas.say("kan ikke nås")
        tried = {"unreached": s.id("mette"), "tried": "Ringet kl. 9 og 12.", "legal_staff": ""}
        await s.does(s.jonas, "note_unreachable", tried, step="police_consent")
        assert "Skriv, hvem i juridisk du har talt med" in said(s.jonas)
        await s.does(s.jonas, "note_unreachable", {**tried, "legal_staff": "Anne Berg"}, step="police_consent")
        question = f"{next(iter((await s.case()).episodes))}|{s.id('mette')}"
        reported = {
            "question": question,
            "outcome": "reported",
            "where": "Politiet",
            "date": "2026-11-22",
            "time": "10:30",
        }
        await s.step(s.jonas, "police_outcome", "record_outcome", reported)
        await s.jonas.say("færdig 18")
        assert (await s.case()).outcomes == {} and not (await s.case()).step("inform_colleagues").closed

        exempt = {
            "question": question,
            "outcome": "exemption_asked",
            "reason": "Anne Berg, juridisk: er ikke til at nå.",
        }
        await s.step(s.jonas, "police_outcome", "record_outcome", exempt)
        await s.mette.say("mine svar")
        assert [one.kind for one in (await s.case()).outcomes.values()] == [OutcomeKind.EXEMPTION_ASKED]
        assert "Jonas noterede i dag kl. 11.00, at du ikke kunne nås. Intet er afgjort for dig" in said(s.mette)


@pytest.mark.duty("B13")
async def test_the_citizens_risk_is_written_for_the_leader_alone_and_comes_back_on_the_day_that_was_agreed():
    async with story() as s:
        await s.connect_group()
        await talked(s)
        words = {"again": "Nye opslag ved afgørelsen", "meeting": "Mødet i december", "agreed": "To til mødet"}
        follow_up = {"follow_up_by": "Karin Holm", "follow_up_on": "2026-12-02"}
        await s.step(s.jonas, "risk_assessment", "assess_risk", {**words, **follow_up})
        for hour in (9, 10):
            await s.until(local(2026, 12, 2, hour))

        assert (await s.case()).step("risk_assessment").closed
        assert "Det er den dag, I aftalte at følge op på risikovurderingen" in said(s.jonas)
        await s.does(s.jonas, "open_step", step="risk_assessment")
        assert "Nye opslag ved afgørelsen" in said(s.jonas) and "Karin Holm følger op" in said(s.jonas)
        for chat in (s.mette, s.group, s.sara, s.karin):
            assert "Nye opslag" not in said(chat) and "To til mødet" not in said(chat)


@pytest.mark.duty("C15")
async def test_mette_sees_how_she_is_kept_out_of_contact_can_object_and_hears_when_it_ends():
    async with story() as s:
        await talked(s)
        agreed = {"person": s.id("mette"), "ways": "other_caseworker,door", "words": "Karin tager møderne"}
        await s.step(s.jonas, "avoid_contact", "agree_protection", {**agreed, "last_day": "2026-12-04"})
        assert "En anden tager sig af borgeren" in said(s.mette) and "Karin tager møderne" in said(s.mette)
        assert "Passer det ikke, så skriv i sagen." in said(s.mette)
        for hour in (9, 10):
            await s.until(local(2026, 12, 4, hour))

        assert "slutter i dag. Skal den gå videre, så skriv i sagen" in said(s.mette)
        assert "En aftale om at undgå kontakt slutter i dag" in said(s.jonas)
        assert s.has(s.mette, "write_in_case")


@pytest.mark.duty("B18", "H8")
async def test_a_debriefing_has_who_and_when_a_word_the_day_before_and_is_held_or_not():
    async with story() as s:
        await talked(s)
        await asks(s, "ask_colleagues", "colleagues")
        await s.does(s.mette, "answer_consent", kind="colleagues", answer="yes")
        plan = {"who": "Hele teamet, Falck leder den", "date": "2026-11-30", "time": "10:00"}
        await s.step(s.jonas, "debriefing", "plan_debriefing", plan)
        for hour in (9, 10):
            await s.until(local(2026, 11, 29, hour))
        assert "Debriefingen er i morgen kl. 10.00" in said(s.jonas)
        for hour in (9, 10):
            await s.until(local(2026, 12, 1, hour))
        assert "Blev den holdt?" in said(s.jonas)
        await s.jonas.say("debriefing ikke holdt")
        await s.does(s.jonas, "plan_debriefing", {**plan, "date": "2026-12-03"})
        await s.until(local(2026, 12, 3, 12, 0))
        await s.jonas.say("debriefing holdt")

        assert (await s.case()).step("debriefing").closed
        assert (await s.facts()).count("debriefing_planned") == 2


async def test_when_a_colleague_is_behind_it_there_is_no_citizen_to_assess_nor_to_keep_away_from():
    async with story() as s:
        await s.report(s.mette, originator="workplace", colleague="Tom Riis", identifier="")
        await s.opened(s.jonas)
        for words in ("risikovurdering", "undgå kontakt"):
            await s.jonas.say(words)

        assert not s.has(s.jonas, "assess_risk") and not s.has(s.jonas, "agree_protection")
        assert said(s.jonas).count("ikke i planen") == 2
