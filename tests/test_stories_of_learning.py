"""What the health and safety group learns of a case, decides, and is asked about until it is done."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.story import SUNDAY, said, story

TWO = "Ny liste\nSkilt i hallen"
SUGGESTED = ("Klarere information til borgerne", "Tale åbent om hård tone", "Styrket Borgerkontakt eller sparring")


@pytest.mark.duty("H9", "I4", "P1", "P2", "P3")
async def test_the_guides_suggestions_become_measures_that_are_asked_about_until_they_are_done_or_dropped():
    async with story() as s:
        await s.analysis_taken()
        chosen = "clear_information,open_talk,contact_skills,watch_sites,other"
        await s.does(s.sara, "finish_analysis", {"prevention": chosen, "measures": "Ny telefonliste"})
        case = await s.case()
        texts = (await s.app.office.caseworker.open(case.id)).texts
        decided = [texts[measure] for measure in case.analysis.measures]
        assert decided == [*SUGGESTED, "Holde øje med relevante sider", "Ny telefonliste"]

        await s.passes(days=29)
        for _ in range(10):  # one each working day
            await s.passes(days=1)
        for measure in case.analysis.measures:
            await s.does(s.sara, "answer_follow_up", answer="under_way", measure=measure)
        for _ in range(100):
            await s.passes(days=1)
        assert "Værn spørger hver 30. dag" in said(s.sara)
        given = {"measure": case.analysis.measures[0], "owner": "Tom Riis", "due": "2027-06-01"}
        await s.does(s.sara, "assign_measure", given)
        assert "Værn spørger dig den dag" in said(s.tom)
        last = case.analysis.measures[-1]
        await s.does(s.sara, "answer_follow_up", {"reason": "Den findes allerede."}, answer="dropped", measure=last)
        assert "0 af 5 er gjort, 1 er droppet" in said(s.group) and "Ny telefonliste" not in said(s.group)


@pytest.mark.duty("B21", "H9")
async def test_a_measure_is_somebodys_who_is_asked_on_its_day_until_it_is_done_and_learns_nothing_else():
    async with story() as s:
        await s.analysis_taken()
        await s.does(s.sara, "finish_analysis", {"possible": "Ingen vidste det", "measures": TWO})
        first = (await s.case()).analysis.measures[0]
        await s.does(s.sara, "assign_measure", {"measure": first, "owner": "Tom Riis", "due": "2026-12-24"})
        assert "Tom Riis, senest torsdag d. 24. december" in said(s.sara)
        assert "Et tiltag til dig" in said(s.tom) and "Ny liste" in said(s.tom) and "Skilt i hallen" not in said(s.tom)

        await s.tom.say("mine sager")
        await s.does(s.tom, "show_case")
        for words in ("Mette", "Facebook", "Skilt i hallen", "Ingen vidste det"):
            assert words not in said(s.tom)
        await s.until(datetime(2026, 12, 24, 9, 0, tzinfo=UTC))
        assert "Hvordan går det med tiltaget?" in said(s.tom)
        await s.does(s.tom, "answer_follow_up", answer="under_way")
        await s.passes(days=30)
        await s.does(s.tom, "answer_follow_up", answer="done")
        before = len(s.tom.messages)
        await s.passes(days=90)
        assert len(s.tom.messages) == before and "1 af 2 er gjort" in said(s.group)


async def test_who_and_when_can_be_typed_and_whoever_had_it_before_reads_that_it_is_with_another():
    async with story() as s:
        await s.analysis_taken()
        await s.does(s.sara, "finish_analysis", {"possible": "Ingen vidste det", "measures": TWO})
        await s.sara.say("giv tiltag 2 til Tom Riis senest 24. december")
        await s.settled()
        assert "Skilt i hallen" in said(s.tom)
        await s.jonas.say("give measure 2 to Eva Winther by 28-12-2026")
        await s.settled()
        assert "Skilt i hallen" in said(s.eva) and "Tiltaget er hos en anden nu" in said(s.tom)
        assert "Skilt i hallen" not in said(s.tom)
        await s.sara.say("giv tiltag 3 til Tom Riis senest 24. december")
        await s.sara.say("giv tiltag 1 til Mette Lund senest 24. december")
        await s.sara.say("giv tiltag 1 til Tom Riis")
        assert "Vælg, hvilket tiltag det gælder." in said(s.sara)
        assert "Personen blev ikke fundet eller kan ikke vælges her." in said(s.sara)
        assert (await s.facts()).count("measure_assigned") == 2
        await s.sara.say("hvem og hvornår")
        assert s.has(s.sara, "assign_measure")


@pytest.mark.duty("H10")
async def test_a_proposal_to_change_the_emergency_plan_is_kept_followed_up_and_read_by_the_leader():
    async with story() as s:
        await s.analysis_taken()
        words = "Skriv, hvem der ringes til om aftenen."
        await s.does(s.sara, "finish_analysis", {"possible": "Ingen vidste det", "change_plan": "yes", "plan": words})
        await s.step(s.jonas, "analysis", "show_analysis")
        assert f"Beredskabsplanen: {words}" in said(s.jonas) and f"Beredskabsplanen: {words}" in said(s.sara)
        assert "der er foreslået en ændring" in said(s.group) and words not in said(s.group)

        await s.passes(days=31)
        case = await s.case()
        await s.does(s.sara, "answer_follow_up", answer="done", measure=case.analysis.plan)
        assert "✓ Beredskabsplanen" in said(s.group)


async def test_a_change_of_the_plan_without_words_is_followed_up_and_words_without_a_yes_are_a_proposal():
    for said_of_it, kept in (
        ({"change_plan": "yes"}, "Beredskabsplanen skal ændres"),
        ({"change_plan": "no", "plan": "Ny telefonliste"}, "Beredskabsplanen: Ny telefonliste"),
    ):
        async with story() as s:
            await s.connect_group()
            await s.report(s.mette)
            await s.until(SUNDAY + timedelta(days=15))
            await s.does(s.group, "take_analysis", by="sara")
            await s.does(s.sara, "finish_analysis", {"possible": "Ingen vidste det", **said_of_it})
            case = await s.case()

            assert case.analysis.change_plan and case.analysis.measures == (case.analysis.plan,)
            assert (await s.app.office.caseworker.open(case.id)).texts[case.analysis.plan] == kept
