"""Which of Graph's permissions the app has, one by one."""

from collections.abc import Iterator

from bot.checks import Finding, Findings, ok, warning
from bot.checks.site import GraphHealth, Site

FAULTS = {"token": "graph_no_token", "silent": "graph_unreachable"}


async def permissions(site: Site) -> Findings:
    """Without one, that part is done by hand; the report itself needs none."""
    if site.graph is None:
        return (ok("graph_off"),)
    return tuple(_findings(await site.graph()))


def _findings(said: GraphHealth) -> Iterator[Finding]:
    if said.fault:
        known = FAULTS.get(said.fault)
        yield warning(known) if known else warning("graph_refuses", detail=f"HTTP {said.fault}")
    for name, given in said.permissions.items():
        if given is None:
            yield ok("graph_permission_unseen", name)
        else:
            yield ok("graph_permission_given", name) if given else warning("graph_permission_missing", name)
