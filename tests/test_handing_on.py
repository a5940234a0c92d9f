"""A case gets another recipient: who may have it, what goes with it, and what is left to whoever had it."""

from datetime import timedelta

import pytest

from casework import commands as c
from casework import events as e
from casework import vocabulary as v
from casework.access import people_of, roles_of
from casework.projections import case_view, former_reading, former_view
from casework.reminders import agenda
from casework.views import FormerView
from casework.vocabulary import VAERN, HandedOn, Role, Tried, Way
from tests.cases import HAPPENED, SAFETYNET, TALK, Working, from_a_colleague, opened, said
from tests.scenes import ALI, BIRGIT, JONAS, KARIN, LISE, METTE, NADIA, PETER, SENT, TOM

CHAIN = (JONAS, KARIN, BIRGIT)


def hands_on(case: Working, former=JONAS, chain=CHAIN, reason=HandedOn.UNREACHABLE, **how) -> tuple[e.Event, ...]:
    return case.does(VAERN, c.HandOn, former=former, chain=chain, reason=reason, **how)


def moved(case: Working, to=KARIN, former=JONAS) -> tuple[e.Event, ...]:
    return case.does(VAERN, c.MoveCase, former=former, to=to)


def test_it_goes_to_the_next_in_the_chain_who_may_have_it():
    case = opened()
    hands_on(case)
    assert case.case.recipient == KARIN
    hands_on(case, KARIN)
    assert case.case.recipient == BIRGIT


def test_whoever_could_not_be_reached_is_not_asked_again_by_the_chain():
    case = opened()
    hands_on(case), hands_on(case, KARIN)
    assert hands_on(case, BIRGIT) == () and case.case.recipient == BIRGIT


def test_the_same_again_changes_nothing():
    case = opened()
    hands_on(case)
    assert hands_on(case) == () and moved(case, to=KARIN) == ()


@pytest.mark.parametrize("reason", [HandedOn.UNREACHABLE, HandedOn.ABSENT])
def test_never_to_whoever_is_shut_out_affected_or_behind_it(reason):
    away = opened(recipient=KARIN)
    assert hands_on(away, KARIN, (JONAS,), reason) == ()
    behind = opened(originator=KARIN)
    assert hands_on(behind, JONAS, (KARIN,), reason) == ()
    affected = opened(whom=v.Whom.SEVERAL, affected=(METTE, KARIN))
    assert hands_on(affected, JONAS, (METTE, KARIN), reason) == ()


@pytest.mark.parametrize("who", ["shut out", "affected", "behind it"])
def test_an_administrator_cannot_move_it_to_whoever_may_not_have_it_and_is_not_told_why(who):
    case, to = {
        "shut out": (opened(recipient=KARIN), JONAS),
        "affected": (opened(), METTE),
        "behind it": (opened(originator=TOM), TOM),
    }[who]
    former = case.case.recipient
    assert case.refuses(VAERN, c.MoveCase, former=former, to=to) == "cannot_be_moved_there"


def test_when_nobody_is_left_it_is_said_once_with_when_it_is_tried_again():
    case = opened()
    again = SENT + timedelta(hours=1)
    (nobody,) = hands_on(case, chain=(JONAS,), again_at=again)
    assert (nobody.person, nobody.again_at) == (JONAS, again) and case.reached() == {METTE, JONAS, None}
    assert hands_on(case, chain=(JONAS,), again_at=again) == ()
    case.does(VAERN, c.NoteReached, person=JONAS)
    assert case.case.unreached is None


def test_whoever_it_is_with_gets_it_unopened_and_the_employee_is_told():
    case = opened()
    case.does(JONAS, c.MarkSeen)
    hands_on(case)
    fresh = {notice.to for notice in case.told if notice.fresh}
    assert fresh == {KARIN, METTE} and JONAS in case.reached()
    assert (case.case.opened_at, case.case.seen_at) == (None, None)


