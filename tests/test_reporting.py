"""From the first word to Send: every answer is a fact at once, nothing is shared before Send, nobody is turned away."""

from datetime import date, timedelta

import pytest

from casework import commands as c
from casework import events as e
from casework import vocabulary as v
from casework.access import people_of
from casework.reporting import missing_in, shut_out
from casework.vocabulary import Certainty, OriginatorKind, Stage, Whom
from tests.cases import (
    GROUP,
    HAPPENED,
    JONAS,
    KARIN,
    METTE,
    SARA,
    Working,
    draft,
    from_a_colleague,
    opened,
    said,
)
from tests.scenes import EPISODE, LISE, NADIA, NORD, PETER, SENT, TOM


def test_a_report_needs_what_happened_when_and_who_is_to_know_and_nothing_else():
    case = Working(SENT)
    case.does(METTE, c.StartDraft)
    assert missing_in(case.case) == ("affected", "account", "episode", "recipient")

    case.does(METTE, c.TellForWhom, whom=Whom.ME)
    case.does(METTE, c.GiveAccount, account=said())
    case.does(METTE, c.TellWhen, episode=HAPPENED, certainty=Certainty.UNKNOWN, day=date(2026, 11, 21))
    case.does(METTE, c.ChooseRecipient, recipient=JONAS, ordinary=JONAS)

    assert missing_in(case.case) == ()
    assert case.does(METTE, c.SendReport)


def test_what_is_missing_is_named_when_it_is_sent_too_early():
    assert draft().refuses(METTE, c.SendReport) == "draft_missing"


def test_a_draft_is_its_authors_alone():
    case = draft(whom=Whom.SEVERAL, affected=(PETER,))
    case.does(METTE, c.ChooseRecipient, recipient=JONAS)

    assert people_of(case.case) == {METTE}
    assert case.refuses(JONAS, c.OpenCase) == case.refuses(PETER, c.GiveAccount, account=said()) == "not_yours"


def test_sent_is_sent():
    case = opened()

    assert case.refuses(METTE, c.SendReport) == "already_sent"
    assert case.refuses(METTE, c.TellForWhom, whom=Whom.WORKPLACE) == "already_sent"


def test_the_leader_and_the_reporter_hear_of_it_when_it_is_sent_and_the_group_without_a_name():
    assert opened().reached() == {JONAS, METTE, None}


def test_whoever_is_affected_hears_nothing_when_a_colleague_sends_it():
    case = from_a_colleague(METTE, by=LISE)

    assert case.reached() == {JONAS, LISE, None}
    assert METTE not in people_of(case.case)


def test_the_workplace_can_be_reported_with_nobody_in_it():
    assert opened(by=LISE, whom=Whom.WORKPLACE).case.affected == ()


def test_a_colleague_who_reports_for_others_is_not_among_them():
    assert draft(by=LISE, whom=Whom.COLLEAGUE, affected=(METTE, LISE)).case.affected == (METTE,)


def test_it_cannot_be_for_a_colleague_without_saying_who():
    assert draft().refuses(METTE, c.TellForWhom, whom=Whom.COLLEAGUE) == "affected_missing"


# -- when ------------------------------------------------------------------------------------------------------


