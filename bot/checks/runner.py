"""All checks, side by side and each for itself: one that breaks is a finding, and keeps nobody else from being told."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.checks import Findings, State, fault
from bot.checks.address import address
from bot.checks.channel import channel_keys, clock
from bot.checks.disk import disk
from bot.checks.facts import facts
from bot.checks.files import backup, set_aside
from bot.checks.identity import identity
from bot.checks.links import links
from bot.checks.organisation import organisation
from bot.checks.packages import packages
from bot.checks.people import people
from bot.checks.permissions import permissions
from bot.checks.site import Site
from bot.checks.store import store

Check = Callable[[Site], Awaitable[Findings]]

CHECKS: tuple[Check, ...] = (
    store, disk, set_aside, backup, clock, identity, channel_keys, address, permissions, organisation, people, facts,
    links, packages,
)  # fmt: skip
"""In the order they are told."""
PATIENCE = 25.0  # seconds one check may take: Graph is slow to open


async def run_checks(site: Site, checks: tuple[Check, ...] = CHECKS, patience: float = PATIENCE) -> Findings:
    """What all of them have found, in their order."""
    found = await asyncio.gather(*(_alone(check, site, patience) for check in checks))
    return tuple(finding for findings in found for finding in findings)


async def _alone(check: Check, site: Site, patience: float) -> Findings:
    try:
        async with asyncio.timeout(patience):
            return await check(site)
    except Exception as broken:  # whatever it is: a diagnosis that ends in a traceback helps nobody
        return (fault("check_broken", check.__name__, type(broken).__name__),)


def worst(findings: Findings) -> State:
    """FAULT as soon as there is one."""
    found = {finding.state for finding in findings}
    return next((state for state in (State.FAULT, State.WARNING) if state in found), State.OK)
