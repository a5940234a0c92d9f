"""Microsoft's own command line accepts our app package and our plans. `make package-check` runs this.

It stands apart from `make test` because the toolkit is 450 MB; `.ci/run` runs both. Nothing here signs in or reaches
further than this machine: what needs an account (`atk validate --package-file`, `atk provision`) is left to a tenant.
"""

import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from bot.setup.package import build_package
from bot.setup.package_values import package_values

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MODULES = HERE / "node_modules" / "@microsoft" / "m365agentstoolkit-cli"
TOOLKIT = HERE / "node_modules" / ".bin" / "atk"
QUIET = ("-i", "false", "--telemetry", "false")
GUID = "11111111-2222-4333-8444-555555555555"
VALUES = package_values({"MICROSOFT_APP_ID": GUID, "VAERN_BOT_HOST": "bot.example.dk"}, "Københavns Kommune")
NOWHERE = "http://127.0.0.1:9"
"""Where nobody answers: whatever the toolkit would ask the network for, it does not get."""


def toolkit(project: Path, *words: str) -> subprocess.CompletedProcess:
    offline = {"HTTP_PROXY": NOWHERE, "HTTPS_PROXY": NOWHERE, "TEAMSFX_TELEMETRY": "off", "HOME": str(project)}
    environment = {"PATH": os.environ["PATH"], **offline}
    asked = {"cwd": project, "env": environment, "capture_output": True, "text": True, "timeout": 120}
    return subprocess.run([str(TOOLKIT), *words, *QUIET], check=False, **asked)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What the toolkit reads of a checkout, with an environment that is filled in."""
    shutil.copytree(ROOT / "appmanifest", tmp_path / "appmanifest")
    (tmp_path / "env").mkdir()
    given = "".join(f'{name}="{value}"\n' for name, value in VALUES.items())
    (tmp_path / "env" / ".env.dev").write_text(f"TEAMSFX_ENV=dev\n{given}", encoding="utf-8")
    for plan in ROOT.glob("m365agents*.yml"):
        shutil.copy(plan, tmp_path)
    return tmp_path


def test_the_toolkit_validates_the_manifest(project):
    done = toolkit(project, "validate", "--manifest-file", "appmanifest/manifest.json", "--env", "dev")

    assert done.returncode == 0 and "All passed" in done.stdout, done.stdout + done.stderr


def test_the_toolkit_refuses_a_broken_manifest(project):
    """So that the test above says something."""
    manifest = project / "appmanifest" / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("#0F5C63", "petrol"), encoding="utf-8")
    done = toolkit(project, "validate", "--manifest-file", "appmanifest/manifest.json", "--env", "dev")

    assert done.returncode != 0 and "accentColor" in done.stdout + done.stderr


def test_the_toolkit_builds_the_package_that_we_build(project):
    """The same files with the same content, all but how the JSON is laid out."""
    to = ("--output-package-file", "build/vaern.zip", "--output-folder", "build")
    done = toolkit(project, "package", "--manifest-file", "appmanifest/manifest.json", "--env", "dev", *to)
    ours = build_package(ROOT / "appmanifest", project / "ours.zip", VALUES)

    assert done.returncode == 0, done.stdout + done.stderr
    assert contents(project / "build" / "vaern.zip") == contents(ours)


def contents(package: Path) -> dict[str, object]:
    with zipfile.ZipFile(package) as opened:
        return {
            name: json.loads(opened.read(name)) if name.endswith(".json") else opened.read(name)
            for name in opened.namelist()
        }


@pytest.mark.parametrize("plan", sorted(path.name for path in ROOT.glob("m365agents*.yml")))
def test_a_plan_is_what_the_toolkits_own_schema_asks_for(plan):
    text = (ROOT / plan).read_text(encoding="utf-8")
    version = re.search(r"^version: (v1\.\d+)$", text, re.M)[1]
    schema = json.loads((MODULES / "resource" / "yaml-schema" / version / "yaml.schema.json").read_text("utf-8"))

    assert [error.message for error in Draft7Validator(schema).iter_errors(yaml.safe_load(text))] == []
    assert f"/{version}/yaml.schema.json" in text.splitlines()[0]


def test_the_schemas_beside_the_manifest_are_the_toolkits_own():
    """The copies that `python -m bot package` reads have not grown old."""
    theirs = HERE / "node_modules" / "@microsoft" / "app-manifest" / "build" / "json-schemas" / "teams" / "v1.30"
    for name in ("MicrosoftTeams.schema.json", "MicrosoftTeams.Localization.schema.json"):
        assert json.loads((ROOT / "appmanifest" / "schema" / name).read_text("utf-8")) == json.loads(
            (theirs / name).read_text("utf-8")
        )