def test_steps_reminders_accepts_and_deadlines_go_with_it():
    case = opened().asked()
    case.does(JONAS, c.PostponeStep, step=TALK, until=SENT + timedelta(days=3))
    case.does(JONAS, c.TakeStep, step=SAFETYNET)
    hands_on(case)
    assert case.case.step(SAFETYNET).owner == KARIN
    assert JONAS not in {reminder.to for reminder in agenda(case.case)}
    assert {"police_24", "postponed"} <= {reminder.kind for reminder in agenda(case.case) if reminder.to == KARIN}
    case.answers(METTE, v.Answer.YES)
    assert KARIN in case.reached() and JONAS not in case.reached()
    case.done(TALK, by=KARIN)


def test_what_was_done_stays_done_by_whoever_did_it():
    case = opened().done(TALK)
    hands_on(case)
    assert case.case.step(TALK).done_by == JONAS


@pytest.mark.parametrize("reason", [HandedOn.UNREACHABLE, HandedOn.ABSENT])
def test_whoever_could_not_be_reached_or_is_away_stays_a_reader_and_no_more(reason):
    case = opened()
    hands_on(case, reason=reason)
    assert roles_of(case.case, JONAS) == {Role.FORMER_LEADER} and JONAS in people_of(case.case)
    assert case_view(case.case, JONAS, {}, SENT) == FormerView(case.case.id, 7, KARIN, reason, SENT, reads=True)
    assert former_reading(case.case, JONAS, SENT).affected == (METTE,)
    assert case.refuses(JONAS, c.OpenItem, item="account") == "not_yours"
    for kind, how in ((c.OpenCase, {}), (c.CompleteStep, {"step": TALK})):
        assert case.refuses(JONAS, kind, **how) == "with_another"


@pytest.mark.parametrize(("reason", "hours"), [(HandedOn.ABSENT, 4), (HandedOn.UNREACHABLE, 0)])
def test_who_has_it_now_stands_with_the_time_they_got_it_and_who_was_not_reached_with_that_time(reason, hours):
    case = opened()
    hands_on(case, reason=reason)
    hands_on(case.passes(hours=4), former=KARIN, reason=HandedOn.ABSENT)
    view, reading = case_view(case.case, JONAS, {}, case.now), former_reading(case.case, JONAS, case.now)
    assert (view.now_with, view.at) == (reading.now_with, reading.at) == (BIRGIT, SENT + timedelta(hours=hours))


def test_to_whom_an_administrator_gave_it_is_what_is_said_of_it():
    case = opened()
    moved(case)
    hands_on(case.passes(hours=4), former=KARIN, reason=HandedOn.ABSENT)
    view = former_view(case.case, JONAS, reads=False)
    assert (view.now_with, view.at, view.how) == (KARIN, SENT, HandedOn.MOVED)


def test_of_a_moved_case_nothing_is_left_to_whoever_had_it():
    case = opened()
    moved(case)
    assert roles_of(case.case, JONAS) == frozenset() and JONAS not in people_of(case.case)
    assert case_view(case.case, JONAS, {}, SENT) is None
    assert case.refuses(JONAS, c.OpenCase) == "not_yours"
    assert JONAS in case.reached(), "the card they have is closed down"
    moved(case, to=BIRGIT, former=KARIN)
    assert JONAS not in case.reached()


def test_whoever_had_it_and_reported_it_too_still_has_the_reporters_card():
    case = from_a_colleague(METTE, by=LISE)
    moved(case, to=LISE), moved(case, to=KARIN, former=LISE)
    assert roles_of(case.case, LISE) == {Role.REPORTER}


def test_a_former_recipient_who_is_named_as_affected_is_no_reader():
    case = opened()
    hands_on(case)
    case.does(KARIN, c.NameAffected, people=(JONAS,))
    assert roles_of(case.case, JONAS) == frozenset() and JONAS not in people_of(case.case)


