"""One of the servers that are compared, in a process of its own: `serve <which> <channel> <data>`.

It prints the address it listens on, and runs until its standard input is closed.
"""

import asyncio
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from bot import loop

if TYPE_CHECKING:  # the servers that are compared load none of it
    from bot.app import App


@dataclass
class Asked:
    """What a server is told: where the channel is, and where it may keep things."""

    channel: str
    data: Path


async def opened(asked: Asked, closing: AsyncExitStack) -> "App":
    """The bot itself, wired as `python -m bot` wires it; only the channel's addresses are other ones."""
    from bot.__main__ import _quiet
    from bot.app import App
    from bot.clock import VirtualClock
    from bot.teams.settings import SINGLE_TENANT, ChannelSettings
    from bot.warm import keep_for_good
    from tests.bench.crowd import MASTER_KEY, NOON, SECRET, settings

    _quiet()
    ours = settings(asked.data)
    channel = ChannelSettings(
        app_id=ours.app_id,
        app_password=SECRET,
        tenant_id=ours.tenant_id,
        app_type=SINGLE_TENANT,
        metadata_url=f"{asked.channel}/v1/.well-known/openidconfiguration",
        token_url=f"{asked.channel}/oauth/token",
        issuer="https://api.botframework.com",
        allowed_service_hosts=(),
        allowed_tenants=(ours.tenant_id,),
        download_hosts=(),
        allow_loopback=True,
    )
    app = await App.open(ours, channel, VirtualClock(NOON), MASTER_KEY)
    closing.push_async_callback(app.stop)
    keep_for_good()
    return app


async def vaern(asked: Asked, closing: AsyncExitStack) -> str:
    app = await opened(asked, closing)
    await app.start()
    return app.url


async def echo(asked: Asked, closing: AsyncExitStack) -> str:
    """The SDK's own sample: CloudAdapter with its own authentication, and a bot that says back what it was told."""
    from botbuilder.core import ActivityHandler, TurnContext
    from botbuilder.integration.aiohttp import CloudAdapter
    from botframework.connector.auth import BotFrameworkAuthenticationFactory

    from tests.bench.crowd import settings
    from tests.bench.stock import Credentials

    class Echo(ActivityHandler):
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(turn_context.activity.text)

    authentication = BotFrameworkAuthenticationFactory.create(
        to_channel_from_bot_login_url="https://login.microsoftonline.com/botframework.com",
        to_channel_from_bot_oauth_scope="https://api.botframework.com",
        to_bot_from_channel_token_issuer="https://api.botframework.com",
        oauth_url="https://api.botframework.com",
        to_bot_from_channel_open_id_metadata_url=f"{asked.channel}/v1/.well-known/openidconfiguration",
        to_bot_from_emulator_open_id_metadata_url=f"{asked.channel}/v1/.well-known/openidconfiguration",
        credential_factory=Credentials(settings(asked.data).app_id),
    )
    adapter, bot = CloudAdapter(authentication), Echo()

    async def messages(request: web.Request) -> web.StreamResponse:
        return await adapter.process(request, bot)

    return await _listening(messages, closing)


async def bare(asked: Asked, closing: AsyncExitStack) -> str:
    """aiohttp alone: JSON in, JSON out. No token, no conversation, nothing kept, nothing sent."""

    async def messages(request: web.Request) -> web.Response:
        return web.json_response({"type": (await request.json())["type"]})

    return await _listening(messages, closing)


async def _listening(handler, closing: AsyncExitStack) -> str:
    app = web.Application()
    app.router.add_post("/api/messages", handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    closing.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


SERVERS = {"vaern": vaern, "echo": echo, "bare": bare}


async def main(which: str, channel: str, data: str) -> None:
    async with AsyncExitStack() as closing:
        print(await SERVERS[which](Asked(channel, Path(data)), closing), flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    # each on the loop it really runs on: ours as `python -m bot` does, the SDK's sample and bare aiohttp as they come
    (loop.run if sys.argv[1] == "vaern" else asyncio.run)(main(*sys.argv[1:]))
