"""A closed case is opened again: nobody is left waiting in it, and what was promised is promised anew."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from casework import commands as c
from casework import events as e
from casework.evolving import evolve
from casework.people import Absence
from casework.vocabulary import Certainty, EpisodeId, Reopened, Stage, StepId, Whom
from tests.cases import ALI, JONAS, METTE, opened
from tests.story import Story, local, said, story
from tests.test_stories_absence import away
from tests.test_stories_closing import asked, closed, ended, workplace_is_done
from tests.test_stories_of_removal import FRIDAY_NIGHT, letters_are_open, tries

WAITS = "En medarbejder venter på dig."
NOTHING_HEARD = "Mette har ikke hørt noget i 3 arbejdsdage."
AGAIN = local(2027, 8, 25, 10)  # a Wednesday, nine months later


async def she_asks_for_it(s: Story) -> None:
    await s.does(s.mette, "reopen_case", {"why": "Det er tilbage."})


async def it_happens_again(s: Story) -> None:
    await s.does(s.mette, "new_episode")
    await s.does(s.mette, "report_new_episode", {"certainty": "exact", "date": "2027-08-25", "time": "08:00"})


HOW = pytest.mark.parametrize("opens", [she_asks_for_it, it_happens_again])
Opens = Callable[[Story], Awaitable[None]]


async def closed_for_months(s: Story, opens: Opens) -> None:
    await closed(s)
    await s.until(AGAIN)
    await opens(s)


@pytest.mark.duty("W3")
@HOW
async def test_whoever_has_a_case_that_is_opened_again_answers_in_time_or_it_goes_on_as_a_new_one_does(opens):
    async with story() as s:
        await closed_for_months(s, opens)
        assert "Er der ikke kommet noget fra Jonas Friis senest i dag kl. 14.00, prøver Værn at finde en anden" in said(
            s.mette
        )
        await s.passes(hours=1, minutes=59)
        assert WAITS not in said(s.jonas)
        await s.passes(minutes=1)
        assert WAITS in said(s.jonas)
        await s.passes(hours=2)

        assert (await s.case()).recipient == s.id("karin") and s.has(s.karin, "open_case")
        assert "Jonas Friis har ikke meldt tilbage endnu. Karin Holm har den fra i dag kl. 14.00." in said(s.mette)


async def test_a_leader_who_says_that_they_have_seen_it_again_keeps_it():
    async with story() as s:
        await closed_for_months(s, she_asks_for_it)
        await s.opened(s.jonas)
        await s.passes(days=2)

        assert (await s.case()).recipient == s.id("jonas") and s.karin.messages == ()


@HOW
async def test_opened_again_while_the_leader_is_away_it_goes_to_whoever_stands_in_at_once(opens):
    async with story() as s:
        await away(s, Absence(s.id("jonas"), date(2027, 8, 20), date(2027, 9, 10)))
        await closed_for_months(s, opens)
        await s.passes(minutes=1)

        assert (await s.case()).recipient == s.id("karin") and s.has(s.karin, "open_case")
        assert "Jonas Friis er fraværende, og Karin Holm har den" in said(s.mette)


async def test_a_leader_who_opens_it_again_has_answered():
    async with story() as s:
        await closed(s)
        await s.passes(days=1)
        await s.jonas.say("åbn sagen igen: Der er kommet et nyt opslag")
        await s.passes(days=2)

        case = await s.case()
        assert case.stage is Stage.OPEN and case.recipient == s.id("jonas") and "nobody_next" not in await s.facts()


async def opened_by_jonas(s: Story) -> None:
    await closed(s)
    await s.until(AGAIN)
    await s.jonas.say("åbn sagen igen: Der er kommet et nyt opslag")
    await s.settled()


async def test_a_leader_who_opens_it_again_is_asked_to_write_when_the_employee_hears_nothing():
    async with story() as s:
        await opened_by_jonas(s)
        await s.until(local(2027, 8, 30, 9))
        assert NOTHING_HEARD not in said(s.jonas)
        await s.until(local(2027, 8, 30, 12))

        assert NOTHING_HEARD in said(s.jonas)


@pytest.mark.duty("H13")
async def test_the_next_way_to_have_it_removed_opens_though_the_case_was_closed_when_no_answer_had_come():
    async with story(FRIDAY_NIGHT) as s:
        await letters_are_open(s)
        await s.step(s.jonas, "talk")
        await workplace_is_done(s)
        await tries(s, "ask_author", "2026-11-27", "Messenger")
        await asked(s)
        await s.does(s.mette, "answer_closing", answer="nothing")
        await ended(s)
        await s.until(local(2026, 12, 30, 10))
        await she_asks_for_it(s)
        await s.opened(s.jonas)
        await s.until(local(2026, 12, 31, 9))

        assert {"unanswered"} <= {name.split(":")[0] for name in (await s.case()).reminded}
        await tries(s, "ask_site", "2026-12-31", "Facebook")
        assert [one.step for one in (await s.case()).removal.attempts] == ["ask_author", "ask_site"]


async def test_a_moment_corrected_in_a_closed_case_so_that_there_is_time_left_opens_it_and_the_police_question():
    async with story(local(2026, 11, 26, 10)) as s:
        await s.report(s.mette, certainty="date", date="2026-11-23", time="")
        await s.opened(s.jonas)
        for step in ("talk", "safetynet", "legal_staff"):
            await s.step(s.jonas, step)
        question = f"{next(iter((await s.case()).episodes))}|{s.id('mette')}"
        passed = {"question": question, "outcome": "passed", "reason": ""}
        await s.step(s.jonas, "police_outcome", "record_outcome", passed)
        await asked(s)
        await s.does(s.mette, "answer_closing", answer="nothing")
        await ended(s)
        await s.does(s.mette, "what_shared")
        await s.does(s.mette, "correct_episode", {"certainty": "exact", "date": "2026-11-24", "time": "12:00"})

        case = await s.case()
        assert (case.stage, case.closing.because, case.outcomes) == (Stage.OPEN, Reopened.POLICE, {})
        await s.until(local(2026, 11, 26, 15))
        assert "consent_asked" in await s.facts()


def test_in_a_closed_case_too_a_moment_is_corrected_by_whoever_told_it_or_whom_it_happened_to():
    case = opened(by=ALI, whom=Whom.COLLEAGUE, affected=(METTE,))
    case.does(JONAS, c.CompleteStep, step=StepId("talk"))
    own = {"episode": EpisodeId("again"), "certainty": Certainty.EXACT}
    case.does(METTE, c.TellWhen, **own, moment=case.now - timedelta(hours=2))
    case.case = evolve(case.case, e.CaseClosed(by=JONAS, at=case.now))

    assert case.refuses(ALI, c.TellWhen, **own, moment=case.now - timedelta(hours=1)) == "cannot_change_answer"
    assert case.does(METTE, c.TellWhen, **own, moment=case.now - timedelta(hours=1))
