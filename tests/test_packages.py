"""Who may put together what, what goes in, and that it was made: the core of it, without files."""

from dataclasses import replace

import pytest

from bot.packages.contents import PART, Original, in_parts, originals
from bot.packages.showing import numbers_in
from cards.packages import package_card
from casework import commands as c
from casework import vocabulary as v
from casework.access import roles_of
from casework.packages import RECIPES, fitting, packages_of, unfitting, ways_to_files
from casework.projections.documentation import documentation
from casework.projections.packages import for_recipient, package_view, pasted_view
from casework.texts import read_catalogue
from casework.vocabulary import ItemKind, Package, PersonId, Refused
from tests.cases import SAFETYNET, Working, draft, from_a_colleague, picture, said
from tests.scenes import ALI, JONAS, KARIN, METTE, NORD, PETER, SARA, TOM, scene
from tests.scenes_packages import before
from tests.scenes_pieces import evidence
from tests.test_documentation import HIS_WORDS, REASON, THREAT, sent

LEADERS = {package for package in Package if package is not Package.OWN_COPY}
METTES = {Package.POLICE, Package.DATATILSYNET, Package.PLATFORM, Package.OWN_COPY}


def case() -> Working:
    found = sent()
    found.does(METTE, c.ReceiveEvidence, **picture())
    found.does(METTE, c.ReceiveEvidence, **picture(kind="audio/mpeg"))
    return found


def of(made: Working, person: PersonId, groups=frozenset()) -> set[Package]:
    return set(packages_of(made.case, person, roles_of(made.case, person, groups)))


def numbers(items) -> list[int]:
    return [item.number for item in items]


def test_who_may_put_together_what():
    made = case()

    assert of(made, JONAS) == LEADERS and of(made, METTE) == METTES
    assert [of(made, person) for person in (KARIN, TOM, ALI, PETER)] == [set()] * 4


def way(made: Working, person: PersonId) -> str:
    return ways_to_files(made.case, person, roles_of(made.case, person, legal=made.legal))


def test_where_a_file_that_cannot_be_shown_is_had_is_said_to_those_who_may_have_it_and_to_nobody_else():
    made, by_another = case(), from_a_colleague(METTE, by=PETER)
    made.legal = frozenset({KARIN})
    assert [way(made, one) for one in (JONAS, METTE, KARIN, TOM)] == ["paper", "paper", "", ""]
    made.does(KARIN, c.ConsultCase)

    assert way(made, KARIN) == "packages", "The PDF alone is the leader's and Mette's."
    assert way(draft(), METTE) == way(by_another, PETER) == "", "There is nothing to press yet, or for a reporter."


def test_whoever_has_taken_the_safetynet_step_may_fetch_its_words_and_nothing_else():
    made = case()
    assert of(made, SARA, frozenset({NORD})) == set(), "Being of the group is not enough."
    made.does(SARA, c.TakeStep, step=SAFETYNET)

    assert of(made, SARA, frozenset({NORD})) == {Package.SAFETYNET}
    assert made.does(SARA, c.MakePackage, package=Package.SAFETYNET)
    assert made.refuses(SARA, c.MakePackage, package=Package.POLICE) == "not_yours"


@pytest.mark.parametrize("package", Package)
def test_what_is_not_theirs_to_make_is_refused_as_if_there_were_no_case(package):
    made = case()

    for person, may in ((JONAS, LEADERS), (METTE, METTES), (TOM, set())):
        if package not in may:
            assert made.refuses(person, c.MakePackage, package=package) == "not_yours"


def test_datatilsynet_takes_pictures_and_pdf_and_words_stand_in_the_pdf():
    made = case()
    roles = roles_of(made.case, JONAS)

    assert numbers(fitting(made.case, JONAS, roles, Package.DATATILSYNET)) == [1, 2]
    assert numbers(unfitting(made.case, JONAS, roles, Package.DATATILSYNET)) == [3]
    assert numbers(fitting(made.case, JONAS, roles, Package.POLICE)) == [1, 2, 3]
    assert fitting(made.case, JONAS, roles, Package.SAFETYNET) == ()


def test_with_several_affected_nobody_packs_what_another_gave():
    made = sent(whom=v.Whom.SEVERAL, affected=(PETER,))
    made.does(PETER, c.GiveAccount, account=said(HIS_WORDS))
    made.does(PETER, c.ReceiveEvidence, **picture())

    for reader, other in ((METTE, HIS_WORDS), (PETER, THREAT)):
        roles = roles_of(made.case, reader)
        assert {item.given_by for item in fitting(made.case, reader, roles, Package.POLICE)} == {reader}
        pasted = pasted_view(made.case, reader, roles, Package.PLATFORM, made.texts, made.now)
        assert pasted.affected == (reader,) and other not in pasted.account
    assert not pasted_view(made.case, PETER, roles, Package.PLATFORM, made.texts, made.now).identifier


def test_the_police_read_neither_plan_nor_reasons_and_the_legal_staff_read_both():
    made = case()
    paper = documentation(made.case, JONAS, made.texts, made.now)
    every = tuple(piece.item for piece in paper.evidence)
    police, legal = (for_recipient(paper, package, every, ()) for package in (Package.POLICE, Package.LEGAL_STAFF))

    assert police.steps == () and not any(one.details for one in police.outcomes)
    assert any(step.reason == REASON for step in legal.steps)


def test_what_stays_out_is_not_on_the_pages_and_neither_is_what_happened_to_it():
    made = case()
    paper = documentation(made.case, JONAS, made.texts, made.now)
    kept = for_recipient(paper, Package.POLICE, (paper.evidence[0].item,), (2, 3))

    assert [piece.number for piece in kept.evidence] == [1] and kept.left_out == (2, 3)
    assert {line.number for line in kept.custody} <= {None, 1}


