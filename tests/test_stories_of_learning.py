"""What the health and safety group learns of a case, decides, and is asked about until it is done."""

from datetime import timedelta

import pytest

from tests.story import SUNDAY, said, story

SUGGESTED = ("Klarere information til borgerne", "Tale åbent om hård tone", "Styrket Borgerkontakt eller sparring")


@pytest.mark.duty("H9", "I4", "P1", "P2", "P3")
async def test_the_guides_suggestions_become_measures_that_are_asked_about_until_they_are_done_or_dropped():
    async with story() as s:
        await s.connect_group()
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.until(SUNDAY + timedelta(days=15))
        await s.does(s.group, "take_analysis", by="sara")
        chosen = "clear_information,open_talk,contact_skills,watch_sites,other"
        await s.does(s.sara, "finish_analysis", {"prevention": chosen, "measures": "Ny telefonliste"})
        case = await s.case()
        texts = (await s.app.office.caseworker.open(case.id)).texts
        decided = [texts[measure] for measure in case.analysis.measures]
        assert decided == [*SUGGESTED, "Holde øje med relevante sider", "Ny telefonliste"]

        await s.passes(days=29)
        for measure in case.analysis.measures:
            await s.passes(days=1)
            await s.does(s.sara, "answer_follow_up", answer="under_way", measure=measure)
        for _ in range(100):
            await s.passes(days=1)
        assert "Værn spørger hver 30. dag" in said(s.sara)
        last = case.analysis.measures[-1]
        await s.does(s.sara, "answer_follow_up", {"reason": "Den findes allerede."}, answer="dropped", measure=last)
        assert "0 af 5 er gjort, 1 er droppet" in said(s.group) and "Ny telefonliste" not in said(s.group)


@pytest.mark.duty("H10")
async def test_a_proposal_to_change_the_emergency_plan_is_kept_followed_up_and_read_by_the_leader():
    async with story() as s:
        await s.connect_group()
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.until(SUNDAY + timedelta(days=15))
        await s.does(s.group, "take_analysis", by="sara")
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
