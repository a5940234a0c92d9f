"""What the leader and an affected person say to each other: what counts as heard, and which cards say so."""

from datetime import UTC, datetime, timedelta

import pytest

from casework import commands as c
from casework.messages import asked_to_write, heard, silent, waits_since
from casework.projections import leader_view, sent_view, update_view, writing_view
from casework.reminders import agenda, next_due
from casework.vocabulary import VAERN, Answer, OutcomeKind, PersonId
from tests.cases import COLLEAGUES, JONAS, KARIN, METTE, SARA, Working, from_a_colleague, of_several, opened, said
from tests.scenes import LISE, PETER

MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)  # 9.00 in Copenhagen


def seen() -> Working:
    """Sent on Monday at nine, and seen an hour later."""
    case = opened(now=MONDAY, began=MONDAY - timedelta(hours=2)).passes(hours=1)
    case.does(JONAS, c.MarkSeen)
    return case.passes(hours=1)


SAYS = {
    "an update": lambda case: case.does(JONAS, c.GiveUpdate, words=said()),
    "an answer": lambda case: case.does(JONAS, c.WriteMessage, person=METTE, words=said()),
    "the talk": lambda case: case.done("talk"),
    "what was agreed": lambda case: case.does(JONAS, c.AgreePoints, person=METTE, help=said()),
    "a question": lambda case: case.asked(COLLEAGUES),
    "an outcome": lambda case: case.done("legal_staff").assessed().outcome(OutcomeKind.NOT_REPORTED),
}
SAYS_NOTHING = {
    "that it is seen": lambda case: case.does(JONAS, c.MarkSeen),
    "a step of his own": lambda case: case.done("case_handling"),
    "her own words": lambda case: case.does(METTE, c.WriteMessage, person=METTE, words=said()),
    "that hers were opened": lambda case: case.does(JONAS, c.ReadMessages, person=METTE),
}


@pytest.mark.parametrize("what", SAYS)
def test_what_is_said_to_her_is_heard_and_the_count_of_silent_days_begins_anew(what):
    case = seen().passes(days=1)
    SAYS[what](case)

    assert heard(case.case, METTE) == (case.now, JONAS) and waits_since(case.case, METTE) == case.now


@pytest.mark.parametrize("what", SAYS_NOTHING)
def test_what_is_not_said_to_her_is_not_heard_and_the_silence_counts_from_when_it_was_sent(what):
    case = seen().passes(days=1)
    SAYS_NOTHING[what](case)
    (nudge,) = [one for one in agenda(case.case) if one.kind == "silent"]

    assert heard(case.case, METTE) is None and waits_since(case.case, METTE) == MONDAY
    assert (nudge.to, nudge.at) == (JONAS, MONDAY + timedelta(days=3))


def test_after_the_nudge_she_reads_that_he_was_asked_to_write_until_he_does():
    case = seen().done("legal_staff").assessed()
    case.outcome(OutcomeKind.NOT_REPORTED)
    assert asked_to_write(case.case, METTE) is None
    case.now = next(one.at for one in agenda(case.case) if one.kind == "silent")
    case.does(VAERN, c.Remind)
    assert asked_to_write(case.case, METTE) == case.now and [who for who, _ in silent(case.case, case.now)] == [METTE]
    assert METTE in case.reached(), "her card says so at once"
    case.passes(hours=1).does(JONAS, c.GiveUpdate, words=said())

    assert asked_to_write(case.case, METTE) is None and silent(case.case, case.now) == ()


def agreed(days: int) -> Working:
    """On Monday the two agree on a talk so many days on."""
    case = seen().done("legal_staff").assessed()
    case.outcome(OutcomeKind.NOT_REPORTED)
    case.does(JONAS, c.AgreePoints, person=METTE, help=said(), next_talk=case.now + timedelta(days=days))
    return case


def first_nudge(case: Working) -> datetime:
    return min(one.at for one in agenda(case.case) if one.kind == "silent")


@pytest.mark.parametrize("days", [1, 8])
def test_a_talk_that_is_agreed_is_when_she_hears_next_and_the_silence_counts_from_there(days):
    case = agreed(days)
    talk = case.now + timedelta(days=days)

    assert waits_since(case.case, METTE) == talk
    assert first_nudge(case) == talk + timedelta(days=3)
    assert silent(case.case, talk + timedelta(days=2)) == () and asked_to_write(case.case, METTE) is None


def test_a_talk_months_ahead_lets_nobody_be_silent_until_then_and_is_heard_something_of_from_its_day_on():
    case = agreed(64)  # Tuesday 19 January
    talk = case.now + timedelta(days=64)
    assert waits_since(case.case, METTE) == case.now and first_nudge(case) == case.now + timedelta(days=3)
    told = said_each_day(case, 65)

    assert waits_since(case.case, METTE) == talk and asked_to_write(case.case, METTE) is None
    assert len([kind for day in told.values() for kind in day if kind == "silent"]) > 8, told
    assert first_nudge(case) == talk + timedelta(days=3)


def test_its_day_has_come_also_where_no_place_was_left_to_remind_anybody_of_it():
    case = agreed(64)
    talk = case.now + timedelta(days=64)
    said_each_day(case, 64)
    for name in [name for name in case.case.reminded if name.startswith("next_talk:")]:
        case.does(VAERN, c.NoteUnsaid, to=PersonId(name.split(":")[-1]), reminder=name)

    assert len(case.case.unsaid) == 2 and waits_since(case.case, METTE) == talk


