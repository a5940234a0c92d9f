"""Out to the channel: one session, one token, and a plain answer to "was it taken?"."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from email.utils import parsedate_to_datetime
from functools import lru_cache
from random import Random
from typing import Any, TypeVar
from urllib.parse import quote

import aiohttp
import orjson
from yarl import URL

from bot.teams.faults import Ambiguous, ChannelFault, DefiniteNo, Unreachable
from bot.teams.http import TooMuch, read_capped
from bot.teams.settings import ChannelSettings
from bot.teams.tokens import TokenProvider
from bot.teams.wire import write_json

T = TypeVar("T")

TIMEOUT = aiohttp.ClientTimeout(total=10, sock_connect=3)
MAX_ANSWER = 1_000_000
ATTEMPTS = 3
PATIENCE = 8.0
"""Seconds after which no further attempt begins: a turn must be answered within fifteen."""
PAGES = 200


class Connector:
    """The Bot Connector's REST protocol.

    Every method raises DefiniteNo, Ambiguous, Unreachable or ChannelFault. Activities are JSON-ready dicts or the
    SDK's models; ids are the channel's own, as it gave them. A message is posted once: whether it may be posted again
    is known to whoever sends it. What changes nothing when done twice is tried up to three times here.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        tokens: TokenProvider,
        settings: ChannelSettings,
        clock: Callable[[], float],
        *,
        pause: Callable[[float], Awaitable[Any]] = asyncio.sleep,
        random: Random | None = None,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ) -> None:
        """`clock` tells seconds that only go forward, `pause` waits for some, `random` spreads them."""
        self.session, self.tokens, self.settings = session, tokens, settings
        self.clock, self.pause, self.random, self.timeout = clock, pause, random or Random(), timeout

    async def send(self, service_url: str, conversation_id: str, activity: Any) -> str:
        """The new activity's id, "" when the channel gives none."""
        return _id(await self._once("POST", service_url, _path(conversation_id, "activities"), activity))

    async def reply(self, service_url: str, conversation_id: str, activity_id: str, activity: Any) -> str:
        path = _path(conversation_id, "activities", activity_id)
        return _id(await self._once("POST", service_url, path, activity))

    async def update(self, service_url: str, conversation_id: str, activity_id: str, activity: Any) -> None:
        path = _path(conversation_id, "activities", activity_id)
        await self._until_known("PUT", service_url, path, activity)

    async def delete(self, service_url: str, conversation_id: str, activity_id: str) -> None:
        """Gone already is gone."""
        try:
            await self._until_known("DELETE", service_url, _path(conversation_id, "activities", activity_id))
        except Unreachable as fault:
            if fault.status != 404:
                raise

    async def create_conversation(self, service_url: str, tenant_id: str, bot_id: str, person_id: str) -> str:
        """The id of the bot's own conversation with that person; asked twice, the channel gives the same one."""
        wanted = {
            "isGroup": False,
            "bot": {"id": bot_id},
            "members": [{"id": person_id}],
            "tenantId": tenant_id,
            "channelData": {"tenant": {"id": tenant_id}},
        }
        found = _id(await self._until_known("POST", service_url, "v3/conversations", wanted))
        if not found:
            raise ChannelFault(200, "no_conversation_id")
        return found

    async def members(self, service_url: str, conversation_id: str) -> tuple[dict[str, Any], ...]:
        """Everyone in the conversation, as the channel describes them."""
        found, more = [], ""
        for _ in range(PAGES):
            path = _path(conversation_id, "pagedmembers") + "?pageSize=500" + more
            page = await self._until_known("GET", service_url, path)
            found += [member for member in page.get("members") or () if isinstance(member, dict)]
            if not page.get("continuationToken"):
                break
            more = "&continuationToken=" + quote(str(page["continuationToken"]), safe="")
        return tuple(found)

    async def again_on_no(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Try a message again while the channel says definitely that it did not take it, and there is time."""
        return await self._again(attempt, (DefiniteNo,))

    async def _until_known(self, method: str, service_url: str, path: str, body: Any = None) -> dict[str, Any]:
        return await self._again(lambda: self._once(method, service_url, path, body), (DefiniteNo, Ambiguous))

    async def _again(self, attempt: Callable[[], Awaitable[T]], worth_it: tuple[type, ...]) -> T:
        began = self.clock()
        for tried in range(1, ATTEMPTS + 1):
            try:
                return await attempt()
            except worth_it as fault:
                wait = self._wait(fault, tried)
                if tried == ATTEMPTS or self.clock() - began + wait > PATIENCE:
                    raise
            await self.pause(wait)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _wait(self, fault: ChannelFault, tried: int) -> float:
        """Seconds: what the channel asks for, and a little more, differently for each of us."""
        asked = getattr(fault, "retry_after", None)
        return (asked if asked is not None else 0.25 * 2**tried) + self.random.uniform(0, 0.25)

    async def _once(self, method: str, service_url: str, path: str, body: Any = None) -> dict[str, Any]:
        if not self.settings.lawful_service(service_url):
            raise ChannelFault(None, "service_url_not_allowed")
        url = URL(f"{service_url.rstrip('/')}/{path}", encoded=True)
        token = await self.tokens.get()
        status, headers, content = await self._exchange(method, url, body, token)
        if status == 401:  # revoked before its time: one new token, and if that is refused too, somebody must look
            token = await self.tokens.get(instead_of=token)
            status, headers, content = await self._exchange(method, url, body, token)
        return _judged(status, headers, content)

    async def _exchange(self, method: str, url: URL, body: Any, token: str) -> tuple[int, Mapping[str, str], bytes]:
        headers = {"Authorization": f"Bearer {token}"} | ({} if body is None else {"Content-Type": "application/json"})
        data = None if body is None else write_json(body)
        try:
            async with self.session.request(
                method, url, data=data, headers=headers, allow_redirects=False, timeout=self.timeout
            ) as response:
                return response.status, response.headers, await read_capped(response.content, MAX_ANSWER)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as fault:
            raise DefiniteNo(None, code="not_connected") from fault
        except (aiohttp.ClientError, TimeoutError, OSError, TooMuch) as fault:
            raise Ambiguous(None, code="no_answer") from fault


def _path(conversation_id: str, *rest: str) -> str:
    """The path below the service url; an id can never climb out of its place."""
    parts = ("v3", "conversations", conversation_id, *rest)
    if any(part in ("", ".", "..") for part in parts):
        raise ChannelFault(None, "id_not_valid")
    return "/".join(_quoted(part) for part in parts)


@lru_cache(maxsize=1024)
def _quoted(part: str) -> str:
    return quote(part, safe="")


def _judged(status: int, headers: Mapping[str, str], content: bytes) -> dict[str, Any]:
    """The answer's JSON object ({} when it has none), or what its status means for the sender."""
    answer = _object(content)
    if 200 <= status < 300:
        return answer
    code, wait = _code(answer), _retry_after(headers)
    if status in (412, 429) or (status == 503 and wait is not None):
        raise DefiniteNo(status, wait, code)
    if status in (403, 404):
        raise Unreachable(status, code)
    if status >= 500 or status == 408:
        raise Ambiguous(status, code)
    raise ChannelFault(status, code)


def _object(content: bytes) -> dict[str, Any]:
    try:
        answer = orjson.loads(content) if content else {}
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _id(answer: Mapping[str, Any]) -> str:
    return answer["id"] if isinstance(answer.get("id"), str) else ""


def _code(answer: Mapping[str, Any]) -> str:
    """The channel's error code, and not the sentence beside it, which may repeat what was sent."""
    error = answer.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    return code[:64] if isinstance(code, str) and code.isalnum() else ""


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds from now. A date is measured against the answer's own: the channel's clock, not ours."""
    said = headers.get("Retry-After", "").strip()
    if said.isdecimal() and said.isascii():
        return float(said[:9])
    try:
        return max(0.0, (parsedate_to_datetime(said) - parsedate_to_datetime(headers["Date"])).total_seconds())
    except (ValueError, KeyError, TypeError):
        return None
