"""A colleague documents instead: they see what they add themselves and what was written to them, and nothing else."""

import re

import pytest

from cards.show import as_text
from casework import commands as c
from casework import vocabulary as v
from casework.access import people_of, roles_of
from casework.parts import Part
from casework.projections import (
    case_line,
    case_view,
    coach_view,
    custody_view,
    documenter_lines,
    documenter_view,
    own_lines,
)
from casework.state.documenting import Documents
from casework.vocabulary import Role
from tests.cases import JONAS, METTE, Working, from_a_colleague, of_several, opened, picture, said
from tests.crafted import Crafted, press
from tests.scenes import ALI, LISE, NADIA, PETER, TOM
from tests.story import said as words_in
from tests.story import story
from tests.test_stories import PICTURE
from tests.test_stories_packages import with_evidence


def asked(case: Working | None = None, person=TOM) -> Working:
    case = case or opened()
    case.does(METTE, c.AskDocumenter, person=person, words=said("Opslaget i gruppen."))
    return case


def gives(case: Working, by=TOM) -> v.ItemId:
    one = picture()
    case.does(by, c.ReceiveEvidence, **one)
    return one["item"]


def test_the_colleague_is_told_and_sees_who_asked_and_what_was_written_to_them():
    case = asked()
    view = documenter_view(case.case, TOM, case.texts)

    assert case.reached() >= {TOM, METTE}
    assert (view.asked_by, view.words, view.evidence) == (METTE, "Opslaget i gruppen.", ())
    assert roles_of(case.case, TOM) == {Role.DOCUMENTER} and TOM in people_of(case.case)


def test_what_comes_in_is_seen_by_whoever_asked_and_by_the_leader():
    case = asked()
    item = gives(case)

    assert {METTE, JONAS} <= {notice.to for notice in case.told if notice.fresh}
    assert [line.item for line in own_lines(case.case, METTE, case.texts)] == [item]
    assert case.does(METTE, c.OpenItem, item=item) == ()
    assert documenter_lines(case.case, METTE)[0].pieces == 1


def test_with_several_affected_only_whoever_asked_sees_what_the_colleague_gave():
    case = of_several(PETER).done("talk")
    item = gives(asked(case))

    assert case.does(METTE, c.OpenItem, item=item) == ()
    assert case.refuses(PETER, c.OpenItem, item=item) == "not_yours"
    assert documenter_lines(case.case, PETER) == ()


def test_the_colleague_opens_their_own_and_nothing_else():
    case = asked()
    mine, other = gives(case), gives(case, by=METTE)

    assert case.does(TOM, c.OpenItem, item=mine) == ()
    assert case.refuses(TOM, c.OpenItem, item=other) == "not_yours"
    for what in (c.GiveAccount, c.WriteInCase):
        field = "account" if what is c.GiveAccount else "words"
        assert case.refuses(TOM, what, **{field: said()}) == "not_yours"


def test_what_the_coach_tells_the_colleague_follows_from_their_own_pieces_alone():
    case = opened()
    case.does(METTE, c.DescribeEvidence, item=gives(case, by=METTE), shows=tuple(v.Shows)[:4])
    view = coach_view(asked(case).case, TOM, case.texts)

    assert [one.began_at for one in view.episodes] == [None]
    assert view.have == 0 and Part.ORIGINAL not in [line.part for line in view.episodes[0].parts]
    assert case_line(case.case, TOM, case.now).deadline is None


@pytest.mark.parametrize("person", [JONAS, METTE, PETER])
def test_who_cannot_be_asked_is_told_in_the_same_words_whatever_the_reason(person):
    case = of_several(PETER)

    assert case.refuses(METTE, c.AskDocumenter, person=person) == "cannot_be_chosen"


def test_two_people_do_not_ask_the_same_colleague_so_neither_learns_of_the_other():
    case = asked(of_several(PETER).done("talk"))

    assert case.refuses(PETER, c.AskDocumenter, person=TOM) == "cannot_be_chosen"


