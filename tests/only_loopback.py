"""The tests' own socket layer: it opens nothing but this machine, and remembers whoever wanted more.

A guard of ours that fails is so a failed test, and never traffic. It hears of every socket Python opens and of every
name it looks up, whatever library asks (`sys.addaudithook`).
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

WANTED: list[str] = []
"""What was wanted of the outside since the last test began."""
CONNECTING = ("socket.connect", "socket.sendto", "socket.bind")
NAMES_OF_OURS = ("", "localhost", "::", "0.0.0.0")


class OpensNothing(OSError):
    """A test wanted to leave this machine."""


def listen() -> None:
    """From now on, for as long as the process lives: a hook cannot be taken away again."""
    sys.addaudithook(_heard)


def _heard(event: str, given: tuple[Any, ...]) -> None:
    if event in CONNECTING and isinstance(given[1], tuple):
        _must_be_ours(event, given[1][0])
    elif event == "socket.getaddrinfo":
        _must_be_ours(event, given[0])


def _must_be_ours(event: str, host: Any) -> None:
    host = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    if not _is_ours(host):
        WANTED.append(f"{event} {host}")
        raise OpensNothing(f"{event} {host}: tests open nothing but this machine.")


def _is_ours(host: str) -> bool:
    try:
        return host in NAMES_OF_OURS or ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@contextmanager
def nobody_leaves() -> Iterator[None]:
    """AssertionError when anybody wanted to, even if whoever asked made nothing of the refusal."""
    WANTED.clear()
    yield
    wanted, WANTED[:] = tuple(WANTED), ()
    assert not wanted, f"A guard has failed, and something wanted to leave this machine: {', '.join(wanted)}"
