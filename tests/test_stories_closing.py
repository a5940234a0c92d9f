"""How a case ends, and how it begins again: what must be in place, who is asked, and what falls silent."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from cards.show import as_text
from casework.plan import is_closed, steps_of
from casework.vocabulary import Stage
from tests.crafted import Crafted, press
from tests.story import SUNDAY, Story, local, said, story

WORKPLACE = {"whom": "workplace"}


async def police_settled(s: Story, people: Iterable[str | None] = ("mette",)) -> None:
    """Legal staff, an assessment, and what it came to for each."""
    await s.step(s.jonas, "legal_staff")
    assessed = {"assessment": "not_to_be_reported", "reason": "Juridisk finder, at det ikke er nok."}
    await s.step(s.jonas, "assess_police", "assess_police", assessed)
    for person in people:
        question = f"{next(iter((await s.case('jonas')).episodes))}|{s.id(person) if person else ''}"
        outcome = {"question": question, "outcome": "not_reported", "reason": "Det rækker ikke."}
        await s.step(s.jonas, "police_outcome", "record_outcome", outcome)


async def sent(s: Story, **how: str) -> None:
    await s.report(s.mette, **how)
    await s.opened(s.jonas)
    await s.step(s.jonas, "talk")


async def workplace_is_done(s: Story) -> None:
    """What the workplace owes whatever anybody says: SafetyNet and the police."""
    await s.step(s.jonas, "safetynet")
    await police_settled(s)


async def closed(s: Story, **how: str) -> None:
    """Everything in place, Mette misses nothing, and Jonas closes it."""
    await sent(s, **how)
    await workplace_is_done(s)
    await asked(s)
    await s.does(s.mette, "answer_closing", answer="nothing")
    await ended(s)


async def asks_to_close(s: Story) -> None:
    """His newest, by its number: he may have several."""
    await s.jonas.say(f"luk sagen i sag {(await s.case('jonas')).id}")


async def asked(s: Story) -> None:
    await asks_to_close(s)
    await s.does(s.jonas, "ask_if_missing")


async def everything_is_read(s: Story) -> None:
    """What Mette wrote."""
    await s.jonas.say("luk sagen")
    await s.does(s.jonas, "show_messages", person=s.id("mette"))
    await s.does(s.jonas, "open_messages", person=s.id("mette"))


async def ended(s: Story) -> None:
    await asks_to_close(s)
    await s.does(s.jonas, "close_case", {"journal": "2026-118822"})
    assert (await s.case("jonas")).stage is Stage.CLOSED


async def test_a_case_is_not_closed_over_words_that_nobody_has_read():
    async with story() as s:
        await sent(s)
        await workplace_is_done(s)
        await asked(s)
        await s.does(s.mette, "answer_closing", answer="nothing")
        await s.mette.say("skriv besked Det sker stadig. Han skrev igen i dag.")
        await s.jonas.say("luk sagen")
        card = as_text(s.jonas.messages[-1].card)
        assert "har skrevet noget, som du ikke har læst endnu" in card and not s.has(s.jonas, "close_case")
        await everything_is_read(s)

        await ended(s)


async def test_an_agreement_that_does_not_quite_fit_is_named_before_the_end_and_holds_nothing_back():
    async with story() as s:
        await sent(s)
        await workplace_is_done(s)
        await s.step(s.jonas, "talk", "show_points", person=s.id("mette"))
        await s.does(s.jonas, "agree_points", {"contact": "En sms."}, person=s.id("mette"))
        await s.does(s.mette, "points_unfit", {"words": "Hellere en opringning."}, number="1")
        await everything_is_read(s)
        await asked(s)
        await s.does(s.mette, "answer_closing", answer="nothing")
        await s.jonas.say("luk sagen")
        card = as_text(s.jonas.messages[-1].card)

        assert "har svaret, at aftalen ikke passer helt" in card and "Der mangler ikke noget." not in card
        await ended(s)


@pytest.mark.duty("W2")
async def test_safetynet_has_a_day_is_reminded_of_and_without_it_a_case_is_closed_only_with_a_written_reason():
    async with story() as s:
        await s.connect_group()
        await sent(s)
        await police_settled(s)
        await s.until(SUNDAY + timedelta(days=8))
        reminded = sorted(name.split(":")[0] for name in (await s.case()).reminded if name.startswith("safetynet"))
        assert set(reminded) == {"safetynet_3", "safetynet_7"}
        await asked(s)
        await s.does(s.mette, "answer_closing", answer="nothing")
        await s.jonas.say("luk sagen nu")
        assert (await s.case()).stage is Stage.OPEN
        await s.step(s.jonas, "safetynet", "set_step_aside", {"reason": ""})
        assert not (await s.case()).step("safetynet").closed

        await s.step(s.jonas, "safetynet", "set_step_aside", {"reason": "Det er anmeldt sammen med en tidligere sag."})
        assert "Det er anmeldt sammen med en tidligere sag." in said(s.mette)
        await s.jonas.say("bed gruppen")
        await ended(s)


@pytest.mark.duty("D2")
async def test_a_case_is_not_closed_before_what_is_missing_is_in_place_and_the_card_says_what():
    async with story() as s:
        await s.connect_group()
        await sent(s)
        await s.jonas.say("luk sagen")
        card = said(s.jonas)
        assert "Sagen kan lukkes, når det her er på plads." in card
        assert "anmeld, eller skriv grunden til, at det ikke er relevant" in card
        assert "det mangler at blive noteret, hvad det blev til" in card and "er ikke spurgt endnu" in card
        assert not s.has(s.jonas, "close_case")
        await s.jonas.say("luk sagen nu")
        assert "Sagen kan ikke lukkes endnu." in said(s.jonas)

        await workplace_is_done(s)
        await asked(s)
        assert "Mangler der noget?" in said(s.mette) and (await s.case()).stage is Stage.OPEN


async def test_mette_misses_something_says_what_is_asked_again_and_then_it_is_closed():
    async with story() as s:
        await sent(s)
        await workplace_is_done(s)
        await asked(s)
        await s.does(s.mette, "answer_closing", {"words": "Er opslaget væk?"}, answer="something")
        await s.jonas.say("luk sagen")
        assert "har svaret, at noget mangler" in said(s.jonas) and "Er opslaget væk?" in said(s.jonas)
        assert not s.has(s.jonas, "close_case")

        await asked(s)
        await s.mette.say("intet mangler")
        await s.settled()
        await ended(s)
        assert (await s.case()).closing.closed_by == s.id("jonas")


async def test_without_an_answer_in_five_working_days_the_leader_is_told_that_it_is_enough_to_have_asked():
    async with story() as s:
        await sent(s)
        await workplace_is_done(s)
        await asked(s)
        await s.until(local(2026, 11, 26, 12))
        assert "Sagen kan måske lukkes" not in said(s.jonas)
        await s.until(local(2026, 11, 30, 12))
        assert "Nu er det nok, at der er spurgt." in said(s.jonas)
        await s.jonas.say("luk sagen")
        assert "er spurgt og har ikke svaret" in said(s.jonas)
        await ended(s)
        assert "Sagen er lukket. Du kan åbne den igen på sagskortet." in said(s.mette)


async def test_a_closed_case_is_quiet_says_who_closed_it_and_stands_apart_in_my_cases():
    async with story() as s:
        await closed(s)
        assert "Lukket i dag" in said(s.mette) and "af Jonas Friis" in said(s.mette)
        assert "2026-118822" in said(s.jonas) and "2026-118822" not in said(s.mette)
        before = (len(s.mette.messages), len(s.jonas.messages))
        await s.until(SUNDAY + timedelta(days=13))
        assert (len(s.mette.messages), len(s.jonas.messages)) == before
        await s.mette.say("mine sager")
        assert "Du er den, det er sket for. Lukket" in said(s.mette)


async def test_what_was_given_is_read_and_a_moment_corrected_in_a_closed_case_by_button_and_by_word():
    async with story() as s:
        await closed(s)
        await s.does(s.mette, "what_shared")
        pressed = as_text(s.mette.messages[-1].card)
        await s.mette.say("hvad er delt")

        assert as_text(s.mette.messages[-1].card) == pressed and s.has(s.mette, "correct_episode")
        card = s.mette.messages[-1].card
        assert "correct_episode" in str(card)


async def test_the_groups_card_says_whether_the_case_is_open_or_closed():
    async with story() as s:
        await s.connect_group()
        await sent(s)
        await workplace_is_done(s)
        await asked(s)
        await s.does(s.mette, "answer_closing", answer="nothing")
        await s.jonas.say("luk sagen")
        await s.does(s.jonas, "ask_for_analysis")
        await ended(s)
        assert "Sagen i Borgerservice Nord er lukket" in said(s.group) and "Der er åbnet en sag" not in said(s.group)
        await s.does(s.mette, "reopen_case", {"why": "Det er tilbage."})

        assert "Der er åbnet en sag i Borgerservice Nord" in said(s.group) and "er lukket" not in said(s.group)


@pytest.mark.parametrize("words", ["færdig 19", "spørg 5", "ikke relevant 3 Alt er gjort."])
async def test_nothing_is_handled_in_a_closed_case_until_it_is_opened_again(words):
    async with story() as s:
        await closed(s)
        before = await s.facts()
        await s.does(s.jonas, "show_plan")
        number = words.split()[1] if words.split()[1].isdigit() else words.split()[2]
        await s.does(s.jonas, "open_step", step=next(x.id for x in steps_of(await s.case()) if str(x.number) == number))
        await s.jonas.say(words)

        assert await s.facts() == before


async def test_a_letters_number_and_its_file_are_had_when_the_case_is_closed_and_no_new_letter_is_begun():
    async with story() as s:
        await sent(s)
        await s.jonas.say("brev 20")
        await s.does(s.jonas, "send_letter", {"text": "Et brev.", "date": "2026-11-22"})
        await workplace_is_done(s)
        await asked(s)
        await s.does(s.mette, "answer_closing", answer="nothing")
        await ended(s)
        await s.jonas.say("åbn 20")
        await s.does(s.jonas, "journalise_letter", {"journal": "2026-77"})
        await s.does(s.jonas, "fetch_journal")

        assert "Journaliseret: 2026-77" in said(s.jonas) and s.jonas.messages[-1].question
        letters = (await s.case()).letters
        await s.jonas.say("brev 20")
        assert (await s.case()).letters == letters and (await s.case()).stage is Stage.CLOSED
        assert not s.has(s.jonas, "save_letter")


async def test_what_was_agreed_for_a_day_is_said_on_that_day_and_agreed_anew_in_a_closed_case_too():
    async with story() as s:
        await sent(s)
        risk = {"again": "Nye opslag", "agreed": "To til mødet", "follow_up_by": "Karin Holm"}
        await s.step(s.jonas, "risk_assessment", "assess_risk", {**risk, "follow_up_on": "2027-01-11"})
        agreed = {"person": s.id("mette"), "ways": "door"}
        await s.step(s.jonas, "avoid_contact", "agree_protection", {**agreed, "last_day": "2027-01-12"})
        await workplace_is_done(s)
        await asked(s)
        await s.does(s.mette, "answer_closing", answer="nothing")
        await s.jonas.say("luk sagen")
        assert "undtagen om skemaet om, hvad I kan lære, og om det, I har aftalt en dag for" in said(s.jonas)
        await ended(s)
        for day in (11, 12):
            for hour in (9, 10):
                await s.until(local(2027, 1, day, hour))

        assert "Det er den dag, I aftalte at følge op på risikovurderingen" in said(s.jonas)
        assert "slutter i dag. Skal den gå videre, så skriv i sagen" in said(s.mette)
        await s.step(s.jonas, "avoid_contact", "agree_protection", {**agreed, "last_day": "2027-03-01"})
        case = await s.case()
        assert case.stage is Stage.CLOSED and local(2027, 3, 2) == case.arranged.protected[s.id("mette")].until


async def test_what_is_learned_goes_on_after_the_case_is_closed():
    async with story() as s:
        await s.connect_group()
        await sent(s)
        await workplace_is_done(s)
        await s.jonas.say("luk sagen")
        assert "arbejdsmiljøgruppen er ikke bedt om det endnu" in said(s.jonas)
        await s.does(s.jonas, "ask_for_analysis")
        assert s.has(s.group, "take_analysis")
        await s.does(s.jonas, "ask_if_missing")
        await s.does(s.mette, "answer_closing", answer="nothing")
        await ended(s)

        await s.until(SUNDAY + timedelta(days=23))
        reminded = sorted(name.split(":")[1] for name in (await s.case()).reminded if name.startswith("analysis"))
        assert reminded == ["14", "21"]
        await s.does(s.group, "take_analysis", by="sara")
        await s.does(s.sara, "finish_analysis", {"possible": "Åbne profiler", "measures": "Tal om tonen"})
        assert (await s.case()).analysis is not None and (await s.case()).stage is Stage.CLOSED


@pytest.mark.duty("D3")
async def test_never_solved_closed_after_nine_months_and_opened_again_by_mette_when_it_is_back():
    async with story() as s:
        await sent(s)
        await workplace_is_done(s)
        await s.until(local(2027, 7, 20, 10))
        await s.jonas.say("påmind 3 01-08-2027")
        assert (await s.case()).step("help").until is not None
        await asked(s)
        await s.does(s.mette, "answer_closing", answer="nothing")
        await ended(s)

        await s.until(local(2027, 11, 3, 10))
        quiet = len(s.jonas.messages)
        await s.does(s.mette, "reopen_case", {"why": "Opslaget er tilbage."})
        case = await s.case()
        assert case.stage is Stage.OPEN and case.seen_at is None and "Sagen er åben igen" in said(s.mette)
        assert len(s.jonas.messages) == quiet + 1, "the neutral notice, and nothing yet of what fell due meanwhile"
        assert "Mette" not in str(s.jonas.last_card)
        await s.opened(s.jonas)
        assert "Opslaget er tilbage." in said(s.jonas) and "har set det" in said(s.mette)
        assert [name for name in (await s.case()).reminded if name.startswith("postponed")] == []
        await s.until(local(2027, 11, 4, 9))
        assert "Du bad om at blive mindet om dette trin." in said(s.jonas)


async def test_opened_again_at_once_it_is_not_closed_on_the_old_answer_whatever_the_clock_shows():
    async with story() as s:
        await closed(s)
        await s.does(s.mette, "reopen_case")
        await press(s.jonas, Crafted("close_case"), (await s.case()).id)
        await s.settled()

        assert (await s.case()).stage is Stage.OPEN, "Mette is asked anew."


async def test_a_new_episode_on_a_closed_case_opens_it_and_has_its_own_72_hours():
    async with story() as s:
        await closed(s)
        await s.until(local(2027, 8, 25, 10))
        await s.does(s.mette, "new_episode")
        when = {"certainty": "exact", "date": "2027-08-25", "time": "08:00"}
        await s.does(s.mette, "report_new_episode", when)
        case = await s.case()
        assert case.stage is Stage.OPEN and len(case.episodes) == 2
        await s.until(local(2027, 8, 27, 9))

        assert [name for name in (await s.case()).reminded if name.startswith("police_24")]


async def test_words_alone_leave_a_case_closed_and_reach_jonas():
    async with story() as s:
        await closed(s)
        told = len(s.jonas.messages)
        await s.does(s.mette, "write_in_case")
        await s.mette.say("Tak for hjælpen.")
        await s.mette.say("stop")
        await s.settled()

        assert (await s.case()).stage is Stage.CLOSED and len(s.jonas.messages) > told


async def test_the_leader_opens_it_again_only_with_a_reason_and_mette_hears_of_it():
    async with story() as s:
        await closed(s)
        await s.passes(days=1)
        await s.jonas.say("åbn sagen igen")
        assert (await s.case()).stage is Stage.CLOSED and "»åbn sagen igen:« og så grunden" in said(s.jonas)
        await s.jonas.say("åbn sagen igen: Der er kommet et nyt opslag")
        await s.settled()

        assert (await s.case()).stage is Stage.OPEN
        assert "Sagen er åben igen" in said(s.mette) and "Der er kommet et nyt opslag" not in said(s.mette)


@pytest.mark.parametrize(("words", "verb"), [("jeg føler mig ikke krænket", ""), ("ikke mere", "want_no_more")])
async def test_who_wants_no_more_done_need_not_be_asked_and_the_workplace_still_does_what_is_its_own(words, verb):
    async with story() as s:
        await s.report(s.lise, whom="colleague", people="Mette Lund")
        await s.opened(s.jonas)
        await s.step(s.jonas, "talk")
        await s.mette.say(words)
        if verb:
            await s.does(s.mette, verb)
        await s.settled()
        await s.jonas.say("luk sagen")
        assert "har selv sagt, at der ikke er brug for mere" in said(s.jonas)
        assert not s.has(s.jonas, "ask_if_missing") and not s.has(s.jonas, "close_case")

        reason = {"reason": "Mette føler sig ikke krænket og har ikke været påvirket."}
        await s.step(s.jonas, "safetynet", "set_step_aside", reason)
        await police_settled(s)
        await s.jonas.say("luk sagen")
        assert "ikke anmeldt, og grunden er skrevet" in said(s.jonas)
        await ended(s)
        assert "Sagen er lukket" in said(s.lise)


async def test_of_two_affected_each_answers_alone_and_neither_learns_of_the_other_when_it_is_opened_again():
    async with story() as s:
        await s.report(s.lise, whom="colleague", people="Mette Lund, Nadia Krogh")
        await s.opened(s.jonas)
        for step in ("talk", "safetynet"):
            await s.step(s.jonas, step)
        await police_settled(s, ("mette", "nadia"))
        await asked(s)
        await s.does(s.mette, "answer_closing", answer="nothing")
        await s.jonas.say("luk sagen")
        assert not s.has(s.jonas, "close_case"), "Nadia has not answered"
        await s.does(s.nadia, "answer_closing", answer="nothing")
        await ended(s)
        await s.does(s.nadia, "reopen_case", {"why": "Det er kommet igen."})

        assert (await s.case()).stage is Stage.OPEN and "Sagen er åben igen fra" in said(s.mette)
        assert "Nadia" not in said(s.mette) and "Det er kommet igen." not in said(s.mette)
        assert "Mette" not in said(s.nadia)


@pytest.mark.duty("H11")
async def test_for_the_workplace_with_nobody_named_the_whole_plan_goes_to_its_end_and_the_case_is_closed():
    async with story() as s:
        await s.report(s.mette, **WORKPLACE)
        await s.opened(s.jonas)
        await s.jonas.say("luk sagen")
        assert "skriv navnene på sagskortet" in said(s.jonas)
        await s.does(s.jonas, "nobody_affected")
        for step in ("talk", "documentation", "help", "safetynet", "keep_updated", "case_handling"):
            await s.step(s.jonas, step)
        await s.step(s.jonas, "ask_author", "end_removal", why="gone")
        for step in ("risk_assessment", "avoid_contact"):
            await s.step(s.jonas, step)
        await police_settled(s, (None,))
        for step in ("inform_colleagues", "debriefing", "upper_management"):
            await s.step(s.jonas, step)
        await s.step(s.jonas, "analysis", "show_analysis")
        await s.does(s.jonas, "finish_analysis", {"possible": "Lang ventetid", "measures": "Klarere breve"})
        case = await s.case("jonas")
        assert [step.id for step in steps_of(case) if not is_closed(case, step)] == []
        await ended(s)
        assert "Det er ikke sket for en bestemt person" in said(s.jonas)
