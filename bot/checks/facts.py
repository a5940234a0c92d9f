"""Whether somebody who may has confirmed what Værn says about law and practice, and lately."""

from datetime import date

from dateutil.relativedelta import relativedelta

from bot.checks import Finding, Findings, ok, warning
from bot.checks.site import Site
from casework.facts import Fact

HOLDS = relativedelta(months=12)


async def facts(site: Site) -> Findings:
    today = site.now().date()
    found = (_finding(fact, today) for fact in site.ground.facts())
    return tuple(finding for finding in found if finding) or (ok("facts_checked"),)


def _finding(fact: Fact, today: date) -> Finding | None:
    if fact.checked_on is None:
        return warning("fact_unchecked", fact.id)
    return warning("fact_old", fact.id, fact.checked_on.isoformat()) if fact.checked_on + HOLDS < today else None
