"""72 elapsed hours per episode, and the questions that stay open until an outcome is recorded."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casework import events as e
from casework.calendar import COPENHAGEN
from casework.case import Case, Episode
from casework.deadline import began_at, deadline, has_passed, hours_left, open_questions, questions
from casework.evolving import replay
from casework.vocabulary import CaseId, Certainty, EpisodeId, OutcomeKind, PersonId, Whom

METTE, ALI, JONAS = PersonId("mette"), PersonId("ali"), PersonId("jonas")
FIRST, SECOND = EpisodeId("first"), EpisodeId("second")
SATURDAY = datetime(2026, 11, 21, 14, 10, tzinfo=COPENHAGEN)


def episode(began: datetime) -> Episode:
    return Episode(FIRST, began, Certainty.EXACT, METTE, began)


def told(which: EpisodeId, began: datetime) -> e.EpisodeTold:
    return e.EpisodeTold(by=METTE, at=SATURDAY, episode=which, began_at=began, certainty=Certainty.EXACT)


def a_case(*affected: PersonId, then: tuple[e.Event, ...] = ()) -> Case:
    sent = e.ReportSent(by=METTE, at=SATURDAY, recipient=JONAS, excluded=(), workplace=None, group=None)
    whom = e.WhomTold(by=METTE, at=SATURDAY, whom=Whom.SEVERAL, affected=affected)
    second, first = told(SECOND, SATURDAY), told(FIRST, SATURDAY - timedelta(days=1))
    return replay(CaseId("VK-7Q4M-X2D"), (whom, second, first, sent, *then))


def outcome(which: EpisodeId, person: PersonId | None) -> e.OutcomeRecorded:
    return e.OutcomeRecorded(by=JONAS, at=SATURDAY, episode=which, person=person, outcome=OutcomeKind.PASSED)


@pytest.mark.parametrize(
    ("began", "ends"),
    [
        (datetime(2026, 10, 23, 12, tzinfo=COPENHAGEN), datetime(2026, 10, 26, 11, tzinfo=COPENHAGEN)),
        (datetime(2027, 3, 26, 12, tzinfo=COPENHAGEN), datetime(2027, 3, 29, 13, tzinfo=COPENHAGEN)),
        (SATURDAY, datetime(2026, 11, 24, 14, 10, tzinfo=COPENHAGEN)),
    ],
)
def test_the_deadline_is_72_hours_that_have_really_passed(began, ends):
    assert deadline(episode(began)) == ends


def test_the_deadline_is_told_in_utc():
    assert deadline(episode(SATURDAY)).tzinfo is UTC


def test_at_the_deadline_itself_it_has_passed():
    ends = deadline(episode(SATURDAY))

    assert has_passed(episode(SATURDAY), ends)
    assert not has_passed(episode(SATURDAY), ends - timedelta(seconds=1))


def test_a_moment_that_is_known_counts_as_it_was_told():
    assert began_at(Certainty.EXACT, SATURDAY, None) == SATURDAY


@pytest.mark.parametrize("certainty", [Certainty.ABOUT, Certainty.DATE_ONLY, Certainty.UNKNOWN])
def test_a_moment_that_is_in_doubt_counts_from_the_start_of_its_day(certainty):
    assert began_at(certainty, SATURDAY, None) == datetime(2026, 11, 21, tzinfo=COPENHAGEN)


@pytest.mark.parametrize("certainty", [Certainty.ABOUT, Certainty.DATE_ONLY, Certainty.UNKNOWN])
def test_with_only_a_day_the_start_of_that_day_counts(certainty):
    assert began_at(certainty, None, date(2026, 11, 21)) == datetime(2026, 11, 21, tzinfo=COPENHAGEN)


def test_the_day_the_clock_changes_begins_at_midnight_in_copenhagen():
    assert began_at(Certainty.DATE_ONLY, None, date(2026, 10, 25)) == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert began_at(Certainty.DATE_ONLY, None, date(2026, 10, 26)) == datetime(2026, 10, 25, 23, tzinfo=UTC)


def test_an_unknown_time_counts_from_the_start_of_the_day_it_was_first_seen():
    assert began_at(Certainty.UNKNOWN, SATURDAY, None) == datetime(2026, 11, 21, tzinfo=COPENHAGEN)


def test_neither_moment_nor_day_is_refused():
    with pytest.raises(ValueError, match="Neither"):
        began_at(Certainty.EXACT, None, None)


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="naive"):
        began_at(Certainty.EXACT, datetime(2026, 11, 21, 12), None)  # noqa: DTZ001 - the point of it


def test_hours_left_are_whole_hours_still_to_come():
    assert hours_left(SATURDAY + timedelta(hours=51, minutes=59), SATURDAY) == 51
    assert hours_left(SATURDAY, SATURDAY + timedelta(minutes=1)) == -1


def test_every_affected_person_is_a_question_for_every_episode():
    assert questions(a_case(METTE, ALI)) == ((FIRST, METTE), (FIRST, ALI), (SECOND, METTE), (SECOND, ALI))


def test_with_nobody_named_the_question_is_open_and_names_nobody():
    assert open_questions(a_case()) == ((FIRST, None), (SECOND, None))


def test_that_nobody_is_affected_is_still_a_question_until_an_outcome_is_recorded():
    nobody = e.AffectedNamed(by=JONAS, at=SATURDAY, people=())

    assert open_questions(a_case(then=(nobody, outcome(FIRST, None)))) == ((SECOND, None),)


def test_who_was_answered_for_as_nobody_is_asked_about_once_named():
    named = e.AffectedNamed(by=JONAS, at=SATURDAY, people=(ALI,))

    assert open_questions(a_case(then=(outcome(FIRST, None), named))) == ((FIRST, ALI), (SECOND, ALI))


def test_who_denies_the_offence_counts_until_an_outcome_is_recorded():
    denied = e.OffenceDenied(by=METTE, at=SATURDAY)

    assert (FIRST, METTE) in open_questions(a_case(METTE, then=(denied,)))
    assert (FIRST, METTE) not in open_questions(a_case(METTE, then=(denied, outcome(FIRST, METTE))))


def test_a_draft_asks_no_police_question():
    assert questions(replay(CaseId("VK-7Q4M-X2D"), (told(FIRST, SATURDAY),))) == ()
