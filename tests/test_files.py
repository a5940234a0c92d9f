"""Files: taken byte for byte from where Teams keeps them, and nothing fetched from anywhere else."""

import asyncio
import base64
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import aiohttp
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.teams.files import DOWNLOAD_INFO, Files, is_file, open_files_session
from casework.vocabulary import Refused
from tests.only_loopback import nobody_leaves
from tests.teams_world import World

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 60
PAGE = b"\n<!DOCTYPE html><html><body>Sign in</body></html>"
SHARED = "https://contoso-my.sharepoint.com/personal/anna/a.png"


FORBIDDEN = [
    "http://127.0.0.1/a.png",
    "https://127.0.0.1/a.png",
    "https://localhost/a.png",
    "https://[::1]/a.png",
    "https://[::ffff:127.0.0.1]/a.png",
    "http://169.254.169.254/metadata/identity/oauth2/token",
    "https://169.254.169.254/latest",
    "https://2130706433/a.png",
    "https://0x7f000001/a.png",
    "https://0177.0.0.1/a.png",
    "https://127.1/a.png",
    "https://10.0.0.5/a.png",
    "https://evil.example/a.png",
    "https://contoso.sharepoint.com@evil.example/a.png",
    "https://contoso.sharepoint.com:8443/a.png",
    "https://contoso.sharepoint.com.evil.example/a.png",
    "https://evil.example\\.sharepoint.com/a.png",
    "https://evil.example#.sharepoint.com/a.png",
    "http://contoso.sharepoint.com/a.png",
    "file:///etc/passwd",
    "ftp://contoso.sharepoint.com/a.png",
    "//contoso.sharepoint.com/a.png",
    "https://127.0.0.1:443/a.png",
    "https://017700000001/a.png",
    "https://[0:0:0:0:0:0:0:1]/a.png",
    "https://[::ffff:a9fe:a9fe]/a.png",
    "https://[fe80::1%25eth0]/a.png",
    "https://0.0.0.0/a.png",
    "https://①②⑦.0.0.1/a.png",
    "https://contoso.sharepoint.com%00.evil.example/a.png",
    "https://user:secret@contoso.sharepoint.com/a.png",
    "https://contoso.sharepoint.com\t.evil.example/a.png",
    "gopher://contoso.sharepoint.com/a.png",
    "",
    None,
    7,
]


