"""The day the report in SafetyNet is due: always one that is still ahead, and what is over is told as over."""

from datetime import timedelta

from casework import commands as c
from casework import projections as p
from casework.calendar import days_after
from casework.vocabulary import Certainty, EpisodeId
from tests.cases import ALI, JONAS, METTE, SAFETYNET, Working, opened
from tests.scenes import EPISODE
from tests.story import said, story


def with_an_older_one() -> Working:
    """A case of Saturday, and an episode of three weeks before that is told of later."""
    case = opened().passes(days=5)
    moment = EPISODE - timedelta(days=21)
    case.does(METTE, c.TellWhen, episode=EpisodeId("old"), certainty=Certainty.EXACT, moment=moment)
    return case


def step(case: Working, reader):
    return p.step_view(case.case, SAFETYNET, reader, case.texts, case.now)


def test_an_older_episode_moves_no_day_into_the_past():
    case = with_an_older_one()
    group = p.group_view(case.case, case.now)

    assert group.safetynet_until == step(case, JONAS).safetynet_until == days_after(EPISODE, 14)
    assert (group.safetynet_over, step(case, JONAS).safetynet_over.latest.episode) == (1, EpisodeId("old"))


def test_the_whole_of_the_last_day_is_in_time():
    case = opened()
    case.now = days_after(EPISODE, 14) + timedelta(hours=10)
    assert (step(case, JONAS).safetynet_until, step(case, JONAS).safetynet_over) == (days_after(EPISODE, 14), None)

    case.passes(days=1)
    assert (step(case, JONAS).safetynet_until, step(case, JONAS).safetynet_over.count) == (None, 1)


def test_whoever_is_only_asked_to_take_the_step_does_not_see_when_the_older_one_was():
    case = with_an_older_one()
    case.does(JONAS, c.OfferStep, step=SAFETYNET, to=ALI)
    assert step(case, ALI).safetynet_over.latest is None

    case.does(ALI, c.AcceptStep, step=SAFETYNET)
    assert step(case, ALI).safetynet_over.latest is not None


def test_what_has_been_reported_is_not_over():
    case = with_an_older_one().done(SAFETYNET)

    assert p.group_view(case.case, case.now).safetynet_over == 0
    assert step(case, JONAS).safetynet_over is None


async def test_the_group_and_the_leader_read_the_day_ahead_and_that_the_older_one_is_to_be_reported_all_the_same():
    async with story() as s:
        await s.connect_group()
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.does(s.mette, "new_episode")
        await s.does(s.mette, "report_new_episode", {"certainty": "exact", "date": "2026-11-03", "time": "08:00"})
        await s.passes(hours=1)
        await s.jonas.say("åbn 4")
        leader, group = (said(chat).replace("\N{NO-BREAK SPACE}", " ") for chat in (s.jonas, s.group))

        assert "senest lørdag d. 5. december" in group and "d. 17. november" not in group
        assert "De 14 dage er gået for en af episoderne. Anmeld den alligevel." in group
        assert "Senest lørdag d. 5. december" in leader
        assert "De 14 dage er gået for episoden tirsdag d. 3. november kl. 8.00. Anmeld den alligevel." in leader
