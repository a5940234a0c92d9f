"""The app package: what Microsoft's schemas ask of it, and what people do."""

import json
import shutil
import struct
import tomllib
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from bot.group_room import ANSWERED
from bot.setup.package import PackageFault, build_package, png_size, texts_of
from bot.setup.package_values import package_values
from bot.spoken import WORDS
from casework.texts import read_known
from dialogs.known import understood

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "appmanifest"
GUID = "11111111-2222-3333-4444-555555555555"
ENVIRONMENT = {
    "MICROSOFT_APP_ID": GUID,
    "VAERN_BOT_HOST": "bot.example.dk",
}
IN_PUBLIC = {*ANSWERED, "help"}
VALUES = package_values(ENVIRONMENT, "Københavns Kommune")


def document(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "appmanifest"))


def spoil(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text, before
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def faults(folder: Path, values: dict[str, str] = VALUES) -> list[str]:
    out = folder.parent / "out" / "vaern.zip"
    with pytest.raises(PackageFault) as told:
        build_package(folder, out, values)
    assert not out.exists()
    return str(told.value).split("\n  ")[1:]


def test_the_package_holds_what_teams_asks_for_and_nothing_else(tmp_path):
    with zipfile.ZipFile(build_package(FOLDER, tmp_path / "new" / "vaern.zip", VALUES)) as package:
        assert package.namelist() == ["color.png", "da.json", "en.json", "manifest.json", "outline.png"]
        manifest = json.loads(package.read("manifest.json"))

    assert (manifest["id"], manifest["bots"][0]["botId"]) == (GUID, GUID)
    assert manifest["developer"]["name"] == "Københavns Kommune"
    assert manifest["validDomains"] == ["bot.example.dk"]
    assert manifest["composeExtensions"][0]["botId"] == GUID
    assert "${{" not in json.dumps(manifest)


def test_the_pages_about_it_are_the_bots_own_unless_the_organisation_has_one(tmp_path):
    own = VALUES | {"VAERN_INFORMATION_URL": "https://example.dk/vaern"}

    assert informing(tmp_path, VALUES) == [f"https://bot.example.dk/{page}" for page in ("about", "privacy", "terms")]
    assert informing(tmp_path, own) == ["https://example.dk/vaern"] * 3


def informing(folder: Path, values: dict[str, str]) -> list[str]:
    with zipfile.ZipFile(build_package(FOLDER, folder / "vaern.zip", values)) as package:
        developer = json.loads(package.read("manifest.json"))["developer"]
    return [developer[name] for name in ("websiteUrl", "privacyUrl", "termsOfUseUrl")]


def test_a_neutral_name_is_the_apps_name_in_both_languages(tmp_path):
    with zipfile.ZipFile(build_package(FOLDER, tmp_path / "1.zip", VALUES | {"VAERN_APP_NAME": "Kontakt"})) as package:
        documents = [json.loads(package.read(name)) for name in ("da.json", "en.json")]
        manifest = json.loads(package.read("manifest.json"))

    assert [document["name.short"] for document in documents] == ["Kontakt", "Kontakt"]
    assert manifest["name"] == {"short": "Kontakt", "full": "Kontakt, hjælp til medarbejdere"}
    assert VALUES["VAERN_APP_NAME"] == "Værn"


def test_the_same_input_gives_the_same_bytes(tmp_path):
    first = build_package(FOLDER, tmp_path / "1.zip", VALUES)
    second = build_package(FOLDER, tmp_path / "2.zip", VALUES)

    assert first.read_bytes() == second.read_bytes()


def test_a_value_cannot_break_out_of_its_string(tmp_path):
    out = build_package(FOLDER, tmp_path / "vaern.zip", VALUES | {"VAERN_PUBLISHER": 'A "B" \\ ${{X}}'[:11]})

    assert json.loads(zipfile.ZipFile(out).read("manifest.json"))["developer"]["name"] == 'A "B" \\ ${{'


def test_missing_and_wrong_values_are_told_together_by_key(folder):
    wrong = {
        "MICROSOFT_APP_ID": "vaern",
        "VAERN_APP_NAME": "n" * 31,
        "VAERN_BOT_HOST": "https://bot.example.dk/",
        "VAERN_INFORMATION_URL": "http://example.dk",
        "VAERN_PUBLISHER": "",
    }
    assert faults(folder, VALUES | wrong) == [
        'MICROSOFT_APP_ID is "vaern". Expected a guid.',
        f'VAERN_APP_NAME is "{"n" * 31}". Expected at most 30 characters.',
        'VAERN_BOT_HOST is "https://bot.example.dk/". '
        "Expected a host name without https:// and path, such as bot.example.dk.",
        'VAERN_INFORMATION_URL is "http://example.dk". Expected an address that begins with https://.',
        "VAERN_PUBLISHER is not set. "
        "It is who stands as publisher. Left out, it is the authority in organisation.toml.",
    ]


@pytest.mark.parametrize(
    ("file", "before", "after", "line"),
    [
        (
            "manifest.json",
            '"accentColor": "#0F5C63"',
            '"accentColor": "petrol"',
            'manifest.json: accentColor is "petrol". Expected text that matches ^#[0-9a-fA-F]{6}$.',
        ),
        (
            "manifest.json",
            '"version": "0.1.0",',
            "",
            "manifest.json: version is not set. The version of the app. Changes to your manifest should cause a "
            "version change. This version string must follow the semver standard (http://semver.org).",
        ),
        (
            "manifest.json",
            '"version": "0.1.0"',
            '"version": "0.1"',
            'manifest.json: version is "0.1". Expected three numbers with dots between them, such as "1.0.0".',
        ),
        (
            "da.json",
            "${{VAERN_APP_NAME}}",
            "${{APP_NAME}}",
            "da.json: name.short still holds ${{APP_NAME}}. bot/setup/package_values.py has no such value.",
        ),
        (
            "en.json",
            '"composeExtensions[0].commands[0].title": "Document this message",',
            "",
            "en.json: composeExtensions[0].commands[0].title is not set. "
            "manifest.json has this text: say it in this language too.",
        ),
        (
            "manifest.json",
            '"supportsFiles"',
            '"supportFiles"',
            'manifest.json: bots[0].supportFiles is not known here. Expected "supportsFiles".',
        ),
        (
            "manifest.json",
            '"${{VAERN_BOT_HOST}}"',
            '"${{VAERN_BOT}}"',
            "manifest.json: validDomains[0] still holds ${{VAERN_BOT}}. bot/setup/package_values.py has no such value.",
        ),
        (
            "da.json",
            "${{VAERN_APP_NAME}}, hjælp til medarbejdere",
            "a" * 101,
            f'da.json: name.full is "{"a" * 60}…" (101 characters). Expected at most 100 characters.',
        ),
        (
            "en.json",
            '"bots[0].commandLists[1].commands[0].title": "connect",',
            "",
            "en.json: bots[0].commandLists[1].commands[0].title is not set. "
            "manifest.json has this text: say it in this language too.",
        ),
        (
            "en.json",
            '"bots[0].commandLists[1].commands[0].title": "connect"',
            '"bots[0].commandLists[1].commands[0].title": "connect this channel to the group"',
            "en.json: bots[0].commandLists[1].commands[0].title "
            'is "connect this channel to the group". Expected at most 32 characters.',
        ),
        (
            "en.json",
            '"name.short"',
            '"bots[0].commandLists[2].commands[5].title": "x", "name.short"',
            "en.json: bots[0].commandLists[2].commands[5].title belongs to nothing. "
            "manifest.json has no such text: add it there, or take it out here.",
        ),
    ],
)
def test_a_broken_manifest_is_told_with_what_to_change(folder, file, before, after, line):
    spoil(folder / file, before, after)

    assert faults(folder) == [line]


def test_a_limit_beside_a_reference_is_not_skipped(folder):
    """In the official schema `name.short` has its 30 characters beside a $ref, where draft 4 does not look."""
    spoil(folder / "da.json", '"name.short": "${{VAERN_APP_NAME}}"', f'"name.short": "{"v" * 31}"')

    assert faults(folder) == [f'da.json: name.short is "{"v" * 31}". Expected at most 30 characters.']


def test_files_that_are_missing_or_no_json_are_named(folder):
    (folder / "en.json").unlink()
    spoil(folder / "da.json", "{", "")

    assert [line.split(". ")[0] for line in faults(folder)] == ["da.json is not JSON", "en.json cannot be read"]


def test_an_icon_of_the_wrong_size_is_named(folder):
    shutil.copy(folder / "color.png", folder / "outline.png")

    assert faults(folder) == ["outline.png is 192 × 192 pixels. Expected a PNG of 32 × 32 pixels."]


def test_the_outline_icon_is_white_on_transparent():
    pixels = rgba((FOLDER / "outline.png").read_bytes())
    drawn = [pixel for pixel in pixels if pixel[3]]

    assert png_size((FOLDER / "color.png").read_bytes()) == (192, 192)
    assert all(pixel[:3] == b"\xff\xff\xff" for pixel in drawn)
    assert 0 < len(drawn) < len(pixels) == 32 * 32


def rgba(png: bytes) -> list[bytes]:
    """The pixels of an RGBA picture of 8 bits: its chunks joined, its row filters undone."""
    width, height = png_size(png)
    assert png[24:26] == b"\x08\x06", "8 bits, red green blue alpha"
    raw, stride, above, pixels = zlib.decompress(image_data(png)), width * 4, bytearray(width * 4), []
    for start in range(0, height * (stride + 1), stride + 1):
        kind, row = raw[start], bytearray(raw[start + 1 : start + 1 + stride])
        for i in range(stride):
            a, b, c = (row[i - 4], above[i], above[i - 4]) if i >= 4 else (0, above[i], 0)
            row[i] = (row[i] + (0, a, b, (a + b) // 2, paeth(a, b, c))[kind]) % 256
        pixels += [bytes(row[i : i + 4]) for i in range(0, stride, 4)]
        above = row
    return pixels


def image_data(png: bytes) -> bytes:
    place, data = 8, b""
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            data += png[place + 8 : place + 8 + length]
        place += length + 12
    return data


def paeth(a: int, b: int, c: int) -> int:
    """The PNG specification's predictor: whichever neighbour is nearest to a + b - c."""
    return min((a, b, c), key=lambda near: abs(a + b - c - near))


def test_the_manifest_speaks_danish_by_itself():
    danish = document("da.json")

    assert texts_of(document("manifest.json")) == {key: text for key, text in danish.items() if key != "$schema"}


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_command_on_a_list_is_understood_where_it_stands(language):
    """In that language, as the same wish in both, and as something that is answered in a chat of that kind."""
    words, wishes = document(f"{language}.json"), {"personal": set(WORDS), "team": IN_PUBLIC, "groupChat": IN_PUBLIC}
    for n, commands in enumerate(document("manifest.json")["bots"][0]["commandLists"]):
        for c, command in enumerate(commands["commands"]):
            title = words[f"bots[0].commandLists[{n}].commands[{c}].title"]
            found = [meaning for meaning, phrases in read_known(language).items() if title in phrases]
            other = understood(command["title"], read_known("da"), read_known("en"))
            assert len(found) == 1 and found[0] in wishes[commands["scopes"][0]], title
            assert found[0] == other.name or {found[0], other.name} == {"danish", "english"}


def test_what_a_channel_understands_stands_on_its_list():
    """Danish and English are the two sides of one line, each on the other's list."""
    for commands in document("manifest.json")["bots"][0]["commandLists"][1:]:
        named = {understood(each["title"], read_known("da"), read_known("en")).name for each in commands["commands"]}

        assert named == IN_PUBLIC - {"danish"}


def test_commands_are_few_short_and_a_list_for_every_scope():
    bot = document("manifest.json")["bots"][0]

    assert [commands["scopes"] for commands in bot["commandLists"]] == [["personal"], ["team"], ["groupChat"]]
    assert sorted(bot["scopes"]) == ["groupChat", "personal", "team"]
    assert all(len(commands["commands"]) <= 12 for commands in bot["commandLists"])


def test_a_message_can_be_documented_from_its_own_menu():
    (command,) = document("manifest.json")["composeExtensions"][0]["commands"]

    assert (command["id"], command["context"], command["fetchTask"]) == ("keepMessage", ["message"], True)


def test_the_app_asks_for_no_right_to_read_messages():
    manifest = document("manifest.json")

    assert "authorization" not in manifest and "webApplicationInfo" not in manifest
    assert manifest["permissions"] == ["identity", "messageTeamMembers"]
    assert "activities" not in manifest and "supportedChannelTypes" not in manifest


def test_the_manifest_has_the_version_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert document("manifest.json")["version"] == project["version"]
