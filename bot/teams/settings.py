"""What the edge to the channel needs to know, and which addresses it may trust."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from yarl import URL

SCOPE = "https://api.botframework.com/.default"
CHANNEL = "msteams"
"""The only channel whose sender ids the directory vouches for: in a web chat a sender may call themselves anything."""
SINGLE_TENANT, MANAGED_IDENTITY = "SingleTenant", "UserAssignedMSI"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class ChannelSettings:
    """Who we are to the channel, whom we believe, and where we may send.

    Hosts are names in lower case; `*.example.org` stands for every name below example.org, not for example.org itself.
    An empty `allowed_tenants` sets no limit. `allow_loopback` is for the rehearsal alone: then, and only then,
    plain http to this machine is lawful.
    """

    app_id: str
    app_password: str
    tenant_id: str
    app_type: str
    metadata_url: str
    token_url: str
    issuer: str
    allowed_service_hosts: tuple[str, ...]
    allowed_tenants: tuple[str, ...]
    download_hosts: tuple[str, ...]
    allow_loopback: bool = False
    app_certificate: str = ""
    """The PEM file's place, instead of a password."""

    def __post_init__(self) -> None:
        """ValueError without an app id: every token would then be meant for us."""
        if not self.app_id:
            raise ValueError("app_id is empty. Expected the bot's application id in Entra.")
        if self.app_type not in (SINGLE_TENANT, MANAGED_IDENTITY):
            raise ValueError(f'app_type is "{self.app_type}". Expected "{SINGLE_TENANT}" or "{MANAGED_IDENTITY}".')

    @classmethod
    def public_cloud(
        cls,
        app_id: str,
        app_password: str,
        tenant_id: str,
        *,
        app_type: str = SINGLE_TENANT,
        app_certificate: str = "",
        allowed_tenants: tuple[str, ...] | None = None,
        download_hosts: tuple[str, ...] = ("*.sharepoint.com",),
    ) -> "ChannelSettings":
        """Microsoft's public cloud. Without `allowed_tenants` only the bot's own tenant is let in."""
        return cls(
            app_id=app_id,
            app_password=app_password,
            tenant_id=tenant_id,
            app_type=app_type,
            app_certificate=app_certificate,
            metadata_url="https://login.botframework.com/v1/.well-known/openidconfiguration",
            token_url=f"https://login.microsoftonline.com/{tenant_id}/oauth2/v2.0/token",
            issuer="https://api.botframework.com",
            allowed_service_hosts=("smba.trafficmanager.net", "*.botframework.com", "*.teams.microsoft.com"),
            allowed_tenants=(tenant_id,) if allowed_tenants is None else allowed_tenants,
            download_hosts=download_hosts,
        )

    def lawful_service(self, url: str) -> bool:
        """Whether our token may go to this service url."""
        parsed = _read(url)
        return parsed is not None and not parsed.query_string and self._lawful(url, self.allowed_service_hosts)

    def lawful_download(self, url: str) -> bool:
        """Whether a file may be fetched from here, without any token."""
        return self._lawful(url, self.download_hosts)

    def lawful_with_token(self, url: str, service_url: str) -> bool:
        """Whether this address is the conversation's own service, so that what lies there is fetched with our token."""
        lawful = self.lawful_service(service_url) and self._lawful(url, self.allowed_service_hosts)
        return lawful and _origin(url) == _origin(service_url)

    def lawful_keys(self, url: str) -> bool:
        """Whether signing keys may be read from here: it was named over TLS, so TLS is what it must offer too."""
        return self._lawful(url, ("*",))

    def _lawful(self, url: str, hosts: tuple[str, ...]) -> bool:
        """https on its own port to a listed name, nothing in disguise; or this machine in the rehearsal."""
        parsed = _read(url)
        if parsed is None:
            return False
        if parsed.host in LOOPBACK:
            return self.allow_loopback and parsed.scheme in ("http", "https")
        usual = parsed.scheme == "https" and parsed.explicit_port in (None, 443)
        return usual and any(_matches(parsed.raw_host or "", pattern) for pattern in hosts)


def _origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port: who answers."""
    parsed = URL(url)
    return parsed.scheme, parsed.raw_host or "", parsed.port


def _read(url: object) -> URL | None:
    """The url as the HTTP client reads it, or None when anything in it could be read in two ways."""
    return _read_text(url) if isinstance(url, str) else None


@lru_cache(maxsize=64)
def _read_text(url: str) -> URL | None:
    if not url.isascii() or not url.isprintable() or any(c in url for c in " \\#"):
        return None
    try:
        parsed, other = URL(url), urlsplit(url)
        if parsed.raw_user or parsed.raw_password or not parsed.raw_host:
            return None
        return parsed if parsed.raw_host == other.hostname else None
    except ValueError:
        return None


def _matches(host: str, pattern: str) -> bool:
    if pattern.startswith("*"):
        return host.endswith(pattern[1:]) and host != pattern[1:]
    return host == pattern
