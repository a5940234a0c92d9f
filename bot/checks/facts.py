"""Whether somebody who may has confirmed what Værn says about law and practice, and lately.

What is confirmed in the local changes is confirmed; an administration's own facts are looked at beside everybody's.
"""

from collections.abc import Iterator
from datetime import date

from dateutil.relativedelta import relativedelta

from bot.checks import Finding, Findings, ok, warning
from bot.checks.site import Site
from bot.setup.overlay import ALL, Overlays
from casework.facts import Fact

HOLDS = relativedelta(months=12)


async def facts(site: Site) -> Findings:
    today = site.now().date()
    found = (_finding(fact, about, today) for fact, about in _told(site.settings.overlays))
    return tuple(finding for finding in found if finding) or (ok("facts_checked"),)


def _told(overlays: Overlays) -> Iterator[tuple[Fact, str]]:
    """Every fact that somebody is told, and what to call it: those that only one administration has, with its name."""
    everybodys = overlays.guides[ALL].facts
    yield from ((fact, fact.id) for fact in everybodys)
    for place in sorted(overlays.administrations):
        yield from ((fact, f"{fact.id} ({place})") for fact in overlays.guides[place].facts if fact not in everybodys)


def _finding(fact: Fact, about: str, today: date) -> Finding | None:
    if fact.checked_on is None:
        return warning("fact_unchecked", about)
    return warning("fact_old", about, fact.checked_on.isoformat()) if fact.checked_on + HOLDS < today else None
