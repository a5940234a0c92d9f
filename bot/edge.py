"""What stands between us and the channel: opened together, closed together."""

import random
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass

from aiohttp import ClientSession, DummyCookieJar

from bot.setup.standing import Standing
from bot.teams.connector import Connector
from bot.teams.files import Files, open_files_session
from bot.teams.keys import SigningKeys
from bot.teams.settings import ChannelSettings
from bot.teams.tokens import TokenProvider, token_provider
from bot.teams.uploads import Uploads


@dataclass
class Edge:
    """One session and token for all that is sent, another session for files, and the keys we believe."""

    channel: ChannelSettings
    session: ClientSession
    keys: SigningKeys
    tokens: TokenProvider
    connector: Connector
    files: Files
    uploads: Uploads


async def open_edge(stack: AsyncExitStack, channel: ChannelSettings, standing: Standing) -> Edge:
    session = await stack.enter_async_context(ClientSession(cookie_jar=DummyCookieJar()))
    downloads = await stack.enter_async_context(open_files_session(channel))
    tokens = token_provider(session, channel, time.monotonic)
    stack.push_async_callback(tokens.close)
    keys = SigningKeys(session, channel, time.monotonic)
    stack.push_async_callback(keys.close)
    connector = Connector(session, tokens, channel, time.monotonic, random=random.Random())
    files = Files(downloads, tokens, channel, max_bytes=lambda: standing.organisation.uploads.largest_file)
    return Edge(channel, session, keys, tokens, connector, files, Uploads(downloads, channel))
