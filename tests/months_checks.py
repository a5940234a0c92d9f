"""All that must be true at every moment of those months."""

from tests.months_promises import PROMISES
from tests.months_watch import WATCHED, Look

CHECKS = (*WATCHED, *PROMISES)


async def broken(look: Look) -> dict[str, list[str]]:
    """Check → what it found wrong now."""
    await look.again()
    found = {check.__name__: await check(look) for check in CHECKS}
    look.town.street.changed.clear()
    return {name: wrong for name, wrong in found.items() if wrong}
