"""Whether the installed packages are the ones that were tested together."""

import asyncio
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.checks import Finding, Findings, ok, warning
from bot.checks.site import Site


async def packages(site: Site) -> Findings:
    if not site.ground.constraints.is_file():
        return (ok("packages_not_compared"),)
    return tuple(await asyncio.to_thread(_differing, site.ground.constraints)) or (ok("packages_as_pinned"),)


def _differing(constraints: Path) -> list[Finding]:
    return list(_compared(constraints.read_text("utf-8").splitlines()))


def _compared(lines: list[str]) -> Iterator[Finding]:
    for name, _, pinned in (line.partition("==") for line in lines):
        try:
            found = version(name)
        except PackageNotFoundError:  # of the tests, or of another way to run it
            continue
        if found != pinned:
            yield warning("package_differs", name, f"{found}, {pinned}")
