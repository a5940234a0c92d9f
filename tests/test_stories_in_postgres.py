"""The same stories, with the cases in PostgreSQL: nobody who writes to the bot can tell the difference."""

import inspect
from collections.abc import Awaitable, Callable

import pytest

from bot.stores.postgres_store import PostgresCaseStore
from bot.stores.vault import WrongKey
from tests import test_stories
from tests.postgres_server import server
from tests.story import kept_in, said, story

STORIES = {
    name.removeprefix("test_"): each
    for name, each in vars(test_stories).items()
    if name.startswith("test_") and inspect.iscoroutinefunction(each)
}


@pytest.mark.parametrize("told", STORIES.values(), ids=STORIES)
async def test_it_goes_the_same_way_in_postgres(told: Callable[[], Awaitable[None]]):
    with kept_in(server().fresh()):
        await told()


async def test_a_story_is_kept_in_the_database_and_no_case_lies_in_the_folder():
    with kept_in(server().fresh()):
        async with story() as s:
            await s.report(s.mette)

            assert isinstance(s.app.store, PostgresCaseStore)
            assert [path.name for path in s.folder.rglob("*") if "cases" in path.parts] == []


async def test_a_wrong_master_key_stops_the_start_and_the_right_one_finds_everything():
    with kept_in(server().fresh()):
        async with story() as s:
            await s.report(s.mette)
            await s.stop()
            with pytest.raises(WrongKey):
                await s.start(master_key=bytes(32))
            await s.start()
            await s.mette.say("mine sager")

            assert (await s.case()).id in said(s.mette)
