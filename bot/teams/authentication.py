"""Who is let in, and the connector each turn sends through: the SDK's seam for both."""

from typing import Any

from botbuilder.schema import Activity, ResourceResponse
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)

from bot.teams.activity import tenants
from bot.teams.connector import Connector
from bot.teams.faults import TurnedAway
from bot.teams.settings import CHANNEL, SCOPE, ChannelSettings
from bot.teams.tokens import InboundTokens, Verified

SERVICE_URL_CLAIMS = ("serviceurl", "serviceUrl")
"""As the SDK spells it, and as the channel's documentation does."""


class Conversations:
    """What the SDK calls on a connector client, through our connector."""

    def __init__(self, connector: Connector, service_url: str) -> None:
        self.connector, self.service_url = connector, service_url

    async def send_to_conversation(self, conversation_id: str, activity: Activity) -> ResourceResponse:
        sent = await self.connector.again_on_no(
            lambda: self.connector.send(self.service_url, conversation_id, activity)
        )
        return ResourceResponse(id=sent)

    async def reply_to_activity(self, conversation_id: str, activity_id: str, activity: Activity) -> ResourceResponse:
        sent = await self.connector.again_on_no(
            lambda: self.connector.reply(self.service_url, conversation_id, activity_id, activity)
        )
        return ResourceResponse(id=sent)

    async def update_activity(self, conversation_id: str, activity_id: str, activity: Activity) -> ResourceResponse:
        await self.connector.update(self.service_url, conversation_id, activity_id, activity)
        return ResourceResponse(id=activity_id)

    async def delete_activity(self, conversation_id: str, activity_id: str) -> None:
        await self.connector.delete(self.service_url, conversation_id, activity_id)


class Client:
    """The one part of the SDK's connector client that a turn uses."""

    def __init__(self, connector: Connector, service_url: str) -> None:
        self.conversations = Conversations(connector, service_url)


class Clients(ConnectorFactory):
    def __init__(self, connector: Connector) -> None:
        self.connector = connector

    async def create(self, service_url: str, audience: str) -> Client:
        return Client(self.connector, service_url)


class TeamsAuthentication(BotFrameworkAuthentication):
    """Lets in what Teams sent to this bot from a tenant we serve; everything else is a TurnedAway."""

    def __init__(self, settings: ChannelSettings, tokens: InboundTokens, connector: Connector) -> None:
        self.settings, self.tokens, self.clients = settings, tokens, Clients(connector)

    async def verify(self, header: str | None) -> Verified:
        """The checked token. Needs no body: who is not known need not be read."""
        return await self.tokens.verify(header)

    def admit(self, verified: Verified, activity: Activity) -> AuthenticateRequestResult:
        """What the SDK needs for the turn, once token and activity belong together; TurnedAway(403) otherwise."""
        self._same_door(verified, activity)
        self._our_tenant(activity)
        result = AuthenticateRequestResult()
        result.audience = SCOPE.removesuffix("/.default")
        result.claims_identity = ClaimsIdentity(dict(verified.claims), True, "Bearer")
        result.connector_factory = self.clients
        return result

    def _same_door(self, verified: Verified, activity: Activity) -> None:
        claimed = next((verified.claims[name] for name in SERVICE_URL_CLAIMS if name in verified.claims), None)
        if not claimed or claimed != activity.service_url:
            raise TurnedAway(403, "service_url_not_claimed")
        if not self.settings.lawful_service(activity.service_url):
            raise TurnedAway(403, "service_url_not_allowed")
        if activity.channel_id != CHANNEL or (verified.endorsed and CHANNEL not in verified.endorsed):
            raise TurnedAway(403, "channel_not_allowed")

    def _our_tenant(self, activity: Activity) -> None:
        allowed, said = set(self.settings.allowed_tenants), tenants(activity)
        if allowed and not (said and said <= allowed):
            raise TurnedAway(403, "tenant_not_allowed")

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:
        return self.admit(await self.verify(auth_header), activity)

    async def authenticate_streaming_request(self, auth_header: str, channel_id_header: str) -> Any:
        raise TurnedAway(403, "streaming_not_served")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        return self.clients

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """None: nobody signs in through a card here."""
