"""Two episodes, each with its own 72 hours, as the employee's own card tells of them."""

import json
from datetime import timedelta

import pytest

from cards.show import as_text
from casework import commands as c
from casework import projections as p
from casework.deadline import deadline
from casework.vocabulary import Answer, Certainty, EpisodeId, OutcomeKind
from tests.cases import HAPPENED, JONAS, LEGAL, METTE, Working, opened, outcome_of, said
from tests.drawing import draw
from tests.story import local, story

OLD = EpisodeId("old")


def two_episodes() -> Working:
    """One of this morning, and one that was over when it was told."""
    case = opened().done(LEGAL)
    case.does(METTE, c.TellWhen, episode=OLD, certainty=Certainty.EXACT, moment=case.now - timedelta(days=6))
    return case.passes(minutes=1)


def is_over(case: Working, episode: EpisodeId = OLD) -> Working:
    case.does(JONAS, c.RecordOutcome, **outcome_of(OutcomeKind.PASSED, case.now) | {"episode": episode})
    return case


def card_view(case: Working):
    return p.case_view(case.case, METTE, case.texts, case.now)


def test_no_headline_says_that_the_time_is_over_while_one_episode_still_runs():
    case = is_over(two_episodes())
    assert card_view(case).headline == "still_running"

    case.now = deadline(case.case.episodes[HAPPENED])
    assert card_view(case).headline == "passed"


def test_what_still_runs_stands_before_what_is_over_which_is_named():
    words = as_text(draw("employee_still_running", "da")).replace("\N{NO-BREAK SPACE}", " ")
    running, over = words.index("Frist for politianmeldelse"), words.index("De 72 timer er gået for episoden")

    assert words.index("Fristen løber stadig") < running < over < words.index("Hvem ved det")


def test_a_no_that_was_noted_takes_no_running_deadline_off_the_card():
    words = as_text(draw("employee_not_accepted", "da"))

    assert "Frist for politianmeldelse" in words


def test_after_a_no_it_is_still_the_running_deadline_that_decides_the_headline():
    case = two_episodes().asked()
    case.answers(METTE, Answer.NO)
    case.outcome(OutcomeKind.NOT_ACCEPTED)

    assert card_view(is_over(case.passes(minutes=1))).headline == "still_running"
    assert [line.running for line in card_view(case).deadlines] == [False, True]


def test_what_was_reported_runs_no_more():
    case = is_over(two_episodes())
    case.does(METTE, c.ReportMyself, episode=HAPPENED, reported_at=case.now, details=said(""))

    assert not any(line.running for line in card_view(case).deadlines)


@pytest.mark.parametrize("name", ["employee_not_accepted", "employee_not_reported", "employee_all_over"])
def test_who_can_still_report_can_note_it_whatever_came_of_every_episode(name):
    assert "report_myself" in json.dumps(draw(name, "da"))


def test_what_was_reported_is_not_to_be_noted_again():
    assert "report_myself" not in json.dumps(draw("employee_reported", "da"))


async def test_after_a_no_that_was_noted_and_the_72_hours_the_words_typed_lead_to_what_notes_a_report():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.until(local(2026, 11, 25, 9, 0))
        await s.step(s.jonas, "legal_staff")
        episode = (await s.case()).in_time_order[0].id
        told = {"question": f"{episode}|{s.id('mette')}", "outcome": "passed"}
        await s.step(s.jonas, "police_outcome", "record_outcome", told)
        assert [one.kind for one in (await s.case()).outcomes.values()] == [OutcomeKind.PASSED]
        await s.mette.say("jeg har selv anmeldt det")
        when = {"date": "2026-11-25", "time": "08:30", "where": "Station City"}
        await s.mette.press("Har anmeldt", when)
        await s.settled()

        assert [one.kind for one in (await s.case()).outcomes.values()] == [OutcomeKind.REPORTED]
