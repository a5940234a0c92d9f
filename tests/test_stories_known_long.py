"""The citizen known from before, over the whole way of a case: recognised, told to those it concerns, and closed."""

import pytest

from casework.vocabulary import Stage
from tests.story import said, story
from tests.test_stories_closing import asked, ended, workplace_is_done
from tests.test_stories_known_conduct import PROFILE, SAME, TO_METTE, TO_THE_LEADER, on


@pytest.mark.duty("I3")
async def test_the_citizen_known_from_before_is_recognised_nobody_reads_another_case_and_the_third_goes_to_its_end(
    tmp_path,
):
    async with story(**on(tmp_path)) as s:
        await s.report(s.peter, **PROFILE, account="Han skrev om Peters have.")
        await s.passes(days=3)
        await s.report(s.lise, **SAME, account="Han skrev om Lises stemme.")
        await s.passes(days=4)
        await s.report(s.mette, **SAME)
        await s.opened(s.jonas)
        assert TO_THE_LEADER in said(s.jonas) and TO_METTE in said(s.mette)

        await s.step(s.jonas, "talk")
        await workplace_is_done(s)
        await asked(s)
        assert "Mangler der noget?" in said(s.mette)
        await s.does(s.mette, "answer_closing", answer="nothing")
        await ended(s)

        mine = await s.case()
        assert mine.stage is Stage.CLOSED
        for name, words in (("peter", "Peter"), ("lise", "Lise")):
            (other,) = await s.cases(name)
            assert other.stage is Stage.OPEN
            assert words not in said(s.mette) and other.id not in said(s.mette)
            assert mine.id not in said(getattr(s, name)) and "Mette" not in said(getattr(s, name))
        assert "Peters have" not in said(s.lise) + said(s.mette) and "Lises stemme" not in said(s.peter) + said(s.mette)
        assert TO_METTE not in said(s.peter) and TO_METTE not in said(s.lise)
        assert len(await s.cases("mette")) == 1