@pytest.mark.parametrize("ending", ["declined", "ended", "affected"])
def test_when_it_is_over_the_colleague_finds_no_case_and_what_was_given_stays(ending):
    case = asked()
    item = gives(case)
    if ending == "declined":
        case.does(TOM, c.DeclineDocumenting)
    elif ending == "ended":
        case.does(METTE, c.EndDocumenting, person=TOM)
    else:
        case.does(JONAS, c.NameAffected, people=(TOM,))

    assert roles_of(case.case, TOM) == frozenset() and TOM not in people_of(case.case)
    assert case_view(case.case, TOM, case.texts, case.now) is None
    assert case.refuses(TOM, c.ReceiveEvidence, **picture()) == "not_yours"
    assert item in case.case.items


def test_asked_twice_is_asked_once_and_a_no_can_be_asked_again():
    case = asked()
    assert case.does(METTE, c.AskDocumenter, person=TOM) == ()
    case.does(TOM, c.DeclineDocumenting)

    assert case.does(METTE, c.AskDocumenter, person=TOM)
    assert case.case.documenting.people[TOM].state is Documents.ASKED


def test_only_somebody_it_happened_to_asks_and_only_they_end_it():
    case = from_a_colleague(METTE, by=LISE).done("talk")
    assert case.refuses(LISE, c.AskDocumenter, person=TOM) == "not_yours"
    asked(case)

    assert case.refuses(JONAS, c.EndDocumenting, person=TOM) == "not_yours"
    assert case.refuses(METTE, c.EndDocumenting, person=ALI) == "not_yours"
    assert documenter_view(case.case, NADIA, case.texts) is None


@pytest.mark.duty("H12")
async def test_tom_secures_it_for_mette_and_learns_nothing_of_the_case():
    async with story() as s:
        await s.report(s.mette, account="zzegneordzz", identifier="zzprofilzz")
        await s.mette.say("vis hvordan på iphone")
        assert "En kollega kan gøre det for dig" in words_in(s.mette)
        await s.mette.say("bed Tom Riis gemme beviser")
        await s.does(s.mette, "ask_documenter", {"words": "Opslaget i gruppen."})
        assert "Mette har bedt dig om hjælp" in words_in(s.tom)
        await s.does(s.tom, "add_evidence")
        await s.tom.upload("opslag.png", PICTURE, "image/png")
        await s.tom.say("stop")
        await s.settled()

        case = await s.case()
        assert [item.given_by for item in case.evidence] == [s.id("tom")]
        assert "Tom Riis" in words_in(s.mette) and "og har sendt 1" in words_in(s.mette)
        for hidden in ("zzegneordzz", "zzprofilzz", "21. november", "Jonas", "Facebook"):
            assert hidden not in words_in(s.tom)
        await s.tom.say("mine sager")
        assert "Du gemmer beviser for en kollega" in words_in(s.tom)


