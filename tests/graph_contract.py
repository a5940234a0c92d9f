"""What Graph takes: our own strict extract always, and Microsoft's metadata besides where a copy of it lies beside us.

The extract (graph_contract.json) holds the facts our requests lean on: method, path, query names, selectable fields,
and the bodies. The larger description, `schemas/graph-openapi.json`, is looked for in the folder VAERN_SHARED names,
or in `../shared`; a clone alone has none, and needs none.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[1]
EXTRACT = Path(__file__).with_name("graph_contract.json")
NOT_DESCRIBED = {"/groups/{id}/transitiveMembers": "the larger description is of people, mail and apps only"}


@cache
def extract() -> Mapping[str, Any]:
    return json.loads(EXTRACT.read_text(encoding="utf-8"))


@cache
def described() -> Mapping[str, Any] | None:
    """Microsoft's metadata as an OpenAPI document, if it is there."""
    folder = Path(os.environ.get("VAERN_SHARED") or ROOT.parent / "shared")
    file = folder / "schemas" / "graph-openapi.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


def faults(method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes) -> list[str]:
    """What Graph would not take of this request, by either. `path` is what stands after /v1.0, not unescaped."""
    template = next((each for each in _templates() if _matches(each, path)), None)
    if template is None or f"{method} {template}" not in extract():
        return [f"{method} {path} is no request that graph_contract.json knows."]
    found = [*_by_extract(f"{method} {template}", query, body), *_by_headers(query, headers, body)]
    if described() and template not in NOT_DESCRIBED:
        found += _by_description(described(), method, template, query, body)
    return [f"{method} {template}: {fault}" for fault in found]


def _templates() -> list[str]:
    return [name.split(" ", 1)[1] for name in extract() if " " in name]


def _matches(template: str, path: str) -> bool:
    return bool(re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)), path))


def _by_extract(name: str, query: Mapping[str, str], body: bytes) -> Iterator[str]:
    rules = extract()[name]
    yield from (f"asks {unknown}" for unknown in set(query) - set(rules["query"]))
    for key, allowed in rules["query"].items():
        if allowed is not None and key in query:
            yield from (f"{key} {field}" for field in query[key].split(",") if field not in allowed)
    if "body" in rules:
        yield from _shape({**rules["body"], "$defs": extract()["$defs"]}, body)
    elif body:
        yield "has a body"


def _by_headers(query: Mapping[str, str], headers: Mapping[str, str], body: bytes) -> Iterator[str]:
    if "$search" in query and headers.get("ConsistencyLevel") != "eventual":
        yield "searches without ConsistencyLevel: eventual"
    if body and headers.get("Content-Type") != "application/json":
        yield f"sends {headers.get('Content-Type')}"


def _by_description(
    document: Mapping[str, Any], method: str, template: str, query: Mapping[str, str], body: bytes
) -> Iterator[str]:
    operation = document["paths"][template][method.lower()]
    known = {row["name"]: row["schema"] for row in operation["parameters"] if row["in"] == "query"}
    yield from (f"Microsoft knows no {unknown} here" for unknown in set(query) - set(known))
    for name in set(query) & set(known):
        if choices := known[name].get("items", {}).get("enum"):
            yield from (f"Microsoft knows no field {field}" for field in query[name].split(",") if field not in choices)
    if "requestBody" in operation:
        shape = operation["requestBody"]["content"]["application/json"]["schema"]
        yield from _shape({**shape, "components": document["components"]}, body)


def _shape(schema: Mapping[str, Any], body: bytes) -> Iterator[str]:
    found = Draft202012Validator(schema).iter_errors(json.loads(body or b"null"))
    yield from (f"{error.json_path}: {error.message}" for error in found)
