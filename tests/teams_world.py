"""Identity service, channel and bot on this machine, over real HTTP: what the tests of the channel's edge stand on."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

import aiohttp
import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

from bot.teams.authentication import TeamsAuthentication
from bot.teams.connector import Connector
from bot.teams.endpoint import Adapter, make_messages_handler
from bot.teams.http import open_session
from bot.teams.keys import SigningKeys
from bot.teams.settings import ChannelSettings
from bot.teams.tokens import ClientCredentials, InboundTokens

APP, TENANT, SECRET = "app-1", "tenant-1", "app-secret"
ISSUER = "https://api.botframework.com"
NOON = 1_800_000_000.0

Json = dict[str, Any]


@cache
def rsa_key(name: str) -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


class Hands:
    """A clock whose hands the test moves."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> float:
        return self.at


@dataclass
class Seen:
    method: str
    path: str
    headers: Any
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Answer:
    status: int = 200
    body: Any = field(default_factory=lambda: {"id": "activity-9"})
    headers: dict[str, str] = field(default_factory=dict)


class LocalTeams:
    """Publishes keys, gives tokens, and answers as told. `answers`: what the channel says next, oldest first.

    `named`: key ids under which another key is published than the one of that name.

    An answer that is a function is called with the request and gives the response itself.
    """

    def __init__(self) -> None:
        self.published, self.named = ["key-1"], {}
        self.endorsements: list[str] | None = ["msteams"]
        self.answers: list[Answer | Callable] = []
        self.seen: list[Seen] = []
        self.metadata_fetches, self.metadata_works = 0, True
        self.tokens_given, self.token_answer = 0, Answer(200, None)
        self.tokens_that_hold: set[str] | None = None
        app = web.Application()
        app.router.add_get("/metadata", self._metadata)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/token", self._token)
        app.router.add_route("*", "/{tail:.*}", self._channel)
        self.server = TestServer(app, host="127.0.0.1")

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    @property
    def service_url(self) -> str:
        return f"{self.origin}/emea/"

    def settings(self, **changes: Any) -> ChannelSettings:
        usual = {
            "app_id": APP,
            "app_password": SECRET,
            "tenant_id": TENANT,
            "app_type": "SingleTenant",
            "metadata_url": f"{self.origin}/metadata",
            "token_url": f"{self.origin}/token",
            "issuer": ISSUER,
            "allowed_service_hosts": ("smba.trafficmanager.net", "*.botframework.com"),
            "allowed_tenants": (TENANT,),
            "download_hosts": ("*.sharepoint.com",),
            "allow_loopback": True,
        }
        return ChannelSettings(**usual | changes)

    async def _metadata(self, _: web.Request) -> web.Response:
        self.metadata_fetches += 1
        if not self.metadata_works:
            return web.Response(status=503)
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.origin}/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        extra = {} if self.endorsements is None else {"endorsements": self.endorsements}
        published = {kid: rsa_key(self.named.get(kid, kid)).public_key() for kid in self.published}
        keys = [json.loads(RSAAlgorithm.to_jwk(key)) | {"kid": kid} for kid, key in published.items()]
        signing = [key | {"use": "sig"} | extra for key in keys]
        return web.json_response({"keys": [{"kty": "EC", "kid": "other"}, *signing]})

    async def _token(self, request: web.Request) -> web.Response:
        self.tokens_given += 1
        form = dict(await request.post())
        if self.token_answer.status != 200:
            return web.json_response(self.token_answer.body, status=self.token_answer.status)
        assert form["client_secret"] == SECRET and form["scope"] == "https://api.botframework.com/.default"
        return web.json_response({"access_token": f"token-{self.tokens_given}", "expires_in": 3600})

    async def _channel(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(Seen(request.method, request.raw_path, request.headers, await request.read()))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.tokens_that_hold is not None and token not in self.tokens_that_hold:
            return web.json_response({"error": {"code": "Unauthorized", "message": "no"}}, status=401)
        answer = self.answers.pop(0) if self.answers else Answer()
        if callable(answer):
            return await answer(request)
        return web.json_response(answer.body, status=answer.status, headers=answer.headers)


class Recorder:
    """A bot that notes every activity, says something back if asked to, and answers invokes as told."""

    def __init__(self) -> None:
        self.activities: list[Any] = []
        self.does: Callable | None = None

    async def on_turn(self, turn: Any) -> None:
        self.activities.append(turn.activity)
        if self.does:
            await self.does(turn)


class World:
    """All of it, started. Use as `async with World() as world`."""

    def __init__(self, **settings: Any) -> None:
        self.changes, self.teams, self.bot, self.clock = settings, LocalTeams(), Recorder(), Hands()
        self.waited: list[float] = []

    async def __aenter__(self) -> "World":
        await self.teams.server.start_server()
        self.session, self.settings = open_session(), self.teams.settings(**self.changes)
        self.keys = SigningKeys(self.session, self.settings, self.clock)
        self.tokens = ClientCredentials(self.session, self.settings, self.clock)
        self.connector = Connector(
            self.session, self.tokens, self.settings, self.clock, pause=self._pause, random=Random(1)
        )
        authentication = TeamsAuthentication(
            self.settings, InboundTokens(self.settings, self.keys, self.clock), self.connector
        )
        await self.keys.warm()
        app = web.Application()
        app.router.add_post("/api/messages", make_messages_handler(Adapter(authentication), self.bot))
        self.server = TestServer(app, host="127.0.0.1")
        await self.server.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.keys.close()
        await self.session.close()
        await self.server.close()
        await self.teams.server.close()

    async def _pause(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.clock.at += seconds

    def claims(self, **changes: Any) -> Json:
        """What a good token claims; a change to None leaves one out."""
        usual = {
            "iss": ISSUER,
            "aud": APP,
            "serviceurl": self.teams.service_url,
            "nbf": int(self.clock()) - 300,
            "exp": int(self.clock()) + 3600,
        }
        return {name: value for name, value in (usual | changes).items() if value is not None}

    def bearer(self, *, key: str = "key-1", kid: str | None = "key-1", algorithm: str = "RS256", **claims: Any) -> str:
        headers = {"kid": kid} if kid else {}
        signed = jwt.encode(self.claims(**claims), rsa_key(key), algorithm=algorithm, headers=headers)
        return f"Bearer {signed}"

    def message(self, **changes: Any) -> Json:
        """A message as Teams sends it; a change to None leaves a field out."""
        usual = {
            "type": "message",
            "id": "1700000000000",
            "timestamp": "2026-11-22T21:00:00.1234567Z",
            "serviceUrl": self.teams.service_url,
            "channelId": "msteams",
            "from": {"id": "29:anna", "aadObjectId": "anna", "name": "Anna"},
            "conversation": {"id": "a:anna", "conversationType": "personal", "tenantId": TENANT},
            "recipient": {"id": "28:app-1", "name": "Bot"},
            "channelData": {"tenant": {"id": TENANT}},
            "text": "hej",
        }
        return {name: value for name, value in (usual | changes).items() if value is not None}

    async def post(self, body: Any, header: str | None = "good", content_type: str = "application/json") -> tuple:
        """(status, JSON or text) of the bot's answer. `body` is bytes, or anything to be written as JSON."""
        headers = {"Content-Type": content_type}
        if header is not None:
            headers["Authorization"] = self.bearer() if header == "good" else header
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with aiohttp.ClientSession() as session:
            async with session.post(self.server.make_url("/api/messages"), data=data, headers=headers) as response:
                text = await response.text()
                return response.status, json.loads(text) if response.content_type == "application/json" else text


def forged(header: Json, claims: Json, secret: bytes = b"") -> str:
    """A token put together by hand: HMAC with the given secret, or no signature."""
    head, body = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, claims))
    signature = hmac.digest(secret, head + b"." + body, hashlib.sha256) if secret else b""
    return "Bearer " + b".".join((head, body, base64.urlsafe_b64encode(signature).rstrip(b"="))).decode()


def public_pem(name: str) -> bytes:
    return rsa_key(name).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
