"""A report from the first word to Send with Entra there, without it, and with it failing in every way it can."""

from typing import Any

import pytest

from bot.directory.graph_ways import GraphWays
from bot.reaching.ways import NoWays, WayClosed
from casework.people import Person
from casework.vocabulary import PersonId, Stage
from tests.graph_world import CATALOG_APP, GROUP, user
from tests.local_files import organisation
from tests.story import FORMS, ORDINARY, Story, said, story

ELSE = PersonId("5f000000-0000-4000-8000-000000000999")
"""Somebody whom only Entra knows."""
FAILING = {
    "forbidden": 403,
    "unknown to Entra": 401,
    "broken": 500,
    "down": 503,
    "throttled": (429, {"Retry-After": "60"}),
    "another page": b"<html>a proxy asks for your password</html>",
    "nonsense": {"value": None},
}


async def told_by_hand(s: Story, chat: Any, name: str) -> None:
    """From the first word to Send; who is to know is typed."""
    answers = {**ORDINARY, "recipient": "other", "other": name}
    await chat.say("noget er sket")
    for form in FORMS:
        await chat.press("Næste", {field: answers[field] for field in form if field in answers})
    await chat.press("Send")
    await s.settled()


async def noted(s: Story) -> set[tuple[str, str]]:
    return {(row.kind, row.about) for row in await s.app.attention.rows()}


def newcomer(s: Story) -> Any:
    """The chat of somebody whom the settings do not know."""
    s.channel.people[ELSE] = Person(ELSE, "Else Dahl")
    return s.channel.chat(ELSE)


async def test_with_entra_the_leader_it_names_is_proposed_and_told(graph):
    async with story(graph=graph) as s:
        graph.will_answer(f"/users/{s.id('mette')}/manager", user(ELSE, "Else Dahl", jobTitle="Centerchef"))
        graph.will_answer(f"/users/{ELSE}", user(ELSE, "Else Dahl", jobTitle="Centerchef"))
        leader = newcomer(s)

        await s.report(s.mette, recipient=ELSE)

        assert "Else" in said(s.mette)
        assert (await s.case()).recipient == ELSE
        await s.opened(leader)
        assert "Mette Lund" in said(leader)
        assert await noted(s) == set()


async def test_with_entra_somebody_the_settings_do_not_know_is_found_by_name(graph):
    async with story(graph=graph) as s:
        newcomer(s)
        graph.will_answer("/users", {"value": [user(ELSE, "Else Dahl")]})
        graph.will_answer(f"/users/{ELSE}", user(ELSE, "Else Dahl"))

        await told_by_hand(s, s.mette, "Else Dahl")

        assert (await s.case()).recipient == ELSE


async def test_with_entra_somebody_the_settings_do_not_know_can_report_to_their_manager(graph):
    async with story(graph=graph) as s:
        graph.will_answer(f"/users/{ELSE}", user(ELSE, "Else Dahl"))
        graph.will_answer(f"/users/{ELSE}/manager", user(s.id("jonas"), "Jonas Friis"))

        await s.report(newcomer(s))

        await s.opened(s.jonas)
        assert "Else Dahl" in said(s.jonas)


async def test_with_entra_its_group_decides_who_may_connect_the_channel(graph):
    members = f"/groups/{GROUP}/transitiveMembers"
    async with story(graph=graph) as s:
        graph.will_answer(members, {"value": [user(s.id("jonas"), "Jonas Friis")]})
        await s.group.install()
        await s.group.say("tilslut", by=s.id("sara"))
        assert not await s.app.office.records.of_group(s.settings.organisation.workplaces[0].id)
        await s.group.say("tilslut", by=s.id("jonas"))
        assert await s.app.office.records.of_group(s.settings.organisation.workplaces[0].id)


