"""Whether the bot answers at the address Teams writes to."""

from aiohttp import ClientError, ClientTimeout
from yarl import URL

from bot.checks import Findings, ok, warning
from bot.checks.site import Site

PATIENCE = ClientTimeout(total=4)


async def address(site: Site) -> Findings:
    """From here; whether Teams gets through as well, only a message from Teams shows."""
    if not site.health_url:
        return (warning("address_not_set"),)
    host = URL(site.health_url).authority
    try:
        async with site.session.get(site.health_url, timeout=PATIENCE) as answer:
            ours = answer.status == 200 and (await answer.json()).get("alive") is True
    except (ClientError, TimeoutError, ValueError) as closed:
        return (warning("address_unreachable", host, type(closed).__name__),)
    return (ok("address_reached", host) if ours else warning("address_another", host, f"HTTP {answer.status}"),)
