"""JSON ↔ the SDK's models, by the maps the models carry.

msrest, which the models come from, reads the same maps but guesses where we refuse, logs what people wrote when it is
in doubt, and takes most of a turn's time doing so.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

import orjson
from botbuilder import schema
from msrest.serialization import Model

from bot.teams.faults import Malformed

DEEPEST = 40
"""Lists and objects inside each other. Cards stay below 15; json itself breaks at about a thousand."""
AS_WE_WRITE = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
IN_ORDER = AS_WE_WRITE | orjson.OPT_SORT_KEYS
AT_ONCE = {"str": str, "bool": bool, "object": object}
"""Types of which a value needs no second look; a truth value is also a number to Python, and so numbers do."""
PLAIN = {"str": str, "bool": bool, "int": int, "number": (int, float), "float": (int, float), "object": object}


class Part(NamedTuple):
    """Where one JSON key goes in a model."""

    attribute: str
    type: str
    many: bool
    plain: type | tuple[type, ...] | None
    """What a single value of it is, when it is simply that."""


def read_json(raw: bytes) -> Any:
    """The document; Malformed when it is none, or too deep."""
    try:
        document = orjson.loads(raw)
    except orjson.JSONDecodeError:
        document = _read_slowly(raw)
    brackets = raw.count(b"{") + raw.count(b"[")
    if brackets > DEEPEST and not _shallow(document, DEEPEST):
        raise Malformed("too_deep")
    return document


def _read_slowly(raw: bytes) -> Any:
    """What orjson will not read: another encoding, or half an emoji, which becomes a question mark: no file and no
    answer could hold it."""
    try:
        document = json.loads(raw, parse_constant=_no_number)
        return json.loads(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as fault:
        raise Malformed("not_json") from fault


def write_json(value: Any, *, in_order: bool = False) -> bytes:
    """Models, dicts and lists as JSON in UTF-8. What orjson will not write (half an emoji, say) json does.

    `in_order`: keys sorted, so that the same is written the same.
    """
    try:
        return orjson.dumps(value, default=_plain, option=IN_ORDER if in_order else AS_WE_WRITE)
    except orjson.JSONEncodeError:
        text = json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"), sort_keys=in_order)
        return text.encode("utf-8", "replace")


def read_model(model: type[Model], document: Any, name: str) -> Any:
    """The model, every field of the type its map says; Malformed naming the field otherwise. `name` is the field's own.

    Keys the model does not know lie in `additional_properties`, as the SDK expects.
    """
    if not isinstance(document, Mapping):
        raise Malformed(f"{name}_not_valid")
    known, unknown, parts = {}, {}, _parts(model)
    for key, value in document.items():
        part = parts.get(key)
        if part is None:
            unknown[key] = value
        elif value is not None:
            plain = part.plain is not None and isinstance(value, part.plain)  # most are
            known[part.attribute] = value if plain else _read_part(part, value, key)
    made = object.__new__(model)  # its own `__init__` says some forty times that a field is empty
    vars(made).update(_empty(model), **known, additional_properties=unknown)
    return made


def _read_part(part: Part, value: Any, name: str) -> Any:
    if not part.many:
        return _read_one(part.type, value, name)
    if not isinstance(value, list):
        raise Malformed(f"{name}_not_valid")
    return [_read_one(part.type, one, name) for one in value]


def _read_one(type_name: str, value: Any, name: str) -> Any:
    if type_name == "iso-8601":
        return _moment(value, name)
    if type_name not in PLAIN:
        return read_model(getattr(schema, type_name), value, name)
    if not isinstance(value, PLAIN[type_name]) or (isinstance(value, bool) and type_name not in ("bool", "object")):
        raise Malformed(f"{name}_not_valid")
    return value


def _moment(value: Any, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (TypeError, ValueError) as fault:
        raise Malformed(f"{name}_not_valid") from fault


@cache
def _parts(model: type[Model]) -> dict[str, Part]:
    return {
        how["key"]: Part(attribute, how["type"].strip("[]"), how["type"].startswith("["), AT_ONCE.get(how["type"]))
        for attribute, how in model._attribute_map.items()
    }


@cache
def _empty(model: type[Model]) -> dict[str, Any]:
    """What it holds when nothing was said."""
    return vars(model())


@cache
def _keys(model: type[Model]) -> dict[str, str]:
    """Attribute → JSON key."""
    return {part.attribute: key for key, part in _parts(model).items()}


def _plain(value: Any) -> Any:
    """What json cannot write by itself: the SDK's models, moments, codes."""
    if isinstance(value, Model):
        keys = _keys(type(value))
        return {keys[name]: inner for name, inner in vars(value).items() if inner is not None and name in keys}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _shallow(value: Any, left: int) -> bool:
    if isinstance(value, dict):
        return left > 0 and all(_shallow(inner, left - 1) for inner in value.values())
    if isinstance(value, list):
        return left > 0 and all(_shallow(inner, left - 1) for inner in value)
    return True


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
