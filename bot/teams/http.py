"""Small things every call over HTTP needs: a session of ours, and reading no more than we asked for."""

import aiohttp


class TooMuch(Exception):
    """The other side sent more than we are willing to hold."""


async def read_capped(stream: aiohttp.StreamReader, limit: int) -> bytes:
    """Everything in the stream; TooMuch as soon as it is more than `limit` bytes, whatever was promised."""
    content = bytearray()
    while not stream.at_eof():
        content += await stream.readany()
        if len(content) > limit:
            raise TooMuch
    return bytes(content)


def open_session(connector: aiohttp.BaseConnector | None = None) -> aiohttp.ClientSession:
    """A session that keeps no cookies and heeds no proxy settings from the environment. Close it when done."""
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=15, sock_connect=5),
    )
