"""What the Microsoft 365 Agents Toolkit reads: three plans, three environments, and nothing secret among them."""

import re
import subprocess
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.setup.package_values import VALUES, environment_file, read_file

ROOT = Path(__file__).parents[1]
PLANS = {"dev": "m365agents.yml", "local": "m365agents.local.yml", "playground": "m365agents.playground.yml"}
PLACEHOLDER = re.compile(r"\$\{\{(\w+)\}\}")
STAGES = ("provision", "deploy", "publish")


def plan(environment: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / PLANS[environment]).read_text(encoding="utf-8"))


def actions(environment: str) -> list[dict[str, Any]]:
    return list(chain.from_iterable(plan(environment).get(stage, ()) for stage in STAGES))


@pytest.mark.parametrize("environment", PLANS)
def test_a_plan_uses_only_values_that_are_there_by_then(environment):
    """They stand in the environment's file, or an earlier action has written them."""
    given, faults = read_file(environment_file(environment, ROOT / "env"))
    known = set(given)
    for action in actions(environment):
        assert set(PLACEHOLDER.findall(str(action.get("with")))) <= known, action["uses"]
        known |= set(action.get("writeToEnvironmentFile", {}).values())
    assert faults == () and given["TEAMSFX_ENV"] == environment


FOR_EVERYBODY = {"TEAMSFX_ENV", "VAERN_APP_NAME"}


@pytest.mark.parametrize(("environment", "more"), [("dev", set()), ("local", {"VAERN_PUBLISHER"})])
def test_an_environments_file_names_every_value_of_the_package(environment, more):
    """And no value but those that are the same for everybody; on a developer's machine the example's publisher too."""
    given, _ = read_file(environment_file(environment, ROOT / "env"))

    assert {value.name for value in VALUES} <= set(given)
    assert {name for name, value in given.items() if value} == FOR_EVERYBODY | more


@pytest.mark.parametrize("environment", ["dev", "local"])
def test_the_package_a_plan_hands_over_is_the_one_our_own_packager_built(environment):
    done = actions(environment)
    uses = [action["uses"] for action in done]
    built = next(place for place, action in enumerate(done) if action["uses"] == "script")

    assert done[built]["with"]["run"] == "python -m bot package --env ${{TEAMSFX_ENV}}"
    assert uses[built + 1 : built + 3] == ["teamsApp/validateAppPackage", "teamsApp/update"]
    assert {action["with"]["appPackagePath"] for action in done if "appPackagePath" in action["with"]} == {
        "./var/vaern-${{TEAMSFX_ENV}}.zip"
    }


@pytest.mark.parametrize("file", ["env/.env.dev.user", "env/.env.local.user", ".localConfigs"])
def test_git_ignores_the_files_that_hold_secrets(file):
    assert subprocess.run(["git", "check-ignore", "-q", file], cwd=ROOT, check=False).returncode == 0
