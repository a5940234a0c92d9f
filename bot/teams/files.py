"""Files and pasted pictures, fetched from where the channel says they lie: and from nowhere else."""

from base64 import b64decode
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from yarl import URL

from bot.teams.faults import ChannelFault
from bot.teams.guarded import open_files_session
from bot.teams.kinds import HEAD, PAGES, PICTURES, Kind, Looking, ending_of, find_kind, looks_like_a_page, recognise
from bot.teams.settings import ChannelSettings
from bot.teams.tokens import TokenProvider
from casework.vocabulary import Refused

__all__ = ["Arriving", "Files", "is_file", "name_of", "open_files_session"]

log = structlog.get_logger(__name__)

DOWNLOAD_INFO = "application/vnd.microsoft.teams.file.download.info"
MAX_FILE = 25 * 1024 * 1024
LONGEST_NAME = 120
AT_ONCE = 512 * 1024  # bytes that wait here for us
Parts = AsyncIterator[bytes]


@dataclass(frozen=True)
class Arriving:
    """A file on its way, byte for byte as it was given."""

    name: str
    """Without folders; ends in what the content is."""
    media_type_claimed: str
    """What the sender's side called it; "" when it said nothing."""
    media_type: str
    """What the content says it is."""
    announced: int | None
    """How many bytes are to come, if that was said."""
    parts: Parts
    """Once. Refused as soon as there is too much of it, or it turns out to be something else."""


def is_file(attachment: Mapping[str, Any]) -> bool:
    """Whether the attachment is a file or a picture: Teams also attaches every message to itself as HTML."""
    claimed = attachment.get("contentType")
    return isinstance(claimed, str) and (claimed == DOWNLOAD_INFO or claimed.startswith("image/"))


