"""The session files are fetched through: it connects to addresses on the open internet, and opens nothing else.

A name is looked up by the connection itself, so nothing can change in between; and the very address that is about to be
connected to is looked at once more, whatever way it came there.
"""

import socket
from functools import partial
from ipaddress import IPv6Address, ip_address
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.teams.http import open_session
from bot.teams.settings import ChannelSettings


class NotPublic(OSError):
    """Somebody wants us to look inside."""


def must_be_public(address: str, *, allow_loopback: bool) -> None:
    """NotPublic for this machine, a private network, a cloud's own service, and everything else that is not outside.

    An IPv4 address in IPv6 clothes is looked at as what it is.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _translated(ip) or ip
    lawful = (ip.is_global and not ip.is_multicast) or (allow_loopback and ip.is_loopback)
    if not lawful:
        raise NotPublic("the name leads to an address that is not public")


def _translated(ip: IPv6Address) -> Any:
    """The IPv4 address that a NAT64 address stands for."""
    return ip_address(int(ip) & 0xFFFFFFFF) if int(ip) >> 32 == 0x64_FF9B << 64 else None


class PublicOnly(AbstractResolver):
    """Names → addresses on the open internet."""

    def __init__(self, inner: AbstractResolver, *, allow_loopback: bool = False) -> None:
        self.inner, self.allow_loopback = inner, allow_loopback

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses; NotPublic when a single one of them lies inside."""
        found = await self.inner.resolve(host, port, family)
        for one in found:
            must_be_public(one["host"], allow_loopback=self.allow_loopback)
        return found

    async def close(self) -> None:
        await self.inner.close()


def guarded_socket(info: tuple[Any, ...], *, allow_loopback: bool) -> socket.socket:
    """A socket for this address and no other; NotPublic before there is one."""
    family, kind, protocol, _, address = info
    must_be_public(address[0], allow_loopback=allow_loopback)
    return socket.socket(family, kind, protocol)


def open_files_session(settings: ChannelSettings, inner: AbstractResolver | None = None) -> aiohttp.ClientSession:
    """Close it when done."""
    loopback = settings.allow_loopback
    resolver = PublicOnly(inner or aiohttp.ThreadedResolver(), allow_loopback=loopback)
    factory = partial(guarded_socket, allow_loopback=loopback)
    return open_session(aiohttp.TCPConnector(resolver=resolver, socket_factory=factory, use_dns_cache=False, limit=20))
