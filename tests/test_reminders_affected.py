"""What the affected employee, and the author of an unsent draft, are reminded of."""

from casework import events as e
from casework.reminders import due, next_due
from casework.vocabulary import Answer, ConsentKind
from tests.waiting import (
    ALI,
    ANOTHER,
    DEADLINE,
    EPISODE,
    JONAS,
    METTE,
    answered,
    asked,
    at,
    draft,
    sent,
    told,
)

# -- the affected employee -------------------------------------------------------------------------------------------


def test_an_unanswered_accept_is_reminded_a_day_and_six_hours_before():
    case = sent().then(asked(at(22, 12)))

    assert case.ahead(of=METTE) == [
        ("police_24", at(23, 14, 10)),
        ("police_6", at(24, 8, 10)),
        ("police_passed", DEADLINE),
    ]


def test_once_it_is_answered_the_affected_hears_only_that_it_has_passed():
    case = sent().then(asked(at(22, 12)), answered(at(22, 13)))

    assert case.ahead(of=METTE) == [("police_passed", DEADLINE)]


def test_an_accept_taken_back_is_no_unanswered_question():
    taken_back = e.ConsentWithdrawn(by=METTE, at=at(22, 14), kind=ConsentKind.POLICE, person=METTE, episode=EPISODE)
    case = sent().then(asked(at(22, 12)), answered(at(22, 13)), taken_back)

    assert case.ahead(of=METTE) == [("police_passed", DEADLINE)]


def test_an_oral_answer_that_is_contradicted_is_an_open_question_again():
    said = e.ConsentAnsweredOrally(
        by=JONAS,
        at=at(22, 13),
        kind=ConsentKind.POLICE,
        person=METTE,
        answer=Answer.YES,
        said_at=at(22, 13),
        how="by phone",
        episode=EPISODE,
    )
    no = e.ConsentContradicted(by=METTE, at=at(23, 15), kind=ConsentKind.POLICE, person=METTE, episode=EPISODE)
    case = sent().then(asked(at(22, 12)), said, no)

    assert case.ahead(of=METTE) == [("police_6", at(24, 8, 10)), ("police_passed", DEADLINE)]


def test_the_question_itself_was_the_message_so_nothing_before_it_is_sent():
    case = sent().then(asked(at(23, 14, 10)))

    assert [kind for kind, _ in case.ahead(of=METTE)] == ["police_6", "police_passed"]


def test_who_has_not_been_told_is_not_reminded():
    case = sent(affected=(ALI,)).then(asked(at(22, 12), ALI))

    assert case.ahead(of=ALI) == []


def test_who_is_told_after_the_deadline_learns_it_from_their_own_card():
    case = sent(affected=(ALI,)).then(e.AffectedTold(by=JONAS, at=at(24, 15), person=ALI))

    assert case.ahead(of=ALI) == []


def test_nobody_excluded_is_ever_on_the_agenda():
    case = sent(affected=(METTE, ALI), excluded=(JONAS, ALI))

    assert {row.to for row in due(case.case, at(30, 12))} == {METTE}


# -- a draft -----------------------------------------------------------------------------------------------------------


def test_an_unsent_draft_is_reminded_once_a_day_before_the_deadline():
    case = draft()

    assert next_due(case.case) == at(23, 14, 10)
    assert case.asked(at(23, 14, 10)) == (e.DraftReminded(by="vaern", at=at(23, 14, 10)),)
    assert next_due(case.case) is None


def test_a_draft_told_with_less_than_a_day_left_is_reminded_after_an_hour():
    assert next_due(draft(when=at(24, 9)).case) == at(24, 10)


def test_a_draft_told_at_night_with_less_than_a_day_left_is_reminded_in_the_morning():
    assert next_due(draft(when=at(23, 23)).case) == at(24, 7)


def test_a_draft_whose_day_before_falls_at_night_is_reminded_the_evening_before():
    assert next_due(draft(began=at(20, 23)).case) == at(22, 20, 30)


def test_of_several_episodes_the_earliest_deadline_still_ahead_counts():
    case = draft().then(told(at(10, 12), at(21, 15), ANOTHER))

    assert next_due(case.case) == at(23, 14, 10)


def test_a_draft_without_an_episode_is_left_in_peace():
    case = draft().then(e.EpisodeWithdrawn(by=METTE, at=at(21, 15), episode=EPISODE))

    assert next_due(case.case) is None
