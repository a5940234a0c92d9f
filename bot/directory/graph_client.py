"""msgraph as we open it: our token goes to Graph and nowhere else, and nothing is sent twice unasked.

Importing msgraph takes a fifth of a second and 31 MB, its typed requests over a second more on the loop: it is imported
in a thread, by whoever configured Graph, and asked with plain requests through its own adapter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.setup.credentials import Identity, entra_credential

HOST = "graph.microsoft.com"
SCOPE = f"https://{HOST}/.default"


@dataclass(frozen=True)
class GraphClient:
    """msgraph's adapter, and what has to be closed with it."""

    adapter: Any
    http: Any
    credential: Any
    options: tuple[Any, ...]
    """What every request carries: the answer is left as it is, and no redirect is followed."""

    async def token(self) -> str:
        """The token every request carries. The credential keeps it until shortly before it expires."""
        return (await self.credential.get_token(SCOPE)).token

    async def close(self) -> None:
        await self.http.aclose()
        await self.credential.close()


def open_graph(who: Identity) -> GraphClient:
    """Graph as this Værn's settings reach it. Imports a great deal: call it in a thread."""
    return graph_client(entra_credential(who))


def graph_client(credential: Any, allowed_hosts: Iterable[str] = (HOST,)) -> GraphClient:
    """A client whose token goes to no other host, and which sends nothing twice. For a thread."""
    from kiota_abstractions.native_response_handler import NativeResponseHandler
    from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
    from kiota_http.middleware.options import RedirectHandlerOption, ResponseHandlerOption, RetryHandlerOption
    from msgraph.graph_request_adapter import GraphRequestAdapter, options
    from msgraph_core import GraphClientFactory

    provider = AzureIdentityAuthenticationProvider(credential, scopes=[SCOPE], allowed_hosts=list(allowed_hosts))
    once = RetryHandlerOption(max_retries=0)  # a POST that was answered 503 may have been carried out
    http = GraphClientFactory.create_with_default_middleware(options=options | {once.get_key(): once})
    plain = ResponseHandlerOption(NativeResponseHandler())  # status and Retry-After, which the SDK's own errors hide
    stay = RedirectHandlerOption(should_redirect=False)
    return GraphClient(GraphRequestAdapter(provider, http), http, credential, (plain, stay))
