"""Graph holds up nobody: what is slow about it happens in a thread, before it is needed."""

import subprocess
import sys

from tests.house import ROOT

PROCESS = """
import asyncio, sys, threading
from dataclasses import replace
from datetime import timedelta

from bot.directory.file import FileDirectory
from bot.directory.graph import GraphDirectory
from bot.directory.graph_calls import GraphCalls
from bot.directory.graph_client import open_graph
from bot.directory.graph_ways import GraphWays
from bot.setup.settings import read_settings
from bot.reaching.ways import Invitation
from tests.graph_world import NOON, At, local_client, local_graph, user

HEAVY = ("msgraph", "kiota_", "azure.identity", "httpx", "msal")
settings = replace(read_settings({}, rehearsal=True), app_password="secret")
mette, jonas = settings.organisation.people[0].id, settings.organisation.people[1].id

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name.startswith(HEAVY):
            seen.add("loop" if threading.current_thread() is threading.main_thread() else "thread")

def opened(url):
    open_graph(settings)
    return local_client(url)

async def main():
    async with local_graph() as graph:
        graph.will_answer(f"/users/{mette}/manager", user(jonas, "Jonas Friis"))
        graph.will_answer("/users", {"value": [user(mette, "Mette Lund")]})
        graph.will_answer(f"/users/{jonas}/teamwork/installedApps", {})
        graph.will_answer("/users/box@example.dk/sendMail", {})
        graph.will_answer("/users/box@example.dk/events", {})
        calls, now = GraphCalls(lambda: opened(graph.url), At()), At()
        directory = GraphDirectory(FileDirectory(settings.organisation), calls, now)
        ways = GraphWays(calls, directory, "an-app", "box@example.dk")
        await calls.warm()
        before = set(sys.modules)
        assert (await directory.workplace_of(mette)).leader == jonas
        assert await directory.search("mette")
        assert await directory.photo(mette) is None
        assert await directory.members("a-group") is None
        await ways.install(jonas)
        await ways.mail(jonas, "s", "b")
        await ways.invite(Invitation("i", "s", "b", NOON, timedelta(hours=1), (jonas,)))
        print(sorted(name for name in set(sys.modules) - before if name.startswith(HEAVY)))
        await calls.close()

seen = set()
sys.meta_path.insert(0, Watch())
asyncio.run(main())
print(sorted(seen))
print(sorted(name for name in sys.modules if name.startswith("msgraph.generated.")))
"""


def test_msgraph_is_imported_in_a_thread_and_none_of_its_thousand_typed_requests_ever_is():
    done = subprocess.run(
        [sys.executable, "-c", PROCESS], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("[")]

    assert lines == [
        "[]",  # imported while Graph was in use
        "['thread']",  # where it was imported
        "['msgraph.generated.base_graph_service_client']",  # typed: the root alone, which msgraph itself imports
    ], done.stdout + done.stderr


def test_msgraph_is_not_imported_where_only_the_settings_are_asked():
    look = "import sys, bot.directory.opening; sys.exit(bool({'msgraph', 'azure.identity'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", look], cwd=ROOT, check=False).returncode == 0