def test_only_an_administrator_or_the_machine_itself_moves_and_an_administrator_may_nothing_else():
    case = opened()
    assert case.refuses(TOM, c.MoveCase, former=JONAS, to=KARIN) == "not_yours"
    case.administrators = frozenset({TOM})
    assert case.refuses(TOM, c.OpenCase) == case.refuses(TOM, c.OpenItem, item="account") == "not_yours"
    assert case_view(case.case, TOM, {}, SENT) is None and TOM not in people_of(case.case)
    case.does(TOM, c.MoveCase, former=JONAS, to=KARIN)
    assert case.case.recipient == KARIN and case.case.log[-1].by == TOM


@pytest.mark.parametrize("who", [METTE, NADIA])
def test_an_administrator_who_is_affected_or_behind_it_moves_nothing(who):
    case = opened(originator=NADIA)
    case.administrators = frozenset({METTE, NADIA})
    assert case.refuses(who, c.MoveCase, former=JONAS, to=KARIN) == "not_yours"


def test_a_case_that_is_with_somebody_else_or_not_sent_is_not_moved():
    assert opened().refuses(VAERN, c.MoveCase, former=KARIN, to=BIRGIT) == "not_with_that_person"


def test_an_absence_takes_only_what_was_given_before_it_began():
    case = opened()
    assert hands_on(case, reason=HandedOn.ABSENT, since=SENT) == ()
    assert hands_on(case, reason=HandedOn.ABSENT, since=SENT + timedelta(seconds=1))


def test_nobody_is_said_to_be_unreachable_because_they_are_away():
    case = opened()
    assert hands_on(case, chain=(), reason=HandedOn.ABSENT, again_at=SENT) == ()


def tries(case: Working, tried: Tried, way: Way = Way.MAIL, person=JONAS) -> bool:
    return bool(case.does(VAERN, c.NoteWay, person=person, way=way, tried=tried))


def test_a_way_is_begun_once_a_day():
    case = opened()
    assert tries(case, Tried.BEGUN) and tries(case, Tried.DONE) and not tries(case, Tried.BEGUN)
    assert tries(case, Tried.BEGUN, Way.INSTALL)
    case.passes(days=1)
    assert tries(case, Tried.BEGUN)


def test_one_that_was_cut_off_is_not_begun_again_that_day():
    case = opened()
    assert tries(case, Tried.BEGUN) and not tries(case, Tried.BEGUN)


def test_one_that_failed_is_begun_three_times():
    case = opened()
    for _ in range(3):
        assert tries(case, Tried.BEGUN) and tries(case, Tried.FAILED)
    assert not tries(case, Tried.BEGUN)


def test_nobody_outside_the_case_and_nobody_who_has_left_it_is_written_to():
    case = opened()
    moved(case)
    assert not any(tries(case, Tried.BEGUN, person=person) for person in (JONAS, PETER, ALI))


def test_an_employee_is_mailed_once_and_the_leader_told_until_they_are_heard_of():
    case = opened()
    assert tries(case, Tried.BEGUN, person=METTE)
    tries(case, Tried.DONE, person=METTE)
    assert case.reached() >= {JONAS}
    assert case_view(case.case, JONAS, {}, SENT).not_reached == ((METTE, SENT),)
    case.passes(days=1)
    assert not tries(case, Tried.BEGUN, person=METTE)
    case.does(METTE, c.GiveAccount, account=said())
    assert case_view(case.case, JONAS, {}, SENT).not_reached == ()


def test_a_mail_is_claimed_only_when_it_is_known_to_have_gone():
    cut_off, sent = opened(), opened()
    tries(cut_off, Tried.BEGUN)
    tries(sent, Tried.BEGUN), tries(sent, Tried.DONE)
    assert [hands_on(case)[0].mailed for case in (cut_off, sent)] == [False, True]


def test_the_deadline_is_the_same_whoever_has_it():
    case = opened()
    before = {reminder.at for reminder in agenda(case.case) if reminder.episode == HAPPENED}
    hands_on(case)
    assert {reminder.at for reminder in agenda(case.case) if reminder.episode == HAPPENED} == before