def test_without_a_yes_to_a_report_the_leader_is_told_before_the_police_get_anything():
    made = case()
    view = package_view(made.case, JONAS, roles_of(made.case, JONAS), Package.POLICE, made.texts)

    assert (view.unaccepted, view.unasked) == ((), (METTE,)), "Nobody has asked: that is not a no."
    assert "ikke spurgt endnu" in str(package_card(view, scene("da")))


def test_legal_staff_are_not_told_to_give_it_to_legal_staff():
    view = before(Package.LEGAL_STAFF)

    assert "Giv filen til juridisk" in str(package_card(view, scene("da")))
    assert "Giv filen til juridisk" not in str(package_card(replace(view, legal=True), scene("da")))


def test_where_the_case_is_about_nobody_in_particular_nobody_is_said_to_read_that_it_was_made():
    view = before(Package.POLICE)

    assert "Det bliver skrevet i sagen, og Mette kan se det." in str(package_card(view, scene("da")))
    nobody = str(package_card(replace(view, affected=()), scene("da")))
    assert "Det bliver skrevet i sagen." in nobody and "kan se det" not in nobody


def test_words_to_paste_are_shown_and_files_are_made():
    cards = {package: str(package_card(before(package), scene("da"))) for package in Package}

    pasted = {package for package, card in cards.items() if "Vis teksten" in card}
    assert pasted == {Package.SAFETYNET, Package.PLATFORM}
    assert all(("Lav pakken" in card) != ("Vis teksten" in card) for card in cards.values())


def test_the_card_counts_the_files_that_lie_in_the_folder_and_says_where_the_words_are():
    text = str(package_card(before(Package.DATATILSYNET, pieces=(evidence(1), evidence(2, "text/plain"))), scene("da")))

    assert "1 bevis, som det blev modtaget" in text and "1 bevis er tekst. Det står i PDF'en." in text


def test_the_letter_of_the_workplace_holds_no_name_back_that_the_pages_give():
    assert "oplyser vi gerne" not in read_catalogue("da")["letters.datatilsynet.body"]


def test_a_link_that_was_given_as_evidence_is_among_the_links_for_the_platform():
    made = case()
    link = said("Se https://x.dk/opslag/2, det er der endnu.")
    made.does(METTE, c.ReceiveEvidence, item=link.item, kind=ItemKind.TEXT, media_type="text/plain", size=9,
              sha256="ab" * 32, text=link)  # fmt: skip
    view = pasted_view(made.case, JONAS, roles_of(made.case, JONAS), Package.PLATFORM, made.texts, made.now)

    assert view.links.splitlines()[-1] == "https://x.dk/opslag/2"


def test_the_same_within_the_minute_is_made_once_and_another_choice_is_another():
    made = case()
    order = {"package": Package.POLICE, "items": (made.case.evidence[0].id,)}

    assert made.does(JONAS, c.MakePackage, **order) and not made.does(JONAS, c.MakePackage, **order)
    assert made.does(JONAS, c.MakePackage, package=Package.POLICE, left_out=order["items"])
    assert made.passes(minutes=2).does(JONAS, c.MakePackage, **order)


def test_that_it_was_made_stands_in_the_chain_of_custody_of_everybody_it_is_about():
    made = case()
    made.does(JONAS, c.MakePackage, package=Package.POLICE)

    for reader in (JONAS, METTE):
        custody = documentation(made.case, reader, made.texts, made.now).custody
        assert ("package_police", JONAS) in [(line.did, line.by) for line in custody]


@pytest.mark.parametrize(
    ("said_", "found"),
    [
        ("", set()),
        ("3", {3}),
        ("3, 5-7", {3, 5, 6, 7}),
        ("1;2 4", {1, 2, 4}),
        ("5 – 6", {5, 6}),
        ("9-8", {8, 9}),
        ("3-1", {1, 2, 3}),
    ],
)
def test_numbers_are_read_as_people_write_them(said_, found):
    assert numbers_in(said_) == found


@pytest.mark.parametrize("said_", ["alle", "3 og 4", "3-", "1234", "-2"])
def test_what_should_stay_out_and_cannot_be_read_stops_the_making(said_):
    with pytest.raises(Refused, match="numbers_unreadable"):
        numbers_in(said_)


# -- parts -----------------------------------------------------------------------------------------------------------


def pieces(*sizes: int) -> tuple[Original, ...]:
    made = case()
    made.passes(minutes=1)
    piece = documentation(made.case, JONAS, made.texts, made.now).evidence[1]
    every = [replace(piece, number=number, size=size) for number, size in enumerate(sizes, 1)]
    return originals(RECIPES[Package.POLICE], every)


def test_what_fits_into_one_file_is_one_file():
    parts, too_large = in_parts(1_000_000, pieces(1_000, 2_000))

    assert [[one.piece.number for one in part] for part in parts] == [[1, 2]] and too_large == ()


def test_more_than_fits_is_more_parts_and_what_fits_into_none_is_named():
    half = PART // 2
    parts, too_large = in_parts(4_000_000, pieces(half, half, 10, PART + 1, half))

    assert [[one.piece.number for one in part] for part in parts] == [[1], [2, 3], [5]]
    assert [one.piece.number for one in too_large] == [4]
    for part in parts:
        assert sum(one.piece.size for one in part) <= PART


def test_a_package_without_originals_has_one_part():
    assert in_parts(1_000, ()) == (((),), ())
