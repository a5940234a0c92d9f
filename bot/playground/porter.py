"""Who stands between the Playground, which shows no token, and the bot, which believes nobody without one.

So the bot stays as it is, guards and all. The porter is its channel: it signs what comes in from a Playground that we
started, asks the bot for a token of its own, and knows whose Playground a conversation is in. This machine only.
"""

import json
from typing import Any

from aiohttp import ClientError, ClientSession, web
from yarl import URL

from bot.rehearsal.identity import Identity, NotLetIn
from bot.rehearsal.identity_api import IdentityApi
from bot.rehearsal.loopback import origin
from bot.rehearsal.server import only_this_machine
from bot.teams.http import open_session
from casework.vocabulary import PersonId

HOST = "127.0.0.1"
LOCALE = "da-DK"
"""The Playground says "en-US" of everybody, which would make Danish people be spoken to in English."""
LARGEST = 1024 * 1024  # bytes


class Porter:
    """Serves what Teams' service serves, as far as a Playground needs it. `rooms`: whose Playground answers where."""

    def __init__(self, app_id: str, app_secret: str, tenant_id: str) -> None:
        self.identity = Identity(app_id, app_secret, tenant_id)
        self.signing = IdentityApi(self.identity, lambda: self.origin)
        self.rooms: dict[PersonId, str] = {}
        self.bot_url = self.origin = ""
        self._runner: web.AppRunner | None = None
        self._session: ClientSession | None = None

    async def start(self, port: int) -> None:
        """Listen on this machine. Port 0: any free one."""
        self._session = open_session()
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, port).start()
        self.origin = origin(*self._runner.addresses[0][:2])

    async def stop(self) -> None:
        """Safe to call twice, and when it never started."""
        if self._session and self._runner:
            await self._session.close()
            await self._runner.cleanup()
            self._session = self._runner = None

    @property
    def metadata_url(self) -> str:
        return self.signing.metadata_url

    @property
    def token_url(self) -> str:
        return self.signing.token_url

    def address_of(self, person: PersonId) -> str:
        """Where that person's Playground hands in what is said."""
        return f"{self.origin}/{person}/messages"

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[only_this_machine], client_max_size=LARGEST)
        app.add_routes(self.signing.routes())
        app.router.add_post("/{person}/messages", self._in)
        app.router.add_post("/v3/conversations", self._first_contact)
        app.router.add_route("*", "/v3/conversations/{conversation}/{rest:.+}", self._out)
        return app

    async def _in(self, request: web.Request) -> web.Response:
        """Signed for our own address: a message that names another as its service is turned away by the bot."""
        activity = await _object(request)
        if PersonId(request.match_info["person"]) not in self.rooms or activity is None:
            return _no(404 if activity else 400)
        headers = {"Authorization": f"Bearer {self.identity.channel_token(self.origin)}"}
        return await self._passed("POST", URL(self.bot_url), activity | {"locale": LOCALE}, headers)

    async def _first_contact(self, request: web.Request) -> web.Response:
        """The chat of a person whose Playground is open; whoever has none cannot be reached, as in Teams."""
        if not self._from_the_bot(request):
            return _no(401)
        wanted = await _object(request) or {}
        people = [member.get("id") for member in wanted.get("members") or () if isinstance(member, dict)]
        found = next((person for person in people if person in self.rooms), None)
        return web.json_response({"id": personal_chat(found)}, status=201) if found else _no(403)

    async def _out(self, request: web.Request) -> web.Response:
        """What the bot says, into the Playground it belongs to."""
        if not self._from_the_bot(request):
            return _no(401)
        room = self._room(request.match_info["conversation"])
        if room is None:
            return _no(404)
        url = URL(room + request.rel_url.raw_path_qs, encoded=True)
        return await self._passed(request.method, url, await _object(request))

    def _room(self, conversation: str) -> str | None:
        return next((room for person, room in self.rooms.items() if person in conversation), None)

    def _from_the_bot(self, request: web.Request) -> bool:
        try:
            self.identity.let_in(request.headers.get("Authorization", ""))
        except NotLetIn:
            return False
        return True

    async def _passed(self, method: str, url: URL, body: Any, headers: dict[str, str] | None = None) -> web.Response:
        """On to the other side, and its answer back."""
        try:
            async with self._session.request(method, url, json=body, headers=headers) as answer:
                content = await answer.read()
                return web.Response(status=answer.status, body=content, content_type=answer.content_type)
        except (ClientError, TimeoutError):
            return _no(502)


def personal_chat(person: PersonId) -> str:
    """Every conversation of a person's Playground has that person in its id."""
    return f"a:{person}"


async def _object(request: web.Request) -> dict[str, Any] | None:
    try:
        found = json.loads(await request.text())
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _no(status: int) -> web.Response:
    return web.json_response({"error": {"code": "NotServed"}}, status=status)
