"""Look at everything that may keep Værn from working, each with what to change."""

import asyncio
import json
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from functools import partial

from bot.checks import Findings, State, warning
from bot.checks.kept import looked_at
from bot.checks.runner import run_checks, worst
from bot.checks.settings import checked_settings
from bot.checks.site import GraphHealth, Site
from bot.checks.telling import as_data, lines
from bot.clock import SystemClock
from bot.errands.serve import public_channel
from bot.setup.settings import Settings
from bot.teams.http import open_session
from cards.words import Texts
from casework.texts import read_catalogue

NAME = "check"


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the same as data, with codes that stay the same")


def run(chosen: Namespace) -> int:
    findings = asyncio.run(look(os.environ))
    print(told(findings, as_json=chosen.json))
    return exit_code(findings)


def told(findings: Findings, *, as_json: bool) -> str:
    """In English, as everything is at the command line."""
    say = Texts("en", read_catalogue("en"))
    if as_json:
        return json.dumps(as_data(findings, say), ensure_ascii=False, indent=1)
    return "\n".join(lines(findings, say))


def exit_code(findings: Findings) -> int:
    """Warnings are for somebody to see to, and stop nothing."""
    return 1 if worst(findings) is State.FAULT else 0


async def look(environment: Mapping[str, str], placed: Callable[[Site], Site] = lambda site: site) -> Findings:
    """Everything there is to find. `placed` may put the site elsewhere than in Microsoft's public cloud."""
    settings, found = checked_settings(environment)
    if settings is None:
        return *found, warning("rest_waits")
    graph = partial(_graph, settings) if settings.directory == "graph" else None
    async with AsyncExitStack() as stack, open_session() as session:
        kept, key = await looked_at(stack, settings)
        edge = public_channel(settings), session, SystemClock().now
        site = Site(settings, *edge, kept, settings.health_url, graph=graph)
        return *found, *key, *await run_checks(placed(site))


async def _graph(settings: Settings) -> GraphHealth:
    from bot.directory.graph_health import graph_health  # msgraph is large: only where Graph is used

    return await graph_health(settings)
