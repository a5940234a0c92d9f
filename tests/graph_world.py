"""Graph and Entra's tokens on this machine. Every request is held against the contract."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from azure.core.credentials import AccessToken

from bot.directory.graph_client import HOST, GraphClient, graph_client
from bot.setup.settings import Settings
from tests.graph_contract import faults

GROUP, CATALOG_APP = "5f000000-0000-4000-8000-000000000777", "0f000000-0000-4000-8000-000000000003"
MAILBOX = "vaern@example.dk"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MAIL_BODY = {
    "message": {
        "subject": "s",
        "body": {"contentType": "text", "content": "b"},
        "toRecipients": [{"emailAddress": {"address": "a@example.dk"}}],
    },
    "saveToSentItems": False,
}
USER = "#microsoft.graph.user"


class Credential:
    """Entra's part: a token, for the one scope there is, that carries these permissions."""

    def __init__(self, roles: tuple[str, ...] = (), fails: Exception | None = None) -> None:
        self.fails = fails
        self.token = _token({"roles": list(roles)}) if roles else "a-token"

    async def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        assert scopes == (f"https://{HOST}/.default",)
        if self.fails:
            raise self.fails
        return AccessToken(self.token, 4_000_000_000)

    async def close(self) -> None:
        pass


def _token(claims: dict[str, Any]) -> str:
    """Signed by nobody: only Graph itself checks that."""
    parts = (json.dumps(part).encode() for part in ({"alg": "RS256", "typ": "JWT"}, claims))
    return ".".join([*(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts), "c2lnbmF0dXJl"])


class Graph:
    """Answers by path, in turn, and keeps what was asked. What it does not know is a 404."""

    def __init__(self) -> None:
        self.asked: list[web.Request] = []
        self.bodies: list[Any] = []
        self.broken: list[str] = []
        self.answers: dict[str, list[Any]] = {}
        self.always: Any = None
        """The answer to everything, while it is set."""
        self.silent = asyncio.Event()
        self.url = ""

    def will_answer(self, path: str, *answers: Any) -> None:
        """JSON, bytes, a status code, (status, headers), or ... for no answer at all. The last one stays."""
        self.answers[f"/v1.0{path}"] = list(answers)

    def fails_with(self, answer: Any) -> None:
        self.always = answer

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        path = request.raw_path.partition("?")[0].removeprefix("/v1.0")
        self.asked.append(request)
        self.bodies.append(json.loads(body) if body else None)
        self.broken += faults(request.method, path, request.query, request.headers, body)
        return await self._response(self._next(request.path))

    def _next(self, path: str) -> Any:
        if self.always is not None:
            return self.always
        answers = self.answers.get(path, [404])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    async def _response(self, answer: Any) -> web.Response:
        match answer:
            case bytes():
                return web.Response(body=answer, content_type="application/octet-stream")
            case int() | (int(), dict()):
                status, headers = answer if isinstance(answer, tuple) else (answer, {})
                error, headers = {"error": {"code": "x"}}, {"Location": "/v1.0/elsewhere", **headers}
                return web.json_response(error, status=status, headers=headers)
        if answer is ...:
            await self.silent.wait()
        return web.json_response(answer)


@asynccontextmanager
async def local_graph() -> AsyncIterator[Graph]:
    """Ends with an AssertionError if anything was asked that Graph would not take."""
    graph = Graph()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", graph.answer)
    async with TestServer(app) as server:
        graph.url = str(server.make_url("/v1.0"))
        yield graph
        graph.silent.set()
    assert graph.broken == []


def local_client(
    url: str, hosts: tuple[str, ...] = ("127.0.0.1",), roles: tuple[str, ...] = (), fails: Exception | None = None
) -> GraphClient:
    client = graph_client(Credential(roles, fails), hosts)
    client.adapter.base_url = url
    return client


def with_graph(settings: Settings) -> Settings:
    """The same organisation, with Entra in front: its first workplace's group is one there."""
    place = settings.organisation.workplaces[0].id
    organisation = replace(settings.organisation, entra_groups={place: GROUP})
    more = {"catalog_app_id": CATALOG_APP, "mailbox": MAILBOX}
    return replace(settings, directory="graph", organisation=organisation, **more)


def user(person: str, name: str, **more: Any) -> dict[str, Any]:
    return {"@odata.type": USER, "id": person, "displayName": name, **more}


class At:
    """Real time, which the test moves."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> datetime:
        return self.moment


class Heard:
    """What whoever looks after the bot was told, in order, and what stands."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, bool]] = []

    async def __call__(self, kind: str, about: str, wrong: bool) -> None:
        self.told.append((kind, about, wrong))

    @property
    def stands(self) -> set[tuple[str, str]]:
        latest = {(kind, about): wrong for kind, about, wrong in self.told}
        return {row for row, wrong in latest.items() if wrong}