async def test_the_colleagues_pieces_are_numbered_by_their_own_so_that_nobody_counts_the_others_by_them():
    async with story() as s:
        await with_evidence(s)
        await press(s.mette, Crafted("ask_documenter", {}, {"documenter": s.id("tom")}), (await s.case()).id)
        await s.settled()
        await s.does(s.tom, "add_evidence")
        for name in ("opslag.png", "svar.png"):
            await s.tom.upload(name, PICTURE, "image/png")
        await s.tom.say("Kommentaren ligger her: https://example.org/1")
        await s.settled()
        last = (await s.case()).evidence[-1].id
        await press(s.tom, Crafted("open_item", {"item": last}), (await s.case()).id)
        assert "Bevis 3" in words_in(s.tom) and not re.search(r"(?i)(bevis|nr\.) ?[456]", words_in(s.tom))
        await s.tom.say("træk bevis 3 tilbage")
        await s.settled()

        assert [*(await s.case()).custody.withdrawn] == [last]
        opened = await s.app.office.caseworker.open((await s.case()).id)
        assert [line.number for line in own_lines(opened.case, s.id("mette"), opened.texts)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("by", [METTE, TOM])
def test_what_a_colleague_gave_can_be_taken_back_when_their_help_is_over(by):
    case = of_several(PETER).done("talk")
    item, other = gives(asked(case)), gives(case, by=METTE)
    case.does(METTE, c.EndDocumenting, person=TOM)

    for who in (PETER, JONAS, LISE):
        assert case.refuses(who, c.WithdrawItem, item=item) == "not_yours"
    assert case.refuses(TOM, c.WithdrawItem, item=other) == "not_yours"
    assert case.does(by, c.WithdrawItem, item=item)
    assert item in case.case.custody.withdrawn
    assert case.does(METTE, c.WithdrawItem, item=item) == case.does(TOM, c.WithdrawItem, item=item) == ()


async def test_a_receipt_names_the_file_for_the_colleague_who_sent_it_also_when_it_is_answered():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await press(s.mette, Crafted("ask_documenter", {}, {"documenter": s.id("tom")}), (await s.case()).id)
        await s.settled()
        await s.does(s.tom, "add_evidence")
        await s.tom.upload("opslag.png", PICTURE, "image/png")
        await s.does(s.tom, "describe_evidence", {"shows": "whole_post"})

        answered = [as_text(one.card) for one in s.tom.messages if one.card and "Kan ses:" in as_text(one.card)]
        assert len(answered) == 1 and "opslag.png" in answered[0] and "Filen" not in answered[0]


async def test_whoever_asked_takes_a_colleagues_piece_back_by_its_number_too():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        case = (await s.case()).id
        await press(s.mette, Crafted("ask_documenter", {}, {"documenter": s.id("tom")}), case)
        await s.settled()
        await s.does(s.tom, "add_evidence")
        await s.tom.upload("opslag.png", PICTURE, "image/png")
        await s.tom.say("færdig")
        await s.settled()
        await press(s.mette, Crafted("end_documenting", {"person": s.id("tom")}), case)
        await s.mette.say("træk bevis 1 tilbage")
        await s.settled()

        assert (await s.case()).items == {} and len((await s.case()).custody.withdrawn) == 1


def one_after_the_other() -> tuple[Working, v.ItemId, v.ItemId]:
    """Tom documents for Mette, and when that is over for Peter."""
    case = asked(of_several(PETER).done("talk"))
    first = gives(case)
    case.does(METTE, c.EndDocumenting, person=TOM)
    case.does(PETER, c.AskDocumenter, person=TOM)
    return case, first, gives(case)


def test_what_a_colleague_gives_is_whose_it_was_given_for_when_another_asks_them_later():
    case, first, second = one_after_the_other()

    for person, own, other in ((METTE, first, second), (PETER, second, first)):
        assert [line.item for line in own_lines(case.case, person, case.texts)] == [own]
        assert [line.pieces for line in documenter_lines(case.case, person)] == [1]
        assert case.does(person, c.OpenItem, item=own) == ()
        assert case.refuses(person, c.OpenItem, item=other) == "not_yours"
        assert case.refuses(person, c.WithdrawItem, item=other) == "not_yours"
    assert case.does(METTE, c.WithdrawItem, item=first)
    assert case.refuses(PETER, c.OpenItem, item=first) == "not_yours"


def test_whoever_asked_reads_who_opened_what_the_colleague_gave_and_nobody_else_affected_does():
    case, first, second = one_after_the_other()
    for item in (first, second):
        case.does(JONAS, c.OpenItem, item=item)
    opened = {person: custody_view(case.case, person, case.texts, page=1) for person in (METTE, PETER)}

    assert [line.number for line in opened[METTE].lines if line.what == "opened"] == [1]
    assert [line.number for line in opened[PETER].lines if line.what == "opened"] == [2]


def test_what_a_colleague_gives_once_it_happened_to_them_too_is_no_news_to_whoever_had_asked():
    case = asked()
    case.does(JONAS, c.NameAffected, people=(TOM,))
    case.done("talk")
    item = gives(case)

    assert case.case.items[item].given_for is None
    assert METTE not in {notice.to for notice in case.told if notice.fresh}


async def test_a_typed_name_asks_nobody_yet_but_shows_where_what_and_where_are_written():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("bed Tom Riis gemme beviser")
        await s.settled()
        message, _ = s.button(s.mette, "ask_documenter")
        fields = {one["id"]: one.get("value", "") for one in message.card["body"] if one["type"] == "Input.Text"}

        assert fields == {"documenter": "Tom Riis", "words": ""}
        assert (await s.case()).documenting.people == {} and "Mette" not in words_in(s.tom)
        await s.does(s.mette, "ask_documenter", {"words": "zzopslagetzz"})
        assert "zzopslagetzz" in words_in(s.tom)
