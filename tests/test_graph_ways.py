"""The app installed, a mail, an invitation: what Graph is sent for each, and what its answers mean."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.directory.file import FileDirectory
from bot.directory.graph import GraphDirectory
from bot.directory.graph_calls import GraphCalls
from bot.directory.graph_ways import GraphWays
from bot.reaching.ways import Invitation, WayBusy, WayClosed
from bot.setup.settings import read_settings
from casework.vocabulary import PersonId
from tests.graph_world import At, Graph, Heard, local_client, user

ORGANISATION = read_settings({}, rehearsal=True).organisation
METTE, JONAS = (PersonId(f"5f000000-0000-4000-8000-0000000001{n:02}") for n in (1, 2))
STRANGER = PersonId("5f000000-0000-4000-8000-000000000999")
APP, BOX = "0f000000-0000-4000-8000-000000000003", "vaern@example.dk"
INSTALL, MAIL, EVENT = f"/users/{JONAS}/teamwork/installedApps", f"/users/{BOX}/sendMail", f"/users/{BOX}/events"
NINE = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))
TALK = Invitation("VK-1:talk", "En samtale", "Vi taler sammen.", NINE, timedelta(minutes=30), (METTE, JONAS))


Make = Callable[..., GraphWays]


@pytest.fixture
async def make(graph: Graph, heard: Heard) -> AsyncIterator[Make]:
    made = []

    def ways(app: str = APP, box: str = BOX, people: Any = ORGANISATION.people, **how: Any) -> GraphWays:
        now = At()
        made.append(GraphCalls(lambda: local_client(graph.url, **how), now, heard, pauses=()))
        directory = GraphDirectory(FileDirectory(replace(ORGANISATION, people=people)), made[-1], now)
        return GraphWays(made[-1], directory, app, box)

    yield ways
    for each in made:
        await each.close()


def each(ways: GraphWays) -> dict[str, Any]:
    return {
        INSTALL: lambda: ways.install(JONAS),
        MAIL: lambda: ways.mail(JONAS, "Der ligger en besked", "Åbn Teams."),
        EVENT: lambda: ways.invite(TALK),
    }


async def closed(way: Any) -> tuple[str, str]:
    with pytest.raises(WayClosed) as told:
        await way()
    return told.value.reason, told.value.permission


async def test_the_app_is_installed_as_graph_documents_it(graph, make):
    graph.will_answer(INSTALL, 201)

    await make().install(JONAS)

    (asked,) = graph.asked
    assert (asked.method, asked.path) == ("POST", f"/v1.0{INSTALL}")
    assert asked.headers["Authorization"] == "Bearer a-token"
    bind = f"https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/{APP}"
    assert graph.bodies == [{"teamsApp@odata.bind": bind}]


async def test_an_app_that_is_there_already_is_installed(graph, make, heard):
    graph.will_answer(INSTALL, 409)

    await make().install(JONAS)
    assert heard.stands == set()


async def test_a_mail_is_plain_text_from_the_one_mailbox_and_leaves_no_copy(graph, make):
    graph.will_answer(MAIL, 202)

    await make().mail(JONAS, "Der ligger en besked", "Åbn Teams.")

    mail = next(person.mail for person in ORGANISATION.people if person.id == JONAS)
    message = {
        "subject": "Der ligger en besked",
        "body": {"contentType": "text", "content": "Åbn Teams."},
        "toRecipients": [{"emailAddress": {"address": mail}}],
    }
    assert graph.bodies == [{"message": message, "saveToSentItems": False}]
    assert graph.asked[0].path == f"/v1.0{MAIL}"


async def test_an_invitation_tells_utc_is_private_no_online_meeting_and_the_same_if_sent_again(graph, make):
    graph.will_answer(EVENT, 201, 409)
    ways = make()

    await ways.invite(TALK)
    await ways.invite(TALK)

    first, second = graph.bodies
    assert first == second
    assert first["transactionId"] == "VK-1:talk"
    assert first["start"] == {"dateTime": "2026-11-24T08:30:00", "timeZone": "UTC"}
    assert first["end"] == {"dateTime": "2026-11-24T09:00:00", "timeZone": "UTC"}
    assert (first["isOnlineMeeting"], first["sensitivity"]) == (False, "private")
    known = {person.id: person.mail for person in ORGANISATION.people}
    assert [row["emailAddress"]["address"] for row in first["attendees"]] == [known[METTE], known[JONAS]]


async def test_what_is_not_set_up_is_closed_and_asks_nobody(graph, make):
    ways = make(app="", box="")

    for way in each(ways).values():
        assert await closed(way) == ("not_set_up", "")
    assert graph.asked == []


@pytest.mark.parametrize(
    ("path", "permission"),
    [
        (INSTALL, "TeamsAppInstallation.ReadWriteSelfForUser.All"),
        (MAIL, "Mail.Send"),
        (EVENT, "Calendars.ReadWrite"),
    ],
)
async def test_a_missing_permission_closes_the_way_and_is_named(graph, make, heard, path, permission):
    graph.will_answer(path, 403, 201)
    ways = make()

    assert await closed(each(ways)[path]) == ("permission", permission)
    assert heard.stands == {("permission", permission)}
    await each(ways)[path]()
    assert heard.stands == set()


async def test_what_a_policy_forbids_for_one_person_names_no_permission(graph, make):
    graph.will_answer(INSTALL, 403)
    ways = make(roles=("TeamsAppInstallation.ReadWriteSelfForUser.All",))

    assert await closed(lambda: ways.install(JONAS)) == ("not_allowed", "")


async def test_whoever_has_left_is_nobody(graph, make):
    ways = make()

    assert await closed(lambda: ways.install(STRANGER)) == ("nobody", "")
    assert await closed(lambda: ways.mail(STRANGER, "s", "b")) == ("nobody", "")
    assert await closed(lambda: ways.invite(replace(TALK, to=(METTE, STRANGER)))) == ("nobody", "")
    assert "sendMail" not in " ".join(asked.path for asked in graph.asked)


async def test_an_app_that_is_not_in_the_catalogue_is_told_apart_from_a_person_who_has_left(graph, make):
    graph.will_answer(f"/users/{JONAS}", user(JONAS, "Jonas Friis"))

    assert await closed(lambda: make().install(JONAS)) == ("no_app", "")


async def test_a_mailbox_that_is_not_there_is_told(graph, make):
    ways = make()

    assert await closed(each(ways)[MAIL]) == await closed(each(ways)[EVENT]) == ("no_mailbox", "")


async def test_who_has_no_address_gets_no_mail(graph, make):
    people = tuple(replace(person, mail="") for person in ORGANISATION.people)

    assert await closed(lambda: make(people=people).mail(JONAS, "s", "b")) == ("no_mail", "")


async def test_a_request_that_graph_finds_wrong_is_not_tried_for_ever(graph, make):
    graph.will_answer(MAIL, 400)

    assert await closed(each(make())[MAIL]) == ("refused", "")


@pytest.mark.parametrize("path", [INSTALL, MAIL, EVENT])
@pytest.mark.parametrize(
    ("answer", "after"), [((429, {"Retry-After": "17"}), 17.0), (500, None), (503, None), (504, None), (401, None)]
)
async def test_a_busy_graph_is_asked_again_later_and_never_by_itself(graph, make, path, answer, after):
    graph.will_answer(path, answer)

    with pytest.raises(WayBusy) as told:
        await each(make())[path]()
    assert told.value.retry_after == after
    assert len(graph.asked) == 1


async def test_an_address_that_cannot_be_looked_up_now_is_looked_up_later(graph, make):
    graph.will_answer(f"/users/{STRANGER}", 500)

    with pytest.raises(WayBusy):
        await make().mail(STRANGER, "s", "b")
