"""How the bot proves who it is to Entra: by certificate, over TLS. The key itself is never told."""

import asyncio
import datetime
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from pathlib import Path

import jwt
import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat

from bot.directory.graph_client import graph_client
from bot.setup.credentials import certificate_faults, entra_credential
from bot.teams.faults import ChannelFault, DefiniteNo
from bot.teams.settings import SCOPE, ChannelSettings
from bot.teams.tokens import ClientCredentials, EntraTokens, token_provider
from tests.teams_world import rsa_key

APP, TENANT = "5f000000-0000-4000-8000-00000000000a", "5f000000-0000-4000-8000-00000000000b"
SETTING = "MICROSOFT_APP_CERTIFICATE"


def certificate(key: str) -> bytes:
    """Valid on this machine, for a very long time; signed by itself."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "vaern")])
    made = x509.CertificateBuilder(name, name, rsa_key(key).public_key(), x509.random_serial_number())
    made = made.not_valid_before(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    made = made.not_valid_after(datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC))
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    return made.add_extension(here, critical=False).sign(rsa_key(key), SHA256()).public_bytes(Encoding.PEM)


def private(key: str, passphrase: bytes = b"") -> bytes:
    how = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return rsa_key(key).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how)


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    file = tmp_path / "vaern.pem"
    file.write_bytes(private("app") + certificate("app"))
    return file


def settings(pem: Path | str) -> ChannelSettings:
    return ChannelSettings.public_cloud(APP, "", TENANT, app_certificate=str(pem))


class Entra:
    """The token service: what it was sent, and what it answers."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.status, self.answer = 200, {"access_token": "a-token", "expires_in": 3600, "token_type": "Bearer"}

    async def token(self, request: web.Request) -> web.Response:
        self.asked.append({"path": request.path, **await request.post()})
        return web.json_response(self.answer, status=self.status)


@asynccontextmanager
async def entra(folder: Path) -> AsyncIterator[tuple[Entra, dict]]:
    """Listening over TLS, and the options with which azure-identity finds and trusts it."""
    (folder / "tls.pem").write_bytes(private("tls") + certificate("tls"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "tls.pem")
    service, app = Entra(), web.Application()
    app.router.add_post("/{path:.*}", service.token)
    server = TestServer(app, scheme="https")
    await server.start_server(ssl=context)
    try:
        yield service, {"authority": f"https://127.0.0.1:{server.port}", "connection_verify": str(folder / "tls.pem")}
    finally:
        await server.close()


async def test_the_channels_token_is_had_by_an_assertion_the_certificates_key_has_signed(pem, tmp_path):
    async with entra(tmp_path) as (service, here):
        tokens = EntraTokens(entra_credential(settings(pem), **here))
        assert [await tokens.get(), await tokens.get()] == ["a-token", "a-token"]
        await tokens.close()

    (asked,) = service.asked  # and kept
    assert (asked["path"], asked["client_id"], asked["scope"]) == (f"/{TENANT}/oauth2/v2.0/token", APP, SCOPE)
    assert "client_secret" not in asked
    public, audience = rsa_key("app").public_key(), f"{here['authority']}/{TENANT}/oauth2/v2.0/token"
    claims = jwt.decode(asked["client_assertion"], public, algorithms=["PS256"], audience=audience)
    assert (claims["iss"], claims["sub"]) == (APP, APP)


async def test_graph_is_asked_with_the_same_certificate(pem, tmp_path):
    async with entra(tmp_path) as (service, here):
        client = await asyncio.to_thread(graph_client, entra_credential(settings(pem), **here))
        assert await client.token() == "a-token"
        await client.close()

    assert service.asked[0]["scope"] == "https://graph.microsoft.com/.default"


async def test_a_certificate_that_entra_does_not_know_is_our_fault_and_no_passing_one(pem, tmp_path, caplog):
    async with entra(tmp_path) as (service, here):
        service.status, service.answer = 401, {"error": "invalid_client", "error_description": "words"}
        tokens = EntraTokens(entra_credential(settings(pem), **here))
        with pytest.raises(ChannelFault) as told:
            await tokens.get()
        await tokens.close()

    assert not isinstance(told.value, DefiniteNo)
    assert (told.value.status, told.value.code) == (None, "token_not_granted")
    assert caplog.records == []  # the log is ours, a line of JSON each


async def test_a_token_service_that_cannot_be_reached_is_asked_again_later(pem):
    nowhere = entra_credential(settings(pem), authority="https://127.0.0.1:9", retry_total=0)
    tokens = EntraTokens(nowhere)

    with pytest.raises(DefiniteNo):
        await tokens.get()
    await tokens.close()


async def test_who_has_a_certificate_needs_no_secret_and_who_has_a_secret_no_certificate(pem):
    async with ClientSession() as session:
        by_certificate = token_provider(session, settings(pem), lambda: 0.0)
        by_secret = token_provider(session, ChannelSettings.public_cloud(APP, "secret", TENANT), lambda: 0.0)
        assert (type(by_certificate), type(by_secret)) == (EntraTokens, ClientCredentials)
        await by_certificate.close()


def test_a_good_certificate_has_no_faults(pem):
    assert certificate_faults(SETTING, str(pem)) == ()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "Expected a PEM file"),
        (b"\xff\x00", "Expected a PEM file"),
        (certificate("app"), "Expected a PEM file"),
        (private("app"), "Expected a PEM file"),
        (private("app", b"passphrase") + certificate("app"), "without a passphrase"),
        (private("tls") + certificate("app"), "The key in it is not the certificate's."),
        (None, "It cannot be read."),
    ],
    ids=["empty", "garbage", "no key", "no certificate", "a passphrase", "another's key", "no file"],
)
def test_a_certificate_that_cannot_be_used_is_told_at_the_start_without_a_word_from_it(tmp_path, content, found):
    file = tmp_path / "vaern.pem"
    if content is not None:
        file.write_bytes(content)

    (fault,) = certificate_faults(SETTING, str(file))
    assert found in str(fault) and str(fault).startswith(SETTING)
    assert "BEGIN" not in str(fault)
