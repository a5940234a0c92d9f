"""The compose files for one host: sound by the official schema, confined, pinned, and without any secret."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.setup.environment import NAMED
from bot.setup.package_values import VALUES
from tests.house import ROOT
from tests.image import read_image

FILES = ("compose.yml", "compose.postgres.yml")


def written(name: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def services() -> dict[str, dict[str, Any]]:
    """Of both files, the second laid over the first as far as these tests look."""
    first, second = (written(name)["services"] for name in FILES)
    return {name: first.get(name, {}) or second[name] for name in {**first, **second}}


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_sound_by_the_compose_specification(name: str):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(ROOT / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", services())
def test_every_container_is_confined(name: str):
    service = services()[name]

    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.get("privileged") and set(service.get("cap_add", ())) <= {"NET_BIND_SERVICE"}
    assert any(place.startswith("/tmp") for place in service["tmpfs"])


def test_every_image_is_one_exact_version():
    for name, service in services().items():
        assert re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?(-[a-z]+)?", service["image"]), name


def test_only_the_proxy_is_reached_from_outside():
    assert {name: service["ports"] for name, service in services().items() if "ports" in service} == {
        "proxy": ["443:443", "80:80"]
    }


@pytest.mark.parametrize("name", FILES)
def test_what_the_bot_is_told_are_settings_it_knows(name: str):
    known = {*NAMED, *(value.name for value in VALUES)}

    assert set(written(name)["services"]["bot"]["environment"]) <= known


@pytest.mark.parametrize("name", FILES)
def test_no_secret_stands_in_the_file(name: str):
    """Each is a file in ./secrets, which is neither committed nor sent to the engine."""
    secrets = {key for key, setting in NAMED.items() if setting.secret}
    for service in written(name)["services"].values():
        told = service.get("environment", {})
        assert not secrets & set(told)
        assert all("PASSWORD" not in key or key.endswith("_FILE") for key in told)
    for secret in written(name)["secrets"].values():
        assert secret["file"].startswith("./secrets/")
    assert "/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_only_data_and_the_backups_outlive_a_container():
    kept = {name: service.get("volumes", []) for name, service in services().items()}

    assert kept["bot"] == ["data:/data", "./config:/config:ro"]
    assert kept["backup"][0] == "data:/data" and kept["backup"][1].endswith(":/backup")
    assert services()["backup"]["network_mode"] == "none", "a backup needs nobody"


def test_settings_are_mounted_as_the_folder_that_the_image_reads_them_in_and_stay_with_the_administrator():
    """A mounted file would stay the old one when an editor puts a new one in its place, and a change go unseen."""
    place = read_image(ROOT / "Dockerfile").environment["VAERN_ORGANISATION"]

    assert place == "/config/organisation.toml"
    assert "/config/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_nothing_in_the_project_names_a_secrets_value():
    """Whatever looks like a key of 32 bytes in base64 stands in tests only."""
    files = [*ROOT.glob("*.yml"), *ROOT.glob("infra/*"), ROOT / "Dockerfile", ROOT / ".dockerignore"]

    assert not [path.name for path in files if re.search(r"[A-Za-z0-9+/]{43}=", Path(path).read_text("utf-8"))]
