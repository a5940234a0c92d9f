"""The app package that an administrator uploads to Teams: manifest, its words in both languages, two icons, zipped.

The manifest carries `${{NAME}}` where an organisation puts in its own, the notation of Microsoft's own tools.
"""

import json
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.faults import Fault, key_of, schema_faults, shown, told
from bot.package_values import value_faults

MANIFEST, LANGUAGES, ICONS = "manifest.json", ("da.json", "en.json"), {"color.png": 192, "outline.png": 32}
SCHEMAS = "schema"  # beside the manifest, not in the package
VERSION = r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}"
PLACEHOLDER = re.compile(r"\$\{\{([A-Z_]+)\}\}")
THREE_NUMBERS = 'three numbers with dots between them, such as "1.0.0"'
LONGEST_COMMAND = 32  # the schema allows more, but people type them
NO_TIME = (1980, 1, 1, 0, 0, 0)  # the zip format's first moment: the same input gives the same bytes


class PackageFault(Exception):
    """The package cannot be built; the text says what to change, and where."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        need = "1 thing needs" if len(faults) == 1 else f"{len(faults)} things need"
        super().__init__(told(f"{need} attention before the app package can be built:", faults))
        self.faults = faults


def build_package(
    manifest_folder: Path, out: Path, values: Mapping[str, str], *, given: tuple[Fault, ...] = (), file: str = ""
) -> Path:
    """Write the zip to `out`, whose folders are made, and return `out`. PackageFault, and no file, when it is wrong.

    `given`: what was wrong with the values before they came here; `file`: where they stand.
    """
    documents, unreadable = _documents(manifest_folder)
    faults = (*given, *value_faults(values, file), *_icon_faults(manifest_folder), *unreadable)
    if not faults:
        documents = {name: filled(document, values) for name, document in documents.items()}
        documents[MANIFEST] = _informing(documents[MANIFEST], values)
        faults = manifest_faults(documents, manifest_folder / SCHEMAS)
    if faults:
        raise PackageFault(faults)
    texts = {name: json.dumps(document, ensure_ascii=False, indent=2).encode() for name, document in documents.items()}
    icons = {name: (manifest_folder / name).read_bytes() for name in ICONS}
    return _zip(out, texts | icons)


def filled(part: Any, values: Mapping[str, str]) -> Any:
    """The same document with every `${{NAME}}` replaced: inside its strings, so that no value can break the JSON."""
    if isinstance(part, Mapping):
        return {name: filled(inner, values) for name, inner in part.items()}
    if isinstance(part, list):
        return [filled(inner, values) for inner in part]
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), part) if isinstance(part, str) else part


def _informing(manifest: dict[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """The bot's own pages, unless the organisation has one of its own."""
    own = values.get("VAERN_INFORMATION_URL")
    pages = dict.fromkeys(("websiteUrl", "privacyUrl", "termsOfUseUrl"), own) if own else {}
    return manifest | {"developer": manifest["developer"] | pages}


def manifest_faults(documents: Mapping[str, Any], schemas: Path) -> tuple[Fault, ...]:
    """What is wrong with manifest.json, da.json and en.json: by Microsoft's schemas, and by what people need."""
    faults = list(schema_faults(_validator(schemas / "MicrosoftTeams.schema.json"), documents[MANIFEST], MANIFEST))
    version = documents[MANIFEST].get("version")
    if isinstance(version, str) and not re.fullmatch(VERSION, version):  # the schema takes any text, Teams does not
        faults.append(Fault("version", shown(version), f"Expected {THREE_NUMBERS}.", MANIFEST))
    localised = _validator(schemas / "MicrosoftTeams.Localization.schema.json")
    for name in LANGUAGES:
        faults += [*schema_faults(localised, documents[name], name), *_language_faults(documents, name)]
    for name in (MANIFEST, *LANGUAGES):
        faults += _left_over(documents[name], name)
    return tuple(faults)


