"""The directory as Entra knows it, through Microsoft Graph: who leads whom, and people by name.

What Graph does not know (workplaces, reps, groups, stand-ins) the settings tell. Importing msgraph takes a fifth of a
second and 31 MB, its typed requests over a second more on the loop: it is imported in a thread, by whoever configured
Graph, and asked with plain requests through its own adapter.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from cachetools import TTLCache

from bot.directory import Directory, DirectoryUnreachable
from bot.directory.file import best_first, folded
from bot.settings import Settings
from casework.people import Person, Workplace
from casework.vocabulary import PersonId, WorkplaceId

HOST = "graph.microsoft.com"
SELECT = ("id", "displayName", "jobTitle", "mail", "mobilePhone", "businessPhones")
FRESH_FOR = timedelta(minutes=15)
REMEMBERED = 1000  # answers
READ_RETRIES = 2
READ_WITHIN = 20.0  # seconds, retries included
SEARCHED = 25  # people fetched: Graph has no order of ours, so we choose the best of these
LONGEST_SEARCH = 64  # characters

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class GraphClient:
    """msgraph's adapter, and what has to be closed with it."""

    adapter: Any
    http: Any
    credential: Any

    async def close(self) -> None:
        await self.http.aclose()
        await self.credential.close()


def open_graph(settings: Settings) -> GraphClient:
    """Graph as this Værn's settings reach it. Imports a great deal: call it in a thread."""
    return graph_client(_credential(settings))


def _credential(settings: Settings) -> Any:
    from azure.identity.aio import ClientSecretCredential, ManagedIdentityCredential

    if settings.app_type == "UserAssignedMSI":
        return ManagedIdentityCredential(client_id=settings.app_id)
    return ClientSecretCredential(settings.tenant_id, settings.app_id, settings.app_password)


def graph_client(credential: Any, allowed_hosts: Iterable[str] = (HOST,)) -> GraphClient:
    """A client whose token goes to no other host, and which sends nothing twice unless asked to. For a thread."""
    from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
    from kiota_http.middleware.options import RetryHandlerOption
    from msgraph.graph_request_adapter import GraphRequestAdapter, options
    from msgraph_core import GraphClientFactory

    provider = AzureIdentityAuthenticationProvider(
        credential, scopes=[f"https://{HOST}/.default"], allowed_hosts=list(allowed_hosts)
    )
    once = RetryHandlerOption(max_retries=0)  # a POST that was answered 503 may have been carried out
    http = GraphClientFactory.create_with_default_middleware(options=options | {once.get_key(): once})
    return GraphClient(GraphRequestAdapter(provider, http), http, credential)


