"""`docker` for the pages' commands, without an engine: each container is a process with the folders it would see.

What a container is told and which folders it has stand in compose.yml and in the Dockerfile; that they are confined is
shown by tests/test_image.py. Here it is the words on the command line that are tried.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.house import ROOT
from tests.image import read_image

VOLUMES, PROJECT = Path("var/volumes"), "vaern"
FROM_ENV_FILE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def main(words: list[str]) -> int:
    match words:
        case ["compose", "run", *rest]:
            return run(rest)
        case ["compose", "exec", "bot", *rest]:
            return carried_out(rest, compose()["services"]["bot"], [])
        case ["compose", "build" | "up" | "stop" | "ps", *_]:
            return 0  # nothing runs for long here
        case ["volume", "rm", name]:
            shutil.rmtree(VOLUMES / name)
            return 0
    print(f"docker {' '.join(words)}: not understood here", file=sys.stderr)
    return 125


def run(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="docker compose run")
    for flag in ("--rm", "--no-deps"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--entrypoint")
    parser.add_argument("-v", action="append", default=[])
    parser.add_argument("service")
    parser.add_argument("words", nargs=argparse.REMAINDER)
    said = parser.parse_args(words)
    service = compose()["services"][said.service]
    entry = [said.entrypoint] if said.entrypoint else list(read_image(ROOT / "Dockerfile").entrypoint)
    return carried_out([*entry, *(said.words or service.get("command", []))], service, said.v)


def carried_out(command: list[str], service: dict[str, Any], more: list[str]) -> int:
    """The command with every folder of the container in the place of its name; what is mounted later counts."""
    seen = dict(_mount(written) for written in (*service.get("volumes", []), *more))
    secrets = compose()["secrets"]
    seen |= {f"/run/secrets/{name}": Path(secrets[name]["file"]) for name in service.get("secrets", [])}
    told = {name: _filled(str(value)) for name, value in service.get("environment", {}).items()}
    environment = {**os.environ, **read_image(ROOT / "Dockerfile").environment, **told, "PATH": os.environ["PATH"]}
    environment = {name: _placed(value, seen) for name, value in environment.items()}
    return subprocess.run([_placed(word, seen) for word in command], env=environment, check=False).returncode


def _mount(written: str) -> tuple[str, Path]:
    """Where in the container, and which folder here. A name without a slash is a volume."""
    source, target = _filled(written).split(":")[:2]
    if "/" in source:
        return target, Path(source).resolve()
    name = f"{PROJECT}_{source}" if source in compose()["volumes"] else source
    (VOLUMES / name).mkdir(parents=True, exist_ok=True)
    return target, (VOLUMES / name).resolve()


def _placed(text: str, seen: dict[str, Path]) -> str:
    for target, here in seen.items():
        text = re.sub(rf"(?<![\w./-]){re.escape(target)}(?![\w.-])", str(here), text)
    return text


def compose() -> dict[str, Any]:
    return yaml.safe_load(Path("compose.yml").read_text("utf-8"))


def _filled(text: str) -> str:
    """${NAME:-default} and ${NAME:?why}, from .env."""
    lines = Path(".env").read_text("utf-8").splitlines() if Path(".env").exists() else []
    given = dict(line.split("=", 1) for line in lines)

    def value(found: re.Match[str]) -> str:
        name, kind, rest = found.groups()
        if name not in given and kind == "?":
            raise SystemExit(f"{name} {rest}")
        return given.get(name, rest or "")

    return FROM_ENV_FILE.sub(value, text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