def texts_of(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Every sentence the manifest shows to people, by the key that a language file has for it."""
    texts = {f"{part}.{name}": text for part in ("name", "description") for name, text in manifest[part].items()}
    for b, bot in enumerate(manifest.get("bots", ())):
        for n, commands in enumerate(bot.get("commandLists", ())):
            for c, command in enumerate(commands["commands"]):
                texts |= _said(command, f"bots[{b}].commandLists[{n}].commands[{c}]")
    for e, extension in enumerate(manifest.get("composeExtensions", ())):
        for c, command in enumerate(extension["commands"]):
            texts |= _said(command, f"composeExtensions[{e}].commands[{c}]")
    return texts


def _said(command: Mapping[str, Any], place: str) -> dict[str, str]:
    return {f"{place}.{name}": command[name] for name in ("title", "description") if name in command}


def _language_faults(documents: Mapping[str, Any], name: str) -> Iterator[Fault]:
    """Each sentence in each language, and nothing said about what is not there."""
    shown_texts, said = set(texts_of(documents[MANIFEST])), set(documents[name]) - {"$schema"}
    for key in sorted(shown_texts - said):
        yield Fault(key, "is not set", f"{MANIFEST} has this text: say it in this language too.", name)
    for key in sorted(said - shown_texts):
        yield Fault(key, "belongs to nothing", f"{MANIFEST} has no such text: add it there, or take it out here.", name)
    for key in sorted(said):
        if key.endswith("].title") and len(documents[name][key]) > LONGEST_COMMAND:
            yield Fault(key, shown(documents[name][key]), f"Expected at most {LONGEST_COMMAND} characters.", name)


def _left_over(part: Any, file: str, path: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    if isinstance(part, Mapping | list):
        for name, inner in part.items() if isinstance(part, Mapping) else enumerate(part):
            yield from _left_over(inner, file, (*path, name))
    elif isinstance(part, str) and (found := PLACEHOLDER.search(part)):
        yield Fault(key_of(path), f"still holds {found[0]}", "bot/package_values.py has no such value.", file)


def _documents(folder: Path) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    documents, faults = {}, []
    for name in (MANIFEST, *LANGUAGES):
        try:
            documents[name] = json.loads((folder / name).read_text(encoding="utf-8"))
        except OSError:
            faults.append(Fault(name, "cannot be read", f"Expected it in {folder}."))
        except ValueError as error:
            faults.append(Fault(name, "is not JSON", f"The parser says: {error}."))
    return documents, tuple(faults)


def _icon_faults(folder: Path) -> Iterator[Fault]:
    for name, side in ICONS.items():
        try:
            found = png_size((folder / name).read_bytes())
        except OSError:
            found = None
        if found != (side, side):
            size = f"is {found[0]} × {found[1]} pixels" if found else "is not a PNG that can be read"
            yield Fault(name, size, f"Expected a PNG of {side} × {side} pixels.")


def png_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, or None when it is no PNG."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) < 24:
        return None
    return struct.unpack(">II", content[16:24])


@cache
def _validator(schema: Path) -> Any:
    from jsonschema import Draft4Validator  # only needed by whoever builds a package

    return Draft4Validator(untangled(json.loads(schema.read_text(encoding="utf-8"))))


def untangled(part: Any) -> Any:
    """Draft 4 drops whatever stands beside a `$ref`, so a maxLength there would never be looked at: both into allOf."""
    if isinstance(part, list):
        return [untangled(inner) for inner in part]
    if not isinstance(part, Mapping):
        return part
    inner = {name: untangled(value) for name, value in part.items()}
    if len(inner) == 1 or not isinstance(inner.get("$ref"), str):
        return inner
    return {"allOf": [{"$ref": inner.pop("$ref")}, inner]}


def _zip(out: Path, files: Mapping[str, bytes]) -> Path:
    out.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            package.writestr(entry, files[name])
    return out
