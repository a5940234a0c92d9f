"""That the tests' own socket layer holds: a guard that fails shows, whatever was made of the refusal."""

import asyncio
import contextlib
import socket

import aiohttp
import pytest

from tests.only_loopback import WANTED, OpensNothing, nobody_leaves

OUTSIDE = ["93.184.215.14", "10.0.0.5", "169.254.169.254", "2606:4700::1111"]


@pytest.mark.parametrize("address", OUTSIDE)
def test_no_test_connects_to_anything_but_this_machine(address: str):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with pytest.raises(OpensNothing), socket.socket(family) as one:
        one.connect((address, 443))

    assert WANTED.pop() == f"socket.connect {address}"


async def test_no_test_looks_up_a_name_outside_or_connects_in_the_loop():
    with pytest.raises(OpensNothing):
        await asyncio.get_running_loop().getaddrinfo("contoso.sharepoint.com", 443)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError):
            await session.get("https://93.184.215.14/")

    assert WANTED[0] == "socket.getaddrinfo contoso.sharepoint.com" and WANTED[1].endswith("93.184.215.14")
    WANTED.clear()


def test_a_refusal_that_is_swallowed_is_a_failed_test_all_the_same():
    with pytest.raises(AssertionError, match="10.0.0.5"), nobody_leaves(), contextlib.suppress(OSError):
        socket.create_connection(("10.0.0.5", 80), timeout=1)


def test_this_machine_is_open():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        assert WANTED == []
