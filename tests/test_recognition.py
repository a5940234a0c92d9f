"""Known conduct: from two earlier cases on, of nobody at the workplace, never on the strength of one's own cases."""

from casework import commands as c
from casework import vocabulary as v
from casework.identifiers import Identifier, Kind
from casework.recognition import hidden, hidden_person, identifiers_of, is_known, is_not_the_only_one
from casework.vocabulary import VAERN
from tests.cases import GROUP, JONAS, METTE, Working, draft, opened, said
from tests.scenes import LISE, NORD, PETER

NOBODY_HERE = frozenset()
PROFILE = Identifier(Kind.PROFILE, "x:per")


def noted(case: Working, *earlier: frozenset) -> tuple:
    return case.does(VAERN, c.NoteRecognised, earlier=earlier)


def test_from_two_earlier_cases_on_it_is_known_conduct():
    case = opened()
    assert noted(case, NOBODY_HERE) == ()
    assert not is_known(case.case)

    noted(case, NOBODY_HERE, NOBODY_HERE)

    assert is_known(case.case) and is_not_the_only_one(case.case, METTE)


def test_nobody_is_told_of_others_who_has_only_had_cases_of_their_own():
    case = opened()

    noted(case, frozenset({METTE}), NOBODY_HERE, frozenset({METTE}))

    assert is_known(case.case) and not is_not_the_only_one(case.case, METTE)


def test_the_same_found_again_is_nothing_new():
    case = opened()
    assert len(noted(case, NOBODY_HERE, NOBODY_HERE)) == 1
    assert noted(case, NOBODY_HERE, NOBODY_HERE) == ()


def test_whoever_is_named_later_is_told_too():
    case = opened(whom=v.Whom.WORKPLACE)
    noted(case, NOBODY_HERE, NOBODY_HERE)
    case.does(JONAS, c.NameAffected, people=(PETER,))

    noted(case, NOBODY_HERE, NOBODY_HERE)

    assert is_not_the_only_one(case.case, PETER) and not is_not_the_only_one(case.case, LISE)


def test_the_leader_and_the_affected_get_their_cards_and_nobody_is_woken_by_it():
    case = opened()
    noted(case, NOBODY_HERE, NOBODY_HERE)
    assert {METTE, JONAS} <= case.reached() and not any(notice.fresh for notice in case.told)


def test_a_draft_identifies_nobody_and_is_told_nothing():
    unsent = with_originator(links=said("x.com/per"))

    assert identifiers_of(unsent.case, unsent.texts) == frozenset()
    assert noted(unsent, NOBODY_HERE, NOBODY_HERE) == ()


def with_originator(**told: object) -> Working:
    unsent = draft()
    told = {"kind": v.OriginatorKind.IDENTIFIER_ONLY, "identifier": None, "links": None, **told}
    unsent.does(METTE, c.TellOriginator, **told)
    return unsent


def sent(unsent: Working) -> Working:
    unsent.does(METTE, c.ChooseRecipient, recipient=JONAS, ordinary=JONAS)
    unsent.does(METTE, c.SendReport, workplace=NORD, group_members=GROUP)
    return unsent


def test_what_was_sent_of_whoever_is_behind_it_identifies_them():
    case = sent(with_originator(identifier=said("Per, 32123456"), links=said("https://x.com/per")))
    assert identifiers_of(case.case, case.texts) == {PROFILE, Identifier(Kind.PHONE, "+4532123456")}


def test_what_was_taken_out_before_send_never_gets_in():
    unsent = with_originator(links=said("https://x.com/per"))
    unsent.does(METTE, c.TellOriginator, kind=v.OriginatorKind.UNKNOWN, links=said("https://x.com/en_anden"))

    case = sent(unsent)

    assert identifiers_of(case.case, case.texts) == {Identifier(Kind.PROFILE, "x:en_anden")}


def test_of_somebody_at_the_workplace_there_is_no_known_conduct():
    case = sent(with_originator(kind=v.OriginatorKind.WORKPLACE, links=said("https://x.com/per")))
    noted(case, NOBODY_HERE, NOBODY_HERE)

    assert identifiers_of(case.case, case.texts) == frozenset()
    assert not is_known(case.case) and not is_not_the_only_one(case.case, METTE)


def test_of_text_that_was_pasted_as_evidence_the_profiles_count_and_no_numbers():
    case = opened()
    text = said("x.com/per skriver: ring 32123456")
    item = {"item": text.item, "kind": v.ItemKind.TEXT, "media_type": "text/plain", "size": 9, "sha256": "ab" * 32}
    case.does(METTE, c.ReceiveEvidence, **item, text=text)

    assert PROFILE in identifiers_of(case.case, case.texts)
    assert not any(one.kind is Kind.PHONE for one in identifiers_of(case.case, case.texts))


def test_without_the_key_a_hash_tells_nothing_and_with_another_key_it_is_another():
    one, other = hidden(b"k" * 32, PROFILE), hidden(b"l" * 32, PROFILE)

    assert one == hidden(b"k" * 32, Identifier(Kind.PROFILE, "x:per"))
    assert len({one, other, hidden(b"k" * 32, Identifier(Kind.MAIL, "x:per")), hidden_person(b"k" * 32, METTE)}) == 4
    assert "per" not in one
