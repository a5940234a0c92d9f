"""The load's own channel: signs what people send, publishes its keys, and takes the bots' replies as fast as it can."""

from datetime import datetime, timedelta
from itertools import count

from aiohttp import web

from bot.rehearsal.activities import Json, Sender
from bot.rehearsal.identity import Identity
from bot.rehearsal.messages import Conversation, Message
from bot.setup.settings import Settings
from casework.people import Person
from casework.vocabulary import PersonId
from tests.bench.crowd import NOON, SECRET


class Channel:
    """`replies` counts what the bots have sent: a turn that says nothing is no turn."""

    def __init__(self, settings: Settings) -> None:
        self.identity = Identity(settings.app_id, SECRET, settings.tenant_id)
        self.origin, self.replies = "", 0
        self._settings, self._ids = settings, count(1_700_000_000_000)

    async def start(self) -> None:
        app = web.Application()
        app.add_routes(
            [
                web.get("/v1/.well-known/openidconfiguration", self._metadata),
                web.get("/v1/.well-known/keys", self._keys),
                web.post("/oauth/token", self._token),
                web.route("*", "/v3/{rest:.*}", self._taken),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.origin = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _metadata(self, request: web.Request) -> web.Response:
        return web.json_response(self.identity.metadata(self.origin))

    async def _keys(self, request: web.Request) -> web.Response:
        return web.json_response(self.identity.published_keys())

    async def _token(self, request: web.Request) -> web.Response:
        return web.json_response(self.identity.give_access(dict(await request.post())))

    async def _taken(self, request: web.Request) -> web.Response:
        await request.read()
        self.replies += 1
        return web.json_response({"id": str(next(self._ids))}, status=201)

    # -- what people send ----------------------------------------------------------------------------------------

    def token(self) -> str:
        return self.identity.channel_token(f"{self.origin}/")

    def message(self, person: PersonId, text: str) -> Json:
        return self._sender(person).message(*self._stamp(), text, [])

    def press(self, person: PersonId, verb: str, data: Json, message: str) -> Json:
        """`message`: the one whose card is pressed."""
        card = Message(message, PersonId("bot"), NOON)
        return self._sender(person).execute(*self._stamp(), {"verb": verb}, data, card)

    def _stamp(self) -> tuple[str, datetime]:
        number = next(self._ids)
        return str(number), NOON + timedelta(milliseconds=number - 1_700_000_000_000)

    def _sender(self, person: PersonId) -> Sender:
        conversation = Conversation(f"a:{person}", "personal", "", (person,))
        app, tenant = self._settings.app_id, self._settings.tenant_id
        return Sender(Person(person, "Nogen"), conversation, f"{self.origin}/", app, tenant)
