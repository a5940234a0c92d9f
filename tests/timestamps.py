"""A timestamp authority of our own: OpenSSL's `ts` behind a small HTTP server on this machine."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

CONFIG = """
[tsa]
default_tsa = ours
[ours]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.2
digests = sha256
ess_cert_id_alg = sha256
[signer]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
basicConstraints = CA:FALSE
"""


@dataclass
class Authority:
    """`says`: what it answers instead of a timestamp, when it is not well."""

    folder: Path
    url: str = ""
    asked: int = 0
    says: web.Response | None = None

    @property
    def certificate(self) -> Path:
        """Whom to trust."""
        return self.folder / "ca.pem"

    async def answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        if self.says is not None:
            return self.says
        query, reply = self.folder / "query", self.folder / "reply"
        query.write_bytes(await request.read())
        config = str(self.folder / "config")
        await asyncio.to_thread(
            _openssl, "ts", "-reply", "-config", config, "-queryfile", str(query), "-out", str(reply)
        )
        return web.Response(body=reply.read_bytes(), content_type="application/timestamp-reply")


def made(folder: Path, name: str = "Vores tidsstempel") -> Authority:
    """Its own root and its own certificate, made anew."""
    folder.mkdir()
    (folder / "config").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    key = ("-newkey", "rsa:2048", "-nodes")
    _openssl(
        "req", "-x509", *key, "-keyout", f"{folder}/ca.key", "-out", f"{folder}/ca.pem", "-subj", f"/CN={name} rod"
    )
    _openssl("req", *key, "-keyout", f"{folder}/tsa.key", "-out", f"{folder}/tsa.csr", "-subj", f"/CN={name}")
    _openssl(
        *("x509", "-req", "-in", f"{folder}/tsa.csr", "-CA", f"{folder}/ca.pem", "-CAkey", f"{folder}/ca.key"),
        *("-CAcreateserial", "-out", f"{folder}/tsa.pem", "-extfile", f"{folder}/config", "-extensions", "signer"),
    )
    return Authority(folder)


@asynccontextmanager
async def authority(folder: Path) -> AsyncIterator[Authority]:
    """Listening on this machine until the end."""
    ours = await asyncio.to_thread(made, folder)
    app = web.Application()
    app.add_routes([web.post("/", ours.answer)])
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        ours.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        yield ours
    finally:
        await runner.cleanup()


def _openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)
