"""Evidence: kept as it came, spoken of by number, shown only on request, and the affected person sees who looked."""

import pytest

from casework import commands as c
from casework import events as e
from casework.evidence import ACCOUNT, LARGEST_CASE, MOST_ITEMS, giver_of
from casework.vocabulary import ItemId, OriginatorKind, Shows
from tests.cases import JONAS, METTE, TALK, Working, draft, from_a_colleague, of_several, opened, pasted, picture, said
from tests.scenes import LISE, PETER, TOM


def given(case: Working, by=METTE) -> ItemId:
    one = picture()
    case.does(by, c.ReceiveEvidence, **one)
    return one["item"]


def test_evidence_is_numbered_in_the_order_it_came():
    case = draft()
    first, second = given(case), given(case)

    assert [(item.id, item.number) for item in case.case.evidence] == [(first, 1), (second, 2)]


def test_the_same_file_delivered_twice_is_one():
    case, one = draft(), picture()
    case.does(METTE, c.ReceiveEvidence, **one)

    assert case.does(METTE, c.ReceiveEvidence, **one) == ()


def test_more_than_a_case_can_hold_is_refused_and_what_is_there_stays():
    case = draft()
    given(case)

    assert case.refuses(METTE, c.ReceiveEvidence, **picture(LARGEST_CASE)) == "case_too_large"
    assert len(case.case.items) == 1


def test_so_is_more_than_anybody_looks_through():
    case = draft()
    for _ in range(MOST_ITEMS):
        given(case)

    assert case.refuses(METTE, c.ReceiveEvidence, **picture()) == "case_too_large"


def test_later_evidence_reaches_the_leader():
    case = opened()
    given(case)

    assert any(notice.to == JONAS and notice.fresh for notice in case.told)


def test_what_a_piece_shows_is_said_by_whoever_gave_it_and_by_nobody_else():
    case = from_a_colleague(METTE, by=LISE).done(TALK)
    item = given(case, by=LISE)

    assert case.refuses(METTE, c.DescribeEvidence, item=item, shows=(Shows.TIME,)) == "not_yours"
    assert case.does(LISE, c.DescribeEvidence, item=item, shows=(Shows.TIME,))
    assert case.does(LISE, c.DescribeEvidence, item=item, shows=(Shows.TIME,)) == ()


def test_a_pasted_link_is_one_without_anybody_saying_so():
    case, link, words = draft(), said("Se her: https://example.org/opslag/1"), said("Han skrev det i gruppen")
    for text in (link, words):
        case.does(METTE, c.ReceiveEvidence, **pasted(text))

    assert [item.shows for item in case.case.evidence] == [(Shows.LINK,), ()]


# -- who opens what --------------------------------------------------------------------------------------------


def test_the_leader_opening_a_picture_is_a_fact():
    case = opened()
    case.does(JONAS, c.OpenItem, item=given(case))

    assert [type(event) for event in case.events] == [e.ItemOpened]
    assert METTE in case.reached()


@pytest.mark.parametrize("person", [JONAS, METTE])
def test_what_was_told_in_own_words_is_opened_as_one(person):
    case = opened()
    case.does(METTE, c.GiveAccount, account=said("mere"))

    assert bool(case.does(person, c.OpenItem, item=ACCOUNT)) is (person == JONAS)


def test_looking_at_ones_own_is_nobodys_business():
    case = opened()

    assert case.does(METTE, c.OpenItem, item=given(case)) == ()


def test_the_author_looks_at_their_own_in_a_draft():
    case = draft()

    assert case.does(METTE, c.OpenItem, item=given(case)) == ()


def test_the_leader_can_look_up_who_is_said_to_be_behind_it():
    case, links = draft(), said("https://example.dk/opslag")
    case.does(METTE, c.TellOriginator, kind=OriginatorKind.UNKNOWN, links=links)
    case.does(METTE, c.ChooseRecipient, recipient=JONAS)
    case.does(METTE, c.SendReport)

    assert giver_of(case.case, links.item) == METTE
    assert case.does(JONAS, c.OpenItem, item=links.item)


def test_the_one_affected_person_sees_what_a_colleague_gave_about_them():
    case = from_a_colleague(METTE, by=LISE).done(TALK)

    assert case.does(METTE, c.OpenItem, item=given(case, by=LISE)) == ()


def test_with_several_affected_nobody_opens_what_another_gave():
    case = of_several(PETER)
    item = given(case)

    assert case.refuses(PETER, c.OpenItem, item=item) == "not_yours"
    assert case.refuses(PETER, c.OpenItem, item=ACCOUNT) == "not_yours"


def test_a_reporter_opens_only_what_they_gave():
    case = from_a_colleague(METTE, by=LISE).done(TALK)

    assert case.refuses(LISE, c.OpenItem, item=given(case)) == "not_yours"


@pytest.mark.parametrize("item", [ItemId("none"), ACCOUNT])
def test_a_stranger_opens_nothing(item):
    assert opened().refuses(TOM, c.OpenItem, item=item) == "not_yours"


def test_a_piece_that_does_not_exist_is_as_good_as_somebody_elses():
    assert opened().refuses(JONAS, c.OpenItem, item=ItemId("none")) == "not_yours"


def test_legal_staff_who_told_it_themselves_leave_a_trace_where_another_s_words_are_shown():
    case = from_a_colleague(METTE, by=LISE).done(TALK)
    case.legal = frozenset({LISE})
    own = given(case, by=LISE)
    case.does(METTE, c.GiveAccount, account=said())

    assert case.does(LISE, c.OpenItem, item=own, all_of_it=True) == ()
    assert [type(one) for one in case.does(LISE, c.OpenItem, item=ACCOUNT, all_of_it=True)] == [e.ItemOpened]
    assert case.refuses(LISE, c.OpenItem, item=ACCOUNT) == "not_yours"  # nobody of them is shown less than is noted
