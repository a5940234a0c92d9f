"""The bot runs from the image's exact file set: as nobody special, on a root that cannot be written.

There is no container engine here. What the Dockerfile says is taken at its word: `tests/image.py` lays out the files
its COPY lines and .dockerignore give, and runs its own command in namespaces of the kernel's, as an engine does.
"""

import asyncio
import json
import os
import re
import signal
import subprocess
import tomllib
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.house import ROOT
from tests.image import Image, files_of, jailed, lay_out, read_image, ways
from tests.kept_store import contents, names

DEVELOPMENT = {
    "VAERN_DEVELOPMENT": "1",
    "VAERN_HOST": "127.0.0.1",
    "VAERN_PORT": "0",
    "VAERN_MASTER_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "VAERN_ORGANISATION": "/app/bot/rehearsal/organisation.toml",
}
LOOK = """
import json, os, sys
def written(folder):
    try:
        open(os.path.join(folder, "probe"), "w").close()
    except OSError as fault:
        return fault.strerror
    os.remove(os.path.join(folder, "probe"))
    return "written"
status = open(f"/proc/{sys.argv[1]}/status").read().split("\\n")
asked = ("Uid", "Gid", "CapEff", "NoNewPrivs")
told = {line.split(":")[0]: line.split()[1] for line in status if line.startswith(asked)}
print(json.dumps({"process": told, "folders": {f"/{name}": written(f"/{name}") for name in os.listdir("/")}}))
"""


@pytest.fixture(scope="module")
def image() -> Image:
    return read_image(ROOT / "Dockerfile")


@dataclass
class Running:
    """A bot in the jail. `inside` runs another command there, as an engine's exec does."""

    image: Image
    root: Path
    way: str
    process: Process
    port: int

    async def inside(self, *command: str) -> tuple[int, str]:
        line = jailed(self.image, self.root, self.way, command, VAERN_PORT=str(self.port))
        run = await asyncio.create_subprocess_exec(*line, stdout=PIPE, stderr=PIPE)
        out, complaint = await asyncio.wait_for(run.communicate(), 30)
        return run.returncode, out.decode() or complaint.decode()

    async def stop(self) -> int:
        self.process.send_signal(signal.Signals[self.image.other["STOPSIGNAL"][0]])
        return await asyncio.wait_for(self.process.wait(), 30)


@asynccontextmanager
async def running(image: Image, folder: Path, way: str) -> AsyncIterator[Running]:
    root = lay_out(image, folder)
    (folder / "data").mkdir()
    if way == "root":
        os.chown(folder / "data", image.uid, image.uid)  # as the Dockerfile's RUN line leaves it
    line = jailed(image, root, way, (*image.entrypoint, *image.command), **DEVELOPMENT)
    process = await asyncio.create_subprocess_exec(*line, stdout=PIPE, stderr=PIPE)
    try:
        port = await asyncio.wait_for(_listens(process), 60)
        yield Running(image, root, way, process, port)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _listens(process: Process) -> int:
    said = ""
    while line := (await process.stderr.readline()).decode():
        said += line
        if '"no_application_id"' in line:
            return int(json.loads(line)["listens"].rsplit(":", 1)[1])
    raise AssertionError(f"It ended before it listened:\n{said}")


@pytest.mark.parametrize("way", ways())
async def test_the_bot_serves_from_the_images_files_and_is_healthy_until_it_stops(image: Image, tmp_path: Path, way):
    async with running(image, tmp_path, way) as bot:
        async with ClientSession() as browser, browser.get(f"http://127.0.0.1:{bot.port}/healthz") as answer:
            assert answer.status == 200
        assert await bot.inside(*image.health) == (0, "")

        assert await bot.stop() == 0

        code, complaint = await bot.inside(*image.health)
        assert code == 1 and "ConnectionRefusedError" in complaint


@pytest.mark.parametrize("way", ways())
async def test_it_is_nobody_special_and_only_data_and_tmp_can_be_written(image: Image, tmp_path: Path, way):
    async with running(image, tmp_path, way) as bot:
        before = contents(bot.root)

        code, told = await bot.inside("python", "-c", LOOK, str(bot.process.pid))

        seen = json.loads(told)
        assert code == 0
        assert (seen["process"]["Uid"], seen["process"]["Gid"]) == ("10001", "10001")
        assert (int(seen["process"]["CapEff"], 16), seen["process"]["NoNewPrivs"]) == (0, "1")
        assert {folder for folder, found in seen["folders"].items() if found == "written"} == {"/data", "/tmp"}
        assert seen["folders"]["/app"] == "Read-only file system"
        assert contents(bot.root) == before
    assert {name.split("/")[0] for name in names(tmp_path / "data")} >= {"cases", "keys"}


def test_the_image_holds_the_bot_and_nothing_that_is_only_for_those_who_build_it(image: Image):
    places = set(files_of(image, ROOT))

    ours = {
        f"/app/{path.relative_to(ROOT).as_posix()}"
        for room in ("bot", "cards", "casework", "dialogs")
        for path in (ROOT / room).rglob("*")
        if path.is_file() and not {"node_modules", "__pycache__", "page"} & set(path.parts)
    }
    assert {place for place in places if not place.startswith("/app/appmanifest/")} == ours
    assert not [place for place in places if re.search(r"tests|docs|\.git|\.env|/env/|secret|var/|\.pem|\.key$", place)]


def test_only_what_the_bot_depends_on_is_installed_and_at_the_pinned_versions():
    build = (ROOT / "Dockerfile").read_text(encoding="utf-8").split("FROM ")[1]
    asked = build.split("RUN ", 1)[1].split(" > requirements.txt")[0]

    said = subprocess.run(["sh", "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    assert said == [*project["dependencies"], *optional.get("postgres", ())]
    assert not set(said) & {*optional["demo"], *optional["test"]}
    assert "pip --python /venv/bin/python install" in build and "--constraint constraints.txt" in build


def test_the_base_is_one_exact_version_and_the_rest_of_the_image_is_as_agreed(image: Image):
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.M)

    assert set(bases) == {image.base} and re.fullmatch(r"python:3\.\d+\.\d+-slim-bookworm", image.base)
    assert image.from_build == [("/venv", "/venv")]
    assert image.environment["PYTHONDONTWRITEBYTECODE"] == "1"
    assert image.other["VOLUME"] == (image.environment["VAERN_DATA"],) == ("/data",)
    assert image.other["EXPOSE"] == (image.environment["VAERN_PORT"],)
    assert image.runs == [f"install --directory --owner={image.uid} --group={image.uid} --mode=0700 /data"]


def test_no_secret_is_given_to_the_image(image: Image):
    words = (ROOT / "Dockerfile").read_text(encoding="utf-8")

    assert not re.search(r"^ARG|PASSWORD|_KEY|SECRET|TOKEN", words, re.M)
