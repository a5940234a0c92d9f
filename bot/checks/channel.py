"""Whether the channel's metadata and signing keys are within reach, and how far our clock is from its."""

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from aiohttp import ClientError, ClientTimeout
from yarl import URL

from bot.checks import Finding, Findings, fault, ok, warning
from bot.checks.site import Site
from bot.teams.keys import SigningKeys

PATIENCE = ClientTimeout(total=4)
OFF, WRONG = 60, 300
"""Seconds between the clocks: from the first a warning; from the second our tokens and theirs no longer hold."""


async def channel_keys(site: Site) -> Findings:
    """Without them nobody's message can be believed, so none is let in."""
    if site.settings.nameless:
        return ()
    url = site.channel.metadata_url
    try:
        async with site.session.get(url, timeout=PATIENCE, allow_redirects=False) as answer:
            if answer.status != 200:
                return (fault("metadata_unreachable", URL(url).host or "", f"HTTP {answer.status}"),)
    except (ClientError, TimeoutError) as closed:
        return (fault("metadata_unreachable", URL(url).host or "", type(closed).__name__),)
    keys = SigningKeys(site.session, site.channel, asyncio.get_running_loop().time)
    return (ok("keys_known") if await keys.warm() else fault("keys_unreachable", URL(url).host or ""),)


async def clock(site: Site) -> Findings:
    """Our time against the Date that the channel and the identity service answer with."""
    for url in (site.channel.metadata_url, site.channel.token_url):
        if (seconds := await _ahead(site, url)) is not None:
            return (_judged(seconds),)
    return (warning("clock_unknown"),)


def _judged(ahead: float) -> Finding:
    detail = f"{ahead:+.0f} s"
    if abs(ahead) > WRONG:
        return fault("clock_wrong", detail=detail)
    return warning("clock_off", detail=detail) if abs(ahead) > OFF else ok("clock_right", detail=detail)


async def _ahead(site: Site, url: str) -> float | None:
    """How many seconds our clock is ahead; None when nobody says what time it is there."""
    try:
        async with site.session.get(url, timeout=PATIENCE, allow_redirects=False) as answer:
            theirs = parsedate_to_datetime(answer.headers["Date"])
    except (ClientError, TimeoutError, KeyError, ValueError):
        return None
    return (site.now() - _aware(theirs)).total_seconds()


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
