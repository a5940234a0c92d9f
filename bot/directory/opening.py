"""The directory and the ways beside the chat, as the settings say: from the file alone, or with Entra in front."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial

from bot.administrator.attention import Attention
from bot.directory import Directory
from bot.directory.file import FileDirectory
from bot.directory.graph import GraphDirectory
from bot.directory.graph_calls import GraphCalls
from bot.directory.graph_client import GraphClient, open_graph
from bot.directory.graph_ways import GraphWays
from bot.reaching.ways import NoWays, Ways
from bot.setup.settings import Settings
from bot.setup.standing import Standing

OpenClient = Callable[[Settings], GraphClient]


async def open_directory(
    stack: AsyncExitStack,
    settings: Settings,
    standing: Standing,
    attention: Attention,
    now: Callable[[], datetime],
    open_client: OpenClient = open_graph,
) -> tuple[Directory, Ways]:
    """`now` is real time. `open_client` is called in a thread, and only where Graph is configured."""
    file = FileDirectory(lambda: standing.organisation)
    if settings.directory != "graph":
        return file, NoWays()

    async def told(kind: str, about: str, wrong: bool) -> None:
        await (attention.note(kind, about, now()) if wrong else attention.clear(kind, about))

    calls = GraphCalls(partial(open_client, settings), now, told)
    stack.push_async_callback(calls.close)
    await calls.warmed()
    directory = GraphDirectory(file, calls, now, lambda: standing.organisation.entra_groups)
    return directory, GraphWays(calls, directory, settings.catalog_app_id, settings.mailbox)
