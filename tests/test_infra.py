"""infra/*.bicep, as far as it can be looked at without Azure: read by a parser, and held against what was promised.

Microsoft's compiler is in no package registry that is reached here, so none has ever compiled these files. What is
tested: they parse, nothing in them is undeclared or unused, modules are called as they are declared, nothing but the
endpoint is public, no secret stands in them, and they fit the image and the settings.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pycep import BicepParser

from bot.setup.environment import NAMED
from tests.house import ROOT
from tests.image import read_image

INFRA = ROOT / "infra"
FILES = tuple(path.name for path in sorted(INFRA.glob("*.bicep")))
PREVIEW = {"Microsoft.Insights/diagnosticSettings": "has never had another version"}
CLOSED = ("Microsoft.KeyVault/vaults", "Microsoft.Storage/storageAccounts", "Microsoft.DBforPostgreSQL/flexibleServers")
NEEDED = {"BOT_ID", "BOT_DOMAIN", "ENDPOINT", "MICROSOFT_APP_ID", "VAERN_BOT_HOST"}
Part = dict[str, Any]


@pytest.fixture(scope="module")
def trees() -> dict[str, Part]:
    return {name: BicepParser().parse(text=(INFRA / name).read_text(encoding="utf-8")) for name in FILES}


def words(name: str) -> str:
    """The file without its comments."""
    return re.sub(r"^\s*//.*$", "", (INFRA / name).read_text(encoding="utf-8"), flags=re.M)


def parts(tree: Any) -> Iterator[Part]:
    """Every object in the tree, all the way in."""
    if isinstance(tree, dict):
        yield tree
    for inner in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list | tuple) else ():
        yield from parts(inner)


def uses(name: str, text: str) -> list[str]:
    """Its declaration and wherever it stands for a value, not where a property has the same name."""
    return re.findall(rf"\bin {name}:|\b{name}\b(?!:)", text)


def resources(trees: dict[str, Part], *types: str) -> list[Part]:
    found = [each for tree in trees.values() for each in tree["resources"].values() if not each["existing"]]
    return [each for each in found if not types or each["type"] in types]


def given(tree: Part, module: str) -> set[str]:
    return {name for part in parts(tree["modules"][module]) if "params" in part for name in part["params"]}


@pytest.mark.parametrize("name", FILES)
def test_everything_declared_is_used_and_everything_used_is_declared(trees: dict[str, Part], name: str):
    tree, text = trees[name], words(name)
    declared = [*tree.get("parameters", ()), *tree.get("variables", ())]

    assert declared and not [each for each in declared if len(uses(each, text)) < 2]
    names = {*declared, *tree["resources"], *tree.get("modules", ())}
    used = set(re.findall(r"(?<![.\w])(\w+)\.(?:id|name|outputs|properties)\b", text))
    assert used <= names


def test_every_module_is_given_what_it_asks_for_and_nothing_else(trees: dict[str, Part]):
    main = trees["azure.bicep"]
    for module, call in main["modules"].items():
        declared = trees[call["detail"]["path"]]["parameters"]
        needed = {name for name, each in declared.items() if each["default"] is None}

        assert needed <= given(main, module) <= set(declared), module
    asked = set(re.findall(r"\b(\w+)(?:\[\d\])?\.outputs\.(\w+)", words("azure.bicep")))
    assert asked
    for module, output in asked:
        assert output in trees[main["modules"][module]["detail"]["path"]]["outputs"], f"{module}.{output}"


def test_every_resource_names_a_released_version_of_its_interface(trees: dict[str, Part]):
    for each in resources(trees):
        preview = "-preview" if each["type"] in PREVIEW else ""
        assert re.fullmatch(rf"20\d\d-\d\d-\d\d{preview}", each["api_version"]), each["type"]


def test_keys_files_and_database_are_reached_from_within_the_network_alone(trees: dict[str, Part]):
    closed = resources(trees, *CLOSED)

    assert {each["type"] for each in closed} == set(CLOSED)
    for each in closed:
        properties = each["config"]["properties"]
        assert properties.get("network", properties)["publicNetworkAccess"] == "Disabled", each["type"]
    for each in resources(trees, *CLOSED[:2]):
        assert each["config"]["properties"]["networkAcls"]["defaultAction"] == "Deny"
    assert len(resources(trees, "Microsoft.Network/privateEndpoints")) == 2
    everything = "".join(map(words, FILES))
    assert not re.search(r"publicIPAddresses|firewallRules|0\.0\.0\.0|publicNetworkAccess: 'Enabled'", everything)
    assert everything.count("external: true") == 1


def test_the_key_vault_cannot_be_emptied_and_is_opened_by_role(trees: dict[str, Part]):
    [vault] = resources(trees, "Microsoft.KeyVault/vaults")

    properties = vault["config"]["properties"]
    assert properties["enableRbacAuthorization"] and properties["enablePurgeProtection"]
    assert "accessPolicies" not in properties


def test_whatever_is_secret_is_declared_so_and_stands_in_no_file(trees: dict[str, Part]):
    secret = {
        name
        for tree in trees.values()
        for name, each in tree["parameters"].items()
        if "secure" in [decorator["type"] for decorator in each["decorators"]]
    }
    every = {name for tree in trees.values() for name in tree["parameters"]}
    named = {name for name in every if re.search("(?i)password|masterKey", name)}

    assert named < secret == named | {"organisation"}
    assert not secret & set(parameters())
    assert not re.search(r"listKeys|sharedKey\b|accountKey", "".join(map(words, FILES)))


def parameters() -> Part:
    return json.loads((INFRA / "azure.parameters.json").read_text(encoding="utf-8"))["parameters"]


def test_the_parameters_file_gives_what_must_be_given_and_is_not_secret(trees: dict[str, Part]):
    declared = trees["azure.bicep"]["parameters"]
    needed = {name for name, each in declared.items() if each["default"] is None}

    assert needed - {"organisation"} <= set(parameters()) <= set(declared)
    assert all(set(each) == {"value"} for each in parameters().values())


def test_the_bot_proves_itself_by_a_managed_identity_unless_told_otherwise(trees: dict[str, Part]):
    assert trees["azure.bicep"]["parameters"]["appType"]["default"] == "UserAssignedMSI"
    assert parameters()["appType"]["value"] == "UserAssignedMSI"
    [channel] = resources(trees, "Microsoft.BotService/botServices/channels")
    assert channel["config"]["name"] == "MsTeamsChannel"


def test_the_app_package_and_the_toolkit_find_what_they_are_told(trees: dict[str, Part]):
    assert set(trees["azure.bicep"]["outputs"]) == NEEDED


def test_the_container_is_what_the_image_and_the_settings_say(trees: dict[str, Part]):
    image, app = read_image(ROOT / "Dockerfile"), trees["app.bicep"]
    port, health = int(image.other["EXPOSE"][0]), (ROOT / "bot" / "app.py").read_text(encoding="utf-8")
    probes = [part["httpGet"] for part in parts(app) if "httpGet" in part]
    told = {part["name"] for part in parts(app["variables"]["told"]) if "name" in part}

    assert [probe["path"] for probe in probes] == ["/healthz", "/healthz", "/readyz"]
    assert all(f'add_get("{probe["path"]}"' in health and probe["port"] == port for probe in probes)
    assert app["variables"]["nobody"]["value"] == str(image.uid)
    assert {part["targetPort"] for part in parts(app) if "targetPort" in part} == {port}
    assert not {name for name in told if not {name, f"{name}_FILE"} & set(NAMED)}


def test_one_process_and_no_more_holds_the_store(trees: dict[str, Part]):
    [app] = resources(trees, "Microsoft.App/containerApps")

    assert app["config"]["properties"]["template"]["scale"] == {"minReplicas": 1, "maxReplicas": 1}


def test_errands_are_run_with_either_store_and_the_nightly_backup_with_the_embedded_one(trees: dict[str, Part]):
    backup, errand = (trees["app.bicep"]["resources"][name]["config"] for name in ("backup", "errand"))

    assert "condition" in backup and "condition" not in errand
    [container] = errand["properties"]["template"]["containers"]
    assert "VAERN_NEW_MASTER_KEY" in str(container["env"])


def test_local_changes_are_files_where_the_bot_is_told_to_look(trees: dict[str, Part]):
    told = {part["name"]: part for part in parts(trees["app.bicep"]["variables"]["told"]) if "name" in part}
    places = {part["volumeName"]: part["mountPath"] for part in parts(trees["app.bicep"]) if "volumeName" in part}

    assert told["VAERN_OVERLAY"]["value"] == places["overlay"]
    assert Path(told["VAERN_ORGANISATION"]["value"]).parent == Path(places["config"])


def test_a_database_keeps_what_was_erased_no_longer_than_it_must(trees: dict[str, Part]):
    days = trees["azure.bicep"]["parameters"]["databaseBackupDays"]

    assert days["default"] == 7


def test_no_image_of_others_is_pulled_without_a_version():
    images = re.findall(r"image: '([^']+)'", "".join(map(words, FILES)))

    assert images and all(re.search(r":\d+\.\d+$", each) for each in images)


def test_infra_holds_nothing_but_what_is_tested_here():
    assert {path.name for path in Path(INFRA).iterdir()} == {*FILES, "azure.parameters.json"}
