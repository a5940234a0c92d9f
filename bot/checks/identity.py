"""Whether the identity service knows the bot: a token for calling the channel, with the id and secret as they are."""

import asyncio

from yarl import URL

from bot.checks import Finding, Findings, fault, ok, warning
from bot.checks.site import Site
from bot.teams.faults import ChannelFault, DefiniteNo
from bot.teams.settings import MANAGED_IDENTITY, ChannelSettings
from bot.teams.tokens import token_provider

PATIENCE = 5.0  # seconds
SAID = {
    "AADSTS7000215": "token_secret_wrong",
    "AADSTS7000222": "token_secret_expired",
    "AADSTS700016": "token_app_unknown",
    "AADSTS90002": "token_tenant_unknown",
    "AADSTS900023": "token_tenant_unknown",
}
"""What Entra says → what it means."""
IN_GENERAL = {"invalid_client": "token_secret_wrong", "unauthorized_client": "token_app_unknown"}
"""What the protocol says, where Entra's own number is missing."""


async def identity(site: Site) -> Findings:
    if site.settings.nameless:
        return (warning("identity_none"),)
    provider = token_provider(site.session, site.channel, asyncio.get_running_loop().time)
    try:
        async with asyncio.timeout(PATIENCE):
            await provider.get()
    except Exception as closed:  # azure-identity has many
        return (_why(closed, site.channel),)
    finally:
        await provider.close()
    return (ok("token_given"),)


def _why(closed: Exception, channel: ChannelSettings) -> Finding:
    if channel.app_type == MANAGED_IDENTITY:
        return fault("token_no_identity", detail=type(closed).__name__)
    if isinstance(closed, DefiniteNo | TimeoutError):
        host, status = URL(channel.token_url).host or "", getattr(closed, "status", None)
        return fault("token_unreachable", host, f"HTTP {status}" if status else "")
    if isinstance(closed, ChannelFault):
        return _refused(closed)
    raise closed


def _refused(refused: ChannelFault) -> Finding:
    error, _, number = refused.code.partition(" ")
    known = SAID.get(number) if number else IN_GENERAL.get(error)
    return fault(known or "token_refused", detail=refused.code)