async def test_without_entra_the_report_is_sent_and_nobody_asks_for_it():
    async with story(by_hand=False) as s:  # no Graph at all: opening it would be a fault
        await s.report(s.mette)

        assert (await s.case()).recipient == s.id("jonas")
        assert isinstance(s.app.ways, NoWays)
        with pytest.raises(WayClosed):
            await s.app.ways.install(s.id("jonas"))
        assert await noted(s) == set()


@pytest.mark.parametrize("how", [*FAILING, "silent"])
async def test_with_entra_failing_the_report_is_sent_all_the_same(graph, how):
    graph.fails_with(FAILING.get(how, ...))
    async with story(graph=graph) as s:
        await s.report(s.mette)

        case = await s.case()
        assert (case.stage, case.recipient) == (Stage.OPEN, s.id("jonas"))
        await s.opened(s.jonas)
        assert "har set det" in said(s.mette)


@pytest.mark.parametrize("how", FAILING)
async def test_with_entra_failing_somebody_it_alone_knows_reports_to_a_leader_typed_by_name(graph, how):
    graph.fails_with(FAILING[how])
    async with story(graph=graph) as s:
        await told_by_hand(s, newcomer(s), "Jonas Friis")

        (case,) = await s.app.store.cases_of(ELSE)
        assert (await s.app.office.caseworker.open(case)).case.recipient == s.id("jonas")
        await s.opened(s.jonas)


async def test_with_entra_without_a_manager_the_settings_leader_is_told(graph):
    async with story(graph=graph) as s:  # everything is a 404: no such user, no manager, no group
        await s.report(s.mette)

        assert (await s.case()).recipient == s.id("jonas")
        assert await noted(s) == set()


async def test_the_administrator_is_told_which_permission_is_missing_until_it_is_given(graph):
    graph.fails_with(403)
    async with story(graph=graph) as s:
        await s.report(s.mette)
        assert ("permission", "User.Read.All") in await noted(s)
        assert ("permission", "GroupMember.Read.All") in await noted(s)
        assert ("directory", "graph") not in await noted(s)

        graph.fails_with(None)
        await s.restart()
        await s.mette.say("mine sager")
        await s.report(s.mette)
        assert await noted(s) == set()


@pytest.mark.parametrize("how", sorted(set(FAILING) - {"forbidden"}))
async def test_the_administrator_is_told_that_entra_fails_until_it_answers(graph, how):
    graph.fails_with(FAILING[how])
    async with story(graph=graph) as s:
        await s.report(s.mette)
        assert await noted(s) == {("directory", "graph")}

        graph.fails_with(None)
        await s.restart()
        await s.report(s.mette)
        assert await noted(s) == set()


async def test_the_ways_beside_the_chat_go_through_entra_where_it_is_set_up(graph):
    async with story(graph=graph) as s:
        graph.will_answer(f"/users/{s.id('jonas')}/teamwork/installedApps", {})

        assert isinstance(s.app.ways, GraphWays)
        await s.app.ways.install(s.id("jonas"))
        assert CATALOG_APP in str(graph.bodies)  # rounds that look somebody up may have asked since


@pytest.mark.parametrize("how", [503, 403])
async def test_while_entra_is_silent_nothing_is_posted_where_somebody_excluded_may_read_along(graph, tmp_path, how):
    """The list in organisation.toml is an old one: nobody keeps it up where Entra has the group."""
    jonas = '  "5f000000-0000-4000-8000-000000000102", # Jonas Friis\n'
    file = organisation(tmp_path, (jonas, ""))
    async with story(folder=tmp_path / "data", graph=graph, VAERN_ORGANISATION=str(file)) as s:
        members = [user(s.id("jonas"), "Jonas Friis"), user(s.id("sara"), "Sara Nygaard")]
        graph.will_answer(f"/groups/{GROUP}/transitiveMembers", {"value": members})
        await s.connect_group()
        before = said(s.group)
        await s.stop()
        graph.fails_with(how)
        await s.start()
        await s.report(s.mette, recipient=s.id("karin"))

        assert s.id("jonas") in (await s.case()).excluded
        assert said(s.group) == before
