"""Which of Graph's permissions the app has, one by one."""

from bot.checks import Findings, ok, warning
from bot.checks.site import Site


async def permissions(site: Site) -> Findings:
    """Without one, that part is done by hand; the report itself needs none."""
    if site.graph is None:
        return (ok("graph_off"),)
    try:
        given = await site.graph()
    except Exception as closed:  # the network's, the token's, Graph's: to whoever reads it is all one
        return (warning("graph_unreachable", detail=type(closed).__name__),)
    return tuple(
        ok("graph_permission_given", name) if there else warning("graph_permission_missing", name)
        for name, there in given.items()
    )
