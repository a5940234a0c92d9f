"""POST /api/messages: what comes in is checked from the outside inwards, and always answered."""

import traceback
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import structlog
from aiohttp import web
from botbuilder.core import CloudAdapterBase, TurnContext
from botbuilder.schema import Activity
from botframework.connector.auth import AuthenticateRequestResult

from bot.teams.activity import broken_press, read_activity
from bot.teams.authentication import TeamsAuthentication
from bot.teams.faults import Malformed, TurnedAway
from bot.teams.http import TooMuch, read_capped
from bot.teams.wire import read_json, write_json

log = structlog.get_logger(__name__)

MAX_BODY = 256 * 1024
"""Bytes. Teams sends at most 100 KB."""


class Bot(Protocol):
    async def on_turn(self, turn_context: TurnContext) -> None: ...


class Adapter(CloudAdapterBase):
    """The SDK's adapter over our authentication and connector. A turn that fails raises; it is answered below."""

    def __init__(self, authentication: TeamsAuthentication) -> None:
        super().__init__(authentication)
        self.authentication = authentication


def make_messages_handler(
    adapter: Adapter, bot: Bot, *, max_body: int = MAX_BODY
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler: 200, or an invoke's own status and body; 400, 401, 403, 413, 415 with {"error": key}; 500 empty."""

    async def messages(request: web.Request) -> web.Response:
        try:
            admitted, activity = await _let_in(adapter.authentication, request, max_body)
        except TurnedAway as no:
            return _refused(no.status, no.key)
        except Malformed as no:
            return _refused(415 if no.key == "not_json_type" else 400, no.key)
        except TooMuch:
            return _refused(413, "too_large")
        broken = broken_press(activity)
        # the client looks at the status in the body; another HTTP status would be read as "the bot is down"
        return _json(200, broken) if broken else await _turn(adapter, bot, admitted, activity)

    return messages


async def _let_in(
    door: TeamsAuthentication, request: web.Request, max_body: int
) -> tuple[AuthenticateRequestResult, Activity]:
    verified = await door.verify(request.headers.get("Authorization"))
    if request.content_type != "application/json":
        raise Malformed("not_json_type")
    if (request.content_length or 0) > max_body:
        raise TooMuch
    activity = read_activity(read_json(await read_capped(request.content, max_body)))
    return door.admit(verified, activity), activity


async def _turn(adapter: Adapter, bot: Bot, admitted: AuthenticateRequestResult, activity: Activity) -> web.Response:
    try:
        answer = await adapter.process_activity(admitted, activity, bot.on_turn)
        return web.Response() if answer is None else _json(int(answer.status), answer.body)
    except Exception as fault:  # whatever it was, the channel gets an answer and the person's words stay out of the log
        log.error(
            "turn_failed",
            activity=activity.id,
            conversation=activity.conversation.id,
            type=activity.type,
            name=activity.name,
            error=type(fault).__name__,
            where=_where(fault),
        )
        return web.Response(status=500)


def _where(fault: BaseException) -> str:
    """File and line it came from: a message may hold what someone wrote, a place never does."""
    frames = traceback.extract_tb(fault.__traceback__)
    return f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""


def _refused(status: int, key: str) -> web.Response:
    log.warning("turned_away", status=status, key=key)
    return _json(status, {"error": key})


def _json(status: int, body: Any) -> web.Response:
    if body is None:
        return web.Response(status=status)
    return web.Response(status=status, body=write_json(body), content_type="application/json")
