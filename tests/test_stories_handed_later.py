"""What was agreed for a day, for whoever has the case after it."""

from casework.commands import MoveCase
from casework.vocabulary import VAERN
from tests.story import local, story
from tests.test_stories_closing import police_settled
from tests.test_stories_of_promises import heads


async def test_whoever_gets_the_case_after_the_day_of_a_follow_up_hears_when_it_was_and_not_that_it_is_today():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await police_settled(s)
        risk = {"again": "Nye opslag", "agreed": "To til mødet", "follow_up_by": "Karin Holm"}
        await s.step(s.jonas, "risk_assessment", "assess_risk", {**risk, "follow_up_on": "2026-12-03"})
        await s.until(local(2026, 12, 3, 12))
        assert "Det er den dag, I aftalte" in heads(s.jonas, 0)
        await s.until(local(2026, 12, 20, 12))
        moved = MoveCase(case=(await s.case()).id, by=VAERN, former=s.id("jonas"), to=s.id("karin"))
        await s.app.office.caseworker.carry_out(moved)
        await s.settled()
        await s.opened(s.karin)
        await s.until(local(2026, 12, 21, 9, 19))
        assert "var sat til" not in heads(s.karin, 0)
        await s.until(local(2026, 12, 22, 12))

        told = heads(s.karin, 0).replace("\N{NO-BREAK SPACE}", " ")
        assert told.count("Opfølgningen på risikovurderingen var sat til torsdag d. 3. december.") == 1
        assert "Det er den dag" not in told
