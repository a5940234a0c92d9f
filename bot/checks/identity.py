"""Whether the identity service knows the bot: a token for calling the channel, with the id and secret as they are."""

import asyncio

from yarl import URL

from bot.checks import Finding, Findings, fault, ok, warning
from bot.checks.site import Site
from bot.teams.faults import ChannelFault, DefiniteNo
from bot.teams.settings import MANAGED_IDENTITY
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
    try:
        async with asyncio.timeout(PATIENCE):
            await token_provider(site.session, site.channel, asyncio.get_running_loop().time).get()
    except (DefiniteNo, TimeoutError) as closed:
        host, status = URL(site.channel.token_url).host or "", getattr(closed, "status", None)
        return (fault("token_unreachable", host, f"HTTP {status}" if status else ""),)
    except ChannelFault as refused:
        return (_refused(refused),)
    except Exception as missing:  # azure-identity's, of which it has many
        if site.channel.app_type != MANAGED_IDENTITY:
            raise
        return (fault("token_no_identity", detail=type(missing).__name__),)
    return (ok("token_given"),)


def _refused(refused: ChannelFault) -> Finding:
    error, _, number = refused.code.partition(" ")
    known = SAID.get(number) if number else IN_GENERAL.get(error)
    return fault(known or "token_refused", detail=refused.code)