class Names(AbstractResolver):
    """Leads every name to these addresses."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[ResolveResult]:
        self.asked.append(host)
        known = {"hostname": host, "port": port, "proto": 0, "flags": 0}
        return [{"host": address, "family": socket.AF_INET, **known} for address in self.addresses]

    async def close(self) -> None: ...


@asynccontextmanager
async def files(world: World, names: Names | None = None, **settings: Any) -> AsyncIterator[Files]:
    known = world.teams.settings(**settings)
    async with open_files_session(known, names) as session:
        yield Files(session, world.tokens, known, max_bytes=1024**2)


class Received(NamedTuple):
    name: str
    media_type_claimed: str
    content: bytes
    media_type: str


async def fetched(files: Files, attachment: dict[str, Any], service_url: str) -> Received:
    async with files.arriving(attachment, service_url=service_url) as one:
        content = b"".join([part async for part in one.parts])
    return Received(one.name, one.media_type_claimed, content, one.media_type)


def uploaded(url: Any, name: str = "a.png") -> dict[str, Any]:
    return {"contentType": DOWNLOAD_INFO, "name": name, "content": {"downloadUrl": url, "fileType": "png"}}


def pasted(url: Any) -> dict[str, Any]:
    return {"contentType": "image/*", "contentUrl": url}


def gives(content: bytes, media_type: str = "image/png", status: int = 200, **headers: str) -> Any:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=content, status=status, headers={"Content-Type": media_type} | headers)

    return answer


async def refusal(files: Files, attachment: dict[str, Any], service_url: str) -> Refused:
    with pytest.raises(Refused) as told:
        await fetched(files, attachment, service_url=service_url)
    return told.value


async def test_an_uploaded_file_is_fetched_without_our_token_and_kept_byte_for_byte():
    async with World() as world, files(world) as fetching:
        world.teams.answers = [gives(PNG)]

        got = await fetched(fetching, uploaded(f"{world.teams.origin}/a.png"), service_url=world.teams.service_url)

        assert got == Received("a.png", "image/png", PNG, "image/png")
        assert "Authorization" not in world.teams.seen[0].headers


async def test_a_pasted_picture_is_fetched_with_our_token_from_the_conversations_own_host():
    async with World() as world, files(world) as fetching:
        world.teams.answers = [gives(PNG)]
        address = f"{world.teams.origin}/emea/v3/attachments/1/views/original"

        got = await fetched(fetching, pasted(address), service_url=world.teams.service_url)

        assert (got.name, got.media_type_claimed, got.content) == ("image.png", "image/*", PNG)
        assert world.teams.seen[0].headers["Authorization"] == "Bearer token-1"


async def test_our_token_goes_to_no_other_host_or_port_than_the_conversations_own():
    async with World() as elsewhere, World() as world, files(world) as fetching:
        elsewhere.teams.answers = [gives(PNG)]

        await fetched(fetching, pasted(f"{elsewhere.teams.origin}/a.png"), service_url=world.teams.service_url)

        assert "Authorization" not in elsewhere.teams.seen[0].headers
        assert world.teams.tokens_given == 0


async def test_a_conversation_with_an_unlawful_service_gets_no_token_for_its_pictures():
    async with World() as world, files(world) as fetching:
        await refusal(fetching, pasted("https://evil.example/a.png"), "https://evil.example/")

        assert world.teams.tokens_given == 0


async def test_a_picture_inside_the_address_itself_is_read_and_nothing_is_fetched():
    async with World() as world, files(world) as fetching:
        inside = "data:image/png;base64," + base64.b64encode(PNG).decode()

        assert (await fetched(fetching, pasted(inside), service_url=world.teams.service_url)).content == PNG
        assert (await refusal(fetching, pasted("data:image/png;base64,%%%"), "")).key == "file_unreadable"
        assert (await refusal(fetching, pasted("data:image/png;base64," + "A" * 2_000_000), "")).key == "file_too_large"
        assert world.teams.seen == []


@pytest.mark.parametrize("url", FORBIDDEN)
async def test_an_address_that_is_not_teams_own_is_never_asked(url: Any):
    async with World() as world:
        names = Names("127.0.0.1")
        async with files(world, names, allow_loopback=False) as fetching:
            assert (await refusal(fetching, uploaded(url), world.teams.service_url)).key == "file_unreadable"
            assert (await refusal(fetching, pasted(url), world.teams.service_url)).key == "file_unreadable"

        assert names.asked == [] and world.teams.seen == [] and world.teams.tokens_given == 0


@pytest.mark.parametrize(
    "inner",
    [
        "127.0.0.1",
        "10.0.0.5",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.5",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "0.0.0.0",
    ],
)
async def test_a_lawful_name_that_leads_inside_is_not_connected_to(inner: str):
    async with World() as world:
        names = Names("93.184.215.14", inner)
        async with files(world, names, allow_loopback=False) as fetching:
            assert (await refusal(fetching, uploaded(SHARED), world.teams.service_url)).key == "file_unreadable"

        assert names.asked == ["contoso-my.sharepoint.com"]


INSIDE = [
    "https://127.0.0.1/a.png",
    "https://10.0.0.5/a.png",
    "https://169.254.169.254/a.png",
    "https://[::1]/a.png",
    "https://[fd00::1]/a.png",
    "https://[::ffff:169.254.169.254]/a.png",
    "https://2130706433/a.png",
    "https://0x7f000001/a.png",
    "https://127.1/a.png",
]


@pytest.mark.parametrize("url", INSIDE)
async def test_an_inner_address_is_not_connected_to_even_where_the_settings_allow_every_host(url: str):
    async with World() as world, files(world, Names("127.0.0.1"), allow_loopback=False, download_hosts=("*",)) as some:
        assert (await refusal(some, uploaded(url), world.teams.service_url)).key == "file_unreadable"
        assert world.teams.seen == []


async def test_a_name_that_changes_its_answer_between_two_looks_leads_nowhere_inside():
    class Changing(Names):
        async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[ResolveResult]:
            found = await super().resolve(host, port, family)
            self.addresses = ("127.0.0.1",)  # the next time it is asked
            return found

    async with World() as world:
        names = Changing("127.0.0.1")
        names.addresses = ("93.184.215.14",)
        async with files(world, names, allow_loopback=False) as fetching:
            with pytest.raises(AssertionError, match="93.184.215.14"), nobody_leaves():  # our guard lets it through
                await refusal(fetching, uploaded(SHARED), world.teams.service_url)
            await refusal(fetching, uploaded(SHARED), world.teams.service_url)

        assert len(names.asked) == 2 and world.teams.seen == []


async def test_a_redirect_is_not_followed():
    async with World() as elsewhere, World() as world, files(world) as fetching:
        for attachment in (uploaded(f"{world.teams.origin}/a.png"), pasted(f"{world.teams.origin}/a.png")):
            world.teams.answers = [gives(b"", status=302, Location=f"{elsewhere.teams.origin}/a.png")]
            assert (await refusal(fetching, attachment, world.teams.service_url)).key == "file_unreadable"

        assert elsewhere.teams.seen == []


async def test_a_body_without_end_is_left_as_soon_as_it_is_too_large():
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(PNG * 1000)
                sent += len(PNG) * 1000
        except ConnectionError:
            return response

    async with World() as world, files(world) as fetching:
        world.teams.answers = [endless]

        told = await refusal(fetching, uploaded(f"{world.teams.origin}/a.png"), world.teams.service_url)

        assert (told.key, told.details) == ("file_too_large", {"name": "a.png", "limit": 1})
        assert sent < 20 * 1024**2


@pytest.mark.parametrize("promised", [5000, len(PNG) + 1])
async def test_a_file_that_ends_before_it_has_come_is_unreadable(promised: int):
    async def breaks_off(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(promised), "Content-Type": "image/png"})
        await response.prepare(request)
        await response.write(PNG)
        request.transport.close()
        return response

    async with World() as world, files(world) as fetching:
        world.teams.answers = [breaks_off]

        told = await refusal(fetching, uploaded(f"{world.teams.origin}/a.png"), world.teams.service_url)

        assert told.key == "file_unreadable"


async def test_a_file_that_goes_on_behind_its_end_is_unreadable():
    async def longer(request: web.Request) -> web.StreamResponse:
        await request.read()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {len(PNG)}\r\n\r\n".encode()
        request.transport.write(head + PNG + b"<script>alert(1)</script>")
        request.transport.close()
        return web.StreamResponse()

    async with World() as world, files(world) as fetching:
        world.teams.answers = [longer]

        told = await refusal(fetching, uploaded(f"{world.teams.origin}/a.png"), world.teams.service_url)

        assert told.key == "file_unreadable"


async def test_a_storage_that_says_nothing_is_left():
    heard = asyncio.Event()

    async def silent(_: web.Request) -> web.Response:
        await heard.wait()
        return web.Response()

    async with World() as world, files(world) as fetching:
        fetching._timeout = aiohttp.ClientTimeout(total=0.2)
        world.teams.answers = [silent]

        told = await refusal(fetching, uploaded(f"{world.teams.origin}/a.png"), world.teams.service_url)

        heard.set()
        assert told.key == "file_unreadable"


async def test_a_file_that_says_it_is_too_large_is_not_read():
    async with World() as world, files(world) as fetching:
        world.teams.answers = [gives(PNG * 20_000)]

        told = await refusal(fetching, uploaded(f"{world.teams.origin}/a.png"), world.teams.service_url)

        assert told.key == "file_too_large"


@pytest.mark.parametrize("attachment", [uploaded, pasted])
async def test_a_page_instead_of_a_picture_is_unreadable(attachment: Any):
    async with World() as world, files(world) as fetching:
        world.teams.answers = [gives(PAGE, "image/png")]

        told = await refusal(fetching, attachment(f"{world.teams.origin}/a.png"), world.teams.service_url)

        assert told.key == "file_unreadable"


async def test_a_file_that_is_gone_is_unreadable():
    async with World() as world, files(world) as fetching:
        world.teams.answers = [gives(b"", status=404)]

        assert (await refusal(fetching, uploaded(f"{world.teams.origin}/a.png"), "")).key == "file_unreadable"


@pytest.mark.parametrize("content", ["text", None, [], {}, {"downloadUrl": {}}])
async def test_a_download_note_of_the_wrong_shape_is_unreadable(content: Any):
    async with World() as world, files(world) as fetching:
        broken = {"contentType": DOWNLOAD_INFO, "name": "a.png", "content": content}

        assert (await refusal(fetching, broken, world.teams.service_url)).key == "file_unreadable"


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        ("../../etc/skærm.png", "skærm.png"),
        ("C:\\Users\\anna\\skærm.PNG", "skærm.PNG"),
        ("skærm\u202egnp.exe", "skærmgnp.exe.png"),
        ("a\0\nb.png", "ab.png"),
        ("x" * 500 + ".png", "x" * 116 + ".png"),
        ("Skærmbillede kl. 14.03.12", "Skærmbillede kl. 14.03.12.png"),
        ("...", "image.png"),
        (7, "image.png"),
    ],
)
async def test_a_name_is_kept_without_folders_tricks_or_another_kinds_ending(claimed: Any, kept: str):
    async with World() as world, files(world) as fetching:
        world.teams.answers = [gives(PNG)]

        got = await fetched(fetching, uploaded(f"{world.teams.origin}/x", claimed), service_url=world.teams.service_url)

        assert got.name == kept


def test_the_html_copy_teams_attaches_to_every_message_is_no_file():
    assert not is_file({"contentType": "text/html", "content": "<div>hej</div>"})
    assert not is_file({"contentType": 7})
    assert is_file({"contentType": DOWNLOAD_INFO}) and is_file({"contentType": "image/*"})
