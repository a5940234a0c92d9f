"""Whom a fact must reach: each card once, anew only where somebody must act, and never anyone it must not reach."""

import pytest

from casework import commands as c
from casework import events as e
from casework.evolving import evolve
from casework.notices import Notice, notices
from casework.plan import steps_about
from casework.vocabulary import VAERN, Answer, ConsentKind, StepId
from tests.cases import (
    ANALYSIS,
    HAPPENED,
    JONAS,
    KARIN,
    METTE,
    POLICE,
    SAFETYNET,
    SARA,
    TALK,
    Working,
    draft,
    from_a_colleague,
    of_several,
    opened,
    picture,
    said,
)
from tests.scenes import ALI, LISE, NADIA, PETER


def fresh(case: Working) -> set[tuple]:
    return {(notice.to, notice.kind) for notice in case.told if notice.fresh}


def silent(case: Working) -> set[tuple]:
    return {(notice.to, notice.kind) for notice in case.told if not notice.fresh}


def test_everybody_has_one_card_of_the_case_and_it_follows_along_silently():
    case = opened()
    case.does(JONAS, c.NoteStep, step=StepId("help"), note=said())

    assert silent(case) == {(METTE, "case"), (JONAS, "case"), (None, "group")}
    assert fresh(case) == set()


def test_nothing_that_happens_in_a_draft_reaches_anybody():
    case = draft()
    case.does(METTE, c.ReceiveEvidence, **picture())

    assert case.told == ()


def test_no_card_is_sent_twice_for_one_thing_that_was_done():
    case = from_a_colleague(METTE, by=LISE).asked()
    case.done(TALK)
    cards = [(notice.to, notice.kind, notice.about) for notice in case.told]

    assert len(cards) == len(set(cards))


def test_the_order_of_notices_is_always_the_same():
    people = (PETER, LISE, ALI)

    assert of_several(*people).told == of_several(*people).told


def test_a_document_is_numbered_and_holds_no_words():
    notice = Notice(JONAS, "case", fresh=True)

    assert notice.document("7-0") == {
        "id": "7-0",
        "to": JONAS,
        "kind": "case",
        "about": "",
        "fresh": True,
        "legal": False,
        "own": False,
        "awaited": False,
        "only_known": False,
    }


def test_an_excluded_person_is_reached_by_nothing_whatever_the_facts_say():
    case = opened(originator=NADIA).case
    offered = e.StepOffered(by=JONAS, at=case.sent_at, step=SAFETYNET, to=NADIA)
    reminded = e.Reminded(by=VAERN, at=case.sent_at, to=NADIA, reminder="police_2:first")
    after = evolve(evolve(case, offered), reminded)

    assert NADIA not in {notice.to for notice in notices(case, after, (offered, reminded))}


def test_whoever_is_affected_and_not_told_is_reached_by_nothing():
    case = from_a_colleague(METTE, by=LISE).case
    asked = e.ConsentAsked(by=JONAS, at=case.sent_at, kind=POLICE, person=METTE, episode=HAPPENED)
    reminded = e.Reminded(by=VAERN, at=case.sent_at, to=METTE, reminder="police_2:first")
    after = evolve(evolve(case, asked), reminded)

    assert METTE not in {notice.to for notice in notices(case, after, (asked, reminded))}


def test_a_group_that_is_not_told_gets_nothing():
    case = opened(recipient=KARIN)
    case.does(KARIN, c.CompleteStep, step=SAFETYNET)

    assert None not in case.reached()


def test_whoever_is_asked_to_take_a_step_gets_its_card_and_not_the_case():
    case = opened()
    case.does(JONAS, c.OfferStep, step=SAFETYNET, to=ALI)

    assert {notice.kind for notice in case.told if notice.to == ALI} == {"step"}


def test_a_question_comes_as_a_card_of_its_own_per_episode():
    case = opened().asked()

    assert [notice.about for notice in case.told if notice.kind == "question"] == [f"police|{HAPPENED}"]


def test_the_leader_hears_at_once_what_the_affected_person_answers():
    case = opened().asked()
    case.answers(METTE, Answer.NO)

    assert fresh(case) == {(JONAS, "case")}
    assert (METTE, "question") in silent(case)


def test_reminders_of_the_72_hours_are_legal_and_others_are_not():
    case = opened().passes(hours=30)
    case.does(VAERN, c.Remind)
    assert [notice.legal for notice in case.told if notice.kind == "reminder"] == [True]

    case.passes(days=3).does(VAERN, c.Remind)
    to_the_group = {(notice.to, notice.fresh, notice.legal) for notice in case.told if notice.kind == "group"}
    assert to_the_group == {(None, True, False)}


def test_the_group_is_invited_to_the_analysis_until_one_of_them_has_it():
    case = opened().done(SAFETYNET)
    case.passes(days=15).does(VAERN, c.Remind)
    assert (None, "group") in fresh(case)
    assert (None, "analysis") not in fresh(case)

    case.does(SARA, c.TakeAnalysis)
    assert fresh(case) == {(SARA, "analysis")}


def test_a_step_that_is_given_back_reaches_the_leader_and_whoever_had_it():
    case = opened().handed_over(SAFETYNET, to=ALI)
    case.does(ALI, c.DeclineStep, step=SAFETYNET)

    assert (JONAS, "case") in fresh(case)
    assert (ALI, "step") in silent(case)
    assert ANALYSIS not in case.case.steps


def test_a_card_that_is_only_changed_where_it_stands_gives_way_to_one_that_is_sent():
    case = opened().asked()
    case.answers(METTE, Answer.YES)
    steps = {notice.about: notice for notice in case.told if notice.kind == "step"}

    assert set(steps) == {"police_consent"} and all(one.only_known for one in steps.values())
    assert all(notice.to == JONAS and not notice.fresh for notice in steps.values())


@pytest.mark.parametrize("kind", ConsentKind)
def test_the_steps_an_accept_is_about_are_those_that_ask_for_it_and_those_that_wait_for_the_answer(kind):
    about = {
        "police": ("police_consent", "police_outcome"),
        "colleagues": ("ask_colleagues", "inform_colleagues", "debriefing"),
        "partners": ("inform_colleagues",),
        "removal": ("ask_author", "ask_site", "datatilsynet", "injunction"),
    }
    assert steps_about(kind) == about[kind]
