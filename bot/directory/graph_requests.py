"""Every request we send to Graph, as Graph documents it, and the least permission that is enough for it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.directory.graph_client import GraphClient

PASSING = frozenset({429, 502, 503, 504})


@dataclass(frozen=True)
class Call:
    """One kind of request. Ids and texts are escaped by the template."""

    method: str
    path: str
    permission: str
    query: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = (("Accept", "application/json"),)


BYTES = (("Accept", "application/octet-stream, application/json"),)
EVENTUAL = (("Accept", "application/json"), ("ConsistencyLevel", "eventual"))  # Graph searches only so
SEARCHING = ("$search", "$select", "$top")

USER = Call("GET", "/users/{id}", "User.Read.All", ("$select",))
MANAGER = Call("GET", "/users/{id}/manager", "User.Read.All", ("$select",))
SEARCH = Call("GET", "/users", "User.Read.All", SEARCHING, EVENTUAL)
SEARCH_BASIC = Call("GET", "/users", "User.ReadBasic.All", SEARCHING, EVENTUAL)
ANYBODY = Call("GET", "/users", "User.ReadBasic.All", ("$select", "$top"))
PHOTO = Call("GET", "/users/{id}/photos/{size}/$value", "ProfilePhoto.Read.All", headers=BYTES)
MEMBERS = Call("GET", "/groups/{id}/transitiveMembers", "GroupMember.Read.All", ("$select", "$top"))
INSTALL = Call("POST", "/users/{id}/teamwork/installedApps", "TeamsAppInstallation.ReadWriteSelfForUser.All")
MAIL = Call("POST", "/users/{id}/sendMail", "Mail.Send")
EVENT = Call("POST", "/users/{id}/events", "Calendars.ReadWrite")
CALLS = (USER, MANAGER, SEARCH, SEARCH_BASIC, ANYBODY, PHOTO, MEMBERS, INSTALL, MAIL, EVENT)


class GraphFault(Exception):
    """Graph did not do it. `status` is None when nothing was answered; `retry_after` is in seconds, None if unsaid."""

    def __init__(self, status: int | None = None, retry_after: float | None = None, permission: str = "") -> None:
        super().__init__(f"status {status}")
        self.status, self.retry_after = status, retry_after
        self.permission = permission
        """The one that is missing, when that is why."""

    @property
    def passing(self) -> bool:
        """Whether the same request may well be answered in a moment."""
        return self.status in PASSING

    @property
    def down(self) -> bool:
        """Whether it is Graph, or our way to it, that fails, and not this one request."""
        return self.status in (None, 401, 429) or self.status >= 500


async def send(
    client: GraphClient,
    call: Call,
    path: Mapping[str, str],
    query: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
) -> bytes:
    """Once. What was answered, GraphFault for any status but 2xx, and whatever network and token service raise."""
    request = _request(call, path, query or {})
    request.add_request_options(list(client.options))
    if body is not None:
        request.set_stream_content(json.dumps(body).encode(), "application/json")
    answer = await client.adapter.send_primitive_async(request, "bytes", {})
    if not 200 <= answer.status_code < 300:
        raise GraphFault(answer.status_code, _seconds(answer.headers))
    return answer.content


def _request(call: Call, path: Mapping[str, str], query: Mapping[str, Any]) -> Any:
    from kiota_abstractions.method import Method
    from kiota_abstractions.request_information import RequestInformation

    names = ",".join(name.replace("$", "%24") for name in call.query)
    template = "{+baseurl}" + call.path + (f"{{?{names}}}" if names else "")
    request = RequestInformation(Method[call.method], template, dict(path))
    request.query_parameters = {name.replace("$", "%24"): value for name, value in query.items()}
    for name, value in call.headers:
        request.headers.add(name, value)
    return request


def _seconds(headers: Mapping[str, str]) -> float | None:
    """Retry-After as Graph sends it, in seconds. A date instead of a number is not used here: unsaid."""
    asked = headers.get("Retry-After", "")
    return float(asked) if asked.isascii() and asked.isdecimal() else None
