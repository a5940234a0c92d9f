"""Death at every statement of receiving and destroying in a real PostgreSQL: the process's, the connection's, the
server's own. What was received is there whole or not at all, and no row is left that belongs to nothing."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.stores.postgres_store import PostgresCaseStore
from tests.dying_postgres import KEY, MANY, WRITES, address, furnish, portraits
from tests.postgres_server import Server, own_server, server
from tests.postgres_statements import MOMENTS, Line, Statements

MOST = 9
"""Statements that a write may take here; at those that it does not take nobody dies."""


@pytest.fixture(scope="module")
def killable() -> Iterator[Server]:
    """A server of its own: when one of its processes is killed, it ends everybody's connections."""
    with ExitStack() as stack:
        yield own_server(stack.callback)


@cache
def deaths(operation: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.dying_postgres", str(server().folder), operation]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent.parent, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("operation", WRITES)
def test_a_process_killed_at_any_statement_leaves_the_old_or_the_new_state_and_no_row_too_many(operation: str):
    found = deaths(operation)

    names = {"old": found["before"], "new": found["after"]}
    for moment in MOMENTS:
        states = [{name: one[name] for name in found["before"]} for one in found["deaths"] if one["moment"] == moment]
        which = [next((name for name in names if names[name] == state), state) for state in states]
        assert len(which) >= {"receiving": 8, "destroying": 5}[operation], "one death at each statement"
        assert which == ["old"] * which.count("old") + ["new"] * which.count("new")
        assert which[0] == "old" and (moment != "after" or which[-1] == "new")


def test_what_is_new_is_the_whole_file_with_its_key_and_what_is_destroyed_has_none():
    received, destroyed = deaths("receiving"), deaths("destroying")

    assert received["before"]["film"] is None and received["after"]["film"] == MANY
    assert [received[when]["chunks"] for when in ("before", "after")] == [1, 4]
    assert [received[when]["keys"] for when in ("before", "after")] == [3, 5]
    assert destroyed["after"]["texts"] == {"kept": "det her"} and destroyed["after"]["photo"] is None
    assert [destroyed["after"][name] for name in ("uploads", "chunks", "keys")] == [0, 0, 1]


@pytest.mark.parametrize("who", [Line.cut, Line.kill_backend], ids=["connection", "server process"])
@pytest.mark.parametrize("operation", WRITES)
async def test_where_the_connection_or_the_servers_process_dies_at_any_statement_the_work_is_done_once_and_whole(
    killable: Server, operation: str, who: Callable[[Line], None]
):
    deaths = [f"{moment}-{at}" for moment in MOMENTS for at in range(1, MOST + 1)]
    schema = f"{operation}_{who.__name__}"
    await furnish(killable.folder, schema, "alive", *deaths)

    async with Statements(killable.folder) as way:
        store = await PostgresCaseStore.open(address(way.folder, schema), KEY)
        way.count()
        await WRITES[operation](store, "alive")
        statements = way.asked
        for case in deaths:
            moment, at = case.split("-")
            way.count(int(at), moment, who)
            await WRITES[operation](store, case)
        died = way.died
        await store.close()

    whole, *found = await portraits(killable.folder, schema, "alive", *deaths)
    assert died == len(MOMENTS) * statements and statements <= MOST
    assert found == [whole] * len(deaths)
    assert whole["version"] == 2
