"""`python -m bot` as an administrator runs it: a process of its own, with only the environment that is told here."""

import asyncio
import base64
import json
import shutil
import signal
import sys
import zipfile
from asyncio.subprocess import PIPE, Process
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.setup.settings import REHEARSAL_APP_ID, REHEARSAL_ORGANISATION

ROOT = Path(__file__).parents[1]
GUID = "11111111-2222-3333-4444-555555555555"
NOTHING_SET = (
    "MICROSOFT_APP_ID is not set.",
    "MICROSOFT_APP_TENANT_ID is not set.",
    "MICROSOFT_APP_PASSWORD is not set.",
    "VAERN_MASTER_KEY is not set.",
    "organisation.toml cannot be read.",
)


async def started(*words: str, cwd: Path = ROOT, **environment: str) -> Process:
    environment = {"PYTHONPATH": str(ROOT), **environment}
    command = (sys.executable, "-m", "bot", *words)
    return await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE, cwd=cwd, env=environment)


async def ended(*words: str, cwd: Path = ROOT, **environment: str) -> tuple[int, str, str]:
    """Exit code, and what it printed and complained of."""
    run = await started(*words, cwd=cwd, **environment)
    out, complaint = await asyncio.wait_for(run.communicate(), 30)
    return run.returncode, out.decode(), complaint.decode()


@asynccontextmanager
async def in_development(folder: Path, organisation: Path = REHEARSAL_ORGANISATION):
    """A bot without application id, and what it said when it listened. Microsoft's keys need not be within reach."""
    run = await started(
        VAERN_DEVELOPMENT="1",
        VAERN_DATA=str(folder),
        VAERN_MASTER_KEY=base64.b64encode(bytes(32)).decode(),
        VAERN_ORGANISATION=str(organisation),
        VAERN_PORT="0",
    )
    try:
        yield run, await asyncio.wait_for(logged(run, "no_application_id"), 30)
    finally:
        if run.returncode is None:
            run.kill()
            await run.wait()


async def logged(run: Process, event: str) -> dict:
    """The log's line of that event; the lines before it are passed over."""
    passed = ""
    while line := (await run.stderr.readline()).decode():
        if f'"{event}"' in line:
            return json.loads(line)
        passed += line
    raise AssertionError(f"It ended before it listened:\n{passed}")


async def test_with_nothing_set_everything_that_is_missing_is_told_at_once(tmp_path):
    code, out, complaint = await ended(cwd=tmp_path)
    title, *lines = complaint.splitlines()

    assert (code, out) == (1, "")
    assert title == '5 settings need attention (README, "Settings"):'
    assert len(lines) == 5 and all(line.strip().startswith(told) for line, told in zip(lines, NOTHING_SET, strict=True))
    assert list(tmp_path.iterdir()) == []


async def test_in_development_only_the_identity_may_be_missing(tmp_path):
    code, _, complaint = await ended(cwd=tmp_path, VAERN_DEVELOPMENT="1")

    assert code == 1
    assert [line.split()[0] for line in complaint.splitlines()[1:]] == ["VAERN_MASTER_KEY", "organisation.toml"]


async def test_in_development_it_starts_on_this_machine_and_believes_nobody(tmp_path):
    async with in_development(tmp_path) as (run, told), ClientSession(told["listens"]) as browser:
        assert told["listens"].startswith("http://127.0.0.1:")
        async with browser.get("/healthz") as answer:
            assert answer.status == 200
        activity = {"type": "message", "id": "1", "recipient": {"id": f"28:{REHEARSAL_APP_ID}"}, "text": "noget"}
        for headers in ({}, {"Authorization": "Bearer x.y.z"}):
            async with browser.post("/api/messages", json=activity, headers=headers) as answer:
                assert answer.status == 401

        run.send_signal(signal.SIGTERM)

        assert await asyncio.wait_for(run.wait(), 30) == 0


async def test_the_package_is_built(tmp_path):
    out = tmp_path / "new" / "vaern.zip"
    code, said, complaint = await ended("package", "--out", str(out), **PACKAGE)

    assert (code, said, complaint) == (0, f"{out}\n", "")
    with zipfile.ZipFile(out) as package:
        assert json.loads(package.read("manifest.json"))["bots"][0]["botId"] == GUID


async def test_a_package_that_cannot_be_built_says_why(tmp_path):
    out = tmp_path / "vaern.zip"
    code, said, complaint = await ended("package", "--out", str(out), **PACKAGE | {"VAERN_BOT_HOST": ""})

    assert (code, said) == (1, "")
    assert complaint.splitlines() == [
        "1 thing needs attention before the app package can be built:",
        "  VAERN_BOT_HOST is not set. It is the host name that Teams reaches the bot under.",
    ]
    assert not out.exists()


ENVIRONMENT_FILE = f"""
# a comment, and quotes as the toolkit writes them
TEAMSFX_ENV=test
MICROSOFT_APP_ID={GUID}
VAERN_BOT_HOST="bot.example.dk"
VAERN_PUBLISHER=Københavns Kommune
"""


@pytest.fixture
def workplace(tmp_path):
    """A folder with the app manifest and an empty `env`, as a checkout has them."""
    shutil.copytree(ROOT / "appmanifest", tmp_path / "appmanifest")
    (tmp_path / "env").mkdir()
    return tmp_path