def test_only_a_date_counts_from_the_start_of_that_day_in_copenhagen():
    case = draft()
    case.does(METTE, c.TellWhen, episode=HAPPENED, certainty=Certainty.DATE_ONLY, day=EPISODE.date())

    assert case.case.episodes[HAPPENED].began_at == EPISODE.replace(hour=0, minute=0) - timedelta(hours=1)


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ({"moment": SENT + timedelta(minutes=1)}, "moment_in_future"),
        ({"day": date(1, 1, 1)}, "moment_too_old"),
        ({}, "episode_missing"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_with_what_is_wrong(when, why):
    assert draft().refuses(METTE, c.TellWhen, episode=HAPPENED, certainty=Certainty.EXACT, **when) == why


def test_an_episode_can_be_taken_out_of_a_draft_and_not_out_of_a_case():
    case = draft()
    case.does(METTE, c.WithdrawEpisode, episode=HAPPENED)

    assert case.case.episodes == {}
    assert opened().refuses(METTE, c.WithdrawEpisode, episode=HAPPENED) == "already_sent"


def test_a_corrected_moment_is_told_to_the_leader_and_the_old_one_stays_in_the_log():
    case = opened()
    case.does(METTE, c.TellWhen, episode=HAPPENED, certainty=Certainty.EXACT, moment=EPISODE - timedelta(hours=3))

    assert [type(event) for event in case.events] == [e.EpisodeCorrected]
    assert any(notice.to == JONAS and notice.fresh for notice in case.told)
    assert EPISODE in [event.began_at for event in case.case.log if isinstance(event, e.EpisodeTold)]


def test_the_affected_person_can_correct_what_a_colleague_told():
    case = from_a_colleague(METTE, by=LISE).done("talk")
    earlier = EPISODE - timedelta(hours=1)

    assert case.does(METTE, c.TellWhen, episode=HAPPENED, certainty=Certainty.EXACT, moment=earlier)


def test_after_a_correction_whoever_told_it_first_can_still_correct_it():
    case = from_a_colleague(METTE, by=LISE).done("talk")
    case.does(METTE, c.TellWhen, episode=HAPPENED, certainty=Certainty.EXACT, moment=EPISODE - timedelta(hours=1))

    assert case.does(LISE, c.TellWhen, episode=HAPPENED, certainty=Certainty.EXACT, moment=EPISODE)


def test_a_reporter_cannot_correct_an_episode_that_the_affected_person_told():
    case = from_a_colleague(METTE, by=LISE).done("talk")
    second = v.EpisodeId("second")
    case.does(METTE, c.TellWhen, episode=second, certainty=Certainty.EXACT, moment=EPISODE)
    moved = {"episode": second, "certainty": Certainty.EXACT, "moment": EPISODE - timedelta(hours=1)}

    assert case.refuses(LISE, c.TellWhen, **moved) == "cannot_change_answer"


# -- who is to know, and who is not ----------------------------------------------------------------------------


def test_a_leader_who_is_chosen_away_gets_nothing():
    case = opened(recipient=KARIN)

    assert case.case.excluded == {JONAS}
    assert case.reached() == {KARIN, METTE}


def test_nothing_is_posted_to_a_group_with_an_excluded_member_in_it():
    assert opened(recipient=KARIN, group=GROUP).case.group is None
    assert opened(recipient=KARIN, group=(SARA,)).case.group == NORD


def test_choosing_the_ordinary_leader_after_all_lets_him_in_again():
    case = draft()
    case.does(METTE, c.ChooseRecipient, recipient=KARIN, ordinary=JONAS)
    case.does(METTE, c.ChooseRecipient, recipient=JONAS, ordinary=JONAS)
    case.does(METTE, c.SendReport)

    assert case.case.excluded == frozenset()


def test_a_leader_who_tells_of_another_never_chooses_themselves_away():
    case = Working(SENT)
    case.does(JONAS, c.StartDraft)
    case.does(JONAS, c.TellForWhom, whom=Whom.COLLEAGUE, affected=(METTE,))
    case.does(JONAS, c.ChooseRecipient, recipient=KARIN, ordinary=JONAS)

    assert case.case.excluded == frozenset()
    assert case.does(JONAS, c.GiveAccount, account=said())


def test_whoever_is_behind_it_is_shut_out_whichever_is_answered_first():
    case = draft()
    case.does(METTE, c.ChooseRecipient, recipient=JONAS, ordinary=JONAS)
    case.does(METTE, c.TellOriginator, kind=OriginatorKind.WORKPLACE, person=NADIA)

    assert shut_out(case.case) == (NADIA,)
    case.does(METTE, c.SendReport)
    assert case.case.excluded == {NADIA}


def test_a_name_that_was_taken_back_is_not_shut_out():
    case = draft()
    case.does(METTE, c.TellOriginator, kind=OriginatorKind.WORKPLACE, person=NADIA)
    case.does(METTE, c.ChooseRecipient, recipient=JONAS, ordinary=JONAS)
    case.does(METTE, c.TellOriginator, kind=OriginatorKind.WORKPLACE, person=TOM)
    case.does(METTE, c.SendReport)

    assert case.case.excluded == {TOM}


def test_a_leader_who_was_chosen_away_stays_so_when_he_is_no_longer_named_as_behind_it():
    case = draft()
    case.does(METTE, c.TellOriginator, kind=OriginatorKind.WORKPLACE, person=JONAS)
    case.does(METTE, c.ChooseRecipient, recipient=KARIN, ordinary=JONAS)
    case.does(METTE, c.TellOriginator, kind=OriginatorKind.UNKNOWN)
    case.does(METTE, c.SendReport)

    assert case.case.excluded == {JONAS}


def test_whoever_is_behind_it_can_be_neither_recipient_nor_affected():
    case = draft()
    case.does(METTE, c.TellOriginator, kind=OriginatorKind.WORKPLACE, person=JONAS)

    assert case.refuses(METTE, c.ChooseRecipient, recipient=JONAS) == "recipient_is_originator"
    assert case.refuses(METTE, c.TellForWhom, whom=Whom.SEVERAL, affected=(JONAS,)) == "recipient_is_originator"


def test_an_affected_person_is_not_behind_it():
    case = draft()

    assert case.refuses(METTE, c.TellOriginator, kind=OriginatorKind.WORKPLACE, person=METTE) == "person_unknown"


def test_a_recipient_who_is_named_as_behind_it_later_stops_the_report_at_send():
    case = draft()
    case.does(METTE, c.ChooseRecipient, recipient=JONAS, ordinary=JONAS)
    case.does(METTE, c.TellOriginator, kind=OriginatorKind.WORKPLACE, person=JONAS)

    assert case.refuses(METTE, c.SendReport) == "recipient_is_originator"


def test_the_affected_person_cannot_be_the_recipient():
    assert draft().refuses(METTE, c.ChooseRecipient, recipient=METTE) == "recipient_is_affected"


def test_a_leader_can_report_for_an_employee_and_have_the_case_himself():
    case = opened(by=JONAS, whom=Whom.COLLEAGUE, affected=(METTE,))

    assert case.does(JONAS, c.MarkSeen)
    assert case.done("talk").case.told.keys() == {METTE}


# -- call me ---------------------------------------------------------------------------------------------------


def test_a_wish_to_be_rung_up_is_one_press_and_reaches_only_the_two():
    case = Working(SENT)
    case.does(METTE, c.AskForCall, recipient=SARA)

    assert case.case.stage is Stage.CALL
    assert case.reached() == people_of(case.case) == {METTE, SARA}


def test_whoever_has_called_says_so_once():
    case = Working(SENT)
    case.does(METTE, c.AskForCall, recipient=SARA)
    case.does(SARA, c.MarkCallMade)

    assert case.does(SARA, c.MarkCallMade) == ()
    assert case.refuses(METTE, c.MarkCallMade) == "not_yours"


def test_whoever_was_asked_to_call_cannot_turn_it_into_a_wish_of_their_own():
    case = Working(SENT)
    case.does(METTE, c.AskForCall, recipient=SARA)

    assert case.refuses(SARA, c.AskForCall, recipient=JONAS) == "not_yours"
    assert case.does(METTE, c.AskForCall, recipient=JONAS) == ()