class Files:
    """Fetches what people attach. Never follows a redirect; our token goes to the conversation's own host alone."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        tokens: TokenProvider,
        settings: ChannelSettings,
        *,
        max_bytes: int | Callable[[], int] = MAX_FILE,
        timeout: aiohttp.ClientTimeout | None = None,
    ) -> None:
        """`session` comes from open_files_session. `max_bytes`: what a single file may hold; a function
        is asked each time.
        """
        self.session, self.tokens, self.settings = session, tokens, settings
        self._max_bytes, self._timeout = max_bytes, timeout

    @property
    def max_bytes(self) -> int:
        return self._max_bytes() if callable(self._max_bytes) else self._max_bytes

    @property
    def timeout(self) -> aiohttp.ClientTimeout:
        """A second for each megabyte that may come, half a minute at least; and never long without a byte."""
        total = max(30, self.max_bytes // 1024**2)
        return self._timeout or aiohttp.ClientTimeout(total=total, sock_connect=5, sock_read=10)

    @asynccontextmanager
    async def arriving(self, attachment: Mapping[str, Any], *, service_url: str) -> AsyncIterator[Arriving]:
        """The file of a Teams attachment, a JSON-ready dict as it came in the activity.

        Refused `file_too_large` (name, limit in whole MB), `file_unreadable` (name), or what `find_kind` says.
        """
        name = name_of(attachment)
        if not is_file(attachment):
            raise Refused("file_refused", name=name, type=ending_of(name) or "?")
        uploaded = attachment["contentType"] == DOWNLOAD_INFO
        opened = self._uploaded(attachment, name) if uploaded else self._pasted(attachment, name, service_url)
        async with opened as (claimed, announced, parts):
            head = await _beginning(parts)
            kind = _kind_of_upload(head, name) if uploaded else _kind_of_picture(head, name)
            whole = _looked_through(head, parts, Looking(kind, name))
            claimed = claimed if uploaded else attachment["contentType"]
            yield Arriving(_named(name, kind), claimed, kind.media_type, announced, whole)

    @asynccontextmanager
    async def _uploaded(self, attachment: Mapping[str, Any], name: str) -> AsyncIterator[tuple[str, int | None, Parts]]:
        info = attachment.get("content")
        url = info.get("downloadUrl") if isinstance(info, Mapping) else None
        if not self.settings.lawful_download(url):
            raise _unreadable(name, "address_not_allowed")
        async with self._got(url, name, {}) as found:
            yield found

    @asynccontextmanager
    async def _pasted(
        self, attachment: Mapping[str, Any], name: str, service_url: str
    ) -> AsyncIterator[tuple[str, int | None, Parts]]:
        url = attachment.get("contentUrl")
        if isinstance(url, str) and url.startswith("data:"):
            content = self._inside(url, name)
            yield "", len(content), _of(content)
            return
        async with self._got(url, name, await self._key_for(url, name, service_url)) as found:
            yield found

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

    @asynccontextmanager
    async def _got(self, url: str, name: str, headers: dict[str, str]) -> AsyncIterator[tuple[str, int | None, Parts]]:
        """Claimed media type, announced size, and the content. What is left of it in the end is not waited for."""
        response = await self._asked(url, name, headers)
        try:
            if response.status != 200:
                raise _unreadable(name, f"status_{response.status}")
            if (response.content_length or 0) > self.max_bytes:
                raise self._too_large(name)
            yield response.content_type, response.content_length, self._read(response, name)
        finally:
            response.close()

    async def _asked(self, url: str, name: str, headers: dict[str, str]) -> aiohttp.ClientResponse:
        """Asked for unpacked, so that what is counted is what is kept."""
        headers = headers | {"Accept-Encoding": "identity"}
        try:
            return await self.session.get(
                URL(url, encoded=True),
                headers=headers,
                allow_redirects=False,
                timeout=self.timeout,
                read_bufsize=AT_ONCE,
                auto_decompress=False,
            )
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as fault:
            raise _unreadable(name, type(fault).__name__) from fault

    async def _read(self, response: aiohttp.ClientResponse, name: str) -> Parts:
        size = 0
        try:
            async for part in response.content.iter_any():
                size += len(part)
                if size > self.max_bytes:
                    raise self._too_large(name)
                yield part
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


async def _beginning(parts: Parts) -> bytes:
    """Enough of it to know it by, or all there is."""
    head = bytearray()
    async for part in parts:
        head += part
        if len(head) >= HEAD:
            break
    return bytes(head)


async def _looked_through(head: bytes, rest: Parts, looking: Looking) -> Parts:
    looking.part(head)
    yield head
    async for part in rest:
        looking.part(part)
        yield part
    looking.end()


async def _of(content: bytes) -> Parts:
    yield content


def _kind_of_upload(head: bytes, name: str) -> Kind:
    if looks_like_a_page(head) and ending_of(name) not in PAGES:
        raise _unreadable(name, "page_instead")
    return find_kind(head[:HEAD], name)


def _kind_of_picture(head: bytes, name: str) -> Kind:
    kind = recognise(head[:HEAD])
    if kind is None or kind.ending not in PICTURES:
        raise _unreadable(name, "not_a_picture")
    return kind


def _named(name: str, kind: Kind) -> str:
    name = name or "image"
    return name if ending_of(name) == kind.ending else f"{name}.{kind.ending}"


def name_of(attachment: Mapping[str, Any]) -> str:
    """The file's own name: no folder, nothing that cannot be seen, not endlessly long. "" when it has none."""
    claimed = attachment.get("name")
    last = claimed.replace("\\", "/").rpartition("/")[2] if isinstance(claimed, str) else ""
    seen = "".join(char for char in last if char.isprintable()).strip(" .")
    if len(seen) > LONGEST_NAME:
        stem, dot, ending = seen.rpartition(".")
        seen = (stem[: LONGEST_NAME - len(ending) - 1] + dot + ending)[-LONGEST_NAME:]
    return seen


def _unreadable(name: str, reason: str) -> Refused:
    log.warning("file_unreadable", reason=reason)
    return Refused("file_unreadable", name=name)