async def test_the_package_of_an_environment_is_built_from_its_file_alone(workplace):
    (workplace / "env" / ".env.test").write_text(ENVIRONMENT_FILE, encoding="utf-8")
    code, said, complaint = await ended("package", "--env", "test", cwd=workplace, VAERN_BOT_HOST="elsewhere.dk")

    assert (code, said, complaint) == (0, "var/vaern-test.zip\n", "")
    with zipfile.ZipFile(workplace / "var" / "vaern-test.zip") as package:
        assert json.loads(package.read("manifest.json"))["validDomains"] == ["bot.example.dk"]


async def test_what_an_organisation_writes_beside_an_environment_counts_over_it(workplace):
    """So that the file that comes with Værn is never changed, and an update never meets a change."""
    (workplace / "env" / ".env.test").write_text("VAERN_APP_NAME=Værn\nVAERN_BOT_HOST=\n", encoding="utf-8")
    own = workplace / "env" / ".env.test.user"
    own.write_text(ENVIRONMENT_FILE.replace("VAERN_PUBLISHER=Københavns Kommune\n", ""), encoding="utf-8")
    organisation = str(REHEARSAL_ORGANISATION)
    code, said, complaint = await ended("package", "--env", "test", cwd=workplace, VAERN_ORGANISATION=organisation)

    assert (code, said, complaint) == (0, "var/vaern-test.zip\n", "")
    with zipfile.ZipFile(workplace / "var" / "vaern-test.zip") as package:
        manifest = json.loads(package.read("manifest.json"))
    assert (manifest["name"]["short"], manifest["validDomains"]) == ("Værn", ["bot.example.dk"])
    assert manifest["developer"]["name"] == "Københavns Kommune", "the authority in organisation.toml"

    own.write_text("VAERN_PUBLISHER=X\nVAERN_BOT_HOST\n=bot\n", encoding="utf-8")
    code, _, complaint = await ended("package", "--env", "test", cwd=workplace)
    assert code == 1 and '  env/.env.test.user: line 3 is "=bot". Expected NAME=value.' in complaint.splitlines()
    assert "  env/.env.test.user: MICROSOFT_APP_ID is not set. It is the bot's application id in Entra." in complaint


async def test_what_is_wrong_in_an_environments_file_is_told_with_the_file(workplace):
    spoilt = ENVIRONMENT_FILE.replace(GUID, "vaern").replace('VAERN_BOT_HOST="bot.example.dk"', "VAERN_BOT_HOST: bot")
    (workplace / "env" / ".env.test").write_text(spoilt, encoding="utf-8")
    code, said, complaint = await ended("package", "--env", "test", cwd=workplace)

    assert (code, said) == (1, "")
    assert complaint.splitlines()[1:] == [
        '  env/.env.test: line 5 is "VAERN_BOT_HOST: bot". Expected NAME=value.',
        '  env/.env.test: MICROSOFT_APP_ID is "vaern". Expected a guid.',
        '  env/.env.test: TEAMS_APP_ID is "vaern". Expected a guid.',
        "  env/.env.test: VAERN_BOT_HOST is not set. It is the host name that Teams reaches the bot under.",
    ]


async def test_an_environment_that_is_not_there_is_told_with_those_that_are():
    code, said, complaint = await ended("package", "--env", "prod")

    assert (code, said) == (1, "")
    assert complaint.splitlines()[1:] == [
        "  env/.env.prod cannot be read. Expected a file of lines NAME=value in UTF-8. "
        'There is "dev", "local" or "playground".'
    ]


PACKAGE = {
    "VAERN_ORGANISATION": "bot/rehearsal/organisation.toml",
    "MICROSOFT_APP_ID": GUID,
    "VAERN_BOT_HOST": "bot.example.dk",
    "VAERN_INFORMATION_URL": "https://example.dk/vaern",
}


async def test_whatever_is_sent_to_the_port_stands_in_no_log_and_every_line_of_it_is_json(tmp_path):
    """An oversized header is a token, say. Without this the HTTP server prints a traceback with its beginning."""
    async with in_development(tmp_path / "data") as (run, listens):
        host, port = listens["listens"].removeprefix("http://").split(":")
        for sent in (b"GET / HTTP/1.1\r\nAuthorization: Bearer hushhush" + b"x" * 20_000, b"hushhush\r\n\r\n"):
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(sent + b"\r\n\r\n")
            await writer.drain()
            await asyncio.wait_for(reader.read(), 10)
            writer.close()
        run.terminate()
        lines = (await run.stderr.read()).decode().splitlines()

    assert "hushhush" not in "\n".join(lines)
    assert all(json.loads(line) for line in lines)


@pytest.mark.parametrize(
    "words", [(), ("check",), ("check", "--json"), ("rotate-key",), ("move", "--from", "a", "--to", "b")]
)
async def test_a_secret_put_where_its_file_is_to_be_named_is_not_printed(tmp_path, words):
    """A common slip, and what is printed lies in a log for years."""
    key = base64.b64encode(bytes(range(100, 132))).decode()
    slips = {"VAERN_KEY_FILE": key, "MICROSOFT_APP_PASSWORD_FILE": "hushhush"}
    new = base64.b64encode(bytes(32)).decode()
    environment = {"VAERN_ORGANISATION": str(REHEARSAL_ORGANISATION), "VAERN_NEW_MASTER_KEY": new, **slips}
    code, out, complaint = await ended(*words, cwd=tmp_path, VAERN_DATA=str(tmp_path / "data"), **environment)

    assert code == 1
    assert key not in out + complaint and "hushhush" not in out + complaint
