"""Whoever has a case and does not answer: when they are nudged, when it goes on, and to whom it never does."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import commands as c
from casework import events as e
from casework import vocabulary as v
from casework.access import people_of, roles_of
from casework.calendar import at_clock, local, waking
from casework.deadline import deadline
from casework.evolving import evolve
from casework.projections.handed import handed, nudged
from casework.reminders import agenda, due
from casework.silence import FINAL, hand_on_at, is_silent, quiet_since
from casework.state.waiting import Patience
from casework.vocabulary import VAERN, HandedOn, Refused, Role
from tests.cases import HAPPENED, NORD, TALK, Working, draft, opened, said
from tests.scenes import BIRGIT, JONAS, KARIN, METTE, SARA, TOM

CHAIN = (JONAS, KARIN, BIRGIT)
MORNING = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)  # Monday, 9.00 in Copenhagen
LATE = datetime(2026, 11, 16, 19, 0, tzinfo=UTC)  # 20.00
JUST_BEFORE = timedelta(hours=-1)


def sent(now: datetime = MORNING, ago: timedelta = timedelta(hours=1), **how) -> Working:
    return opened(now=now, began=now - ago, **how)


def nudges(case: Working) -> list[datetime]:
    return [reminder.at for reminder in agenda(case.case) if reminder.kind == "unseen"]


def goes_on(case: Working, chain=CHAIN, again: timedelta = timedelta(days=1)) -> tuple[e.Event, ...]:
    case.now = hand_on_at(case.case)
    return hand_on(case, chain, again)


def hand_on(case: Working, chain=CHAIN, again: timedelta = timedelta(days=1)) -> tuple[e.Event, ...]:
    how = {"former": case.case.recipient, "chain": chain, "reason": HandedOn.SILENT, "again_at": case.now + again}
    return case.does(VAERN, c.HandOn, **how)


def test_two_hours_bring_a_nudge_and_four_the_next_in_the_chain():
    case = sent()
    assert nudges(case) == [MORNING + timedelta(hours=2)]
    assert hand_on_at(case.case) == MORNING + timedelta(hours=4)


def test_the_night_does_not_count():
    case = sent(LATE)
    assert [local(at).hour for at in nudges(case)] == [8] and local(hand_on_at(case.case)).hour == 10


def test_the_nudge_is_the_cases_own_card_come_anew():
    case = sent()
    case.now = nudges(case)[0]
    case.does(VAERN, c.Remind)
    assert [(one.kind, one.fresh) for one in case.told if one.to == JONAS] == [("case", True)]
    assert nudges(case) == []


@pytest.mark.parametrize(
    ("kind", "how"),
    [(c.MarkSeen, {}), (c.CompleteStep, {"step": TALK}), (c.NoteStep, {"step": TALK, "note": said("Ringet.")})],
)
def test_whoever_says_or_does_anything_has_answered(kind, how):
    case = sent()
    case.does(JONAS, kind, **how)
    assert quiet_since(case.case) is None and nudges(case) == [] and hand_on_at(case.case) is None


def test_opening_is_no_answer_but_gives_the_time_anew():
    case = sent().passes(hours=3)
    case.does(JONAS, c.OpenCase)
    assert hand_on_at(case.case) == MORNING + timedelta(hours=7)


def test_it_is_looked_again_right_before_it_goes_on():
    case = sent()
    case.now = hand_on_at(case.case) - timedelta(minutes=1)
    assert hand_on(case) == ()
    case.does(JONAS, c.MarkSeen)
    case.passes(hours=1)
    assert hand_on(case) == () and case.case.recipient == JONAS


def test_the_chain_goes_on_while_they_are_silent_and_each_has_their_own_time():
    case = sent()
    for person in (KARIN, BIRGIT):
        (handed,) = goes_on(case)
        assert (handed.to, handed.reason) == (person, HandedOn.SILENT) and METTE in case.reached()
        assert hand_on_at(case.case) > case.now


def test_whoever_was_silent_is_still_a_reader_and_is_not_asked_again():
    case = sent()
    goes_on(case)
    assert roles_of(case.case, JONAS) == {Role.FORMER_LEADER} and JONAS in people_of(case.case)
    goes_on(case, (JONAS, KARIN))
    assert case.case.recipient == KARIN


def test_a_silent_former_leader_who_presses_after_all_is_told_whose_it_is():
    case = sent()
    goes_on(case)
    with pytest.raises(Refused) as refused:
        case.does(JONAS, c.MarkSeen)
    assert (refused.value.key, refused.value.details["owner"]) == ("with_another", KARIN)


@pytest.mark.parametrize("who", ["chosen away", "affected", "behind it"])
def test_it_never_goes_to_whoever_may_not_have_it(who):
    case = {
        "chosen away": lambda: sent(recipient=KARIN),
        "affected": lambda: sent(whom=v.Whom.SEVERAL, affected=(JONAS,), recipient=KARIN),
        "behind it": lambda: sent(originator=JONAS, recipient=KARIN),
    }[who]()
    (nobody,) = goes_on(case, (JONAS, KARIN))
    assert isinstance(nobody, e.NobodyNext) and case.case.recipient == KARIN and JONAS not in case.reached()


def test_with_nobody_next_the_employee_is_told_once_and_the_leader_is_nudged_on_each_day_that_is_named():
    case = sent()
    goes_on(case, (JONAS,))
    case.does(VAERN, c.Remind)
    assert nudges(case) == [] and hand_on_at(case.case) == case.now + timedelta(days=1)
    for _ in range(3):
        goes_on(case, (JONAS,))
        assert METTE not in {notice.to for notice in case.told if notice.fresh}
        case.does(VAERN, c.Remind)
        assert JONAS in {notice.to for notice in case.told if notice.fresh} and due(case.case, case.now) == ()


def test_that_nobody_is_next_is_told_to_the_employee_at_once():
    case = sent()
    goes_on(case, (JONAS,))
    assert METTE in {notice.to for notice in case.told if notice.fresh}


def test_when_somebody_may_have_it_after_all_it_goes_on_the_next_day():
    case = sent()
    goes_on(case, (JONAS,))
    goes_on(case, (JONAS, KARIN))
    assert case.case.recipient == KARIN and case.case.waiting.nobody is None


def test_in_the_last_twelve_hours_before_a_deadline_it_goes_on_at_once():
    case = sent(ago=timedelta(hours=54))  # 18 hours are left, from 9.00; the last twelve begin at 15.00
    case.does(JONAS, c.OpenCase)
    case.passes(hours=5)
    case.does(JONAS, c.OpenItem, item="account")
    assert hand_on_at(case.case) == deadline(case.case.episodes[HAPPENED]) - FINAL


def test_twelve_hours_that_begin_in_the_night_begin_the_evening_before():
    case = sent(now=MORNING + timedelta(hours=7), ago=timedelta(hours=48))  # from 16.00; they would begin at 4.00
    assert hand_on_at(case.case) == MORNING + timedelta(hours=11)
    case.passes(hours=4)
    case.does(JONAS, c.OpenCase)  # at 20.00: until 10.00 by the hours of day
    assert hand_on_at(case.case) == at_clock(local(case.now).date() + timedelta(days=1), time(7))


def test_whoever_gets_it_in_the_last_hours_has_an_hour():
    case = sent(ago=timedelta(hours=69))
    assert hand_on_at(case.case) == MORNING + timedelta(hours=1) and nudges(case) == []


def test_with_the_outcome_recorded_the_deadline_hurries_nobody():
    case = sent(ago=timedelta(hours=69))
    case.does(METTE, c.ReportMyself, episode=HAPPENED, reported_at=case.now, details=said("Station City"))
    assert hand_on_at(case.case) == MORNING + timedelta(hours=4)


def test_nobody_is_silent_whom_nothing_has_reached():
    case = sent()
    unreachable = {"former": JONAS, "chain": (JONAS,), "reason": HandedOn.UNREACHABLE, "again_at": case.now}
    case.does(VAERN, c.HandOn, **unreachable)
    assert hand_on_at(case.case) is None
    case.passes(hours=9)
    case.does(VAERN, c.NoteReached, person=JONAS)
    in_the_morning = at_clock(local(case.now).date() + timedelta(days=1), time(8))  # reached at 18.00: three hours left
    assert hand_on_at(case.case) == in_the_morning


def test_a_leader_who_sent_it_to_themselves_has_it_in_hand():
    case = draft(by=TOM, whom=v.Whom.COLLEAGUE, affected=(METTE,), now=MORNING, began=MORNING + JUST_BEFORE)
    case.does(TOM, c.ChooseRecipient, recipient=TOM, ordinary=TOM)
    case.does(TOM, c.SendReport, workplace=NORD)
    assert hand_on_at(case.case) is None


def test_what_was_promised_when_it_was_sent_is_kept():
    case = draft(now=MORNING, began=MORNING + JUST_BEFORE)
    case.does(METTE, c.ChooseRecipient, recipient=JONAS, ordinary=JONAS)
    case.does(METTE, c.SendReport, workplace=NORD, patience=Patience(timedelta(hours=1), timedelta(hours=6)))
    assert nudges(case) == [MORNING + timedelta(hours=1)] and hand_on_at(case.case) == MORNING + timedelta(hours=6)


def test_only_vaern_itself_hands_on():
    case = sent().passes(hours=9)
    how = {"former": JONAS, "chain": CHAIN, "reason": HandedOn.SILENT}
    assert {case.refuses(person, c.HandOn, **how) for person in (METTE, JONAS, SARA)} == {"not_yours"}


moments = st.integers(0, 270 * 24 * 60).map(
    lambda minutes: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(now=moments, minutes=st.integers(1, 71 * 60))
def test_it_goes_on_by_day_after_an_hour_at_the_least_and_before_the_deadline_if_it_can(now, minutes):
    case = sent(now, timedelta(minutes=minutes))
    at, ends = hand_on_at(case.case), deadline(case.case.episodes[HAPPENED])
    assert at >= now + timedelta(hours=1) and (waking(at) or local(at).hour == 21)
    assert not is_silent(case.case, at - timedelta(seconds=1)) and is_silent(case.case, at)
    assert all(nudge < at for nudge in nudges(case))
    if waking(now) and ends - now > timedelta(hours=26):
        assert at < ends


# -- closed, and opened again ----------------------------------------------------------------------------------------


def reopened(case: Working, by: str = METTE) -> Working:
    """Closed by whoever has it, and opened again a month later, at the same hour."""
    case.case = evolve(case.case, e.CaseClosed(by=case.case.recipient, at=case.now))
    case.passes(days=30)
    case.does(by, c.ReopenCase, why=said("Det er tilbage."))
    return case


def test_what_was_done_before_it_was_closed_is_no_answer_to_whoever_opens_it_again():
    case = reopened(sent().done(TALK))
    assert nudges(case) == [case.now + timedelta(hours=2)] and hand_on_at(case.case) == case.now + timedelta(hours=4)
    assert not nudged(case.case)


def test_an_old_nudge_is_not_shown_as_if_it_were_of_now_and_an_old_handing_on_is_no_news():
    case = sent()
    goes_on(case)
    case.now = nudges(case)[0]
    case.does(VAERN, c.Remind)
    assert nudged(case.case) and handed(case.case, case.now).to == KARIN
    reopened(case)
    assert not nudged(case.case) and handed(case.case, case.now) is None


def test_that_nobody_was_next_a_month_ago_hands_nothing_on_at_once():
    case = sent()
    goes_on(case, ())
    assert case.case.waiting.nobody
    reopened(case)
    assert hand_on_at(case.case) == case.now + timedelta(hours=4)
    (handed_on,) = goes_on(case)
    assert handed_on.to == KARIN


def test_whoever_has_it_and_opens_it_again_themselves_has_answered():
    case = reopened(sent().done(TALK), by=JONAS)
    assert quiet_since(case.case) is None


@pytest.mark.parametrize(("begins", "to"), [(timedelta(days=-1), KARIN), (timedelta(days=-31), JONAS)])
def test_opened_again_by_others_it_goes_to_the_stand_in_but_for_one_who_was_chosen_while_away(begins, to):
    case = reopened(sent().done(TALK))
    how = {"chain": CHAIN, "reason": HandedOn.ABSENT, "since": case.now + begins}
    case.does(VAERN, c.HandOn, former=JONAS, **how)
    assert case.case.recipient == to
