"""A test marked with a duty must leave behind what `duties.toml` names for it."""

import tomllib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.every_store import desk, store  # noqa: F401 (fixtures)
from tests.graph_world import Graph, Heard, local_graph
from tests.only_loopback import listen, nobody_leaves
from tests.recording import RECORDINGS, missing

DUTIES = tomllib.loads((Path(__file__).parent / "duties.toml").read_text(encoding="utf-8"))


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem):
    """Around the test itself, so that a duty that is not shown is this test's failure."""
    marked = [duty for mark in pyfuncitem.iter_markers("duty") for duty in mark.args]
    kept: list = []
    RECORDINGS.append(kept)
    try:
        result = yield
        gaps = [f"{duty}: {proof}" for duty in marked for proof in missing(DUTIES[duty]["shown_by"], kept)]
        assert not gaps, "The story did not leave behind what tests/duties.toml names:\n  " + "\n  ".join(gaps)
        return result
    finally:
        RECORDINGS.pop()


def pytest_configure(config: pytest.Config) -> None:
    listen()


@pytest.fixture(autouse=True)
def opens_nothing_outside() -> Iterator[None]:
    with nobody_leaves():
        yield


@pytest.fixture
async def graph() -> AsyncIterator[Graph]:
    """Microsoft Graph on this machine; the test fails if anything was asked that Graph would not take."""
    async with local_graph() as graph:
        yield graph


@pytest.fixture
def heard() -> Heard:
    """Whoever looks after the bot, and what they were told of Graph."""
    return Heard()
