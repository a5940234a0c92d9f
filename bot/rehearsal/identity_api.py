"""Where a local channel's keys are published and its tokens given out, as the Bot Framework service does it."""

from collections.abc import Callable

from aiohttp import web

from bot.rehearsal.identity import Identity, NotLetIn


class IdentityApi:
    """The three addresses of an identity. `origin` says where it listens, which is known once it does."""

    def __init__(self, identity: Identity, origin: Callable[[], str]) -> None:
        self.identity, self.origin = identity, origin

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/v1/.well-known/openidconfiguration", self._metadata),
            web.get("/v1/.well-known/keys", self._keys),
            web.post("/oauth/{tenant}/token", self._token),
        ]

    @property
    def metadata_url(self) -> str:
        return f"{self.origin()}/v1/.well-known/openidconfiguration"

    @property
    def token_url(self) -> str:
        return f"{self.origin()}/oauth/{self.identity.tenant_id}/token"

    async def _metadata(self, request: web.Request) -> web.Response:
        return web.json_response(self.identity.metadata(self.origin()))

    async def _keys(self, request: web.Request) -> web.Response:
        return web.json_response(self.identity.published_keys())

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        try:
            return web.json_response(self.identity.give_access(form))
        except NotLetIn as fault:
            return web.json_response({"error": "invalid_client", "error_description": str(fault)}, status=401)
