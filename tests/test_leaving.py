"""Somebody is not in the directory any more: nobody waits for them in vain."""

from dataclasses import replace

import pytest

from casework import commands as c
from casework import vocabulary as v
from casework.leaving import given_back, unanswerable, waited_for
from casework.vocabulary import VAERN, HandedOn
from tests.cases import ANALYSIS, COLLEAGUES, SAFETYNET, of_several, opened
from tests.scenes import ALI, BIRGIT, JONAS, KARIN, METTE, NADIA, SARA
from tests.story import Story, said, story


def leaves(case, person) -> tuple:
    return case.does(VAERN, c.NoteLeft, person=person)


def test_a_step_of_somebody_who_has_left_is_the_leaders_again_and_the_leader_is_told():
    case = opened().handed_over()
    (gone,) = leaves(case, ALI)
    assert gone.steps == (SAFETYNET,) and case.case.step(SAFETYNET).owner is None
    assert JONAS in {notice.to for notice in case.told if notice.fresh} and given_back(case.case) == (SAFETYNET,)
    case.done(SAFETYNET)
    assert given_back(case.case) == ()


def test_an_offer_to_somebody_who_has_left_is_taken_back():
    case = opened()
    case.does(JONAS, c.OfferStep, step=SAFETYNET, to=ALI)
    leaves(case, ALI)
    assert case.case.step(SAFETYNET).offered_to is None and ALI not in waited_for(case.case)


def test_the_analysis_can_be_taken_by_another():
    case = opened()
    case.does(SARA, c.TakeAnalysis)
    leaves(case, SARA)
    assert case.case.analysis_by is None and given_back(case.case) == (ANALYSIS,)


def test_a_question_that_nobody_will_answer_is_the_leaders_to_know_until_something_is_heard():
    case = of_several(NADIA).asked(COLLEAGUES)
    leaves(case, NADIA)
    assert unanswerable(case.case) == 1 and leaves(case, NADIA) == ()
    case.answers(NADIA, v.Answer.NO, COLLEAGUES)
    assert unanswerable(case.case) == 0


@pytest.mark.parametrize("person", [METTE, KARIN, JONAS])
def test_whoever_told_it_or_has_nothing_of_it_or_the_case_itself_is_not_noted(person):
    assert leaves(opened().asked(COLLEAGUES), person) == ()


def test_a_case_whose_recipient_has_left_goes_on_and_they_read_nothing_of_it():
    case = opened()
    case.does(JONAS, c.MarkSeen)
    case.does(VAERN, c.HandOn, former=JONAS, chain=(KARIN, BIRGIT), reason=HandedOn.LEFT)
    assert case.case.recipient == KARIN and METTE in case.reached()
    assert case.refuses(JONAS, c.OpenCase) == "not_yours"


async def gone(s: Story, *names: str) -> None:
    ids = {s.id(name) for name in names}
    people = tuple(person for person in s.settings.organisation.people if person.id not in ids)
    s.settings = replace(s.settings, organisation=replace(s.settings.organisation, people=people))
    await s.restart()


async def test_the_case_of_a_leader_who_has_left_goes_to_the_stand_in_when_it_next_wants_anything():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await gone(s, "jonas")
        await s.passes(days=1, hours=4)

        assert (await s.case()).recipient == s.id("karin") and s.has(s.karin, "open_case")
        assert "er her ikke længere. Karin Holm har den fra" in said(s.mette)
        await s.does(s.karin, "open_case")
        assert "fordi den, der havde den, ikke er her længere" in said(s.karin)


async def test_the_step_of_a_companion_who_has_left_comes_back_to_the_leader():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.jonas.say("giv 4 til Ali Demir")
        await s.settled()
        await s.does(s.ali, "accept_step", step="safetynet")
        await gone(s, "ali")
        await s.passes(days=2)

        assert (await s.case()).step("safetynet").owner is None
        assert "er dit igen. Den, der havde trinnet, er her ikke længere." in said(s.jonas)
