"""Files and pasted pictures, fetched from where the channel says they lie: and from nowhere else."""

import socket
from base64 import b64decode
from collections.abc import Callable, Mapping
from ipaddress import IPv6Address, ip_address
from typing import Any, NamedTuple

import aiohttp
import structlog
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.teams.faults import ChannelFault
from bot.teams.http import TooMuch, open_session, read_capped
from bot.teams.kinds import PICTURES, Kind, ending_of, find_kind, looks_like_a_page, recognise
from bot.teams.settings import ChannelSettings
from bot.teams.tokens import TokenProvider
from casework.vocabulary import Refused

log = structlog.get_logger(__name__)

DOWNLOAD_INFO = "application/vnd.microsoft.teams.file.download.info"
MAX_FILE = 25 * 1024 * 1024
TIMEOUT = aiohttp.ClientTimeout(total=30, sock_connect=5, sock_read=10)
LONGEST_NAME = 120


class Received(NamedTuple):
    """A file as it was given, byte for byte."""

    name: str
    """Without folders; ends in what the content is."""
    media_type_claimed: str
    """What the sender's side called it; "" when it said nothing."""
    content: bytes
    media_type: str
    """What the first bytes say it is."""


def is_file(attachment: Mapping[str, Any]) -> bool:
    """Whether the attachment is a file or a picture: Teams also attaches every message to itself as HTML."""
    claimed = attachment.get("contentType")
    return isinstance(claimed, str) and (claimed == DOWNLOAD_INFO or claimed.startswith("image/"))