class GraphDirectory:
    """Entra first; what it cannot say, or not now, is as the directory behind it says."""

    def __init__(
        self,
        behind: Directory,
        open_client: Callable[[], GraphClient],
        now: Callable[[], datetime],
        read_within: float = READ_WITHIN,
    ) -> None:
        """`open_client` is called once, in a thread. `now` is real time. `read_within` is in seconds."""
        self._behind, self._open_client, self._read_within = behind, open_client, read_within
        self._client: GraphClient | None = None
        self._opening = asyncio.Lock()
        self._remembered = TTLCache(REMEMBERED, FRESH_FOR, timer=now)

    async def warm(self) -> None:
        """Import and open everything now, so that nobody waits for it later."""
        async with self._opening:
            if self._client is None:
                self._client = await asyncio.to_thread(self._open_client)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def person(self, person: PersonId) -> Person | None:
        """As the settings have them, for a phone number put there is meant to be rung; otherwise as Entra has them."""
        known = await self._behind.person(person)
        return known or _person(await self._read("/users/{id}", id=person))

    async def leader(self, person: PersonId) -> Person | None:
        """The person's manager in Entra. A manager who is only a contact, no user, cannot be told anything: None."""
        return _person(await self._read("/users/{id}/manager", id=person))

    async def search(self, text: str, limit: int = 5) -> tuple[Person, ...]:
        """By the beginning of any part of the name, or of the mail. When Entra is silent, from the settings."""
        if not (wanted := _searchable(text)):
            return ()
        try:
            answer = await self._read("/users", search=f'"displayName:{wanted}" OR "mail:{wanted}"')
        except DirectoryUnreachable:
            if known := await self._behind.search(text, limit):
                return known
            raise
        found = [person for row in (answer or {}).get("value", ()) if (person := _person(row))]
        return _ours_first(found, text)[:limit]

    async def workplace_of(self, person: PersonId) -> Workplace | None:
        """Where the settings place the person, or else the one place their manager leads; the manager leads it."""
        known = await self._behind.workplace_of(person)
        try:
            leader = await self.leader(person)
        except DirectoryUnreachable:
            if known:
                return known
            raise
        if leader is None:
            return known
        workplace = known or await self._led_by(leader.id)
        return workplace and _with_leader(workplace, leader.id)

    async def workplace(self, workplace: WorkplaceId) -> Workplace | None:
        return await self._behind.workplace(workplace)

    async def workplaces(self) -> tuple[Workplace, ...]:
        return await self._behind.workplaces()

    async def _led_by(self, leader: PersonId) -> Workplace | None:
        """Whoever leads two places leaves open which one is meant: then people choose."""
        led = [workplace for workplace in await self.workplaces() if workplace.leader == leader]
        return led[0] if len(led) == 1 else None

    async def _read(self, path: str, **asked: str) -> Mapping[str, Any] | None:
        """The answer, None for "there is no such", DirectoryUnreachable for everything else. Remembered for a while."""
        key = (path, *asked.items())
        if key not in self._remembered:
            self._remembered[key] = await self._fetched(path, asked)
        return self._remembered[key]

    async def _fetched(self, path: str, asked: Mapping[str, str]) -> Mapping[str, Any] | None:
        try:
            async with asyncio.timeout(self._read_within):
                await self.warm()
                content = await self._client.adapter.send_primitive_async(_request(path, asked), "bytes", {})
            return _rows_checked(json.loads(content))
        except Exception as fault:  # the network's, the token's, Graph's, JSON's: to whoever reports it is all one
            status = getattr(fault, "response_status_code", None)
            if status == 404:
                return None
            log.warning("directory_unreachable", path=path, fault=type(fault).__name__, status=status)
            raise DirectoryUnreachable(f"Graph did not answer {path}: {type(fault).__name__} {status or ''}") from fault


def _rows_checked(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer if it is one person or a list of them. The SDK also lets a redirect's body through."""
    for row in answer["value"] if "value" in answer else [answer]:
        row["id"]
    return answer


def _request(path: str, asked: Mapping[str, str]) -> Any:
    """One GET as Graph documents it. Ids and texts are escaped by the template."""
    from kiota_abstractions.method import Method
    from kiota_abstractions.request_information import RequestInformation
    from kiota_http.middleware.options import RedirectHandlerOption, RetryHandlerOption

    template = "{+baseurl}" + path + "{?%24search,%24select,%24top}"
    request = RequestInformation(Method.GET, template, {"id": asked["id"]} if "id" in asked else {})
    request.query_parameters = {"%24select": ",".join(SELECT)}
    request.headers.add("Accept", "application/json")
    if "search" in asked:
        request.query_parameters |= {"%24search": asked["search"], "%24top": SEARCHED}
        request.headers.add("ConsistencyLevel", "eventual")  # Graph searches only so
    retries = RetryHandlerOption(delay=0, max_retries=READ_RETRIES)
    request.add_request_options([retries, RedirectHandlerOption(should_redirect=False)])
    return request


def _searchable(text: str) -> str:
    """What may stand inside Graph's quotes; empty when nobody is searched for."""
    wanted = " ".join(text.replace('"', " ").replace("\\", " ").split())[:LONGEST_SEARCH]
    return wanted if folded(wanted) else ""


def _ours_first(found: list[Person], text: str) -> tuple[Person, ...]:
    """Ordered as the file directory would; those whom only Graph sees a likeness in come last."""
    best = best_first(found, text)
    rest = sorted(set(found) - set(best), key=lambda person: (folded(person.name), person.id))
    return (*best, *rest)


def _person(row: Mapping[str, Any] | None) -> Person | None:
    if row is None or row.get("@odata.type", "#microsoft.graph.user") != "#microsoft.graph.user":
        return None
    phone = row.get("mobilePhone") or next(iter(row.get("businessPhones") or ()), "")
    name, title, mail = (row.get(key) or "" for key in ("displayName", "jobTitle", "mail"))
    return Person(PersonId(row["id"]), name, title, phone, mail)


def _with_leader(workplace: Workplace, leader: PersonId) -> Workplace:
    """The same place under that leader, who is then nobody's stand-in or superior there."""
    others = {name: getattr(workplace, name) for name in ("stand_in", "leaders_leader")}
    return replace(workplace, leader=leader, **{name: None for name, person in others.items() if person == leader})
