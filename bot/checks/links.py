"""Whether somebody who may has confirmed where platforms take a notice and what one has a right to, and lately.

What is confirmed in the local changes is confirmed; an administration's own links are looked at beside everybody's.
"""

from collections.abc import Iterator
from datetime import date

from bot.checks import Finding, Findings, ok, warning
from bot.checks.facts import HOLDS
from bot.checks.site import Site
from bot.setup.overlay import ALL, Overlays
from casework.local import Guide
from casework.platforms import Row


async def links(site: Site) -> Findings:
    today = site.now().date()
    found = (_finding(row, about, today) for row, about in _told(site.settings.overlays))
    return tuple(finding for finding in found if finding) or (ok("links_checked"),)


def _told(overlays: Overlays) -> Iterator[tuple[Row, str]]:
    """Every one that somebody is shown, and what to call it: those of one administration alone, with its name."""
    everybodys = _rows(overlays.guides[ALL])
    yield from ((row, row.id) for row in everybodys)
    for place in sorted(overlays.administrations):
        yield from ((row, f"{row.id} ({place})") for row in _rows(overlays.guides[place]) if row not in everybodys)


def _rows(guide: Guide) -> tuple[Row, ...]:
    return (*guide.platforms, *guide.rights)


def _finding(row: Row, about: str, today: date) -> Finding | None:
    if row.checked_on is None:
        return warning("link_unchecked", about, row.seen)
    return warning("link_old", about, row.checked_on.isoformat()) if row.checked_on + HOLDS < today else None