class PublicOnly(AbstractResolver):
    """Names → addresses on the open internet. Asked for by the connection itself, so nothing can change in between."""

    def __init__(self, inner: AbstractResolver, *, allow_loopback: bool = False) -> None:
        self.inner, self.allow_loopback = inner, allow_loopback

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses; OSError when a single one of them lies inside."""
        found = await self.inner.resolve(host, port, family)
        if not all(self._lawful(one["host"]) for one in found):
            raise OSError("the name leads to an address that is not public")
        return found

    async def close(self) -> None:
        await self.inner.close()

    def _lawful(self, address: str) -> bool:
        ip = ip_address(address.partition("%")[0])
        if isinstance(ip, IPv6Address):
            ip = ip.ipv4_mapped or ip.sixtofour or ip
        return (ip.is_global and not ip.is_multicast) or (self.allow_loopback and ip.is_loopback)


def open_files_session(settings: ChannelSettings, inner: AbstractResolver | None = None) -> aiohttp.ClientSession:
    """The session files are fetched through: it never connects to an inner address. Close it when done."""
    resolver = PublicOnly(inner or aiohttp.ThreadedResolver(), allow_loopback=settings.allow_loopback)
    return open_session(aiohttp.TCPConnector(resolver=resolver, limit=20))


class Files:
    """Fetches what people attach. Never follows a redirect; our token goes to the conversation's own host alone."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        tokens: TokenProvider,
        settings: ChannelSettings,
        *,
        max_bytes: int | Callable[[], int] = MAX_FILE,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ) -> None:
        """`session` comes from open_files_session. `max_bytes`: what a single file may hold; a function
        is asked each time.
        """
        self.session, self.tokens, self.settings = session, tokens, settings
        self._max_bytes, self.timeout = max_bytes, timeout

    @property
    def max_bytes(self) -> int:
        return self._max_bytes() if callable(self._max_bytes) else self._max_bytes

    async def fetch(self, attachment: Mapping[str, Any], *, service_url: str) -> Received:
        """The file of a Teams attachment, a JSON-ready dict as it came in the activity.

        Refused `file_too_large` (name, limit in whole MB), `file_unreadable` (name) or `file_refused` (name, type).
        """
        name = _name(attachment)
        if not is_file(attachment):
            raise Refused("file_refused", name=name, type=ending_of(name) or "?")
        if attachment["contentType"] == DOWNLOAD_INFO:
            return await self._uploaded(attachment, name)
        return await self._pasted(attachment, name, service_url)

    async def _uploaded(self, attachment: Mapping[str, Any], name: str) -> Received:
        info = attachment.get("content")
        url = info.get("downloadUrl") if isinstance(info, Mapping) else None
        if not self.settings.lawful_download(url):
            raise _unreadable(name, "address_not_allowed")
        claimed, content = await self._get(url, name, {})
        if looks_like_a_page(content):
            raise _unreadable(name, "page_instead")
        return _received(name, claimed, content, find_kind(content, name))

    async def _pasted(self, attachment: Mapping[str, Any], name: str, service_url: str) -> Received:
        url = attachment.get("contentUrl")
        if isinstance(url, str) and url.startswith("data:"):
            content = self._inside(url, name)
        else:
            _, content = await self._get(url, name, await self._key_for(url, name, service_url))
        kind = recognise(content)
        if kind is None or kind.ending not in PICTURES:
            raise _unreadable(name, "not_a_picture")
        return _received(name, attachment["contentType"], content, kind)

    async def _key_for(self, url: Any, name: str, service_url: str) -> dict[str, str]:
        """The header that opens the address: our token for the conversation's own host, nothing for a lawful other."""
        if self.settings.lawful_with_token(url, service_url):
            try:
                return {"Authorization": f"Bearer {await self.tokens.get()}"}
            except ChannelFault as fault:
                raise _unreadable(name, "no_token") from fault
        if self.settings.lawful_download(url):
            return {}
        raise _unreadable(name, "address_not_allowed")

    async def _get(self, url: str, name: str, headers: dict[str, str]) -> tuple[str, bytes]:
        """Claimed media type and content. Asked for unpacked, so that what is counted is what is kept."""
        headers = headers | {"Accept-Encoding": "identity"}
        try:
            async with self.session.get(
                URL(url, encoded=True), headers=headers, allow_redirects=False, timeout=self.timeout
            ) as response:
                if response.status != 200:
                    raise _unreadable(name, f"status_{response.status}")
                if (response.content_length or 0) > self.max_bytes:
                    raise self._too_large(name)
                return response.content_type, await read_capped(response.content, self.max_bytes)
        except TooMuch as fault:
            raise self._too_large(name) from fault
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as fault:
            raise _unreadable(name, type(fault).__name__) from fault

    def _inside(self, url: str, name: str) -> bytes:
        """The bytes a data: url holds in itself."""
        head, _, body = url.partition(",")
        if not head.endswith(";base64"):
            raise _unreadable(name, "not_base64")
        if len(body) * 3 // 4 > self.max_bytes + 3:
            raise self._too_large(name)
        try:
            return b64decode(body, validate=True)
        except ValueError as fault:
            raise _unreadable(name, "not_base64") from fault

    def _too_large(self, name: str) -> Refused:
        return Refused("file_too_large", name=name, limit=self.max_bytes // 1024**2)


def _received(name: str, claimed: str, content: bytes, kind: Kind) -> Received:
    named = name if ending_of(name) == kind.ending else f"{name}.{kind.ending}"
    return Received(named, claimed, content, kind.media_type)


def _name(attachment: Mapping[str, Any]) -> str:
    """The file's own name: no folder, nothing that cannot be seen, not endlessly long."""
    claimed = attachment.get("name")
    last = claimed.replace("\\", "/").rpartition("/")[2] if isinstance(claimed, str) else ""
    seen = "".join(char for char in last if char.isprintable()).strip(" .")
    if len(seen) > LONGEST_NAME:
        stem, dot, ending = seen.rpartition(".")
        seen = (stem[: LONGEST_NAME - len(ending) - 1] + dot + ending)[-LONGEST_NAME:]
    return seen or "image"


def _unreadable(name: str, reason: str) -> Refused:
    log.warning("file_unreadable", reason=reason)
    return Refused("file_unreadable", name=name)