def test_once_he_has_written_a_talk_that_has_come_near_is_what_she_waits_for():
    case = agreed(21)  # Monday 7 December: fifteen working days
    talk = case.now + timedelta(days=21)
    assert first_nudge(case) == case.now + timedelta(days=3)
    case.passes(days=7).does(JONAS, c.GiveUpdate, words=said())

    assert waits_since(case.case, METTE) == talk and first_nudge(case) == talk + timedelta(days=3)


def test_a_talk_agreed_after_he_was_asked_to_write_is_an_answer_and_one_that_is_called_off_is_none():
    case = agreed(1)
    case.now = first_nudge(case)
    case.does(VAERN, c.Remind)
    assert asked_to_write(case.case, METTE) == case.now
    case.passes(hours=1).does(JONAS, c.AgreePoints, person=METTE, help=said(), next_talk=case.now + timedelta(days=9))
    assert asked_to_write(case.case, METTE) is None and first_nudge(case) > case.now + timedelta(days=11)
    case.passes(days=1).does(JONAS, c.AgreePoints, person=METTE, help=said())

    assert waits_since(case.case, METTE) == case.now and first_nudge(case) < case.now + timedelta(days=6)


def test_of_several_only_whoever_was_left_in_silence_reads_that_he_was_asked():
    case = of_several(PETER).passes(days=1)
    case.does(JONAS, c.GiveUpdate, words=said(), people=(PETER,))
    asked = next(one.at for one in agenda(case.case) if one.kind == "silent")
    while (due := next_due(case.case)) <= asked:
        case.now = due
        case.does(VAERN, c.Remind)

    assert asked_to_write(case.case, METTE) == asked and asked_to_write(case.case, PETER) is None


def test_that_she_has_seen_his_two_lines_stands_on_his_case_card_and_none_of_his_words():
    case = seen()
    words = said("Intet nyt endnu.")
    case.does(JONAS, c.GiveUpdate, words=words)
    (line,) = leader_view(case.case, JONAS, case.texts, case.now).talks
    assert line.said.read_at is None and line.said.words == ""
    case.passes(hours=1).does(METTE, c.ReadMessages, person=METTE)
    (line,) = leader_view(case.case, JONAS, case.texts, case.now).talks

    assert (line.said.read_by, line.said.read_at) == (METTE, case.now)
    assert (JONAS, "case", False) in {(one.to, one.kind, one.fresh) for one in case.told}


# -- two nudges on one morning ---------------------------------------------------------------------------------------


def said_each_day(case: Working, days: int) -> dict[int, list[str]]:
    """Day of the month → what the leader was reminded of, as the house would ask."""
    found: dict[int, list[str]] = {}
    end = case.now + timedelta(days=days)
    while (due := next_due(case.case)) is not None and due <= end:
        case.now = max(due, case.now)
        for event in case.does(VAERN, c.Remind):
            if getattr(event, "to", None) == JONAS:
                found.setdefault(event.at.day, []).append(event.reminder.split(":")[0])
    return found


def test_words_that_lie_unread_are_said_once_and_do_not_keep_him_from_being_asked_to_write_to_the_other():
    case = of_several(PETER)
    case.done("legal_staff", "safetynet", "help", "documentation").assessed()
    for person in (METTE, PETER):
        case.outcome(OutcomeKind.NOT_REPORTED, person)
    case.now = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)  # Tuesday evening: all three are due on Thursday at nine
    case.does(METTE, c.WriteMessage, person=METTE, words=said())
    case.passes(minutes=5).does(PETER, c.WriteMessage, person=PETER, words=said())
    told = said_each_day(case, 9)

    everything = [kind for day in told.values() for kind in day]
    assert everything.count("unread") == 2, told
    assert next(day for day, kinds in told.items() if "silent" in kinds) == 27, told


# -- the card to write on --------------------------------------------------------------------------------------------


def test_the_card_to_write_on_is_for_the_two_and_nobody_else():
    case = from_a_colleague(METTE, by=LISE).done("talk").case
    assert update_view(case, JONAS).to == (METTE,) and writing_view(case, METTE, METTE).to == (JONAS,)
    for other in (LISE, KARIN, SARA, PETER):
        assert update_view(case, other) is None and writing_view(case, METTE, other) is None


def test_while_nobody_has_been_told_there_is_nobody_to_write_to():
    case = from_a_colleague(METTE, by=LISE).case
    assert update_view(case, JONAS) is None and writing_view(case, METTE, JONAS) is None
    assert writing_view(case, METTE, METTE) is None


def test_sent_is_what_was_sent_last_with_the_leaders_words_and_without_the_persons():
    case = seen()
    case.does(JONAS, c.GiveUpdate, words=said("Jeg ringer i morgen."))
    sent = sent_view(case.case, JONAS, case.texts, "Jeg ringer i morgen.")
    assert (sent.to, sent.words, sent.at) == ((METTE,), "Jeg ringer i morgen.", case.now)
    assert sent_view(case.case, JONAS, case.texts, "Noget andet.") is None
    case.does(METTE, c.WriteMessage, person=METTE, words=said("Tak."))
    own = sent_view(case.case, METTE, case.texts, "Tak.")

    assert (own.to, own.words, own.mine) == ((JONAS,), "", True)


def test_an_answer_to_what_was_agreed_is_hers_alone():
    case = seen()
    case.does(JONAS, c.AgreePoints, person=METTE, help=said())
    answers = {who: case.refuses(who, c.AnswerPoints, number=1, answer=Answer.YES) for who in (JONAS, SARA, PETER)}

    assert set(answers.values()) <= {"not_yours", "nothing_open"}
