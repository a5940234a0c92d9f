"""Whether Graph can be reached, and which of the permissions we need it gives: for whoever looks after the bot.

A token is read here without checking who signed it: it is our own, fetched over TLS, and nothing but a diagnosis hangs
on it. What may be done, Graph decides.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import jwt

from bot.directory.graph_client import GraphClient, open_graph
from bot.directory.graph_requests import (
    ANYBODY,
    CALLS,
    EVENT,
    INSTALL,
    MAIL,
    MEMBERS,
    SEARCH_BASIC,
    USER,
    GraphFault,
    send,
)
from bot.setup.settings import Settings

WITHIN = 10.0  # seconds for each of the two questions
WIDER = {
    "User.Read.All": frozenset({"User.ReadWrite.All", "Directory.Read.All"}),
    "User.ReadBasic.All": frozenset({"User.Read.All", "User.ReadWrite.All", "Directory.Read.All"}),
    "ProfilePhoto.Read.All": frozenset({"User.Read.All", "User.ReadWrite.All"}),
    "GroupMember.Read.All": frozenset({"Group.Read.All", "Directory.Read.All"}),
}
"""Permissions that hold a narrower one: whoever has been given them needs no more."""
BY_MAILBOX = frozenset({"Mail.Send", "Calendars.ReadWrite"})
"""May be given for one mailbox in Exchange (RBAC for Applications): then no token tells of it."""
NEEDED = tuple(dict.fromkeys(call.permission for call in CALLS))


@dataclass(frozen=True)
class GraphHealth:
    """`fault` is "" when Graph answered, else "token" (Entra gives us none), "silent" or the HTTP status it answered.

    `code` is Entra's own for a token it refuses, such as AADSTS7000222 (the secret has expired); "" when it gave none.
    `permissions`: True given, False missing, None cannot be seen in the token (it may be given for one mailbox).
    """

    fault: str
    permissions: Mapping[str, bool | None] = field(default_factory=dict)
    code: str = ""

    @property
    def reachable(self) -> bool:
        return not self.fault


async def graph_health(settings: Settings, open_client: Callable[[], GraphClient] | None = None) -> GraphHealth:
    """Opened, asked and closed again. Of the permissions, those that this set-up makes use of."""
    try:
        client = await asyncio.to_thread(open_client or (lambda: open_graph(settings)))
    except (OSError, ValueError):  # the certificate
        return GraphHealth("token")
    try:
        health = await look(client)
    finally:
        await client.close()
    used = used_by(settings)
    return replace(health, permissions={name: given for name, given in health.permissions.items() if name in used})


async def look(client: GraphClient) -> GraphHealth:
    """The same through a client that is open already, with every permission we know a use for."""
    try:
        async with asyncio.timeout(WITHIN):
            permissions = permissions_in(await client.token())
    except Exception as fault:  # azure-identity has many; Entra gives us no token
        return GraphHealth("token", code=_code(fault))
    return GraphHealth(await _reached(client), permissions)


async def _reached(client: GraphClient) -> str:
    try:
        async with asyncio.timeout(WITHIN):
            await send(client, ANYBODY, {}, {"$select": "id", "$top": 1})
        return ""
    except GraphFault as fault:
        return str(fault.status)
    except Exception:  # the network's many, and the time limit
        return "silent"


def _code(fault: Exception) -> str:
    """The code alone: what else Entra writes is long, and names tenant and application."""
    found = re.search(r"AADSTS[0-9]+", str(fault))
    return found.group() if found else ""


def used_by(settings: Settings) -> frozenset[str]:
    """The permissions this set-up makes use of. The others may be missing without anybody noticing."""
    if settings.directory != "graph":
        return frozenset()
    used = {USER.permission, SEARCH_BASIC.permission}
    used |= {MEMBERS.permission} if settings.organisation.entra_groups else set()
    used |= {INSTALL.permission} if settings.catalog_app_id else set()
    return frozenset(used | ({MAIL.permission, EVENT.permission} if settings.mailbox else set()))


def permissions_in(token: str) -> dict[str, bool | None]:
    """Each permission we need, as the token tells of it."""
    roles = roles_of(token)
    given = {name: bool(roles & ({name} | WIDER.get(name, frozenset()))) for name in NEEDED}
    return {name: None if name in BY_MAILBOX and not has else has for name, has in given.items()}


def roles_of(token: str) -> frozenset[str]:
    """The permissions an app-only token carries; none when it cannot be read."""
    try:
        roles = jwt.decode(token, options={"verify_signature": False}).get("roles", ())
    except jwt.InvalidTokenError:
        return frozenset()
    return frozenset(role for role in roles if isinstance(role, str)) if isinstance(roles, list) else frozenset()
